"""Results that stand on a line of their own: "NORWIND 29 HALM 28", "Norwind 3-1 Halm (half-time 1-0)".

No sentence tells them, and a headline is not read as one. The names are those of the text, however written.
Either side may have a line of its own where the block names the cup or league, which tables do not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon import words
from kg.extract.lexicon.nouns import is_common
from kg.extract.mentions.evidence import name_key
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

FRAME = "Match.told"
SIDES = ("a", "b", "c", "d")
TYPES = frozenset({"Organization", "GPE", "Group", "Person"})
ENDS = frozenset({".", "!", "?", '"', "”"})
TIMES = words("times", "month", "names") | words("times", "weekday", "names")
LINE = re.compile(r"[^\n]+")
_SIDE = r"[^\W\d_][^\W\d_'’.&-]*(?:[ '’.&-]{1,2}[^\W\d_]+){0,3}"
_NUMBER = r"\d{1,3}"
_TAIL = r"(?:\s*\([^()]*\)|\s*\baet\b|\s*[.*])*\s*"
_BEFORE = r"\s*(?:(?:FT|Result|Final score|Full[- ]time)\s*[:–-]\s*)?"
RESULT = re.compile(
    rf"{_BEFORE}(?:(?P<a>{_SIDE}),?\s+(?P<m>{_NUMBER})\s*[,;–-]?\s+(?P<b>{_SIDE}),?\s+(?P<n>{_NUMBER})"
    rf"|(?P<c>{_SIDE}),?\s+(?P<p>{_NUMBER})\s?[-–:]\s?(?P<q>{_NUMBER}),?\s+(?P<d>{_SIDE})){_TAIL}"
)

# A side with what it scored, on a line of its own; the most words of a line that names a cup.
ONE = re.compile(rf"{_SIDE},?\s+{_NUMBER}")
LONGEST = 8


def results(reading: Reading) -> Iterator[EventDraft]:
    """Give the matches of such lines, of sides that the text names elsewhere, or where there are several."""
    known = _known(reading)
    found = [(block, m) for block in reading.blocks for m in _lines(reading, block, known)]
    for block, match in found:
        sides = [match.span(name) for name in SIDES if match[name]]
        called = [name_key(block.doc.text[start:end]) for start, end in sides]
        if len(found) > 1 or "\n" in match[0].strip() or any(name.lower() in known for name in called):
            event = _match(reading, block, match, sides, [known.get(n.lower(), n.title()) for n in called])
            if event is not None:
                yield event


def _written(reading: Reading, block: ParsedBlock) -> str:
    """Give a block as the document has it, with the ends of its lines."""
    return reading.document.text[block.start : block.start + len(block.doc.text)]


def _lines(reading: Reading, block: ParsedBlock, known: dict[str, str]) -> Iterator[re.Match[str]]:
    text = _written(reading, block)
    lines = [line.span() for line in LINE.finditer(text)]
    pairs = [(a, d) for (a, b), (c, d) in itertools.pairwise(lines) if ONE.fullmatch(text, a, b)]
    pairs = pairs if len(pairs) == 1 and _cup(reading, block) is not None and _is_known(text, known) else []
    for span in (*lines, *pairs):
        found = RESULT.fullmatch(text, *span)
        sides = [found[name] for name in SIDES if found[name]] if found is not None else []
        if found is not None and all(_is_side(name, known) for name in sides):
            yield found


def _is_known(text: str, known: dict[str, str]) -> bool:
    """Whether the text names a side elsewhere, by a part of its name: "Harby" of "Harby Town 3"."""
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in known)


def _cup(reading: Reading, block: ParsedBlock) -> Span | None:
    """Give the cup or league that a short line of a block is about: "County Cup semi-final"."""
    for line in LINE.finditer(_written(reading, block)):
        span = block.doc.char_span(*line.span(), alignment_mode="contract")
        if span is None or len(span) > LONGEST or any(t.is_digit for t in span) or not span[0].is_title:
            continue
        last = next((t.i for t in reversed(span) if t.lower_ in listed("words", "cups")), None)
        if (
            last is not None
            and last > span.start
            and all(_tells_round(t) for t in block.doc[last + 1 : span.end])
        ):
            return block.doc[span.start : last + 1]
    return None


def _is_side(name: str, known: dict[str, str]) -> bool:
    """Whether words may be the name of a side: with a capital, and not all of them common nouns."""
    parts = re.findall(r"[^\W\d_]+", name)
    titled = parts[0][0].isupper() and parts[0].lower() not in TIMES
    return titled and (name.lower() in known or not all(is_common(part.lower()) for part in parts))


def _known(reading: Reading) -> dict[str, str]:
    """Give the names of the text that a side may have, under their lower case, if a sentence has them."""
    named = (m for m in reading.mentions if m.kind == "name" and m.type in TYPES)
    told = (m.label or m.span.text for m in named if m.span.root.sent[-1].text in ENDS)
    return {name.lower(): name for name in told}


def _tells_round(token: Token) -> bool:
    """Whether a word behind the name of a cup may tell the round: "County Cup second round"."""
    word = token.lower_
    return token.is_punct or word == "semi" or word in listed("words", "rounds") | listed("words", "ordinal")


def _match(
    reading: Reading, block: ParsedBlock, found: re.Match[str], sides: list[tuple[int, int]], names: list[str]
) -> EventDraft | None:
    numbers = ("m", "n") if found["m"] else ("p", "q")
    first, second = (int(found[n]) for n in numbers)
    mentions = [
        _side(reading, block, start, end, name) for (start, end), name in zip(sides, names, strict=True)
    ]
    score = block.doc.char_span(found.start(numbers[0]), found.end(numbers[1]), alignment_mode="expand")
    if score is None or None in mentions:
        return None
    highest = f"{max(first, second)}-{min(first, second)}"
    told = reading.add(MentionDraft(block, score, score[0], "attribute", "Concept", highest), argument=False)
    slots = ["participant", "participant"] if first == second else ["winner", "loser"]
    ordered = mentions if first >= second else mentions[::-1]
    frame = frame_of(FRAME)
    event = EventDraft(block, score[0], (frame,), [], standing=Standing())
    event.slots = [Slot(name, m, Standing()) for name, m in zip(slots, ordered, strict=True) if m is not None]
    event.slots.append(Slot("score", told, Standing()))
    if "\n" in found[0].strip():
        event.slots += _in_cup(reading, block)
    return event


def _in_cup(reading: Reading, block: ParsedBlock) -> Iterator[Slot]:
    cup = _cup(reading, block)
    if cup is not None:
        there = reading.at(block, cup.root)
        named = there if there is not None and there.kind == "name" else None
        draft = MentionDraft(block, cup, cup.root, "name", "Event", cup.text)
        yield Slot("competition", named or reading.add(draft, argument=False), Standing())


def _side(reading: Reading, block: ParsedBlock, start: int, end: int, label: str) -> MentionDraft | None:
    span = block.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    there = reading.at(block, span.root)
    if there is not None and there.kind == "name" and there.span.text == span.text:
        return there
    kind = next((m.type for m in reading.mentions if m.kind == "name" and m.label == label), "Organization")
    return reading.add(MentionDraft(block, span, span.root, "name", kind, label), argument=False)
