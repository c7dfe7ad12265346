"""Derive kg/extract/lexicon/data/en/schema/values.tsv, the members of closed classes, from WordNet's files.

    python tools/derive_values.py WORDNET_DICT_FOLDER > kg/extract/lexicon/data/en/schema/values.tsv

A line is a class and all its members: the words of every synset below a few chosen ones.
"""

import collections
import pathlib
import sys

# A word and the file of the synset that stands for a class, and what the class is called.
ROOTS = {
    ("music_genre", 10): "music genre",
    ("musical_instrument", 6): "musical instrument",
    ("sport", 4): "sport",
    ("athletic_game", 4): "sport",
    ("natural_language", 10): "language",
    ("programming_language", 10): "programming language",
    ("constellation", 17): "constellation",
    ("religion", 9): "religion",
    ("chemical_element", 27): "chemical element",
    ("disease", 26): "disease",
    ("political_orientation", 9): "political ideology",
    ("literary_composition", 10): "literary genre",
    ("movie", 10): "film genre",
    ("movie", 6): "film genre",
    ("fiction", 10): "literary genre",
    ("poem", 10): "literary genre",
    ("drama", 10): "literary genre",
    ("singer", 18): "voice type",
    ("military_officer", 18): "military rank",
    ("enlisted_person", 18): "military rank",
    ("athlete", 18): "athlete",
    ("player", 18): "athlete",
    ("worker", 18): "occupation",
    ("professional", 18): "occupation",
    ("communicator", 18): "occupation",
    ("creator", 18): "occupation",
    ("entertainer", 18): "occupation",
    ("intellectual", 18): "occupation",
    ("leader", 18): "occupation",
    ("scientist", 18): "occupation",
    ("serviceman", 18): "occupation",
    ("spiritual_leader", 18): "occupation",
    ("businessperson", 18): "occupation",
    ("traveler", 18): "occupation",
    ("dance", 4): "dance",
    ("color", 7): "color",
    ("chromatic_color", 7): "color",
    ("discipline", 9): "academic discipline",
    ("ethnic_group", 14): "ethnic group",
    ("monetary_unit", 23): "currency",
}
# Members that mean something else far more often.
COMMON = frozenset("a i in as at be no so us man men one two it he she am do an by".split())


def main() -> None:
    words: dict[str, list[str]] = {}
    file: dict[str, int] = {}
    below: dict[str, list[str]] = collections.defaultdict(list)
    instances = set()
    for line in pathlib.Path(sys.argv[1], "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        at, count = fields[0], int(fields[3], 16)
        file[at] = int(fields[1])
        words[at] = fields[4 : 4 + 2 * count : 2]
        pointers = fields[5 + 2 * count :]
        for i in range(0, len(pointers) - 3, 4):
            if pointers[i] in ("@", "@i") and pointers[i + 2] == "n":
                below[pointers[i + 1]].append(at)
                if pointers[i] == "@i" and fields[1] == "18":  # a person, not a kind of person
                    instances.add(at)
    members: dict[str, set[str]] = collections.defaultdict(set)
    for at in words:
        for word in words[at]:
            name = ROOTS.get((word, file[at]))
            if name is not None:
                stack, seen = list(below[at]), {at}
                while stack:
                    k = stack.pop()
                    if k not in seen and k not in instances:
                        seen.add(k)
                        stack += below[k]
                        members[name] |= {w.replace("_", " ").lower() for w in words[k]}
    print("# Members of classes, derived from WordNet 3.1 (Princeton University, WordNet licence).")
    for name in sorted(members):
        kept = sorted(w for w in members[name] - COMMON if len(w) > 2 and "(" not in w)
        print(name, "|".join(kept), sep="\t")


if __name__ == "__main__":
    main()
