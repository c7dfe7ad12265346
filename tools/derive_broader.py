"""Derive kg/extract/lexicon/data/en/broader.tsv, what broad nouns may take up, from WordNet's files.

    python tools/derive_broader.py WORDNET_DICT_FOLDER > kg/extract/lexicon/data/en/broader.tsv

A line is a broad noun and the nouns of one word below it, each in one of its first two senses.
"""

import collections
import pathlib
import sys

# A word and the file of a synset, and the nouns that a text may call what is below it.
ROOTS = {
    ("musical_instrument", 6): "instrument",
    ("ship", 6): "ship vessel",
    ("boat", 6): "boat vessel craft",
    ("aircraft", 6): "aircraft craft",
    ("vehicle", 6): "vehicle",
    ("weapon", 6): "weapon",
    ("firearm", 6): "gun weapon firearm",
    ("building", 6): "building",
    ("structure", 6): "structure",
    ("drug", 6): "drug",
    ("medicine", 6): "medicine drug",
    ("machine", 6): "machine",
    ("device", 6): "device",
    ("tool", 6): "tool",
    ("garment", 6): "garment",
    ("footwear", 6): "shoe",
    ("bag", 6): "bag",
    ("toy", 6): "toy",
    ("fabric", 6): "fabric cloth",
    ("painting", 6): "painting picture work",
    ("picture", 6): "picture",
    ("sculpture", 6): "sculpture work",
    ("animal", 5): "animal",
    ("mammal", 5): "beast",
    ("bird", 5): "bird",
    ("fish", 5): "fish",
    ("insect", 5): "insect",
    ("dog", 5): "dog",
    ("horse", 5): "horse",
    ("snake", 5): "snake",
    ("reptile", 5): "reptile",
    ("tree", 20): "tree",
    ("flower", 20): "flower",
    ("beverage", 13): "drink",
    ("alcohol", 13): "drink",
    ("dish", 13): "dish",
    ("meal", 13): "meal",
    ("fruit", 20): "fruit",
    ("cheese", 13): "cheese",
    ("publication", 10): "publication",
    ("book", 10): "book",
    ("document", 10): "document",
    ("song", 10): "song",
    ("poem", 10): "poem",
    ("movie", 10): "film movie",
    ("disease", 26): "disease illness",
    ("illness", 26): "illness",
    ("injury", 26): "injury",
    ("metal", 27): "metal",
    ("mineral", 27): "mineral",
    ("gem", 27): "gem stone",
    ("gem", 21): "gem stone",
    ("poison", 27): "poison",
    ("crime", 4): "crime offence offense",
    ("sport", 4): "sport",
    ("dance", 4): "dance",
    ("storm", 19): "storm",
    ("tax", 21): "tax levy",
}
FIRST = 2


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    words: dict[str, list[str]] = {}
    file: dict[str, int] = {}
    below: dict[str, list[str]] = collections.defaultdict(list)
    for fields in _lines(folder / "data.noun"):
        at, count = fields[0], int(fields[3], 16)
        file[at] = int(fields[1])
        words[at] = [w.lower() for w in fields[4 : 4 + 2 * count : 2]]
        pointers = fields[5 + 2 * count :]
        for i in range(0, len(pointers) - 3, 4):
            if pointers[i] == "@" and pointers[i + 2] == "n":
                below[pointers[i + 1]].append(at)
    first = {f[0]: set(f[6 + int(f[3]) :][:FIRST]) for f in _lines(folder / "index.noun")}
    found: dict[str, set[str]] = collections.defaultdict(set)
    for at in words:
        broad = ROOTS.get((words[at][0], file[at]), "") or next(
            (ROOTS[w, file[at]] for w in words[at] if (w, file[at]) in ROOTS), ""
        )
        if broad:
            narrower = {w for k in _under(at, below) for w in words[k] if k in first[w]}
            for noun in broad.split():
                found[noun] |= narrower - {noun}
    print(
        "# Broad nouns and narrower ones, derived from WordNet 3.0 (Princeton University, WordNet licence)."
    )
    for noun in sorted(found):
        kept = sorted(w for w in found[noun] if w.isalpha() and len(w) > 2)
        print(noun, " ".join(kept), sep="\t")


def _lines(path: pathlib.Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split(" | ")[0].split() for line in lines if not line.startswith("  ")]


def _under(at: str, below: dict[str, list[str]]) -> set[str]:
    """Give the synsets below one, and itself."""
    seen: set[str] = set()
    stack = [at]
    while stack:
        k = stack.pop()
        if k not in seen:
            seen.add(k)
            stack += below[k]
    return seen


if __name__ == "__main__":
    main()
