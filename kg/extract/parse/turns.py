"""Who speaks where a text is a talk: labels before somebody's words are parted from the words.

"Anna Berg: I moved to Oslo", "[10:32] anna_b: I sold it", "Q: … A: …". A label is metadata; it is read for
the name alone, and the words behind it are parsed without it. "Note: we …" only looks like one.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import is_common, lemma_type
from kg.model import Block, Document

ASKING = words("speakers", "labels", "asking")
ANSWERING = words("speakers", "labels", "answering")
WRITING = words("speakers", "labels", "writing")
ROLES = ASKING | ANSWERING | WRITING
NOBODY = words("speakers", "labels", "nobody")
WITHIN = words("speakers", "labels", "within")
TITLES = words("speakers", "titles", "before")
# How the names of bodies end that speak as one in no talk: "Dale Rowing Club: from the secretary".
BODIES = words("events", "words", "joined") | words("events", "words", "fellowships")

# The kinds of pieces that hold the name of a speaker, and of the author.
SPEAKER, AUTHOR = "speaker", "author"
LABELS = frozenset({SPEAKER, AUTHOR})
# Blocks whose phrases state nothing: a headline is cut short, a caption shows, a label says who speaks.
NO_PROSE = LABELS | {"title", "heading", "caption"}
# Blocks in which somebody may speak.
SPOKEN = frozenset({"paragraph", "item", "heading", "title", "quote"})
LONGEST_NAME = 48
# How much of a turn is looked at to tell that somebody speaks.
LONGEST_TURN = 1000
AUTHOR_KEYS = ("author", "authors", "by", "byline", "written by", "writer", "from")

CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?\s?(?:[AaPp]\.?[Mm]\.?)?"
DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2} \w{3,9}(?: \d{4})?|\w{3,9} \d{1,2}(?:,? \d{4})?)"
STAMP = rf"(?:[\[(]?(?:{DAY}[,T ]{{0,2}})?{CLOCK}[\])]?)"
NAME = r"[^\W\d_](?:[\w.'’&-]|[^\S\r\n](?=[^\W\d_])){0,60}"
NOTED = r"(?:[^\S\r\n]*[(\[][^()\[\]\r\n]{1,60}[)\]])"
MARKED = re.compile(
    rf"[^\S\r\n]*(?:[-*•–—>][^\S\r\n]+)?(?P<stamp>{STAMP}[^\S\r\n]*[-–—|]?[^\S\r\n]*)?(?P<mark>[*_]{{1,3}}|<)?"
    rf"(?P<name>{NAME})(?P<noted>{NOTED}?)(?:,[^\S\r\n](?P<role>[^:;.?!\r\n*]{{2,60}}?))?"
    rf"(?:(?P<close>>)[^\S\r\n]+|(?:[*_]{{1,3}})?(?P<late>[^\S\r\n]+{STAMP})?[^\S\r\n]*:(?:[*_]{{1,3}})?(?=\s|$))"
)
# A line of a name and a time, above the words.
STAMPED = re.compile(
    rf"[^\S\r\n]*(?P<mark>[*_]{{1,3}})?(?P<name>{NAME})(?:[*_]{{1,3}})?"
    rf"[^\S\r\n]+(?P<late>[\[(]?(?:{DAY}[,T ]{{0,2}}|(?:[Tt]oday|[Yy]esterday)(?: at)? )?{CLOCK}[\])]?)"
    r"[^\S\r\n]*$",
    re.M,
)
TIMED = re.compile(CLOCK)
INITIALS = re.compile(r"(?:[A-Z]\.?){2,3}")
LINE = re.compile(r"[^\r\n]+")
# "Q." and "A." in the place of "Q:" and "A:".
LETTERED = re.compile(r"[^\S\r\n]*(?:[*_]{1,3})?(?P<name>[QA])[.)](?:[*_]{1,3})?[^\S\r\n]+(?=\S)")
# Questions and answers that go on in one line.
INLINE = re.compile(r"(?<=[.?!…\"”])[^\S\r\n]+(?P<name>Q|A)(?=:\s)")
FORMS = (MARKED, LETTERED, STAMPED)
SPEAKING = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|us|[Oo]urs?)\b")
ADDRESSING = re.compile(r"\b[Yy]ou(?:r|rs)?\b|\?")
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself)\b(?!\.)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document that is parsed by itself, and where the name of who says it begins, or -1."""

    start: int
    end: int
    kind: str
    speaker: int = -1


