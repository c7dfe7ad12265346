"""Stretches of text that are no names to the model and can yet be arguments.

Titles in quotation marks or after their noun, offices, members of known classes, other capitalised words, and
the words that a sentence describes its topic with.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.lexicon.nouns import lemma_type
from kg.extract.parse.tree import Tree
from kg.extract.schema.classes import Class
from kg.extract.schema.phrase import Phrase, called_by, capital

LONGEST_MEMBER = 5
# Common words that are members of a class only when they are said of something ("a general", "major").
AMBIGUOUS = frozenset(
    "general major private open left right centre center action war house dance country drama romance "
    "epic crime family history adventure voice horn bass alto treble organ recorder record junior senior "
    "medium new english dominican centaur cancer phoenix crater norma virgo leo".split()
)
OFFICES = frozenset(
    "president minister premier chancellor governor mayor king queen emperor sultan emir secretary speaker "
    "bishop archbishop ambassador prince duke earl commissioner chief head member leader director "
    "chairman chair dean rector senator".split()
)
# Small words within a title.
INSIDE = frozenset("of the a an on in at to for and from with de la le du von der und & 's".split())
# Works whose title may follow them.
TITLED = frozenset(
    "album novel film book song single play opera musical poem manga series magazine journal ep novella "
    "game movie story symphony ballet anthology memoir newspaper comic documentary soundtrack epic".split()
)
# What stands before a description and says nothing of what kind the thing is.
VAGUE = frozenset(
    "former professional retired famous popular notable first second third new old large small short long "
    "major minor leading prominent well-known amateur current only last late early young annual".split()
)


def offices(tree: Tree, taken: set[int]) -> list[Phrase]:
    """Give offices with what they are of: "President of Norland", "bishop of Ely"."""
    found = []
    for i in range(tree.n - 2):
        if tree.lower[i + 1] != "of" or i in taken or tree.pos[i] not in ("NOUN", "PROPN"):
            continue
        if tree.lemma[i] not in OFFICES or tree.tag[i] in ("NNS", "NNPS"):
            continue
        end = i + 2
        if tree.lower[end] == "the" and end + 1 < tree.n:
            end += 1
        last = end
        while last < tree.n and (
            capital(tree, last)
            or (tree.lower[last] == "of" and last + 1 < tree.n and capital(tree, last + 1))
        ):
            last += 1
        if last > end:
            start = i
            while start > 0 and tree.lower[start - 1] in (
                "vice",
                "prime",
                "deputy",
                "foreign",
                "lord",
                "attorney",
            ):
                start -= 1
            found.append(Phrase(start, last, "Position", "office", tree.doc[start:last].text))
    return found


def capitalised(tree: Tree, known: set[int]) -> list[Phrase]:
    """Give runs of capitalised words within a sentence that are no known names: species, brands, titles."""
    found = []
    i = 0
    while i < tree.n:
        token = tree.doc[i]
        if i in known or token.is_sent_start or not token.text[:1].isupper() or token.ent_type_:
            i += 1
            continue
        end = i + 1
        while (
            end < tree.n
            and end not in known
            and (tree.doc[end].text[:1].isupper() or tree.doc[end].text.isdigit())
        ):
            end += 1
        if (
            end == i + 1
            and end < tree.n
            and tree.doc[end].is_lower
            and tree.pos[end] == "PROPN"
            and end not in known
        ):
            end += 1  # "Rosa canina"
        if len(token.text) > 2 or end > i + 1:
            found.append(Phrase(i, end, "Other", "name", tree.doc[i:end].text, called_by(tree, i, end)))
        i = end
    return found


def quoted(tree: Tree) -> Iterator[tuple[int, int]]:
    """Give the stretches in quotation marks that look like titles."""
    i = 0
    while i < tree.n:
        close = {"“": "”", '"': '"', "``": "''"}.get(tree.lower[i])
        if close is None:
            i += 1
            continue
        j = next((k for k in range(i + 1, min(i + 16, tree.n)) if tree.lower[k] == close), None)
        if j is None:
            i += 1
            continue
        if j > i + 1 and tree.doc[i + 1].text[:1].isupper():
            end = j - 1 if tree.lower[j - 1] in (",", ".") else j
            if end > i + 1:
                yield i + 1, end
        i = j + 1


def titles(tree: Tree, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Give titles that follow the noun of their kind: "her album Songs from a Far Shore"."""
    for i in range(tree.n - 1):
        if tree.lemma[i] not in TITLED or tree.pos[i] not in ("NOUN", "PROPN") or capital(tree, i):
            continue
        start = i + 2 if tree.lower[i + 1] == "," else i + 1
        if start >= tree.n or start in taken or not (capital(tree, start) or tree.doc[start].is_digit):
            continue
        if tree.doc[start].ent_type_ in ("DATE", "TIME"):
            continue
        last, k = start, start + 1
        while k < tree.n:
            place = tree.doc[k].ent_type_ in ("GPE", "DATE", "LOC") and tree.lower[k - 1] in (
                "in",
                "at",
                "on",
            )
            if capital(tree, k) and not place:
                last = k
            elif (
                tree.lower[k] not in INSIDE and not tree.doc[k].is_digit and tree.lower[k] not in (":", "'s")
            ):
                break
            k += 1
        if last > start:
            yield start, last + 1


