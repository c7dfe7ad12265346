"""Gold sets as token labels: what each set says of a token, and what it leaves open.

A set names some classes and not others, and names them in its own way. So every token has, for each layer, a
bit mask of the fine labels that the set's annotation allows; where a gold class covers several fine labels
(a place is a GPE, a location or a facility), the stock model's own prediction chooses, if it is among them.
The stock model's names are a layer of their own, so that what it knows is kept where no set teaches it.
"""

from __future__ import annotations

import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extract.lexicon.labels import (
    NAME_LABELS,
    NAME_TYPES,
    NOMINAL_TYPES,
    STOCK_LABELS,
    VALUE_LABELS,
    VALUE_TYPES,
)

SETS = ("gum", "uner", "redocred", "re3d", "stock")
ALL_NAMES = (1 << len(NAME_LABELS)) - 1
ALL_NOMINALS = (1 << len(NOMINAL_TYPES)) - 1
OUTSIDE = 1

STOCK_TYPES = {v: k for k, v in STOCK_LABELS.items()}
PLACES = ("GPE", "Location", "Facility")
# What a set's class may be among ours; the first is taken where the stock model is silent and one is needed.
GUM_NAMES = {
    "person": ("Person",),
    "organization": ("Organization", "GPE"),
    "place": PLACES,
    "event": ("Event",),
    "object": ("Product",),
    "abstract": ("Other", "Work", "Law", "Language", "Product", "Event"),
    "animal": ("Other", "Person"),
    "plant": ("Other",),
    "substance": ("Other", "Product"),
}
GUM_NOMINALS = {
    "person": "Person",
    "organization": "Organization",
    "place": "Location",
    "event": "Event",
    "object": "Object",
    "animal": "Object",
    "plant": "Object",
    "substance": "Object",
    "abstract": "Abstract",
    "time": "Time",
}
UNER_NAMES = {"PER": ("Person",), "ORG": ("Organization",), "LOC": PLACES}
REDOCRED_NAMES = {
    "PER": ("Person",),
    "ORG": ("Organization",),
    "LOC": (*PLACES, "Group"),
    "MISC": ("Other", "Event", "Product", "Work", "Law", "Language", "Group"),
}
RE3D_NAMES = {
    "Person": ("Person",),
    "Organisation": ("Organization", "GPE"),
    "Location": PLACES,
    "Nationality": ("Group",),
    "MilitaryPlatform": ("Product",),
    "Vehicle": ("Product",),
    "Weapon": ("Product",),
}
RE3D_NOMINALS = {
    "Person": "Person",
    "Organisation": "Organization",
    "Location": "Location",
    "MilitaryPlatform": "Object",
    "Vehicle": "Object",
    "Weapon": "Object",
}


@dataclass(slots=True)
class Sentence:
    """One sentence with its tokens' features and, by layer, what is allowed at each token."""

    gold: str
    document: str
    tokens: list[str]
    spaces: list[bool]
    tags: list[str]
    deps: list[str]
    names: list[int]
    inner: list[int]
    nominals: list[int]
    stock: list[int]
    numbers: list[int]
    block: int = 0


@dataclass(slots=True)
class Span:
    """A gold mention over tokens first..last of a block."""

    first: int
    last: int
    types: tuple[str, ...]
    kind: str
    core: tuple[int, ...]


def mask(prefix: str, types: Iterable[str]) -> int:
    out = 0
    for t in types:
        out |= 1 << NAME_LABELS.index(f"{prefix}-{t}")
    return out