@dataclass(frozen=True, slots=True)
class Label:
    """What may be the label of a speaker: where it begins, its name, and where the words behind it begin."""

    start: int
    name: tuple[int, int]
    words: int
    text: str
    stamped: bool  # a time stands beside it
    bracketed: bool = False  # "<anna> hello"

    @property
    def key(self) -> str:
        """What labels of one speaker have in common."""
        return " ".join(self.text.casefold().split())


def pieces(document: Document, blocks: Iterable[Block]) -> list[Piece]:
    """Give the pieces of a document's blocks, in order; a block without a speaker is one piece."""
    blocks = list(blocks)
    text = document.text
    labels = _labels(text, blocks)
    author = _author(document, blocks)
    if not labels and author is None:
        return [Piece(b.start, b.end, b.kind) for b in blocks]
    found: list[Piece] = [] if author is None else [author]
    speaker, last = -1, max((label.start for label in labels), default=-1)
    starts = [label.start for label in labels]
    for block in blocks:
        own = labels[bisect.bisect_left(starts, block.start) : bisect.bisect_left(starts, block.end)]
        if block.kind not in SPOKEN or (block.kind in ("heading", "title") and not own):
            speaker = -1
        until = own[0].start if own else block.end
        found += _piece(text, block.start, until, block.kind, speaker if block.start < last else -1)
        for n, label in enumerate(own):
            speaker = label.name[0]
            end = own[n + 1].start if n + 1 < len(own) else block.end
            found.append(Piece(*label.name, SPEAKER, speaker))
            found += _piece(text, label.words, end, "paragraph", speaker)
    return sorted(found, key=lambda p: p.start)


def _piece(text: str, start: int, end: int, kind: str, speaker: int) -> Iterator[Piece]:
    said = text[start:end]
    if said.strip():
        yield Piece(start + len(said) - len(said.lstrip()), start + len(said.rstrip()), kind, speaker)


def _labels(text: str, blocks: list[Block]) -> list[Label]:
    """Give the labels of speakers, in order."""
    found = [label for b in blocks if b.kind in SPOKEN for label in _candidates(text, b)]
    if not found:
        return []
    sure = _speakers(text, found, _turns(text, found))
    return [] if sure <= ROLES and len(sure) < 2 else [label for label in found if label.key in sure]


def _turns(text: str, labels: list[Label]) -> dict[str, list[str]]:
    """Give what stands behind the labels of each key."""
    ends = [*(label.start for label in labels[1:]), len(text)]
    said: dict[str, list[str]] = {}
    for label, end in zip(labels, ends, strict=True):
        said.setdefault(label.key, []).append(text[label.words : min(end, label.words + LONGEST_TURN)])
    return said


def _speakers(text: str, labels: list[Label], said: dict[str, list[str]]) -> set[str]:
    """Give the keys of those labels that are speakers'."""
    judged = {label.key: label for label in labels} | {label.key: label for label in labels if label.stamped}
    names = {key: label for key, label in judged.items() if not _is_nobody(label)}
    sure = {key for key, label in names.items() if _is_sure(text, label, said)}
    # Beside a speaker who is known, whoever else is labelled in the same way speaks, too.
    others = {
        key for key, label in names.items() if sure - {key} and _may_speak(text, label, said[key], sure)
    }
    sure |= others
    return sure if sure & ASKING else sure - ANSWERING


def _candidates(text: str, block: Block) -> Iterator[Label]:
    """Give what may be labels in a block: at the beginning of its lines, and Q and A within them."""
    for line in LINE.finditer(text, block.start, block.end):
        match = next((m for p in FORMS if (m := p.match(text, line.start(), line.end()))), None)
        if match is None:
            continue
        name = match["name"].rstrip("*_ .") if not _is_initialled(match["name"]) else match["name"]
        groups = match.groupdict()
        noted = groups.get("noted") or ""
        stamped = bool(groups.get("stamp") or groups.get("late") or TIMED.search(noted))
        bracketed = bool(groups.get("close"))
        if len(name) > LONGEST_NAME or bracketed is not (groups.get("mark") == "<"):
            continue
        start = match.start("name")
        place = (start, start + len(name))
        yield Label(line.start(), place, match.end(), name, stamped, bracketed)
        if name in ("Q", "A"):
            for inner in INLINE.finditer(text, match.end(), line.end()):
                yield Label(inner.start(), inner.span("name"), inner.end() + 1, inner["name"], False)


