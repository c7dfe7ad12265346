"""Made-up graphs of any size, for looking at the page and timing it.

Communities of about sixty, hubs in each, some links across, an alias here and there, and a sentence of
evidence for every fact: the shape of a graph read from news, without any text of somebody else.
"""

from __future__ import annotations

import datetime as dt
import random

from kg.model import Document, Entity, Evidence, Fact

FIRST = (
    "Ada Boris Chen Dana Emil Fatou Goran Hana Ines Jonas Kaia Lior Mira Nils Oana Petra Rafi Sana Tomas Una"
).split()
LAST = (
    "Alder Brook Castell Dorn Ebner Falk Grieg Holm Ivers Jansky Koval Lund Marek Novak Orlov Prell "
    "Quist Rahn Sand Thorn"
).split()
PLACE = "Port Lake Mount New Old Upper Lower North South East West Saint".split()
STEM = "haven ford field bridge minster gate mouth wick holm dale bury stead".split()
BODY = "Ministry Council Institute Union Agency Bank Court Party Group Commission".split()
FIELD = "Transport Finance Health Energy Justice Trade Water Labour Defence Science".split()
EVENT = "summit strike election inquiry merger trial flood launch protest ceasefire".split()
TYPES = ("Person", "Organization", "GPE", "Event", "Concept")
RELATIONS = (
    "meet accuse support visit fund lead criticise sue join leave advise employ attack thank propose reject"
).split()


def graph(count: int, links: int, seed: int = 1) -> tuple[list[Entity], list[Fact], list[Document]]:
    """Give `count` entities joined by `links` facts, with documents of forty sentences each."""
    chance = random.Random(seed)
    size = max(1, count // 60)
    home = [chance.randrange(size) for _ in range(count)]
    members: dict[int, list[int]] = {}
    for node, community in enumerate(home):
        members.setdefault(community, []).append(node)
    entities = [_entity(node, chance) for node in range(count)]
    facts: list[Fact] = []
    sentences: list[str] = []
    papers: list[Document] = []
    offset = 0
    for _ in range(links):
        a = chance.randrange(count)
        near = members[home[a]]
        inside = chance.random() < 0.88
        b = near[int(len(near) * chance.random() ** 2.5)] if inside else int(count * chance.random() ** 2)
        relation = chance.choice(RELATIONS)
        paper = f"doc{len(papers):05}"
        matter = f"over the matter of the {chance.choice(EVENT)}"
        quote = f"{entities[a].label} is said to {relation} {entities[b].label} {matter}."
        evidence = Evidence(
            paper, offset, offset + len(quote) - 1, quote, "made", round(0.5 + chance.random() / 2, 2)
        )
        offset += len(quote) + 1
        sentences.append(quote)
        facts.append(_fact(entities[a], relation, entities[b], evidence, chance))
        if len(sentences) == 40:
            papers.append(_paper(paper, sentences, len(papers)))
            sentences, offset = [], 0
    if sentences:
        papers.append(_paper(f"doc{len(papers):05}", sentences, len(papers)))
    return entities, facts, papers


def _entity(node: int, chance: random.Random) -> Entity:
    kind = TYPES[min(int(chance.random() * 5.6), 4)]
    if kind == "Person":
        label = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        aliases: tuple[str, ...] = (label.split()[1],)
    elif kind == "Organization":
        label, aliases = f"{chance.choice(BODY)} of {chance.choice(FIELD)}", ()
    elif kind == "GPE":
        label, aliases = f"{chance.choice(PLACE)} {chance.choice(LAST)}{chance.choice(STEM)}", ()
    else:
        label, aliases = f"{chance.choice(FIELD).lower()} {chance.choice(EVENT)}", ()
    return Entity(f"{label.replace(' ', '_')}-{node}", kind, label, aliases)


def _fact(a: Entity, relation: str, b: Entity, evidence: Evidence, chance: random.Random) -> Fact:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(1500)) if chance.random() < 0.3 else None
    kind = chance.random()
    if kind < 0.85:
        return Fact(a, relation, b, begins=day, ends=day, evidence=(evidence,))
    if kind < 0.9:
        return Fact(a, relation, b, asserted=False, negated=True, evidence=(evidence,))
    if kind < 0.95:
        return Fact(a, relation, b, asserted=False, modality="Planned", begins=day, evidence=(evidence,))
    return Fact(a, relation, b, asserted=False, modality="Reported", attributed_to=b, evidence=(evidence,))


def _paper(key: str, sentences: list[str], number: int) -> Document:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=number % 1500)
    return Document(key, f"{key}.txt", " ".join(sentences), title=f"Report {number + 1}", published=day)
