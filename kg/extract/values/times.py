"""Times in the parse: time mentions, the tense around them, and the days on which claims hold.

`find` adds time mentions, `date_claims` gives claims their `begins` and `ends`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from kg.extract import constructions
from kg.extract.lexicon import words
from kg.extract.lexicon.deverbal import event_nouns
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.values import periods
from kg.extract.values.periods import Period
from kg.extract.values.reference import ReferenceTime, Tense
from kg.extract.values.timex import scan
from kg.model import Value


def find(reading: Reading) -> None:
    """Add the times of a document as mentions, with their values where the text gives them."""
    reference = ReferenceTime(reading.document.published)
    names: dict[int, list[Span]] = {}
    for m in reading.mentions:
        if m.kind == "name":
            names.setdefault(m.block.index, []).append(m.span)
    for block in reading.blocks:
        tree = tree_of(block)
        text, spelled = tree.text, zip(tree.char, tree.lower, strict=True)
        reference.block = block.index
        named = names.get(block.index, [])
        for start, end, found in scan(text, reference, _tense_in(block, tree), spelled):
            span = block.doc.char_span(start, end, alignment_mode="expand")
            if span is None or any(_within(span, n) for n in named):
                continue
            value = found.value() if isinstance(found, Period) else found
            head = block.doc[root(tree, span.start, span.end)]
            there = reading.at(block, head)
            if there is not None and there.kind == "time":
                continue
            assert value is None or isinstance(value, Value)
            reading.add(MentionDraft(block, span, head, "time", "Concept", span.text, value=value))


def _tense_in(block: ParsedBlock, tree: Tree) -> Callable[[int], Tense]:
    return lambda char: tense(tree, _token(block, char))


def _within(span: Span, name: Span) -> bool:
    """Whether a time is only part of a name ("Euro 2016", "Black Friday")."""
    return bool(name.start <= span.start and span.end <= name.end and len(name) > len(span))


def _token(block: ParsedBlock, char: int) -> int:
    span = block.doc.char_span(char, char + 1, alignment_mode="expand")
    return span.start if span is not None else 0


def root(tree: Tree, start: int, end: int) -> int:
    """Give the first token of a stretch that hangs on one outside of it."""
    for i in range(start, end):
        if not start <= tree.head[i] < end or tree.head[i] == i:
            return i
    return end - 1


def tense(tree: Tree, i: int) -> Tense:
    """Give the tense in which the text speaks where a token stands."""
    j, steps = i, 0
    while steps < 40:
        steps += 1
        if tree.pos[j] in VERBS and tree.tag[j][:1] in "VM":
            told = _verb_tense(tree, j)
            if told is not None:
                return told
        if tree.head[j] == j:
            break
        j = tree.head[j]
    return "past"


def _verb_tense(tree: Tree, v: int) -> Tense | None:
    """Give the tense of a verb with its auxiliaries, where they show one."""
    helpers = tree.of(v, "aux", "auxpass")
    spelled = {tree.lower[k] for k in helpers}
    tags = {tree.tag[k] for k in helpers} | {tree.tag[v]}
    if "MD" in tags:
        return "past" if _is_past_modal(spelled, tags) else "future"
    if "VBD" in tags or spelled & _PERFECT:
        return "past"
    form = tree.tag[v]
    if form == "VB" and "to" in spelled:
        return "future" if tree.head[v] == v else _infinitive(tree, v)
    if form == "VBG":
        return "future" if spelled & _PRESENT_BE else None
    if form == "VBN":
        return _participle(tree, v, spelled)
    return "present" if form in ("VBZ", "VBP") else None


def _is_past_modal(helpers: set[str], tags: set[str]) -> bool:
    """Whether a verb with a modal speaks of the past: "may have met"."""
    return "have" in helpers or ("VBD" in tags and bool(helpers & _CONDITIONAL))


def _infinitive(tree: Tree, v: int) -> Tense | None:
    # "managed to meet on Monday" is over, "plans to meet on Monday" is not.
    return None if tree.lemma[tree.head[v]] in _REALISED else "future"


def _participle(tree: Tree, v: int, helpers: set[str]) -> Tense:
    if not helpers:
        return "past"
    # "is launched on Monday"
    return "future" if helpers & {"is", "are", "be"} and tree.dep[v] == "ROOT" else "present"


# What the time after a preposition or conjunction is of what it hangs on.
_IN = words("times", "role", "at")
_BEGINS = words("times", "role", "begins")
_ENDS = words("times", "role", "ends")
_CONDITIONAL = words("times", "tense", "conditional")
_PERFECT = words("times", "tense", "perfect")
_PRESENT_BE = words("times", "tense", "present_be")
_REALISED = words("times", "tense", "realised")
_SHARED = words("times", "tense", "shared")
_EVENTS = words("times", "event", "dated")
_PARTS = words("times", "role", "parts")
_MODIFIERS = frozenset(("nummod", "nmod", "compound", "amod"))
# Verbs of what goes on: "by 2010 she owned three mills" tells no end.
_STATES = words("times", "tenure", "states")
# Verbs and nouns of what one does or is for years.
_HELD = words("times", "tenure", "held")
_REIGNED = words("nominals", "life", "reigned")
# Rules of what begins on the day that is told: a name, an office.
_LASTING = ("called", "-appoint", "-become", "office-cabinet")
_PRESENT = frozenset({"VBZ", "VBP", "VBG"})
# "Shortly after the shift began", "as the train left", "while they slept".
_CLOSELY, _NEXT_TO, _WHILE = words("times", "tense", "close"), frozenset({"after", "before"}), ("as", "while")
# Within a time: it has both ends.
_RANGE = re.compile(r"\w\s?[-–—/]\s?\w|\s(?:to|until|till|through|and)\s", re.IGNORECASE)
_YEAR_NAME = re.compile(r"(?:1[5-9]|20)\d\d$")
# Of what comes after what was told, and of times near to that.
_LATER, _NEARBY = words("times", "tense", "later"), words("times", "tense", "nearby")
# For a time that tells no day: "last spring" in a text without a date.
_UNKNOWN = Value("", "date")
# The times that hang on a verb or noun: the role of each, its value and place.
Times = Sequence[tuple[str, Value, int]]


@dataclass(frozen=True, slots=True)
class _When:
    """The days that a time gives to what it hangs on; either end may be open."""

    begins: dt.date | None
    ends: dt.date | None


def date_claims(reading: Reading) -> None:
    """Give claims the days on which they hold.

    The claim's own qualifier comes first, then a time that hangs on its verb, then that of the clause
    it shares its time with: a fronted time is that of all coordinated verbs after it, and a participle's
    or an open complement's is its governor's.
    """
    by_block = _times_by_block(reading)
    hung = {
        block.index: _times_by_verb(tree_of(block), by_block[block.index])
        for block in reading.blocks
        if block.index in by_block
    }
    for claim in reading.claims:
        if claim.begins or claim.ends or claim.block.index not in hung:
            continue
        when = _tenure(claim, by_block[claim.block.index]) or _when(claim, hung[claim.block.index])
        if when is not None:
            # "was renamed Ulmar in 2009": from then on.
            lasting = claim.rule.endswith(_LASTING) and when.begins is not None
            claim.begins, claim.ends = when.begins, None if lasting else when.ends
    _share_tenures(reading)
    if reading.document.published is not None:
        _await(reading, reading.document.published)


def _await(reading: Reading, today: dt.date) -> None:
    """Let what is told in the present of a day to come be planned: "the director steps down in December"."""
    for claim in reading.claims:
        if claim.asserted and claim.begins is not None and claim.begins > today:
            tags = tree_of(claim.block).tag
            if any(tags[t.i] in _PRESENT for word in claim.words for t in (word, word.head)):
                claim.asserted, claim.modality = False, "Planned"


def _share_tenures(reading: Reading) -> None:
    """Give whom an office is for the days of the office: "was chief executive of Volvo until 2012"."""
    held = [c for c in reading.claims if c.rule.startswith("office-") and (c.begins or c.ends)]
    for claim in reading.claims if held else ():
        if not (claim.begins or claim.ends) and claim.rule.startswith("office-of-"):
            office = next((c for c in held if _is_for(c, claim)), None)
            if office is not None:
                claim.begins, claim.ends = office.begins, office.ends


def _is_for(office: ClaimDraft, claim: ClaimDraft) -> bool:
    """Whether a claim tells for whom somebody has an office, by a name within what names the office."""
    whole, name = office.object, claim.object
    if whole is None or name is None or office.subject is not claim.subject or whole.block is not name.block:
        return False
    return bool(whole.span.start <= name.span.start and name.span.end <= whole.span.end)


def _times_by_block(reading: Reading) -> dict[int, list[MentionDraft]]:
    """Give the times of each block that tell days, if not which, the years in names of events among them."""
    found: dict[int, list[MentionDraft]] = {}
    for mention in reading.mentions:
        if mention.kind == "time" and (_is_vague(mention) or (mention.value and mention.value.lower)):
            if _is_of_before(mention):
                continue
            found.setdefault(mention.block.index, []).append(mention)
        elif mention.kind == "name" and mention.type == "Event" and (dated := _dated_name(mention)):
            found.setdefault(mention.block.index, []).append(dated)
    return found


def _is_vague(time: MentionDraft) -> bool:
    """Whether a time tells of days that are not known, and not of an hour or a day near those told before.

    "Last spring", and not "an hour later", "that evening".
    """
    return time.value is None and _NEARBY.isdisjoint(token.lower_ for token in time.span)


def _is_of_before(time: MentionDraft) -> bool:
    """Whether a time is that of what an amount was before it changed: "to 30 dollars, from 20 in May"."""
    tree, k = tree_of(time.block), time.span.start - 1
    k -= k > 0 and tree.lower[k] in ("in", "on", "for")
    if k < 1:
        return False
    amount = time.block.measures.get(k)
    if amount is None and tree.pos[k] in NOUNS:
        amount = time.block.measures.get(k - 1)  # "from 30 ships in 2019"
    return amount is not None and amount.kind == "quantity" and "from" in _before(tree, amount.span.start)


def _before(tree: Tree, start: int) -> list[str]:
    """Give the two words before a token: "from about" before 20."""
    return tree.lower[max(start - 2, 0) : start]


def _when(claim: ClaimDraft, times: Mapping[int, Times]) -> _When | None:
    """Give the days of a claim: by its own qualifiers, or the times of its verb or of the noun bearing it."""
    tree = tree_of(claim.block)
    verb = next((t.i for t in reversed(claim.words) if tree.pos[t.i] in VERBS), None)
    own = _own_times(claim, () if verb is None else times.get(verb, ()))
    if verb is not None and tree.lemma[verb] in _STATES:
        own = [(role, value) for role, value in own if role != "by"]
    when = _combine(own)
    if when is not None:
        return when
    if verb is not None:
        return _shared(tree, verb, times)
    noun = _bearing_noun(claim)
    if noun is None:
        return None
    return _combine([(role, value) for role, value, _ in times.get(noun, ())]) or _of_apposed(claim, times)


def _of_apposed(claim: ClaimDraft, times: Mapping[int, Times]) -> _When | None:
    """Give the years that an apposed office was held, hung on a name in it or before it."""
    if claim.rule != "office-apposition" or claim.object is None:
        return None
    office, after = claim.object.span, claim.object.head.i
    held = [t for k in (claim.subject.head.i, *range(office.start, office.end)) for t in times.get(k, ())]
    lasting = [(role, value) for role, value, at in held if at > after and _lasts(role, value)]
    return _combine([("between" if _is_long(value) else role, value) for role, value in lasting])


def _is_long(value: Value) -> bool:
    """Whether a time goes over more than a year."""
    return bool(value.lower and value.upper and value.lower[:4] != value.upper[:4])


def _lasts(role: str, value: Value) -> bool:
    return role in _BEGINS or role in _ENDS or _is_long(value)


def _tenure(claim: ClaimDraft, times: list[MentionDraft]) -> _When | None:
    """Give the years in brackets behind what somebody led or where one served: "led Telis (2004–2008)".

    Behind a person they would be the years of a life, and behind a thing that was made those of the thing.
    """
    tree = tree_of(claim.block)
    if claim.rule == "title-before" and (reign := _reign(tree, claim.subject.span, times)) is not None:
        return reign
    bracketed = [m for m in times if _in_brackets(tree, m.span)]
    if not bracketed or claim.object is None or claim.object.type == "Person":
        return None
    if not any(tree.lemma[t.i] in _HELD for t in claim.words) and not claim.rule.startswith("office-"):
        return None
    for mention in bracketed:
        if _ends_with(tree, claim.object, mention.span.start - 2):
            return _combine([("between", mention.value)] if mention.value else [])
    return None


def _reign(tree: Tree, name: Span, times: list[MentionDraft]) -> _When | None:
    """Give the years in brackets behind a name that say when one reigned: "King Harald IV (r. 1204–1221)"."""
    first = name.end + 1
    if first >= tree.n or tree.lower[first - 1] != "(" or tree.lower[first] not in _REIGNED:
        return None
    value = next((m.value for m in times if first < m.span.start <= first + 2), None)
    return None if value is None else _combine([("between", value)])


def _in_brackets(tree: Tree, span: Span) -> bool:
    """Whether a stretch of years stands in brackets by itself."""
    first, after = span.start - 1, span.end
    bare = first > 0 and tree.lower[first] == "(" and after < tree.n and tree.lower[after] == ")"
    return bare and _RANGE.search(span.text) is not None


def _ends_with(tree: Tree, mention: MentionDraft, i: int) -> bool:
    """Whether a noun phrase ends at a token: its own, or that of a phrase of prepositions in it."""
    while i not in range(mention.span.start, mention.span.end):
        up = tree.head[i]
        if up == i or up > i or tree.dep[i] not in ("pobj", "prep"):
            return False
        i = up
    return True


def _own_times(claim: ClaimDraft, near: Times) -> list[tuple[str, Value]]:
    """Give the times among a claim's qualifiers, and with one of them also the ends that its verb has."""
    own = [
        ("between" if role == "from" and _RANGE.search(m.span.text) else role, m.value)
        for role, m in claim.qualifiers
        if m.kind == "time" and m.value and m.value.lower and not _is_of_before(m)
    ]
    if own:
        own += [(role, value) for role, value, _ in near if role in _ENDS and (role, value) not in own]
    return own


