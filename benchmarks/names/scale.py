"""Time and memory of resolution over made-up documents.

    python benchmarks/names/scale.py [MENTIONS]

Makes documents of ten names each (persons by full name, surname or initial; organizations in full and by
acronym; places; some misspelt), resolves them, and prints CPU seconds, memory and the F1 of the pairs of
mentions that are one thing.
"""

import collections
import random
import resource
import sys
import time

from kg.model import Extraction, Mention
from kg.resolve import resolve

SYLLABLES = (
    "ka lo mi ren tas vor bel dun gar hes jin kor lan mur nel osk pra quin rul sem tor ulv wen xan yor zel"
).split()
KINDS = ("Institute", "Company", "Bank", "Council", "Union", "League", "Works", "Society")


def word(rng: random.Random, n: int) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(n)).capitalize()


class Page:
    """A document being made up, with the truth of what its mentions stand for."""

    def __init__(self, number: int) -> None:
        self.doc = f"{number:016x}"
        self.mentions: list[Mention] = []
        self.truth: list[tuple[str, int]] = []
        self.at = 0

    def add(self, text: str, kind: str, chain: int, what: tuple[str, int]) -> None:
        self.mentions.append(Mention(self.at, self.at + len(text), text, "name", kind, text, chain))
        self.truth.append(what)
        self.at += len(text) + 1


def main(mentions: int) -> None:
    rng = random.Random(7)
    people = [(word(rng, 2), word(rng, 3)) for _ in range(mentions // 8)]
    orgs = [f"{word(rng, 3)} {word(rng, 2)} {rng.choice(KINDS)}" for _ in range(mentions // 16)]
    places = [word(rng, 3) for _ in range(mentions // 40)]
    documents, truth = [], {}
    for number in range(mentions // 10):
        page = Page(number)
        for chain in range(4):
            i = min(int(rng.expovariate(8 / len(people))), len(people) - 1)
            first, last = people[i]
            if rng.random() < 0.02:
                last = last[:3] + last[4:]
            page.add(f"{first} {last}", "Person", chain, ("p", i))
            if chain < 2:
                page.add(last, "Person", chain, ("p", i))
        for chain in range(4, 6):
            i = rng.randrange(len(orgs))
            page.add(orgs[i], "Organization", chain, ("o", i))
            if chain == 4:
                short = "".join(w[0] for w in orgs[i].split()) + orgs[i][1:3].upper()
                page.add(short, "Organization", chain, ("o", i))
        i = rng.randrange(len(places))
        page.add(places[i], "GPE", 6, ("l", i))
        documents.append(Extraction(page.doc, f"{number}.txt", tuple(page.mentions)))
        truth.update({(page.doc, n): what for n, what in enumerate(page.truth)})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    result = resolve(documents)
    seconds = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    system: collections.Counter[tuple[object, ...]] = collections.Counter()
    for (doc, n), what in truth.items():
        system["s", result.links[doc][n]] += 1
        system["t", what] += 1
        system["b", result.links[doc][n], what] += 1
    pairs = {k: sum(v * (v - 1) // 2 for key, v in system.items() if key[0] == k) for k in "stb"}
    f1 = 2 * pairs["b"] / (pairs["s"] + pairs["t"])
    print(f"{len(truth)} mentions, {len(result.entities)} entities, {len(result.possible)} candidates")
    print(
        f"{seconds:.1f} CPU s, {(after - before) / 1024:.0f} MB more ({after / 1024:.0f} MB in all), "
        f"pairs F1 {f1:.3f}"
    )


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
