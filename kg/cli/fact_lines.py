"""Facts as somebody at a terminal reads them: a sentence, and below it a line for each fact that it tells.

    Vero was bought by Halm for 3 million euros in 2010, the union says.
      acquisition of Vero by Halm, 2010  [reported, by union]
          buyer: Halm · acquired: Vero · price: 3,000,000 EUR
      Halm — bought — Vero (2010)  [reported, by union]
    ? union — is from — Ghent

What is plainly asserted bears no mark; what was not read surely enough has a question mark, and comes last.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.passages import Passage, passages
from kg.counts import count
from kg.days import span
from kg.model import Document, Entity, Event, Fact, Value, text_of
from kg.vocab import event_terms
from kg.vocab.phrases import meant, role

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

DOUBTFUL = "doubtful"
# How far facts and the roles of events are set in, how much further a line goes on, how narrow it may become.
INDENT, ROLES, FURTHER, LEAST = 2, 6, 4, 24
# Stands for a space at which no line is to end, in what is no longer than so many characters.
JOINT, LONGEST_JOINED = "\ue000", 36
# What stands in a line, and how it looks where the terminal has colours.
STYLES = {"document": "bold", "sentence": "cyan", "event": "bold", "relation": "green", "mark": "yellow"}


def print_facts(facts: Sequence[Fact], documents: Sequence[Document], *, foreign: bool = False) -> None:
    """Print how many facts there are, and then each below the sentence that it was read from.

    The relations of a foreign graph, which kg did not make, are names of all kinds and are left as they are.
    """
    # Loaded here: only tables need it, and it takes a tenth of a second.
    from rich.console import Console

    screen = Console(highlight=False)
    by_id = {document.id: document for document in documents}
    _print(screen, _text((overview(facts, documents), "")))
    for id, group in itertools.groupby(passages(facts, documents), key=_document):
        if id:
            _print(screen, _text(("", "")), _heading(id, by_id.get(id)))
        for passage in group:
            _print(screen, _text(("", "")), *_lead(passage, by_id))
            for indent, line in _lines(passage, _named if foreign else _said):
                _print(screen, line, indent=indent)


def overview(facts: Sequence[Fact], documents: Sequence[Document]) -> str:
    """Say in one line how many facts there are, from how many documents, and how they stand."""
    if not facts:
        return "no facts"
    doubtful = sum(fact.standing == DOUBTFUL for fact in facts)
    asserted = sum(fact.asserted for fact in facts)
    told = len({e.doc_id for fact in facts for e in fact.evidence})
    of = f"{told:,} of {count(len(documents), 'document')}" if told < len(documents) else ""
    source = f" from {of or count(told, 'document')}" if told else ""
    others = len(facts) - asserted - doubtful
    parts = [
        f"{asserted:,} asserted",
        f"{others:,} planned, possible, reported or denied [in brackets]" if others else "",
        f"{doubtful:,} doubtful (after ?)" if doubtful else "",
    ]
    return f"{count(len(facts), 'fact')}{source}: {', '.join(filter(None, parts))}"


def _document(passage: Passage) -> str:
    return passage.evidence.doc_id if passage.evidence else ""


def _heading(id: str, document: Document | None) -> Text:
    """Give the line above the sentences of a document."""
    if document is None:
        return _text((id, STYLES["document"]))
    day = span(document.published, document.published)
    more = "".join(f" · {part}" for part in (document.title, day) if part)
    return _text((document.source or id, STYLES["document"]), (more, "dim"))


def _lead(passage: Passage, documents: Mapping[str, Document]) -> Iterator[Text]:
    """Give the sentence, with the part of the file where its name does not say it."""
    if passage.evidence and passage.evidence.quote:
        place = passage.evidence.place
        document = documents.get(passage.evidence.doc_id)
        # Of a table each row is a document, which is called by its row.
        known = document is not None and document.source.endswith(f"#{place.replace(' ', '=')}")
        before = f"{place}: " if place and not known else ""
        yield _text((before, "dim"), (passage.evidence.quote, STYLES["sentence"]))


def _lines(passage: Passage, relation: Callable[[Fact], str]) -> Iterator[tuple[int, Text]]:
    """Give the lines below a sentence with their indents, what is doubtful last."""
    doubted = [event for event in passage.events if all(map(_is_doubtful, event.facts))]
    for event in passage.events:
        if event not in doubted:
            yield from _event_lines(event)
    for fact in sorted(passage.facts, key=_is_doubtful):
        if not _is_doubtful(fact):
            yield INDENT, _fact_line(fact, relation(fact))
    for event in doubted:
        yield from _event_lines(event)
    for fact in filter(_is_doubtful, passage.facts):
        yield INDENT, _fact_line(fact, relation(fact))


def _is_doubtful(fact: Fact) -> bool:
    return fact.standing == DOUBTFUL


def _said(fact: Fact) -> str:
    return meant(fact.relation, modality=fact.modality, negated=fact.negated)


def _named(fact: Fact) -> str:
    return fact.relation.replace("_", " ")


def _fact_line(fact: Fact, said: str) -> Text:
    object = _words(fact.object)
    written = _joined(object) if isinstance(fact.object, Value) else object
    parts = [(fact.subject.label, ""), (" — ", "dim"), (said, STYLES["relation"])]
    parts += [(" — ", "dim"), (written, "")] if object else []
    beside = [each for each in (*_times([fact]), *_places(fact)) if each not in (object, fact.subject.label)]
    parts += [(f" ({', '.join(map(_joined, beside))})", "")] if beside else []
    more = len({(e.doc_id, e.sentence, e.quote) for e in fact.evidence}) - 1
    parts += [(f"  +{count(more, 'sentence')}", "dim")] if more > 0 else []
    return _marked(parts, fact.standing)


def _event_lines(event: Event) -> Iterator[tuple[int, Text]]:
    """Give an event, and under it who and what takes part, those together that stand alike."""
    alike: dict[str, list[Fact]] = {}
    for fact in sorted(event.facts, key=lambda fact: (not fact.asserted, _is_doubtful(fact))):
        alike.setdefault(fact.standing, []).append(fact)
    main = next(iter(alike))
    beside = [each for each in _times(alike[main]) if each not in event.label]
    parts = [(event.label, STYLES["event"]), (f" ({', '.join(beside)})" if beside else "", "")]
    yield INDENT, _marked(parts, main)
    for standing, facts in alike.items():
        if standing != main:
            yield ROLES, _marked([(_roles(facts), "")], standing)
        else:
            yield ROLES, _text((_roles(facts), "dim" if main == DOUBTFUL else ""))


def _roles(facts: Sequence[Fact]) -> str:
    """Give who and what takes part in an event in one line.

    >>> sale = Entity("sale", "Acquisition", "sale of Vero")
    >>> price = Fact(sale, "kg:price", Value("3000", unit="EUR"))
    >>> _roles([price, Fact(sale, "kg:buyer", Entity("Halm", "Organization", "Halm"))])
    'buyer:\\ue000Halm · price:\\ue0003,000\\ue000EUR'
    """
    order = {name: i for i, name in enumerate(event_terms())}
    ranked = sorted(facts, key=lambda fact: order.get(fact.relation.partition(":")[2], len(order)))
    fills: dict[str, dict[str, None]] = {}
    for fact in ranked:
        fills.setdefault(role(fact.relation), {})[_words(fact.object)] = None
    return " · ".join(_joined(f"{name}: {'; '.join(fill)}") for name, fill in fills.items())


def _words(end: Entity | Value | str | None) -> str:
    """Give one end of a fact as a reader writes it: a day in words, and long numbers in groups.

    >>> _words(Value("640000000", unit="EUR")), _words(Value("2024-05-03", "date"))
    ('640,000,000 EUR', '3 May 2024')
    """
    if not isinstance(end, Value):
        return text_of(end)
    if end.datatype in ("date", "gYearMonth"):
        first, last = _day(end.lower or end.lexical), _day(end.upper or end.lexical)
        return span(first, last) or text_of(end)
    if end.datatype not in ("integer", "decimal"):
        return text_of(end)
    lexical, lower, upper = map(_grouped, (end.lexical, end.lower, end.upper))
    return text_of(dataclasses.replace(end, lexical=lexical or "", lower=lower, upper=upper))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _grouped(number: str | None) -> str | None:
    """Give a number with its thousands apart: 32,500.25."""
    whole, dot, rest = (number or "").partition(".")
    return f"{int(whole):,}{dot}{rest}" if len(whole) > 3 and whole.lstrip("-").isdecimal() else number


def _times(facts: Iterable[Fact]) -> list[str]:
    """Give when something holds: its days, or else what the text says of them ("on Friday")."""
    told = list(facts)
    days = dict.fromkeys(filter(None, (span(fact.begins, fact.ends) for fact in told)))
    texts = (text_of(value) for fact in told for name, value in fact.qualifiers if name == "time")
    return list(days or dict.fromkeys(texts))


def _places(fact: Fact) -> list[str]:
    return [text_of(value) for name, value in fact.qualifiers if name == "place"]


def _marked(parts: Iterable[tuple[str, str]], standing: str) -> Text:
    """Give a line with how it stands, which is not said of what is plainly asserted."""
    if standing == DOUBTFUL:
        line = _text(("? ", ""), *parts)
        line.stylize("dim")
        return line
    mark = ", ".join(word for word in standing.split(", ") if word not in ("asserted", ""))
    return _text(*parts, *([(f"  {_joined(f'[{mark}]')}", STYLES["mark"])] if mark else []))


def _joined(text: str) -> str:
    """Give a short text as one that is not parted between two lines."""
    return text.replace(" ", JOINT) if len(text) <= LONGEST_JOINED else text


def _text(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    # What stands between two parts is no end of a line, and stays as it is.
    clean = ((_shown(text), style) for text, style in parts if text)
    return Text.assemble(*clean)


def _shown(text: str) -> str:
    kept = console.shown(text)
    return f"{' ' * (len(text) - len(text.lstrip(' ')))}{kept}{' ' * (len(text) - len(text.rstrip(' ')))}"


def _print(screen: Console, *lines: Text, indent: int = 0) -> None:
    """Print lines, each as wide as the terminal; what goes on in the next is set in further."""
    for line in lines:
        # The question mark of a doubt stands before what it doubts.
        before = max(indent - 2, 0) if line.plain.startswith("? ") else indent
        further = before + FURTHER if indent == INDENT else before
        wrapped = line.wrap(screen, max(screen.width - further, LEAST), overflow="fold")
        for i, part in enumerate(wrapped):
            part.plain = part.plain.rstrip().replace(JOINT, " ")
            screen.print(" " * (further if i else before), part, sep="", soft_wrap=True)
        if not wrapped:
            screen.print()
