"""A short news text with what is said in it, written by hand."""

import datetime as dt
import json
import pathlib

from kg.export.html import HUBS
from kg.export.page_data import tables
from kg.model import Document, Entity, Evidence, Fact, Value

TEXT = """The Harbour Dispute

On 3 May 2024 Mayor Ines Álvarez of Portovale opened the new harbour. The Ministry of Transport did \
not fund the project. The union leader Tom Reed said that Ferrum Ltd dismissed 120 workers. Ferrum \
Ltd plans to build a second quay in Portovale in 2025. Reed met Álvarez in Portovale. Álvarez \
praised Reed, and Reed criticised Álvarez. Harbour Watch, an association from Portovale, sued Ferrum \
Ltd over the quay 🚢 works. The court rejected the lawsuit."""


def evidence(doc_id, words):
    start = TEXT.index(words)
    first = max(TEXT.rfind(". ", 0, start) + 2, TEXT.rfind("\n", 0, start) + 1)
    last = TEXT.find(". ", start)
    quote = TEXT[first : last + 1 if last >= 0 else len(TEXT)]
    return (Evidence(doc_id, start, start + len(words), quote, "test", 0.9),)


def records(published):
    paper = Document(
        "abcd1234ef",
        "texts/harbour.txt",
        TEXT,
        title="The Harbour Dispute",
        published=published,
        uri="https://example.com/harbour",
    )
    made = {
        key: Entity(key, kind, label, aliases)
        for key, kind, label, *aliases in (
            ("Ines_Álvarez", "Person", "Ines Álvarez", "Álvarez"),
            ("Portovale", "GPE", "Portovale"),
            ("new_harbour-abcd1234", "Facility", "new harbour"),
            ("Ministry_of_Transport", "Organization", "Ministry of Transport"),
            ("Tom_Reed", "Person", "Tom Reed", "Reed"),
            ("Ferrum_Ltd", "Organization", "Ferrum Ltd", "Ferrum"),
            ("second_quay-abcd1234", "Facility", "second quay"),
            ("Harbour_Watch", "Organization", "Harbour Watch"),
            ("mayor", "Position", "mayor"),
            ("court-abcd1234", "Organization", "court"),
            ("lawsuit-abcd1234", "Event", "lawsuit"),
            ("workers-abcd1234", "Group", "workers"),
            ("project-abcd1234", "Concept", "project"),
            ("lonely_idea-abcd1234", "Concept", "lonely idea"),
        )
        for aliases in [tuple(aliases)]
    }
    by = {e.label: e for e in made.values()}

    def fact(subject, relation, target, words, **more):
        end = by.get(target, target) if isinstance(target, str) else target
        return Fact(by[subject], relation, end, evidence=evidence(paper.id, words), **more)

    year = {"begins": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31)}
    plan = {"asserted": False, "modality": "Planned", **year}
    said = {"asserted": False, "modality": "Reported", "attributed_to": by["Tom Reed"]}
    day = {"begins": dt.date(2024, 5, 3), "ends": dt.date(2024, 5, 3)}
    facts = [
        fact(
            "Ines Álvarez", "open", "new harbour", "Ines Álvarez of Portovale opened the new harbour", **day
        ),
        fact("Ines Álvarez", "position_held", "mayor", "Mayor Ines Álvarez"),
        fact("Ministry of Transport", "fund", "project", "did not fund", asserted=False, negated=True),
        fact("Ferrum Ltd", "dismiss", "workers", "Ferrum Ltd dismissed 120 workers", **said),
        fact("Tom Reed", "say", "Ferrum Ltd dismissed 120 workers", "Tom Reed said that"),
        fact("workers", "count", Value("120"), "120 workers"),
        fact("Ferrum Ltd", "build", "second quay", "plans to build a second quay", **plan),
        fact("Ferrum Ltd", "build_in", "Portovale", "plans to build a second quay in Portovale", **plan),
        fact(
            "Tom Reed", "meet", "Ines Álvarez", "Reed met Álvarez", qualifiers=(("place", by["Portovale"]),)
        ),
        fact("Tom Reed", "meet_in", "Portovale", "Reed met Álvarez in Portovale"),
        fact("Ines Álvarez", "praise", "Tom Reed", "Álvarez praised Reed"),
        fact("Tom Reed", "criticise", "Ines Álvarez", "Reed criticised Álvarez"),
        fact("Harbour Watch", "located_in", "Portovale", "association from Portovale"),
        fact("Harbour Watch", "sue", "Ferrum Ltd", "sued Ferrum Ltd over the quay 🚢 works"),
        fact("court", "reject", "lawsuit", "The court rejected the lawsuit"),
        fact("Harbour Watch", "lose", None, "The court rejected the lawsuit"),
    ]
    return list(made.values()), facts, [paper]


def page_data():
    """Give what a page of these records carries, as the tests of its script read it."""
    made = tables(*records(dt.date(2024, 6, 1)))
    return {"graph": {**made.graph, "scale": "network", "hubs": HUBS}, "evidence": made.evidence}


def main():
    """Write the records for the tests of the page's script, a column a line."""
    parts = [
        f"{json.dumps(part)}: {{\n"
        + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in columns.items())
        + "\n}"
        for part, columns in page_data().items()
    ]
    target = pathlib.Path(__file__).parents[1] / "js" / "graph.json"
    target.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