def _is_initialled(name: str) -> bool:
    return bool(re.search(r"\b[A-Z]\.$", name))


def _is_nobody(label: Label) -> bool:
    """Whether a label is a word of headings and notes, the name of a body, or too long for a name."""
    parts = _parts(label)
    if len(parts) > 1 and parts[-1] in BODIES:
        return True
    return label.key not in ROLES and (len(parts) > 5 or any(p in NOBODY for p in parts))


def _parts(label: Label) -> list[str]:
    return [w.strip(".").casefold() for w in label.text.split()]


def _is_sure(text: str, label: Label, said: dict[str, list[str]]) -> bool:
    """Whether a label, by itself and by what stands behind it, is a speaker's."""
    if label.key in ROLES:
        return len(said) > 1 or label.key in ("q", "interviewer")
    if label.stamped:
        return len(_parts(label)) <= 3
    if not any(map(SPEAKING.search, said[label.key])):
        return False
    return label.bracketed or _is_person(text, label) or _is_elsewhere(text, label)


def _is_person(text: str, label: Label) -> bool:
    """Whether the words of a label are the name of a person."""
    name, parts = label.text, _parts(label)
    if not _is_capitalised(name) or gazetteer.place_named(name) is not None:
        return False
    first = name.split()[0].strip(".")
    given = gazetteer.female_share(first.title()) is not None
    if len(parts) == 1:
        return given and not _is_word(text, label)
    titled = is_title(parts[0]) or re.fullmatch(r"[A-Z]\.?", first) is not None
    return given or titled


def is_title(word: str) -> bool:
    """Whether a word before a name says what somebody is: "Dr", "mayor"."""
    return word in TITLES or lemma_type(word) == "Person"


def _is_capitalised(name: str) -> bool:
    return all(w[0].isupper() or w.casefold() in WITHIN for w in name.split())


def _is_word(text: str, label: Label) -> bool:
    """Whether the text has the words of a label in lower case, so that they are no name."""
    return re.search(rf"\b{re.escape(label.key)}\b", text) is not None


def _is_elsewhere(text: str, label: Label) -> bool:
    """Whether the text names whoever a label names within a sentence, or one with these initials."""
    name = label.text
    if INITIALS.fullmatch(name):
        letters = r"\s".join(rf"{c}[^\W\d_]*[a-z][\w'’-]*" for c in name.replace(".", ""))
        return re.search(rf"\b{letters}\b", text) is not None
    if gazetteer.place_named(name) is not None or gazetteer.land_named(name) is not None:
        return False
    if not _is_capitalised(name) or is_common(label.key) or _is_word(text, label):
        return False
    return re.search(rf"(?i:[a-z,]) (?i:{re.escape(name)})\b(?!\**:)", text) is not None


def _may_speak(text: str, label: Label, said: list[str], sure: set[str]) -> bool:
    """Whether a label that is not sure by itself may be a speaker's among others that are."""
    if not _is_capitalised(label.text) or len(_parts(label)) > 3 or _is_word(text, label):
        return label.key in ROLES
    if sure & ASKING and (len(_parts(label)) > 1 or _is_person(text, label)):
        return True
    return len(said) > 1 or any(SPEAKING.search(s) or ADDRESSING.search(s) for s in said)


def author_named(document: Document) -> str | None:
    """Give the one person whom the metadata of a document name as its author."""
    name = next((document.meta[k] for k in AUTHOR_KEYS if document.meta.get(k)), "").split("<")[0].strip(' "')
    if not name or not _is_capitalised(name) or re.search(r"[,;&/@]|\band\b", name):
        return None
    return name if len(name.split()) <= 5 else None


def _author(document: Document, blocks: list[Block]) -> Piece | None:
    """Give where a text names its author outside of what is read, if it is written in the first person."""
    name = author_named(document)
    if name is None or not any(FIRST_PERSON.search(document.text, b.start, b.end) for b in blocks):
        return None
    place = re.search(rf"\b{re.escape(name)}\b", document.text)
    if place is None or any(b.start <= place.start() < b.end for b in blocks):
        return None
    return Piece(*place.span(), AUTHOR)