def _bearing_noun(claim: ClaimDraft) -> int | None:
    """Give the noun whose times are a nominal claim's: its event noun ("invasion"), or the office."""
    if claim.rule.startswith("event-"):
        return int(claim.words[0].i if claim.words else claim.subject.head.i)
    if claim.rule.startswith("office-") and claim.object is not None:
        return int(claim.object.head.i)
    return None


def _dated_name(mention: MentionDraft) -> MentionDraft | None:
    """Give the year in an event's name ("the 2012 Summer Olympics") as a time at the name's head."""
    year = next((t.text for t in mention.span if _YEAR_NAME.match(t.text)), None)
    if year is None:
        return None
    value = periods.year(int(year)).value()
    return MentionDraft(mention.block, mention.span, mention.head, "time", value=value)


def _combine(times: Iterable[tuple[str, Value]]) -> _When | None:
    """Join the times of one clause: the finest that is a plain time, or a beginning with an end."""
    begins = ends = None
    plain: list[tuple[int, dt.date, dt.date]] = []
    for role, first, last in _resolved(times):
        if role in _BEGINS:
            begins = _day_after(last) if role == "after" else first
        elif role in _ENDS:
            ends = _day_before(first) if role == "before" else last
        elif role in _IN or role == "as":
            plain.append(((last - first).days, first, last))
    if begins and ends and begins > ends:
        return None
    if begins or ends:
        return _When(begins, ends)
    return _When(*min(plain)[1:]) if plain else None


