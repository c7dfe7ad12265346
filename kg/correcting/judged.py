"""Decisions about facts as judgements to train on: what was read, where, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kg.correcting.finding import triples_at
from kg.model import Extraction
from kg.vocab import NIF

if TYPE_CHECKING:
    from kg.correcting import Correcting

# How judges call what is confirmed and rejected.
VERDICTS = {"confirmed": "whole", "rejected": "wrong"}
_REVIEWED = f"""SELECT * WHERE {{
    ?s kg:verdict ?verdict ; rdf:subject ?who ; rdf:predicate ?relation ; rdf:object ?what ;
        kg:beginIndex ?start ; kg:endIndex ?end ; kg:confidence ?sure ; prov:wasDerivedFrom ?sentence .
    ?sentence <{NIF}referenceContext> ?document ; <{NIF}beginIndex> ?from ; <{NIF}endIndex> ?to .
    ?who rdfs:label ?subject .
    OPTIONAL {{ ?what rdfs:label ?label }}
    OPTIONAL {{ ?s kg:reviewedBy ?by }}
    OPTIONAL {{ ?s kg:reviewNote ?note }}
    OPTIONAL {{ ?s kg:rule ?rule }}
    BIND(COALESCE(?label, ?what) AS ?object)
}} ORDER BY ?document ?start ?end ?relation ?object"""


def judgements(decide: Correcting, *, name: str, number: int = 0) -> Iterator[dict[str, Any]]:
    """Give what was confirmed and rejected, as lines of training/judgements.

    `name` is that of the set of documents. Triples are told by the words of their mentions, where the
    documents are at hand, as those who train find them again by these.
    """
    graph = decide.graph
    sources = decide.finder.sources
    asserted_from = _threshold(decide)
    for row in graph.query(_REVIEWED):
        verdict = VERDICTS.get(row["verdict"].value)
        if verdict is None:
            continue
        doc = row["document"].value.removeprefix(graph.names.doc)
        relation = row["relation"].value.removeprefix(graph.names.rel)
        for space, prefix in ((graph.names.kg, "kg:"), (graph.names.expand("sem:"), "sem:")):
            relation = f"{prefix}{relation.removeprefix(space)}" if relation.startswith(space) else relation
        said = [row["subject"].value, relation, _end(row["object"])]
        start, end = int(row["start"].value), int(row["end"].value)
        if decide.store is not None and doc in decide.store.manifest.documents:
            said = _as_read(decide.store.document(doc)[1], said, start, end)
        source = sources.get(doc, doc)
        yield {
            "set": name,
            "document": PurePath(source).stem if source.endswith(".txt") else source,
            "start": start,
            "end": end,
            "sentence": [int(row["from"].value), int(row["to"].value)],
            "triple": said,
            "rule": row["rule"].value if row["rule"] else "",
            "asserted": float(row["sure"].value) >= asserted_from,
            "verdict": verdict,
            "cause": row["note"].value if row["note"] else "",
            "round": number,
            "judge": row["by"].value if row["by"] else "",
        }


def _threshold(decide: Correcting) -> float:
    """Give from what confidence on facts are asserted."""
    from kg.config import Config

    config = decide.store.config if decide.store is not None else Config()
    return config.extract.assert_confidence


def _end(term: Any) -> str | None:
    """Give the object of a triple as text; a fact of one end has none."""
    is_flag = getattr(getattr(term, "datatype", None), "value", "").endswith("#boolean")
    return None if is_flag else str(term.value)


def _as_read(extraction: Extraction, said: list[str | None], start: int, end: int) -> list[str | None]:
    """Give a triple by the words of its mentions, of the claim that says it there."""
    mentions = extraction.mentions
    found = [
        (
            mentions[subject].label or mentions[subject].text,
            None if obj is None else mentions[obj].label or mentions[obj].text,
        )
        for subject, obj in triples_at(extraction, str(said[1]), start, end)
    ]
    if not found:
        return said
    best = min(found, key=lambda ends: (ends[1] != said[2]) + (ends[0] != said[0]))
    return [best[0], said[1], best[1]]
