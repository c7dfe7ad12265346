"""In which language a block is, so that what nobody here reads is left out and named.

The words that hold English together settle most blocks without more ado; only where they are missing a
detector is asked. It gets the words in lower case alone, as names are at home in every language.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.model import Block
from kg.read.layout import data

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Longer texts are told by their beginning.
LONGEST = 2000
# Fewer words in lower case do not tell a language.
FEWEST = 3
# These stand in names, in English too.
PARTICLES = frozenset(
    "de da do dos di del della der den des du la le les el al van von ten ter zu y e i bin ibn of".split()
)
# How many times likelier than English a language must be, for blocks of few words and of many.
LIKELIER = {3: 200.0, 4: 80.0, 6: 30.0, 10: 12.0}
READ_KINDS = frozenset({"title", "heading", "paragraph", "item", "caption", "quote"})


@functools.cache
def _words(name: str) -> frozenset[str]:
    found: str = data("languages")[name]
    return frozenset(found.split())


@functools.cache
def _names() -> dict[str, str]:
    return dict(data("languages")["names"])


def mark(
    text: str, blocks: Sequence[Block], *, reads: str = "en", lang: str | None = None
) -> tuple[tuple[Block, ...], Counter[str]]:
    """Make blocks that are not in the language that is read foreign, and count them by language.

    `lang` is what the header says. A block too short to tell follows the others.
    """
    found = [language(text[b.start : b.end], reads) if b.kind in READ_KINDS else None for b in blocks]
    sizes: Counter[str] = Counter()
    for block, name in zip(blocks, found, strict=True):
        if name is not None:
            sizes[name] += block.end - block.start
    usual = sizes.most_common(1)[0][0] if sizes else (lang or reads)[:2]
    left: Counter[str] = Counter()
    marked = []
    for block, name in zip(blocks, found, strict=True):
        name = name or usual
        if block.kind in READ_KINDS and name != reads:
            left[name] += 1
            block = Block(block.start, block.end, "foreign")
        marked.append(block)
    return tuple(marked), left


def language(text: str, reads: str = "en") -> str | None:
    """Tell the language of a text by its code; None where it is too short to tell.

    >>> language("The rain fell on Ulm."), language("Er wohnt noch immer in Wien.")
    ('en', 'de')
    """
    text = text[:LONGEST]
    words = WORD.findall(text)
    if not words:
        return None
    if _other_script(text):
        return _detect(text, 1.0) if reads == "en" else None
    return _of_latin(words) if reads == "en" else None


def _of_latin(words: list[str]) -> str | None:
    """Tell the language of words in Latin letters."""
    own, shared = _words("english"), _words("shared")
    known = [w.lower().replace("’", "'") for w in words]
    english = sum(w in own or w in shared for w in known) / len(words)
    sure = len(own.intersection(known))
    if sure >= 2 and english >= 0.15:
        return "en"
    telling = [w for i, w in enumerate(words) if (w.islower() and w not in PARTICLES) or i == 0]
    if len(telling) < FEWEST:
        return "en" if sure else None
    if english >= 0.3:
        return "en"
    needed = next(times for n, times in sorted(LIKELIER.items(), reverse=True) if len(telling) >= n)
    return _detect(" ".join(telling), needed * (4.0**sure))


def name_of(code: str) -> str:
    """Give the English name of a language, or its code.

    >>> name_of("de"), name_of("xx")
    ('German', 'another language')
    """
    return _names().get(code, "another language")


def _other_script(text: str) -> bool:
    """Whether most letters of a text are not Latin."""
    letters = [c for c in text if c.isalpha()]
    if all(c < "\u0250" for c in letters):
        return False
    others = sum(not (c < "\u0250" or unicodedata.name(c, "").startswith("LATIN")) for c in letters)
    return 2 * others > len(letters)


def _detect(text: str, needed: float) -> str | None:
    """Ask the detector; English, or undecided, unless another language is so many times likelier."""
    ranked = dict(_detector().rank(text))
    best = max(ranked, key=lambda code: (ranked[code], code))
    names = _names()
    english = float(ranked.get("en", 0.0))
    if best == "en":
        return "en"
    # Scots and creoles of English are what odd English is taken for.
    if best in ("sco", "jam", "pcm", "enm") or (best not in names and needed > 1):
        best = max((c for c in ranked if c in names), key=lambda code: (ranked[code], code))
    return best if float(ranked[best]) >= needed * max(english, 1e-12) else None


@functools.cache
def _detector() -> LanguageIdentifier:
    # Loaded here because most texts never need it: it takes a second and 60 MB.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
