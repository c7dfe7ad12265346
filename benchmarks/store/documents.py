"""Documents with what would be extracted from them, made up: names that many or few bear, facts, nouns."""

from __future__ import annotations

import random
from importlib import resources

from kg.model import Claim, Document, Extraction, Mention
from kg.read import document_from_text

LEXICON = resources.files("kg").joinpath("extract", "lexicon", "data", "en")
LANDS = (
    "United States",
    "France",
    "Germany",
    "Iran",
    "Israel",
    "China",
    "Russia",
    "India",
    "Brazil",
    "Japan",
)
BODIES = ("Bank", "Institute", "Agency", "Works", "Party", "Council")
RELATIONS = (
    "meet",
    "visit",
    "fund",
    "support",
    "praise",
    "be",
    "position_held",
    "nationality",
    "leave",
    "join",
)
SENTENCES, NOUNS, CLAIMS = 12, 20, 25


def _lines(file: str, most: int) -> list[str]:
    lines = LEXICON.joinpath(file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line and line[0] != "#"][:most]


FIRST, LAST = _lines("first_names.tsv", 3_000), _lines("surnames.txt", 20_000)


def documents(count: int, *, seed: int = 5, start: int = 0) -> list[tuple[Document, Extraction]]:
    """Give so many documents, numbered from a start; the same each time."""
    return [_Writer(random.Random(f"{seed} {n}"), n).document() for n in range(start, start + count)]


class _Writer:
    """Writes one document: a few persons, some called by one word, places, bodies with short forms, nouns."""

    def __init__(self, chance: random.Random, number: int) -> None:
        self.chance, self.number = chance, number
        self.text = ""
        self.mentions: list[Mention] = []
        self.chain = 0

    def document(self) -> tuple[Document, Extraction]:
        for _ in range(self.chance.randint(4, 9)):
            self._person()
        for _ in range(self.chance.randint(2, 5)):
            self._name("GPE", self._of(LANDS) if self.chance.random() < 0.5 else f"{self._of(LAST)}ville")
            self.chain += 1
        for _ in range(self.chance.randint(2, 5)):
            self._body()
        for _ in range(NOUNS):
            self._name("Concept", f"{self.chance.choice(LAST).lower()} thing", kind="nominal")
            self.chain += 1
        self.text += f"This was number {self.number}."
        step = len(self.text) // SENTENCES
        ends = [*(step * (i + 1) for i in range(SENTENCES - 1)), len(self.text)]
        sentences = tuple((step * i, end) for i, end in enumerate(ends))
        document = document_from_text(self.text, source=f"{self.number}.txt", structure=False)
        claims = tuple(self._claim(self.chance.choice(sentences)) for _ in range(CLAIMS))
        return document, Extraction(document.id, document.source, tuple(self.mentions), claims, sentences)

    def _of(self, names: list[str] | tuple[str, ...]) -> str:
        """Give a name: a few are everywhere, most are rare."""
        return names[int(len(names) * self.chance.random() ** 3)]

    def _name(self, of: str, name: str, *, kind: str = "name") -> None:
        start = len(self.text)
        self.text += name
        mention = Mention(start, len(self.text), name, kind, of, name, chain=self.chain, confidence=0.9)  # type: ignore[arg-type]
        self.mentions.append(mention)
        self.text += " said "

    def _person(self) -> None:
        first, last = self._of(FIRST), self._of(LAST)
        if self.chance.random() < 0.2:
            self._name("Person", last if self.chance.random() < 0.7 else first)
        else:
            self._name("Person", f"{first} {last}")
            for _ in range(self.chance.randint(0, 3)):
                self._name("Person", last)
        self.chain += 1

    def _body(self) -> None:
        name = f"{self._of(LAST)} {self.chance.choice(BODIES)}"
        self._name("Organization", name)
        if self.chance.random() < 0.3:
            self._name("Organization", "".join(word[0] for word in name.split()) + name[1].upper())
        self.chain += 1

    def _claim(self, sentence: tuple[int, int]) -> Claim:
        ends = [self.chance.randrange(len(self.mentions)) for _ in range(2)]
        relation = self.chance.choice(RELATIONS)
        start, end = sentence
        return Claim(
            ends[0], relation, ends[1], text="saw", start=start + 1, end=end, rule="main-own", confidence=0.9
        )
