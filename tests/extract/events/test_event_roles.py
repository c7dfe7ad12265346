"""Sentences with the events that rules find in them: a class and its roles, or that there is none of a class.

The learned reader does not take part here: what it adds is in `test_learned.py`.
"""

import pathlib
import tomllib

import pytest

from kg.config import ExtractConfig
from kg.extract import extractor_of
from kg.model import Document

HERE = pathlib.Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}-{n}")
    for path in sorted(HERE.glob("*.toml"))
    for n, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["text"])
]


def events_of(text, published=None):
    """Give the asserted roles of each event of a text, under its class: "buyer Halm", "on 2010-01-01"."""
    extraction = extract_of(text, published)
    mentions = extraction.mentions
    names = {}
    for m in mentions:
        if m.kind == "name" and m.chain is not None:
            names.setdefault(m.chain, m.label)
    found = {}
    for claim in extraction.claims:
        subject = mentions[claim.subject]
        if subject.kind != "event" or claim.object is None:
            continue
        key = subject.type, subject.chain if subject.chain is not None else claim.subject, subject.label
        roles = found.setdefault(key, set())
        if claim.asserted:
            o = mentions[claim.object]
            value = o.value.lexical if o.value and o.kind == "quantity" else names.get(o.chain, o.label)
            roles.add(
                f"{claim.relation.partition(':')[2].removeprefix('hasPlace') or 'place'} {value}".strip()
            )
            for word, day in (("from", claim.begins), ("until", claim.ends)):
                if day is not None:
                    roles.add(f"{word} {day}")
            roles.update(f"time {mentions[m].text}" for role, m in claim.qualifiers if role == "time")
    return [(kind, roles) for (kind, _, _), roles in found.items()]


def extract_of(text, published):
    """Read a text of a day, or of none that is known."""
    document = Document(id="0" * 16, source="text", text=text, published=published)
    return extractor_of(ExtractConfig(events=False)).extract(document)


@pytest.mark.parametrize("case", CASES)
def test_text_tells_of_events(case):
    found = events_of(case["text"], case.get("published"))
    for wanted in case.get("events", ()):
        kind, _, roles = wanted.partition(": ")
        listed = {r.strip() for r in roles.split(";")} - {""}
        assert any(k == kind and listed <= have for k, have in found), (wanted, found)
    for spared in case.get("spared", ()):
        kind, _, role = spared.partition(": ")
        assert not any(k == kind and (not role or role in have) for k, have in found), (spared, found)