def runs(tree: Tree, known: list[Phrase]) -> list[Phrase]:
    """Give the longest runs of capitalised and small words that may be one title: "Rain over the Harbour".

    They are only tried beside what else stands there, as a run may as well be two names.
    """
    spans = {(p.start, p.end) for p in known}
    found = []
    i = 0
    while i < tree.n:
        if not capital(tree, i) or tree.pos[i] == "PUNCT":
            i += 1
            continue
        last, k = i, i + 1
        while k < tree.n and k < i + 12:
            if capital(tree, k) or tree.doc[k].is_digit:
                last = k
            elif tree.lower[k] not in INSIDE and tree.lower[k] not in (":", "?", "!", "-"):
                break
            elif tree.lower[k] in ("'s", "’s"):
                break
            k += 1
        if last > i + 1 and (i, last + 1) not in spans:
            found.append(Phrase(i, last + 1, "Other", "run", tree.doc[i : last + 1].text))
        i = max(last + 1, i + 1)
    return found


def descriptions(tree: Tree, noun: int, known: dict[int, Phrase]) -> list[Phrase]:
    """Give what a predicate noun and those coordinated with it say: "rhythmic gymnast", "comedy horror"."""
    found = []
    for i in tree.conjuncts(noun):
        if tree.pos[i] not in ("NOUN", "PROPN", "ADJ"):
            continue
        start = i
        while (
            start > 0
            and tree.pos[start - 1] in ("NOUN", "ADJ", "PROPN")
            and tree.lower[start - 1] not in VAGUE
        ):
            phrase = known.get(start - 1)
            if phrase is not None and phrase.kind != "member":
                break
            start -= 1
        end = i if start < i and lemma_type(tree.lemma[i]) == "Work" else i + 1
        found.append(Phrase(start, end, "Concept", "description", tree.doc[start:end].text))
    return found


def member_phrases(tree: Tree, members: tuple[Class, ...], taken: set[int]) -> list[Phrase]:
    """Give the stretches that are listed members of classes, from each word on the longest."""
    if not members:
        return []
    listed = frozenset().union(*(c.members for c in members))
    found: list[Phrase] = []
    reach = 0
    for i in range(tree.n):
        if i in taken:
            continue
        for length in range(min(LONGEST_MEMBER, tree.n - i), 0, -1):
            end = i + length
            text: str = tree.doc[i:end].text.lower()
            single = text[: len(text) - len(tree.lower[end - 1])] + tree.lemma[end - 1]
            if text not in listed and single not in listed:
                continue
            nouns = ("NOUN", "PROPN") if text in AMBIGUOUS else ("NOUN", "PROPN", "ADJ")
            # A word within a longer member counts only where it goes on beyond it or is one of several.
            if (length > 1 or tree.pos[i] in nouns) and (end > reach or length > 1):
                kind = "Language" if tree.doc[i].ent_type_ == "LANGUAGE" else "Concept"
                kept = tree.doc[i:end].text
                found.append(Phrase(i, end, kind, "member", kept, called_by(tree, i, end)))
                reach = max(reach, end)
            break
    return found
