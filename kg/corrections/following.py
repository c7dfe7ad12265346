"""Which corrections had an effect on a graph, and why others had none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.corrections.amending import place_of, sentences_of
from kg.corrections.records import OF_FACTS, OF_NAMES, Correction, is_of
from kg.iri import fold
from kg.model import Document, Extraction


@dataclass(frozen=True, slots=True)
class Idle:
    """A correction that no longer applies, and why."""

    correction: Correction
    why: str

    def __str__(self) -> str:
        by = f" (by {self.correction.by})" if self.correction.by else ""
        return f"{self.correction.kind} {self.correction}{by}: {self.why}"


@dataclass(slots=True)
class Followed:
    """What is known of corrections while a graph is made: where they apply."""

    corrections: tuple[Correction, ...]
    # The keys of those whose sentence is in a document, whose document is there, and that changed a fact.
    met: set[str] = field(default_factory=set)
    there: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def look(self, document: Document, extraction: Extraction) -> None:
        """Note which of them are about a document."""
        there, met = found_in(document, extraction, self.corrections)
        self.there |= there
        self.met |= met

    def idle(self, of_names: Mapping[str, str]) -> list[Idle]:
        """Give those that have no effect; of those about names resolution says why."""
        return idle(self.corrections, self.there, self.met, self.used, of_names)


def found_in(
    document: Document, extraction: Extraction, corrections: Iterable[Correction]
) -> tuple[set[str], set[str]]:
    """Give the keys of corrections of facts: those whose document this is, those whose sentence it has."""
    there, met = set(), set()
    sentences: set[str] | None = None
    for each in corrections:
        if each.kind not in OF_FACTS or not each.evidence:
            continue
        if any(is_of(q.source, q.document, document.id, document.source) for q in each.evidence):
            there.add(each.key)
        if each.kind == "add":
            if place_of(document, each) is not None:
                met.add(each.key)
            continue
        if sentences is None:
            sentences = sentences_of(document, extraction)
        if any(quote.key in sentences for quote in each.evidence):
            met.add(each.key)
    return there, met


def idle(
    corrections: Iterable[Correction],
    there: set[str],
    met: set[str],
    used: set[str],
    of_names: Mapping[str, str],
) -> list[Idle]:
    """Give the corrections that have no effect, with why."""
    found = []
    corrections = tuple(corrections)
    judged = [each for each in corrections if each.key in used]
    for each in corrections:
        if each.kind in OF_NAMES:
            if each.key in of_names:
                found.append(Idle(each, of_names[each.key]))
        elif each.key not in used and not _is_judged(each, judged):
            found.append(Idle(each, _why(each, each.key in there, each.key in met)))
    return found


def _is_judged(correction: Correction, others: Iterable[Correction]) -> bool:
    """Whether a fact was added of which somebody said something else since."""
    ends = frozenset({fold(correction.subject)}), frozenset({fold(correction.object)})
    return correction.kind == "add" and any(
        each.is_about(ends[0], correction.relation, ends[1]) for each in others
    )


def _why(correction: Correction, there: bool, met: bool) -> str:
    if not correction.evidence:
        return "no sentence is read to say so"
    if met:
        return "its sentence is there, and is read otherwise now"
    sources = ", ".join(sorted({q.source or q.document for q in correction.evidence} - {""}))
    if there:
        return f"its sentence is no longer in {sources}"
    return f"{sources} is gone" if sources else "no document has its sentence"
