"""A graph of events made by hand, for tests of what is asked of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kg.iri import slug
from kg.model import Block, Claim, Document, Entity, Extraction, Mention, Value

# Each event: class, label, day, and who or what fills its roles; what begins with a digit is a number.
EVENTS = (
    ("Killing", "killing of guard", "2024-03-02", "kg:deceased guard", "kg:deathToll 2", "sem:hasPlace Ulm"),
    ("Sentencing", "sentencing of Tom Hale", "2024-03-09", "kg:defendant Tom Hale", "kg:penalty nine years"),
    ("Election", "election of Anna Berg", "2019-05-01", "kg:elected Anna Berg", "kg:constituency Ulm"),
    ("Acquisition", "acquisition of Vero", "2010-01-01", "kg:buyer Halm", "kg:acquired Vero", "kg:price 200"),
    ("Payment", "payment by Halm", "2011-06-01", "kg:payer Halm", "kg:recipient Vero", "kg:amount 50"),
    ("Change", "change of sales", "2012-01-01", "kg:quantityOf Halm", "kg:quantity sales", "kg:by 8"),
    ("Journey", "journey of Anna Berg", "2020-02-02", "kg:traveller Anna Berg", "kg:destination Oslo"),
)
RELATIONS = (
    ("Vero", "owned_by", "Halm"),
    ("Anna Berg", "work_for", "Halm"),
    ("Anna Berg", "spouse", "Tom Hale"),
)
TYPES = {"Ulm": "GPE", "Oslo": "GPE", "Halm": "Organization", "Vero": "Organization", "sales": "Concept"}


@dataclass(frozen=True)
class Resolved:
    entities: tuple[Entity, ...]
    links: dict[str, tuple[int | None, ...]]


def made():
    """Give the document, the extraction and the resolution of the graph."""
    text, mentions, links, entities, claims = "", [], [], [], []
    known = {}

    def mention(label, kind):
        nonlocal text
        start = len(text)
        text += f"{label} "
        number = label[0].isdigit()
        said = "attribute" if label == "nine years" else "quantity" if number else "name"
        value = Value(label) if number else None
        mentions.append(Mention(start, start + len(label), label, said, kind, label, value=value))
        if number or label == "nine years":
            links.append(None)
        else:
            if label not in known:
                known[label] = len(entities)
                entities.append(Entity(slug(label), kind, label))
            links.append(known[label])
        return len(mentions) - 1

    def claim(subject, relation, obj, day=None):
        first, last = mentions[min(subject, obj)], mentions[max(subject, obj)]
        claims.append(
            Claim(
                subject,
                relation,
                obj,
                begins=day,
                ends=day,
                start=first.start,
                end=last.end,
                rule="event-role",
            )
        )

    for kind, label, day, *roles in EVENTS:
        event = mention(label, kind)
        for role in roles:
            name, filler = role.split(" ", 1)
            claim(event, name, mention(filler, TYPES.get(filler, "Person")), dt.date.fromisoformat(day))
    for subject, relation, obj in RELATIONS:
        s = mention(subject, TYPES.get(subject, "Person"))
        claim(s, relation, mention(obj, TYPES.get(obj, "Person")))
    document = Document("e" * 16, "events.txt", text, blocks=(Block(0, len(text)),))
    extraction = Extraction(document.id, document.source, tuple(mentions), tuple(claims), ((0, len(text)),))
    return document, extraction, Resolved(tuple(entities), {document.id: tuple(links)})
