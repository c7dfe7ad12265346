"""The noun phrase that a token heads, as a mention: its span, label, kind, type and count."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.lexicon.nouns import nominal_type
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values.numerals import canonical, number
from kg.extract.values.quantities import count_of
from kg.model import MentionKind, Value

# Parts of a noun phrase that its label keeps before the head.
# Dependents that are no part of the phrase: coordination, clauses about it, what renames it.
OUTSIDE = frozenset(
    {"conj", "cc", "preconj", "relcl", "appos", "parataxis", "advcl", "ccomp", "dep", "mark", "cop"}
    | {"nsubj", "nsubjpass", "expl", "aux"}
)
DROPPED = frozenset({"det", "predet", "poss", "case", "cc", "preconj", "mark", "neg", "quantmod"})
ORDINALS = frozenset("first second third fourth fifth last only".split())
# How many words may follow the preposition of a range ("the largest city in the north of the country").
RANGE = 6
# Adjectives that say how many or whose, and not which.
VAGUE = frozenset({"own", "several", "many", "few", "various", "numerous", "certain"})
COUNTS = frozenset(
    "ten dozen score hundred thousand million billion number couple lot plenty handful majority".split()
)
FRACTIONS = frozenset("third quarter fifth sixth seventh eighth ninth tenth hundredth".split())
DIRECTIONS = frozenset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern "
    "north-eastern north-western south-eastern south-western north south east west".split()
)
ROADS = frozenset("Street Avenue Road Drive Highway Boulevard Lane Way Squadron Battalion Commando".split())
PREFIXES = frozenset("anti pro ex non pre post mid pan inter trans neo semi sub vice co self all".split())
PRONOUN_TYPES = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), "Person"),
    **dict.fromkeys(("i", "me", "my", "myself", "you", "who", "whom", "whose", "yourself"), "Person"),
    **dict.fromkeys(("we", "us", "our", "ourselves", "they", "them", "their", "themselves"), "Group"),
}


def draw(block: ParsedBlock, head: Token) -> MentionDraft:
    """Draw the mention that a token heads.

    A noun heads a nominal, a personal or relative pronoun a pronoun, a verb a clause (its whole
    subtree), an adjective, a participle or an adverb an attribute.
    """
    tree, i = tree_of(block), head.i
    pos, tag = tree.pos[i], tree.tag[i]
    kind: MentionKind
    if pos == "PRON" or tag in ("PRP", "WP", "WDT", "EX"):
        kind = "pronoun"
        start, end = i, i + 1
        return MentionDraft(
            block, block.doc[start:end], head, kind, PRONOUN_TYPES.get(tree.lower[i], "Concept"), head.text
        )
    if pos in ("VERB", "AUX") and tag[:1] in "VM":
        return draw_clause(block, head)
    start, end = phrase(tree, i)
    span = block.doc[start:end]
    whole = _counted_from(tree, i)
    if whole is not None:
        name = label(tree, whole, *phrase(tree, whole))
        kind_of = nominal_type(block.doc[whole])[0]
        return MentionDraft(block, span, head, "nominal", kind_of, name, value=_value(head))
    if pos in ("ADJ", "ADV") and not tree.of(i, "det", "amod"):
        return MentionDraft(block, span, head, "attribute", "Concept", label(tree, i, start, end))
    value = count_of(block, i)
    return MentionDraft(
        block, span, head, "nominal", nominal_type(head)[0], label(tree, i, start, end), value=value
    )


def complete(reading: Reading) -> None:
    """Give names what was cut off before them: "75" of "75 Street", "A-" of "A-Teens"."""
    taken = {(m.block.index, k) for m in reading.mentions for k in range(m.span.start, m.span.end)}
    for m in reading.mentions:
        start, doc = m.span.start, m.block.doc
        if m.kind != "name" or start == 0 or (m.block.index, start - 1) in taken:
            continue
        before = doc[start - 1]
        if len(m.span) == 1 and m.span.text in ROADS and before.text.isdigit():
            start -= 1
        elif start > 1 and before.text == "-" and not before.whitespace_ and not doc[start - 2].whitespace_:
            first = doc[start - 2]
            if (m.block.index, start - 2) in taken or not first.text[0].isupper() or first.lower_ in PREFIXES:
                continue
            start -= 2
        if start < m.span.start:
            m.span = doc[start : m.span.end]
            m.label = m.span.text


def regions(reading: Reading) -> None:
    """Let "southern Norland" be a place of its own around "Norland", and the one that is spoken of."""
    for mention in list(reading.mentions):
        start, doc = mention.span.start, mention.block.doc
        if mention.kind != "name" or mention.type not in ("GPE", "Location") or start == 0:
            continue
        before = doc[start - 1]
        if start > 2 and doc[start - 2].text == "-" and doc[start - 3].lower_ in DIRECTIONS:
            start -= 2  # "east-central Norland"
        if before.lower_ in DIRECTIONS and before.head.i in range(start, mention.span.end):
            span = doc[start - 1 : mention.span.end]
            reading.add(MentionDraft(mention.block, span, mention.head, "name", "Location", span.text))


def draw_clause(block: ParsedBlock, head: Token) -> MentionDraft:
    """Draw what somebody said, thought or wants: the whole clause, without its marker and punctuation."""
    tree, i = tree_of(block), head.i
    inside = tree.subtree(i)
    start, end = inside[0], inside[-1] + 1
    while start < i and (
        tree.pos[start] == "PUNCT" or (tree.dep[start] == "mark" and tree.lower[start] == "that")
    ):
        start += 1
    while end - 1 > i and (tree.pos[end - 1] == "PUNCT" or tree.dep[end - 1] == "cc"):
        end -= 1
    span = block.doc[start:end]
    return MentionDraft(block, span, head, "clause", "Concept", span.text)


def phrase(tree: Tree, i: int) -> tuple[int, int]:
    """Give the first token and the one after the last of the noun phrase that a token heads."""
    kept, stack = [i], [k for k in tree.kids[i] if _inside(tree, k)]
    while stack:
        j = stack.pop()
        kept.append(j)
        stack += [k for k in tree.kids[j] if tree.dep[k] not in ("relcl", "appos", "parataxis")]
    kept.sort()
    # Only what is connected with the head counts: a phrase is one stretch of text.
    at = kept.index(i)
    start = end = at
    while start > 0 and kept[start - 1] >= kept[start] - 1:
        start -= 1
    while end + 1 < len(kept) and kept[end + 1] <= kept[end] + 1:
        end += 1
    first, last = kept[start], kept[end]
    while first < i and (
        tree.pos[first] in ("PUNCT", "SPACE") or tree.dep[first] in ("cc", "preconj", "mark")
    ):
        first += 1
    while last > i and tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return first, last + 1


def _inside(tree: Tree, k: int) -> bool:
    if tree.dep[k] in OUTSIDE:
        return False
    return not (tree.dep[k] == "acl" and k > 0 and tree.pos[tree.left[k] - 1] == "PUNCT")


def label(tree: Tree, i: int, start: int, end: int) -> str:
    """Give the phrase without determiner, count, possessor and what follows its head, save an of-phrase."""
    dropped = {t for k in tree.kids[i] if k < i and _is_dropped(tree, i, k) for t in tree.subtree(k)}
    if tree.lower[i] in ("%", "percent"):
        dropped = set()
    elif tree.lemma[i] in FRACTIONS:
        dropped -= {t for k in tree.of(i, "nummod") for t in tree.subtree(k)}
    first = start
    while first < i and (
        first in dropped
        or tree.dep[first] == "det"
        or tree.pos[first] in ("PUNCT", "SPACE", "PART")
        or tree.lower[first] in VAGUE
    ):
        first += 1
    if i > first and tree.lower[i - 1] == ",":
        first = i  # "one of the first, and most prominent, regions"
    last = i
    for k in tree.kids[i]:
        if k > i and k < end and tree.dep[k] == "prep" and tree.lower[k] == "of" and k == last + 1:
            stop = min(tree.right[k], end - 1)
            inner = tree.first(k, "pobj")
            amount = inner is not None and (tree.tag[inner] == "CD" or tree.lower[inner] in ("%", "percent"))
            if amount and tree.lemma[i] != "age":
                break  # "a population of 3 million" is a population
            last = _of_phrase(tree, k, stop)
            break
        if k == last + 1 and k < end and tree.dep[k] == "prep" and is_ranked(tree, i):
            # "the largest city in Norland" is no largest city.
            if tree.right[k] < end and tree.right[k] - k <= RANGE and tree.first(k, "pobj") is not None:
                last = tree.right[k]
            break
        if k == last + 1 and k < end and tree.dep[k] in ("compound", "nummod", "nmod") and k > i:
            last = k
    first, last = _hyphenated(tree, first, last)
    return _clean(str(tree.doc[first : last + 1].text))


def is_ranked(tree: Tree, i: int) -> bool:
    """Whether a noun is the first, the largest, the only one of its kind: of what, follows it."""
    before = [j for k in tree.of(i, "amod", "nummod", "compound") if k < i for j in tree.subtree(k)]
    return any(tree.tag[j] in ("JJS", "RBS") or tree.lower[j] in ORDINALS for j in before)


def _hyphenated(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """Widen a stretch so that it cuts no hyphenated word: "stained-glass window", "editor-in-chief"."""
    doc = tree.doc

    def joins(k: int) -> bool:
        inside = 0 < k < tree.n - 1 and tree.lower[k] == "-"
        return inside and not (doc[k - 1].whitespace_ or doc[k].whitespace_)

    while joins(first - 1) and first - 2 >= 0:
        first -= 2
    while joins(last + 1):
        last += 2
    return first, last


def _is_dropped(tree: Tree, i: int, k: int) -> bool:
    """Whether a dependent before the head is no part of its label; "75 Street" keeps its number."""
    if tree.dep[k] in ("amod", "compound", "nmod"):
        return tree.lower[k] in ("%", "percent", "cent")  # "a 20% stake" is a stake
    if tree.dep[k] == "prep":
        return "-" not in tree.lower[tree.left[k] : tree.right[k] + 1]  # "among them marriages"
    if tree.dep[k] == "nummod":
        number = tree.tag[i] == "NNP" and k == i - 1 and tree.lower[k].isdigit() and len(tree.lower[k]) <= 3
        return not number or bool(tree.of(i, "det"))
    if tree.dep[k] == "poss" and tree.tag[k] == "NNS":
        # "a children's book author": the article shows whose it is not.
        return any(tree.dep[c] != "case" and tree.lower[c] not in ("a", "an") for c in tree.kids[k])
    return tree.dep[k] in DROPPED


def _clean(name: str) -> str:
    """Take brackets and quotation marks that are not closed, and signs at the ends, off a label."""
    if name.count(" ' ") % 2:
        name = name.replace(" ' ", " ")
    for opening, closing in ("()", "[]", '""', "“”"):
        if opening == closing and name.count(opening) % 2:
            name = name.replace(opening, " ")
        elif name.find(closing) < name.find(opening):
            name = name.replace(opening, "").replace(closing, "")
        elif name.count(opening) != name.count(closing):
            name = name.split(opening)[0] if name.find(opening) > 0 else name.replace(opening, "")
            name = name.rsplit(closing)[-1]
    return " ".join(name.split()).strip(" -–—,;:/")


def _of_phrase(tree: Tree, prep: int, stop: int) -> int:
    inner = tree.first(prep, "pobj")
    if inner is None:
        gerund = tree.first(prep, "pcomp")
        if gerund is None or tree.right[gerund] - prep > RANGE + 2:
            return prep - 1
        # "the likelihood of having a fever"; but the minister who is accused of hiding one is a minister.
        told = nominal_type(tree.doc[tree.head[prep]])[0] in ("Concept", "Event")
        return min(stop, tree.right[gerund]) if told else prep - 1
    last = inner
    for k in tree.kids[inner]:
        if k == last + 1 and tree.dep[k] == "appos" and tree.pos[k] == "PROPN" and tree.left[k] == k:
            last = k  # "the shore of the lake Saima"
        if k == last + 1 and tree.dep[k] == "prep" and tree.lower[k] == "of":
            return min(stop, _of_phrase(tree, k, stop))
    while last < stop and tree.doc[inner].ent_type_ == "DATE" and tree.doc[last + 1].ent_iob_ == "I":
        last += 1  # "the constitution of 4 November 1814"
    joined = tree.conjuncts(inner)[1:]
    if joined and joined[-1] <= min(stop, last + 7) and all(_is_joined(tree, c) for c in joined):
        last = joined[-1]  # "the ministry of health and social care"
    return min(stop, last)


def _is_joined(tree: Tree, c: int) -> bool:
    """Whether a second noun of an of-phrase shares its preposition: no "of" of its own."""
    own = any(tree.lower[k] == "of" for k in tree.of(c, "prep"))
    return tree.pos[c] in ("NOUN", "PROPN") and not own


def cores(tree: Tree, i: int) -> list[int]:
    """Give the nouns that a phrase is about: all names in "by the brothers Emil and Carl", else its core."""
    first = core(tree, i)
    return tree.conjuncts(first) if first != i and tree.dep[first] == "appos" else [first]


def core(tree: Tree, i: int) -> int:
    """Give the noun behind a count or a close description: "thousands of bees" are bees."""
    counts = (
        tree.lemma[i] in COUNTS
        and not tree.of(i, "compound", "poss")
        and not (tree.lemma[i] == "number" and any(tree.lower[k] == "the" for k in tree.of(i, "det")))
    )  # "the number of bees rose" is no rise of bees
    if counts or tree.lower[i] == "none":
        of = [k for k in tree.of(i, "prep") if tree.lower[k] == "of"]
        inner = tree.first(of[0], "pobj") if of else None
        if inner is not None:
            return core(tree, inner)
    for k in tree.of(i, "appos"):
        if tree.pos[k] == "PROPN" and tree.pos[i] == "NOUN" and tree.left[k] == i + 1:
            return k  # "the trader Enova"
    return i


def _counted_from(tree: Tree, i: int) -> int | None:
    """Give the noun that a number counts from in "children, two of whom died"."""
    for p in tree.of(i, "prep"):
        inner = tree.first(p, "pobj")
        if tree.lower[p] == "of" and inner is not None and tree.lower[inner] in ("whom", "which"):
            verb = tree.head[i]
            if tree.dep[verb] == "relcl":
                return tree.head[verb]
    return None


def _value(head: Token) -> Value | None:
    amount = number(head.text)
    return None if amount is None else Value(*canonical(amount))