def read_jsonl(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def from_redocred(path: Path) -> list[dict]:
    """Re-DocRED's token lists as texts with character spans, spaced as print would be."""
    documents = []
    for number, source in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        text, starts, opened = "", [], False
        for sentence in source["sents"]:
            row = []
            for token in sentence:
                glue = token in {",", ".", ";", ":", ")", "]", "?", "!", "%", "'s", "’s", "n't", "'"}
                glue = glue or text.endswith(("(", "[", "$", "£")) or (token == '"' and opened)
                glue = glue or (text.endswith('"') and opened)
                if token == '"':
                    opened = not opened
                text += "" if glue or not text else " "
                row.append((len(text), len(text) + len(token)))
                text += token
            starts.append(row)
        mentions, seen = [], set()
        for vertex in source["vertexSet"]:
            for m in vertex:
                first, last = m["pos"]
                row = starts[m["sent_id"]]
                span = row[first][0], row[last - 1][1]
                if span in seen:
                    continue
                seen.add(span)
                mentions.append(
                    {
                        "start": span[0],
                        "end": span[1],
                        "core": [list(span)],
                        "type": m["type"],
                        "kind": "name",
                    }
                )
        documents.append({"id": f"redocred-{number}", "text": text, "mentions": mentions})
    return documents


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text that are not blank."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def sentences(gold: str, documents: list[dict], nlp) -> Iterator[Sentence]:
    """Give every sentence of a gold set with its masks."""
    work = [(d, s, e) for d in documents for s, e in blocks(d["text"])]
    place = {"place", "Location", "LOC"}
    places = {
        d["text"][m["start"] : m["end"]].lower().removeprefix("the ")
        for d in documents
        for m in d["mentions"]
        if m["type"] in place
    }
    texts = ((d["text"][s:e], (d, s, e, i)) for i, (d, s, e) in enumerate(work))
    for doc, (d, start, end, index) in nlp.pipe(texts, as_tuples=True, batch_size=64):
        spans = list(gold_spans(gold, d, start, end, doc))
        stock, values = stock_masks(doc)
        names, inner, nominals = label(gold, doc, spans, stock, places)
        for s in doc.sents:
            cut = slice(s.start, s.end)
            yield Sentence(
                gold,
                d["id"],
                [t.text for t in s],
                [bool(t.whitespace_) for t in s],
                [t.tag_ for t in s],
                [t.dep_ for t in s],
                names[cut],
                inner[cut],
                nominals[cut],
                stock[cut],
                values[cut],
                block=index,
            )


PRONOUN_TAGS = {"PRP", "PRP$", "WP", "WP$", "WDT", "EX"}


def gold_spans(gold: str, document: dict, start: int, end: int, doc) -> Iterator[Span]:
    table = {"gum": GUM_NAMES, "uner": UNER_NAMES, "redocred": REDOCRED_NAMES, "re3d": RE3D_NAMES}[gold]
    for m in document["mentions"]:
        if not (start <= m["start"] and m["end"] <= end):
            continue
        span = doc.char_span(m["start"] - start, m["end"] - start, alignment_mode="expand")
        if span is None or not len(span):
            continue
        core = set()
        for a, b in m["core"]:
            piece = doc.char_span(a - start, b - start, alignment_mode="expand")
            if piece is not None:
                core.update(range(piece.start, piece.end))
        kind = m["kind"]
        if kind is None:
            root = span.root
            if root.tag_ in PRONOUN_TAGS or root.tag_ == "DT":
                kind = "pronoun"
            else:
                kind = "name" if root.tag_ in ("NNP", "NNPS") or m["type"] == "Nationality" else "nominal"
        types = table.get(m["type"], ())
        if kind == "nominal":
            nominal = (GUM_NOMINALS if gold == "gum" else RE3D_NOMINALS).get(m["type"])
            # The core of a nominal in re3d is the whole phrase: its head is what counts.
            heads = [i for i in sorted(core) if doc[i].head.i not in core or doc[i].head.i == i]
            head = noun_head(span) if gold == "re3d" else (heads or sorted(core) or [span.root.i])[0]
            if nominal:
                yield Span(head, head, (nominal,), "nominal", tuple(sorted(core)))
            continue
        yield Span(span.start, span.end - 1, types, kind, tuple(sorted(core)))


def noun_head(span) -> int:
    """The token that heads a phrase, a noun where there is one."""
    if span.root.tag_.startswith(("NN", "CD")):
        return span.root.i
    nouns = [t.i for t in span if t.tag_.startswith("NN")]
    return nouns[-1] if nouns else span.root.i


def stock_masks(doc) -> tuple[list[int], list[int]]:
    out, values = [OUTSIDE] * len(doc), [OUTSIDE] * len(doc)
    for ent in doc.ents:
        kind = STOCK_TYPES.get(ent.label_)
        if kind:
            for i in range(ent.start, ent.end):
                out[i] = mask("B" if i == ent.start else "I", [kind])
        elif ent.label_ in VALUE_TYPES:
            for i in range(ent.start, ent.end):
                values[i] = 1 << VALUE_LABELS.index(f"{'B' if i == ent.start else 'I'}-{ent.label_}")
    return out, values


def stock_type(masks: list[int], i: int) -> str | None:
    if masks[i] == OUTSIDE:
        return None
    return NAME_LABELS[masks[i].bit_length() - 1][2:]


# Words of rank and address that stand before a person's name and are no part of it.
TITLES = frozenset(
    "mr mrs ms miss dr prof professor president minister prime foreign secretary general gen lt col colonel "
    "maj major capt captain sgt sergeant adm admiral sir lord lady king queen prince princess pope saint "
    "senator sen rep representative gov governor mayor judge justice chancellor ambassador brig commander "
    "cmdr lieutenant special envoy chairman director deputy vice assistant spokesman spokesperson "
    "spokeswoman officer chief staff state leader student actor author coach".split()
)


def name_core(doc, span: Span, inner: list[Span], stock: list[int]) -> tuple[int, int]:
    """The flat part of a gold name: no determiner, no title of a person, no names inside what is no name."""
    tokens = [i for i in span.core if span.first <= i <= span.last] or list(range(span.first, span.last + 1))
    # The longest run of core tokens, over hyphens and the like within.
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i - runs[-1][-1] <= 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    run = max(runs, key=lambda r: (len(r), -r[0]))
    first, last = run[0], run[-1]
    if "Person" in span.types:
        cut = True
        while cut and first < last:
            cut = doc[first].lower_.rstrip(".") in TITLES or (doc[first].text.islower() and first + 1 < last)
            for n in inner:
                if n.first == first and n.last < last and "Person" not in n.types:
                    first, cut = n.last, True
            first += cut
        first = min(first, last)
    while first < last and doc[first].tag_ in ("DT", "PRP$", "IN"):
        first += 1
    while first < last and doc[last].tag_ in ("POS", ",", "."):
        if doc[last].text.endswith(".") and len(doc[last].text) > 1:
            break
        last -= 1
    return first, last


def label(
    gold: str, doc, spans: list[Span], stock: list[int], places: set[str]
) -> tuple[list[int], list[int], list[int]]:
    """The masks of the three layers: outer names, names inside names, heads of nominals."""
    size = len(doc)
    named = [s for s in spans if s.kind == "name" and s.types]
    if gold == "uner":
        open_classes = [t for t in NAME_TYPES if t not in ("Person", "Organization", *PLACES)]
        outside = OUTSIDE | mask("B", open_classes) | mask("I", open_classes)
        nominals = [ALL_NOMINALS] * size
    else:
        outside = OUTSIDE
        nominals = [ALL_NOMINALS] * size if gold == "redocred" else [OUTSIDE] * size
    names, inner = [outside] * size, [OUTSIDE] * size
    if gold in ("uner", "redocred"):
        inner = [ALL_NAMES] * size
    # Adjectives of nationality are groups for the stock model and nothing for the others.
    if gold in ("gum", "redocred", "re3d"):
        for i in range(size):
            if stock_type(stock, i) == "Group":
                names[i] = stock[i]
    for s in spans:
        if s.kind == "nominal":
            nominals[s.first] = 1 << NOMINAL_TYPES.index(s.types[0])
            for i in s.core:
                # A nominal headed or filled by a proper noun: whether that is a name is left open,
                # and where the stock model sees one, it is.
                if doc[i].tag_ in ("NNP", "NNPS"):
                    names[i] = stock[i] if stock[i] != OUTSIDE else ALL_NAMES
        elif s.kind == "pronoun" and gold == "re3d":
            for i in range(s.first, s.last + 1):
                nominals[i] |= ALL_NOMINALS
    taken = [False] * size
    flat = []
    for s in named:
        within = [o for o in named if o is not s and s.first <= o.first and o.last <= s.last]
        flat.append((*name_core(doc, s, within, stock), s))
    # Longest first; a name inside one that is taken goes to the inner layer.
    for first, last, s in sorted(flat, key=lambda f: (f[0] - f[1], f[0])):
        types = s.types
        seen = [stock_type(stock, i) for i in range(first, last + 1)]
        chosen = next((t for t in seen if t in types), None)
        if "GPE" in types and types[0] == "Organization":
            # A state that acts is an organization to these sets: it is one that is a place elsewhere in them.
            state = doc[first : last + 1].text.lower() in places
            chosen = "GPE" if state and chosen == "GPE" else "Organization"
            if gold == "re3d" and "Group" in seen and doc[last].tag_ in ("NNPS", "JJ", "NNS"):
                chosen = "Group"
        types = (chosen,) if chosen else types
        layer = names
        if any(taken[first : last + 1]):
            if not all(taken[first : last + 1]):
                continue
            if all(names[i] & mask("BI"[i > first], types) for i in range(first, last + 1)):
                continue
            if (first > 0 and taken[first - 1]) or (last + 1 < size and taken[last + 1]):
                layer = inner
            else:
                continue
        for i in range(first, last + 1):
            layer[i] = mask("B" if i == first else "I", types)
            if layer is names:
                taken[i] = True
    for i in range(size):
        if gold in ("uner", "redocred") and not taken[i]:
            inner[i] = OUTSIDE if gold == "redocred" else ALL_NAMES
    return names, inner, nominals


# Names of these may have a name within; what is taken for one has been seen as a name by itself.
HOLDERS = frozenset({"Organization", "Facility", "Event", "Product", "Work", "Law"})


def outer_spans(s: Sentence) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Give the gold names of the outer layer, with the types they may have."""
    start, kinds = -1, frozenset[str]()
    for i, m in enumerate([*s.names, OUTSIDE]):
        types = frozenset(t for t in NAME_TYPES if m & mask("I", [t])) if not m & OUTSIDE else frozenset()
        if start >= 0 and not types:
            yield start, i, kinds
            start = -1
        if i < len(s.names) and not m & OUTSIDE:
            begins = frozenset(t for t in NAME_TYPES if m & mask("B", [t]))
            if begins and len(begins) < len(NAME_TYPES):
                if start >= 0:
                    yield start, i, kinds
                start, kinds = i, begins


def teach_inner(data: list[Sentence]) -> int:
    """Mark known names within the names of the sets that annotate no nesting; give how many."""
    seen: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for s in data:
        for a, b, kinds in outer_spans(s):
            if len(kinds) == 1:
                seen[tuple(s.tokens[a:b])].update(kinds)
    # "Court" is a name by itself at times, and a common word.
    common = {t for s in data for t in s.tokens if t.islower()} | {"united", "north", "south", "east", "west"}
    count = 0
    for s in data:
        if s.gold not in ("redocred", "uner"):
            continue
        for a, b, kinds in list(outer_spans(s)):
            if not kinds <= HOLDERS or b - a < 2:
                continue
            i = a
            while i < b:
                for j in range(b, i, -1):
                    whole = j - i == b - a or not s.tokens[i][:1].isupper()
                    if whole or (j - i == 1 and s.tokens[i].lower() in common):
                        continue
                    kind, times = max(seen.get(tuple(s.tokens[i:j]), {"": 0}).items(), key=lambda k: k[1])
                    enough = {"GPE": 1, "Organization": 3, "Facility": 3}.get(kind, 99)
                    if times >= enough or (kind == "Person" and j - i > 1):
                        for k in range(i, j):
                            s.inner[k] = mask("B" if k == i else "I", [kind])
                        for k in (i - 1, j):
                            if a <= k < b and s.inner[k] == ALL_NAMES:
                                s.inner[k] = OUTSIDE
                        count += 1
                        i = j - 1
                        break
                i += 1
    return count


def prepare(paths: dict[str, Path], target: Path, nlp) -> dict[str, list[Sentence]]:
    """Parse every set once and keep its sentences in a file."""
    if target.exists():
        with target.open("rb") as f:
            return pickle.load(f)
    out = {}
    for gold, path in paths.items():
        documents = from_redocred(path) if gold == "redocred" else read_jsonl(path)
        out[gold] = list(sentences(gold, documents, nlp))
        print(
            gold,
            len(documents),
            "documents",
            len(out[gold]),
            "sentences",
            sum(len(s.tokens) for s in out[gold]),
            flush=True,
        )
    with target.open("wb") as f:
        pickle.dump(out, f)
    return out
