"""Derive kg/extract/lexicon/data/en/needs.tsv: what verbs, adjectives and nouns need beside their subject.

    python tools/derive_needs.py PROPBANK.jsonl.gz SRL_TRAIN.jsonl.gz > kg/extract/lexicon/data/en/needs.tsv

A row is part of speech (v, j, n), word, how many arguments beside the subject a verb needs to mean what it
means (0 for nouns and adjectives), and the prepositions ("to" also of an infinitive, "that" of a clause) that
stand before arguments. A role is needed if it is there in nearly all uses of a sense: of those in annotated
text where there are enough, else in the examples of the lexicon. Of a word with several senses the least of
those that are not rare counts.
"""

import collections
import gzip
import json
import sys

# How much of its uses must have a role, and of how many uses the share is trusted.
NEEDED = 0.85
TRUSTED = 8
# Fewer examples tell nothing.
KNOWN = 3
# A sense with a smaller share of a word's uses does not count.
RARE = 0.1
# What stands before a role in no more than a share of the examples is chance.
MARKED = 0.15
MARKERS = set(
    "about above across after against among around as at before behind between by concerning for from in "
    "into like of off on onto out out_of over regarding that through to toward towards under upon whether "
    "with within without".split()
)
NO_COMPLEMENTS = {"by"}


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def seen_in_texts(path):
    """Count the uses of each roleset, and of each of its roles, in annotated sentences."""
    uses, roles = collections.Counter(), collections.Counter()
    for row in rows(path):
        for p in row["propositions"]:
            uses[p["roleset"]] += 1
            for name in {name.removeprefix("C-").removeprefix("R-") for name, *_ in p["args"]}:
                roles[p["roleset"], name.removeprefix("ARG")] += 1
    return uses, roles


def numbered(roleset):
    """Give the roles of a roleset that stand beside its subject."""
    found = [r for r in roleset["roles"] if r["n"].isdigit()]
    return [r for r in found if r["n"] != "0"] if any(r["n"] == "0" for r in found) else found[1:]


def share(roleset, role, uses, roles):
    """Give how much of a sense's uses have a role; where few are known, the lexicon's examples count less."""
    if uses[roleset["id"]] >= TRUSTED:
        return roles[roleset["id"], role["n"]] / uses[roleset["id"]]
    return (role["seen"] + 0.2) / (roleset["examples"] + 0.6)


def needed(roleset, uses, roles):
    """Give how many arguments a sense needs beside its subject."""
    found = sum(share(roleset, role, uses, roles) >= NEEDED for role in numbered(roleset))
    actor = next((r for r in roleset["roles"] if r["n"] == "0"), None)
    # "The river borders the park", "was bordered by the river": one of the others is the subject.
    return found - (actor is not None and share(roleset, actor, uses, roles) < 0.5)


def least(senses, uses, roles):
    """Give how many arguments beside the subject all senses need that are not rare, if enough is known."""
    total = sum(uses[r["id"]] for r in senses)
    common = [r for r in senses if total < TRUSTED or uses[r["id"]] >= RARE * total]
    if total < TRUSTED and sum(r["examples"] for r in common) < KNOWN:
        return 0
    return min(needed(r, uses, roles) for r in common)


def markers(senses):
    """Give what stands before arguments beside the subject, the most frequent first."""
    found = collections.Counter()
    for r in senses:
        for role in numbered(r):
            for word, count in role["markers"].items():
                if word.lower() in MARKERS - NO_COMPLEMENTS and count >= max(1, MARKED * r["examples"]):
                    found[word.lower()] += count
    return [word for word, _ in sorted(found.items(), key=lambda x: (-x[1], x[0]))]


def main():
    uses, roles = seen_in_texts(sys.argv[2])
    senses = collections.defaultdict(list)
    for roleset in rows(sys.argv[1]):
        for alias in roleset["aliases"]:
            word, _, part = alias.rpartition("/")
            if part in "vjn" and word.replace("_", "").replace("-", "").isalpha() and word.islower():
                senses[part, word].append(roleset)
    print("# PropBank 3.4, and how often its roles stand in the English Web Treebank: CC BY-SA 4.0")
    for (part, word), found in sorted(senses.items()):
        number, before = least(found, uses, roles), markers(found)
        if part == "v":
            # That a verb has an object is known elsewhere; many that mostly have one can do without.
            told = number > 1
        else:
            # As a noun or an adjective it can mostly stand alone; what introduces its arguments is of use.
            number, told = 0, bool(before) and sum(r["examples"] for r in found) > 1
        if told:
            print(part, word, number, " ".join(before), sep="\t")


if __name__ == "__main__":
    main()
