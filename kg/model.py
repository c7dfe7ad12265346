"""The frozen records that pass between stages.

Every offset is a Python string index into `Document.text`, which never changes after reading.
Arguments of a claim are indexes into the mentions of its extraction. Each record becomes a dict of
JSON values with `to_dict` and comes back, equal, with `from_dict`.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import functools
import itertools
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self

BlockKind = Literal[
    "header",  # metadata above the text
    "title",
    "heading",
    "paragraph",
    "item",
    "caption",
    "quote",
    "cell",  # of a table
    "aside",  # beside the text: bylines, signposts, the heads and ends of letters, notes
    "foreign",  # in a language that is not read
]
# The place of a claim's object among what may be doubted.
OBJECT: Final = -1
# What stands over a text or a part of it.
HEADS: Final = frozenset({"title", "heading"})
# What stands in such blocks is kept and not read.
UNREAD: Final = frozenset({"header", "cell", "aside", "foreign"})
PlaceKind = Literal["page", "slide", "chapter", "sheet", "row", "message", "entry"]
MentionKind = Literal["name", "nominal", "pronoun", "time", "quantity", "clause", "attribute", "event"]
# How a phrase refers that nothing in it tells from a hundred others: "the bridge", "a bridge", "bridges".
Reference = Literal["", "definite", "indefinite", "kind"]
Comparator = Literal["MoreThan", "AtLeast", "LessThan", "AtMost", "About"]
Modality = Literal[
    "Planned",  # will, is to, plans to, prepares to
    "Possible",  # may, might, could, is likely to, risk of
    "Requested",  # calls for, demands, urges, should, must
    "Attempted",  # tries to, seeks to, failed to
    "Conditional",  # if, unless, would
    "Wished",  # hopes, wants, fears
    "Questioned",  # whether; a question
    "Reported",  # somebody's words or belief, nothing more
]


class Record:
    """What all records share: an exact round trip through JSON values."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the record as a dict of JSON values, fields in their order of definition."""
        return {
            name: getattr(self, name) if written is None else written(getattr(self, name))
            for name, written, _ in _fields(type(self))  # type: ignore[arg-type]  # a class is hashable
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Make the record that `to_dict` gave; unknown or missing fields raise `TypeError`."""
        given = dict(values)
        for name, _, read in _fields(cls):  # type: ignore[arg-type]  # a class is hashable
            if read is not None and name in given:
                given[name] = read(given[name])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Block(Record):
    """A stretch of a document that is parsed by itself."""

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Place(Record):
    """Where a part of a file begins in the text: the third page of it at character 5120."""

    start: int
    kind: PlaceKind
    number: int

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One text, as read: the characters, what its header said, and its blocks.

    `places` are the parts of the file that it has come from, in order: its one row, message or entry, or
    the pages that it goes over.
    """

    id: str
    source: str
    text: str = field(repr=False)
    title: str | None = None
    published: dt.date | None = None
    lang: str = "en"
    uri: str | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    meta: dict[str, str] = field(default_factory=dict, repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)

    def place(self, offset: int) -> Place | None:
        """Give the part of the file that a character has come from."""
        at = bisect.bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[max(at - 1, 0)] if self.places else None


@dataclass(frozen=True, slots=True)
class Value(Record):
    """A number, date, duration or amount in canonical form.

    `lexical` is canonical for `datatype`, the local name of an XSD type: integer, decimal, date,
    gYear, gYearMonth, dateTime, duration. `unit` is an ISO 4217 code, a UCUM code or `%`. A range or a
    partial date has `lower` and `upper` (for dates the first and the last day).
    """

    lexical: str
    datatype: str = "integer"
    unit: str | None = None
    comparator: Comparator | None = None
    lower: str | None = None
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A phrase that stands for a thing, a time, a quantity, a clause or an attribute.

    `text` is the whole phrase, exactly as in the document. `label` is what names the node: the noun
    phrase without leading determiner, count and trailing modifiers other than an of-phrase; a name
    without its title; for a demonym ("British", kind `attribute`) the country. `type` is a class
    name without prefix ("Person", "GPE"). Mentions of one thing in a document share `chain`. The
    `value` of a nominal is its count ("18 tanks").

    `description` tells a thing without a name from others: its label with owner, place or what else the
    document says of it ("Harker's sales", "bridge on Mill Road"); it is empty where that is the label.
    `reference` says how what nothing identifies is referred to, and is empty for all else.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    type: str = "Concept"
    label: str = ""
    chain: int | None = None
    value: Value | None = None
    confidence: float = 1.0
    description: str = ""
    reference: Reference = ""


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """What one stretch of text says.

    `relation` is lemma words joined by `_`, active voice, with particle and, where the object hangs on
    one, preposition ("advocate_for"); a passive without an agent keeps its form ("be_deployed"). `text` is
    the relation's words as they stand. `qualifiers` are further arguments under their role: the
    preposition ("in", "with", "to"), "object" for a second object, "time" for a bare time, "clause" for
    what is said or wanted beside an object. `noun` is the lemma of an object without which the
    qualifiers say nothing, as the verb only supports it ("has offices in Leeds": have_office_in). A claim
    with one argument has `object` None. `begins` and `ends` are days, `start` and `end` characters.

    `confidence` is how likely the claim is right: the share of such claims that were, when judged. Each
    qualifier makes a triple of its own, which has a confidence of its own; `doubted` are the positions of
    those that are too doubtful to be asserted with the rest of the claim, -1 that of the object where the
    object alone is only a part of what is said. `doubt` says why a claim is not asserted although the text
    states it: what it needs and lacks, or that it says nothing. `astray` are the positions of qualifiers that
    may belong to something else in the sentence; the others are told with the claim, be their own triples
    doubted or not. `at` is the character where the verb or noun begins that tells it: roles of an event
    and the claim of its clause have it in common. `beside` are the clauses and phrases that are told with the
    claim and make no triple.
    """

    subject: int
    relation: str
    object: int | None
    qualifiers: tuple[tuple[str, int], ...] = ()
    text: str = ""
    negated: bool = False
    modality: Modality | None = None
    asserted: bool = True
    attributed_to: int | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None
    start: int = 0
    end: int = 0
    rule: str = ""
    confidence: float = 1.0
    noun: str = ""
    qualifier_confidence: tuple[float, ...] = ()
    doubted: tuple[int, ...] = ()
    doubt: str = ""
    astray: tuple[int, ...] = ()
    at: int | None = None
    beside: tuple[int, ...] = ()

    def binary(self) -> Iterator[tuple[int, str, int | None]]:
        """Give (subject, relation, object) once for the object and once per qualifier that is not doubted.

        A qualifier's role, when it is a preposition, ends the relation ("meet_in"). A claim without
        object and qualifiers gives one triple whose object is None.
        """
        if (self.object is not None or not self.qualifiers) and OBJECT not in self.doubted:
            yield self.subject, self.relation, self.object
        for i, (role, mention) in enumerate(self.qualifiers):
            if i not in self.doubted:
                yield self.subject, self.relation_of(role), mention

    def relation_of(self, role: str) -> str:
        """Give the relation between the subject and what stands in a role."""
        if role in ("object", "time", "clause"):
            return self.relation
        return "_".join(w for w in (self.relation, self.noun, role) if w)


@dataclass(frozen=True, slots=True, order=True)
class CorefLink(Record):
    """Why a mention is in its chain: the mention it was joined to, by which rule, and how surely.

    `confidence` is the share of links of the rule that were right in annotated texts.
    """

    mention: int
    antecedent: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Extraction(Record):
    """All that was found in one document; the only record that crosses a process boundary.

    `sentences` are (start, end) pairs in order; every mention and claim lies within one.
    `coref` tells how its chains came about, a link for each joining. `engine` names what read it: versions,
    model, hash of the settings. `notes` say what was left out, and what would help.
    """

    doc_id: str
    source: str
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    sentences: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    engine: dict[str, str] = field(default_factory=dict, repr=False)
    coref: tuple[CorefLink, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr><td>{escape(self.mentions[s].label or self.mentions[s].text)}</td><td>{escape(r)}</td>"
            f"<td>{'' if o is None else escape(self.mentions[o].label or self.mentions[o].text)}</td>"
            f"<td>{'asserted' if c.asserted else 'not asserted'}</td></tr>"
            for c in self.claims
            for s, r, o in c.binary()
        )
        return f"<p>{escape(self.source)}: {len(self.mentions)} mentions</p><table>{rows}</table>"


@dataclass(frozen=True, slots=True)
class Entity(Record):
    """A thing of the graph. `id` is the local part of its IRI; `aliases` are names only, sorted.

    `salience` is how much the texts are about it, from 0 to 1; 0 where that was not worked out.
    """

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    confidence: float = 1.0
    salience: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """Where a fact was read: the characters of the claim, and the sentence around it.

    `sentence` is where the quoted sentence begins in the document, `place` the part of the file ("page 3"),
    if they are known. `copy_of` is the document that this one is nearly a copy of, `source` the document as
    it was called: a path, as a rule.
    """

    doc_id: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float
    sentence: int | None = None
    place: str = ""
    copy_of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fact(Record):
    """A claim after resolution, with all evidence for it.

    `object` is an entity, a typed value, or a string (what was said, an attribute); None for a claim
    with one argument. `saying` is the whole claim as one line where the fact is a part of it: "Vero moved its
    office to Ghent in 2004" for each of (Vero, move, office) and (Vero, move_to, Ghent). `verdict` is what
    somebody who looked at it said: confirmed, rejected or added.
    """

    subject: Entity
    relation: str
    object: Entity | Value | str | None
    qualifiers: tuple[tuple[str, Entity | Value | str], ...] = ()
    asserted: bool = True
    negated: bool = False
    modality: Modality | None = None
    attributed_to: Entity | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()
    saying: str = ""
    verdict: str = ""

    @property
    def support(self) -> int:
        """How many documents say so, those that are nearly copies of one counted as one."""
        return len({e.copy_of or e.doc_id for e in self.evidence})

    @property
    def standing(self) -> str:
        """How it stands: "asserted", or what it is instead ("negated", "planned, by Ann", "doubtful")."""
        words = ["asserted"] if self.asserted else []
        words += [self.verdict] if self.verdict else []
        words += ["negated"] if self.negated else []
        words += [self.modality.lower()] if self.modality else []
        words += [f"by {self.attributed_to.label}"] if self.attributed_to else []
        return ", ".join(words) or "doubtful"


@dataclass(frozen=True, slots=True)
class Event(Record):
    """Something that happened, with all facts that say who and what took part, where, when and how.

    `type` is its class ("Acquisition"), `id` and `label` are those of its entity.
    """

    entity: Entity
    facts: tuple[Fact, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """The local part of its IRI."""
        return self.entity.id

    @property
    def type(self) -> str:
        """The name of its class."""
        return self.entity.type

    @property
    def label(self) -> str:
        """What it is called, without a verb: "acquisition of Vero by Halm, 2010"."""
        return self.entity.label

    @property
    def roles(self) -> dict[str, tuple[Entity | Value | str, ...]]:
        """What fills each role ("buyer", "place"), by the role's name."""
        found: dict[str, dict[Entity | Value | str, None]] = {}
        for fact in self.facts:
            if fact.object is not None:
                found.setdefault(role_of(fact.relation), {})[fact.object] = None
        return {name: tuple(found[name]) for name in sorted(found)}

    @property
    def begins(self) -> dt.date | None:
        """The first day of it that is known."""
        return min((f.begins for f in self.facts if f.begins), default=None)

    @property
    def ends(self) -> dt.date | None:
        """The last day of it that is known."""
        return max((f.ends for f in self.facts if f.ends), default=None)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All places that tell of it, in the order of the documents."""
        found = dict.fromkeys(e for fact in self.facts for e in fact.evidence)
        return tuple(sorted(found, key=lambda e: (e.doc_id, e.start, e.end, e.rule)))


def role_of(relation: str) -> str:
    """Give the role in an event that a relation says.

    >>> role_of("kg:buyer"), role_of("sem:hasPlace")
    ('buyer', 'place')
    """
    return relation.rpartition(":")[2].replace("hasPlace", "place")


def text_of(end: Entity | Value | str | None) -> str:
    """Give one end of a fact as text; empty where a fact has no second end.

    A number is given as exactly as the document tells it: "at least 12", and the whole range of "dozens".

    >>> text_of(Value("2.5", unit="%")), text_of(Value("43", unit="a"))
    ('2.5 %', '43 years')
    >>> text_of(Value("32500", comparator="MoreThan")), text_of(Value("24", lower="24", upper="99"))
    ('more than 32500', '24 to 99')
    >>> text_of(Value("P1Y6M", "duration")), text_of(Entity("Ghent", "GPE", "Ghent"))
    ('1 year 6 months', 'Ghent')
    """
    if isinstance(end, Entity):
        return end.label
    if isinstance(end, Value):
        return _bounded(end) + (f" {unit_of(end)}" if end.unit else "")
    return end or ""


# How a bound is said before its number.
_BOUNDS = {
    "MoreThan": "more than ",
    "AtLeast": "at least ",
    "LessThan": "less than ",
    "AtMost": "at most ",
    "About": "about ",
}


def _bounded(value: Value) -> str:
    """Give a value without its unit, with what bounds it."""
    if value.datatype in ("gYear", "gYearMonth", "date", "dateTime"):
        return value.lexical
    ranged = value.lower and value.upper and value.lower != value.upper and not value.comparator
    said = f"{value.lower} to {value.upper}" if ranged else _span_of(value) or value.lexical
    return _BOUNDS.get(value.comparator or "", "") + said


def kind_of(end: Entity | Value | str | None) -> str | None:
    """Give what one end of a fact is: the class of an entity, the datatype of a value; None where it is none.

    >>> kind_of(Entity("Ghent", "GPE", "Ghent")), kind_of(Value("2.5", "decimal")), kind_of("high")
    ('GPE', 'decimal', 'string')
    """
    if isinstance(end, Entity):
        return end.type
    if isinstance(end, Value):
        return end.datatype
    return "string" if end is not None else None


# The units of UCUM that a reader would not know for what they are: "43 a" is an age.
_SPELT = {"a": "year", "mo": "month", "wk": "week", "d": "day"}
# The parts of a duration as ISO 8601 writes it: P1Y6M, P2W, PT90M.
_SPAN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def unit_of(value: Value) -> str:
    """Give the unit of a value as a reader knows it: "years" of "a", and "EUR" as it is."""
    spelt = _SPELT.get(value.unit or "")
    return (value.unit or "") if spelt is None else _numbered(value.lexical, spelt)


def _span_of(value: Value) -> str:
    """Give a duration in words; empty for other values, and where no part of it is a whole number."""
    match = _SPAN.fullmatch(value.lexical) if value.datatype == "duration" else None
    names = ("year", "month", "week", "day", "hour", "minute", "second")
    parts = zip(match.groups(), names, strict=True) if match else ()
    return " ".join(f"{many} {_numbered(many, name)}" for many, name in parts if many)


def _numbered(number: str, name: str) -> str:
    return name if number == "1" else f"{name}s"


# Turns a value into one of JSON, or back; None where it is one and the same.
Turn = Callable[[Any], Any] | None


@functools.cache
def _fields(cls: type[Record]) -> tuple[tuple[str, Turn, Turn], ...]:
    """Give the fields of a record, each with how it becomes a value of JSON, and how it comes back.

    What a type says is worked out once: records are written and read by the million.
    """
    hints = typing.get_type_hints(cls)
    names = (f.name for f in dataclasses.fields(cls))  # type: ignore[arg-type]  # all records are dataclasses
    return tuple((name, *_turns(hints[name])) for name in names)


def _turns(hint: Any) -> tuple[Turn, Turn]:
    """Give how a value of a type becomes one of JSON, and how it comes back."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        options = tuple(option for option in args if option is not types.NoneType)
        if len(options) == 1:
            return tuple(map(_unless_none, _turns(options[0])))  # type: ignore[return-value]
        return _to_json, lambda value: _of_one(value, options)
    if origin is tuple:
        return _tuple_turns(args)
    if _is_record(hint):
        return _to_json, hint.from_dict
    if hint is dt.date:
        return dt.date.isoformat, dt.date.fromisoformat
    return None, None


def _tuple_turns(args: tuple[Any, ...]) -> tuple[Turn, Turn]:
    """Give how a tuple becomes a list of JSON, and how it comes back."""
    if args[-1] is not Ellipsis:
        inner = [_turns(arg) for arg in args]
        reads = [read for _, read in inner]
        if not any(itertools.chain(*inner)):
            return list, tuple
        return _to_json, lambda value: tuple(
            v if read is None else read(v) for read, v in zip(reads, value, strict=True)
        )
    write, read = _turns(args[0])
    return (
        list if write is None else lambda value: [write(v) for v in value],
        tuple if read is None else lambda value: tuple([read(v) for v in value]),
    )


def _unless_none(turn: Turn) -> Turn:
    return None if turn is None else lambda value: None if value is None else turn(value)


def _to_json(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_to_json(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _of_one(value: Any, options: tuple[Any, ...]) -> Any:
    """Read what is of one of several types, a record by its field names."""
    if value is None:
        return None
    records = [option for option in options if _is_record(option)]
    if isinstance(value, dict):
        return next(
            option.from_dict(value)
            for option in records
            if set(value) == {f.name for f in dataclasses.fields(option)}
        )
    read = _turns(next(option for option in options if option not in records))[1]
    return value if read is None else read(value)


def _is_record(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, Record)
