"""Print the facts of a graph with their evidence: the sentence they were read from.

On a terminal each sentence stands once, in the order of the documents, with its facts in words below it, and
an event with all who take part where it is first told of. What is not plainly asserted says so in brackets;
what was not read surely enough comes last, after a question mark. CSV, TSV and JSON give each fact by itself.

Examples:

    kg facts graph/graph.ttl --about "Hanne Wouters" --asserted
    kg facts graph/graph.ttl --event Arrest --since 2021-01-01 --format json
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.console import UsageError
from kg.cli.fact_lines import print_facts
from kg.cli.passages import is_role
from kg.iri import fold
from kg.model import Entity, Fact, text_of
from kg.nearest import did_you_mean
from kg.salience import is_named
from kg.vocab import event_classes

if TYPE_CHECKING:
    from kg.graph.view import GraphView

HELP = "facts with their evidence"
# Whom one may want to ask about, and how many kinds of events are named.
FOREMOST = frozenset({"Person", "Organization", "GPE"})
MOST_KINDS = 6
COLUMNS = ("subject", "relation", "object", "status", "time", "source", "saying", "evidence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …)")
    parser.add_argument("--about", metavar="NAME", help="facts with this entity at either end")
    parser.add_argument("--subject", metavar="NAME")
    parser.add_argument("--relation", metavar="R", help='as in the graph, or its words ("advocate for")')
    parser.add_argument("--object", metavar="NAME")
    parser.add_argument(
        "--event", metavar="CLASS", help="what is said of the events of a class: Acquisition, Election, …"
    )
    parser.add_argument("--since", metavar="DAY", type=_day, help="facts that hold on this day or later")
    parser.add_argument("--asserted", action="store_true", help="only what the texts themselves state as so")
    parser.add_argument("--lang", default="en", help="language of labels, of several; default: en")
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")


def run(args: argparse.Namespace) -> int:
    import kg

    graph = kg.open(args.graph, lang=args.lang)
    _check(graph, args)
    facts = graph.each_fact(
        about=args.about,
        subject=args.subject,
        relation=args.relation,
        object=args.object,
        since=args.since,
        asserted=True if args.asserted else None,
        event=args.event,
    )
    format = args.format or console.default_format()
    if format == "json":
        _print_json(facts)
        return 0
    if format == "table":
        found = [*facts, *_rest_of_events(graph, args)]
        print_facts([*dict.fromkeys(found)], graph.documents, foreign=graph.foreign)
        _say_further(args, found)
        return 0
    sources = {document.id: document.source for document in graph.documents}
    console.print_rows(COLUMNS, (_row(fact, sources) for fact in facts), format=format)
    return 0


def _print_json(facts: Iterable[Fact]) -> None:
    """Print facts as a list, one at a time, as `json.dumps` would write all of them."""
    before = "["
    for fact in facts:
        print(before, json.dumps([fact.to_dict()], ensure_ascii=False, indent=1)[1:-2], sep="", end="")
        before = ","
    print("[]" if before == "[" else "\n]")


def _rest_of_events(graph: GraphView, args: argparse.Namespace) -> Iterator[Fact]:
    """Give all that is said of the events that the one who is asked about has a part in."""
    if args.about and not (args.subject or args.relation or args.object):
        asserted = True if args.asserted else None
        for event in graph.events(args.event, about=args.about, since=args.since, asserted=asserted):
            yield from event.facts


def _say_further(args: argparse.Namespace, facts: Sequence[Fact]) -> None:
    """Say what may be asked next, by what was shown."""
    if not facts:
        console.say("nothing is said of that; ask with fewer options")
        return
    ways = [*_ways(args, facts)]
    widest = max((len(way) for way, _ in ways), default=0)
    if ways:
        console.say("\n".join(["\nask next:", *(f"  {way:{widest}}  {tells}" for way, tells in ways)]))


def _ways(args: argparse.Namespace, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """Give options that would narrow what was shown, each with what it does."""
    if foremost := _foremost(facts, args):
        yield f'--about "{foremost}"', "what is said of one thing, with its events whole"
    if not args.event and (kinds := _kinds(facts)):
        others = f"; also {', '.join(kinds[1:])}" if kinds[1:] else ""
        yield f"--event {kinds[0]}", f"events of one kind{others}"
    if not args.since and (latest := max((fact.begins for fact in facts if fact.begins), default=None)):
        yield f"--since {latest.year}-01-01", "what holds on that day or later"
    if not args.asserted and not all(fact.asserted for fact in facts):
        yield "--asserted", "without what is planned, denied, only reported or doubtful"
    if any(fact.evidence for fact in facts):
        yield "--format json", "with offsets, rules and confidences"


def _foremost(facts: Iterable[Fact], args: argparse.Namespace) -> str:
    """Give who is in most facts and was not asked about; empty where nobody is."""
    asked = {fold(name) for name in (args.about, args.subject, args.object) if name}
    ends = (end for fact in facts for end in (fact.subject, fact.object) if isinstance(end, Entity))
    named = Counter(end for end in ends if end.type in FOREMOST and is_named(end.id))
    for entity, _ in named.most_common():
        if asked.isdisjoint(map(fold, (entity.label, *entity.aliases))):
            return entity.label
    return ""


def _kinds(facts: Iterable[Fact]) -> list[str]:
    """Give the classes of events that most is told of."""
    events = dict.fromkeys(fact.subject for fact in facts if is_role(fact))
    return [kind for kind, _ in Counter(event.type for event in events).most_common(MOST_KINDS)]


def _check(graph: GraphView, args: argparse.Namespace) -> None:
    """Say which of the names that are asked for nothing in the graph bears."""
    for name in filter(None, (args.about, args.subject, args.object)):
        if not graph.find(name) and not graph.facts(object=name):
            raise UsageError(f"no entity is called {name!r}", where=args.graph, remedy=graph.near(name))
    if args.event and args.event not in event_classes():
        remedy = did_you_mean(args.event, event_classes()) or f"use one of {', '.join(event_classes())}"
        raise UsageError(f"no class of events is called {args.event!r}", where=args.graph, remedy=remedy)
    if args.relation and not graph.facts(relation=args.relation):
        known = {fact.relation.replace("_", " ") for fact in graph.each_fact()}
        remedy = did_you_mean(args.relation, known)
        raise UsageError(f"no relation is called {args.relation!r}", where=args.graph, remedy=remedy)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)") from None


def _row(fact: Fact, sources: dict[str, str]) -> tuple[str, ...]:
    first = fact.evidence[0] if fact.evidence else None
    where = f"{sources.get(first.doc_id, first.doc_id)}:{first.start}" if first else ""
    if first and first.place and f"#{first.place.replace(' ', '=')}:" not in where:
        where += f" ({first.place})"
    return (
        fact.subject.label,
        fact.relation.replace("_", " "),
        text_of(fact.object),
        fact.standing,
        "/".join(str(day) if day else ".." for day in (fact.begins, fact.ends))
        if fact.begins or fact.ends
        else "",
        where,
        fact.saying,
        first.quote if first else "",
    )