def _resolved(times: Iterable[tuple[str, Value]]) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Give the first and last day of each time that has them."""
    for role, value in times:
        if value.lower and value.upper:
            yield role, dt.date.fromisoformat(value.lower), dt.date.fromisoformat(value.upper)


def _day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(1) if day < dt.date.max else day


def _day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(1) if day > dt.date.min else day


def _times_by_verb(tree: Tree, mentions: list[MentionDraft]) -> dict[int, list[tuple[str, Value, int]]]:
    """Give for each verb the times that hang on it: their role, value and place."""
    found: dict[int, list[tuple[str, Value, int]]] = {}
    for mention in mentions:
        value = mention.value or _UNKNOWN
        hung = _hung(tree, mention)
        if hung is None:
            continue
        role, head, j = hung
        if role == "from" and _RANGE.search(mention.span.text):
            role = "between"  # "from 3 to 9 May 2001": both ends
        if tree.pos[j] in NOUNS and head == mention.head.i:
            found.setdefault(j, []).append((role, value, head))
            j = _verb_over(tree, j, mention, role)
        if j >= 0 and tree.pos[j] in VERBS and not (role == "by" and tree.lemma[j] in _STATES):
            found.setdefault(j, []).append((role, value, head))
    return found


def _hung(tree: Tree, mention: MentionDraft) -> tuple[str, int, int] | None:
    """Give the role of a time, the token that stands for it, and the one it hangs on."""
    head = mention.head.i
    j = tree.head[head]
    if tree.dep[head] in _MODIFIERS and tree.pos[j] in NOUNS and tree.dep[j] == "pobj":
        # "at the 1997 election": what happens there happens then.
        head = j if tree.lemma[j] in _EVENTS or mention.kind == "name" else head
        j = tree.head[head]
    head = _whole(tree, head)
    j = tree.head[head]
    if tree.dep[head] == "pobj":
        if constructions.opens_gap(tree, j):
            return None
        role, j = tree.lower[j], tree.head[j]
        while tree.pos[j] == "ADP" and tree.head[j] != j:
            j = tree.head[j]  # "from 1990 to 1995": the second hangs on the first
        return role, head, j
    # "from 5 million a year earlier"
    loose = tree.dep[head] == "conj" or tree.pos[j] in ("ADP", "SCONJ")
    return None if loose else ("time", head, j)


def _whole(tree: Tree, head: int) -> int:
    """Give the noun that a time dates with its verb, or the time itself.

    "In the early hours of Saturday", "in Sunday's final": what happens then happens on that day.
    """
    j = tree.head[head]
    if tree.dep[head] == "pobj" and tree.lower[j] == "of" and _is_part(tree, tree.head[j]):
        return tree.head[j]
    happens = tree.lemma[j] in _EVENTS or tree.lemma[j] in event_nouns()
    return j if constructions.owns(tree, head) and tree.dep[j] == "pobj" and happens else head


def _is_part(tree: Tree, i: int) -> bool:
    """Whether a noun with "of" behind it names a part of a time: "the night of", "the last weeks of"."""
    return tree.lemma[i] in _PARTS and tree.dep[i] in ("pobj", "npadvmod")


def _verb_over(tree: Tree, j: int, mention: MentionDraft, role: str) -> int:
    """Give the verb that a day named at a noun dates as well ("launched an attack on Tuesday"), or -1.

    The parser hangs most times on the noun before them. A day is nearly always the day of the verb; a
    year may be the noun's own ("the election in 2020").
    """
    value = mention.value
    if (
        value is None
        or value.datatype != "date"
        or role not in ("on", "time", "at", "between")
        or not value.lower
    ):
        return -1
    first, last = (dt.date.fromisoformat(day) for day in (value.lower, value.upper or value.lower))
    if last - first > dt.timedelta(31) or mention.head.i < j:
        return -1
    if tree.dep[j] in ("dobj", "attr", "pobj", "npadvmod", "oprd", "dative"):
        up = tree.head[j]
        if tree.pos[up] == "ADP":
            up = tree.head[up]
        if tree.pos[up] in VERBS and tree.tag[up] not in ("VBZ", "VBP"):
            return up
    return -1


def _shared(tree: Tree, verb: int, times: Mapping[int, Times]) -> _When | None:
    """Give the time of a verb: its own, or one that it shares with the clause it belongs to."""
    own = _combine([(role, value) for role, value, _ in times.get(verb, ())])
    if own is not None:
        return own
    when = _of_when_clause(tree, verb, times)
    if when is not None:
        return when
    up, dep = tree.head[verb], tree.dep[verb]
    if up == verb or tree.pos[up] not in VERBS:
        return None
    if dep == "conj":
        return None if _is_timed(tree, verb, times) else _of_first_conjunct(tree, up, times)
    participle = dep in ("xcomp", "advcl") and tree.tag[verb] == "VBG"
    if participle and tree.first(verb, "mark", "prep") is None:
        return _shared(tree, up, times)
    return _shared(tree, up, times) if dep == "xcomp" and tree.lemma[up] in _SHARED else None


def _is_timed(tree: Tree, verb: int, times: Mapping[int, Times]) -> bool:
    """Whether a coordinated verb tells when it was, if by no date: "and last spring they married"."""
    # But "an hour later" is on the day told before.
    later = (k for k in tree.of(verb, "advmod") if tree.lower[k] in _LATER)
    own = any(role in _IN for role, _, _ in times.get(verb, ()))
    return own or any(tree.lower[k - 1] not in _NEARBY for k in later)


def _of_when_clause(tree: Tree, verb: int, times: Mapping[int, Times]) -> _When | None:
    """Give the time of a clause that tells of the same time as its main clause.

    "When the war ended in 1945, …", "the roof fell shortly after the shift began on Tuesday".
    """
    for advcl in tree.of(verb, "advcl"):
        if _is_of_one_time(tree, verb, advcl):
            when = _combine([(role, value) for role, value, _ in times.get(advcl, ()) if role in _IN])
            if when is not None:
                return when
    return None


def _is_of_one_time(tree: Tree, verb: int, advcl: int) -> bool:
    """Whether a clause tells when its main clause happened, to the day."""
    marks = {tree.lower[k]: k for k in tree.of(advcl, "advmod", "npadvmod", "mark")}
    if "when" in marks:
        return True
    if not marks.keys().isdisjoint(_NEXT_TO) and not _CLOSELY.isdisjoint(marks):
        return tree.tag[advcl] in ("VBD", "VBN", "VBG")
    at = next((marks[word] for word in _WHILE if word in marks), 0)
    return at > verb and tree.lower[at - 1] != "," and tree.tag[advcl] in ("VBD", "VBG")


def _of_first_conjunct(tree: Tree, up: int, times: Mapping[int, Times]) -> _When | None:
    """Give the time that stands before the subject of coordinated verbs, and is that of all of them."""
    subject = tree.first(up, "nsubj", "nsubjpass")
    limit = up if subject is None else subject
    before = [(role, value) for role, value, at in times.get(up, ()) if at < limit]
    fronted = _combine(before)
    if fronted is not None or before or tree.head[up] == up:
        return fronted
    return _shared(tree, up, {v: t for v, t in times.items() if v != up})
