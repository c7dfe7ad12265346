"""The noun phrase that a token heads, as a mention: its span, label, kind, type and count."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import constructions
from kg.extract.lexicon import inverse, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import BESIDE, COMMON, COORDINATION, DETERMINING, NOUNS, VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values import units
from kg.extract.values.numerals import canonical, number
from kg.extract.values.quantities import count_of
from kg.model import Value

# Dependents that are no part of the phrase: coordination, clauses about it, what renames it.
OUTSIDE = (
    COORDINATION | BESIDE | {"ccomp", "advcl", "dep", "mark", "cop", "nsubj", "nsubjpass", "expl", "aux"}
)
DROPPED = DETERMINING | {"predet", "case", "cc", "preconj", "mark", "neg", "quantmod"}
RANKING = words("noun_phrases", "label", "ranking")
# How many words may follow the preposition of a range ("the largest city in the north of the country").
RANGE = 6
# How many words may say what something is the first to do.
LONGEST_DOING = 9
VAGUE = words("noun_phrases", "label", "vague")
COUNTS = words("noun_phrases", "label", "counts")
FRACTIONS = words("noun_phrases", "label", "fractions")
STANDING = words("noun_phrases", "identity", "standing")
# Words for money, of which "a 48 million euro contract" has so much.
MONEY = frozenset(units.MONEY) | words("nominals", "kind", "currencies")
SHARES = words("noun_phrases", "label", "shares")
PERCENT = words("clauses", "nouns", "percent")
# What a firm has, of which a text says how much it is.
MEASURED = words("events", "words", "ownable")
PRONOUN_TYPES = inverse("noun_phrases", "pronoun")
# What begins something that is said beside.
ASIDE = frozenset({",", ";", ":", "(", "–", "—"})
# Signs and small words that no label begins with.
LEADING = frozenset({"PUNCT", "SPACE", "PART"})


def create_mention(block: ParsedBlock, head: Token) -> MentionDraft:
    """Create the mention that a token heads.

    A noun heads a nominal, a personal or relative pronoun a pronoun, a verb a clause (its whole
    subtree), an adjective, a participle or an adverb an attribute.
    """
    tree, i = tree_of(block), head.i
    pos, tag = tree.pos[i], tree.tag[i]
    if pos == "PRON" or tag in ("PRP", "WP", "WDT", "EX"):
        kind_of = PRONOUN_TYPES.get(tree.lower[i], "Concept")
        return MentionDraft(block, block.doc[i : i + 1], head, "pronoun", kind_of, head.text)
    if pos in VERBS and tag[:1] in "VM":
        return create_clause(block, head)
    start, end = phrase(tree, i)
    span = block.doc[start:end]
    whole = _counted_from(tree, i)
    if whole is not None:
        name = label(tree, whole, *phrase(tree, whole))
        kind_of = nominal_type(block.doc[whole])[0]
        return MentionDraft(block, span, head, "nominal", kind_of, name, value=_value(head))
    if pos in ("ADJ", "ADV") and not tree.of(i, "det", "amod"):
        return MentionDraft(block, span, head, "attribute", "Concept", label(tree, i, start, end))
    kind, name = nominal_type(head)[0], label(tree, i, start, end)
    if _stands_for(tree, i):
        value = _value(head) or count_of(block, i)  # "17 others"
        return MentionDraft(block, span, head, "pronoun", kind, name, value=value)
    return MentionDraft(block, span, head, "nominal", kind, name, value=count_of(block, i))


def _stands_for(tree: Tree, i: int) -> bool:
    """Whether a word stands for a thing without saying which: "two", "the others", "an old one"."""
    if any(tree.lower[k] == "of" for k in tree.of(i, "prep")) or tree.of(i, "compound", "nmod"):
        return False
    counts = tree.tag[i] == "CD" and tree.pos[i] == "NUM" and number(tree.lower[i]) is not None
    return counts or tree.lower[i] in STANDING


def create_clause(block: ParsedBlock, head: Token) -> MentionDraft:
    """Create the mention of what is said, thought or wanted: a clause without its marker and punctuation."""
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
    first, last = _connected(_parts(tree, i), i)
    while first < i and (
        tree.pos[first] in ("PUNCT", "SPACE") or tree.dep[first] in ("cc", "preconj", "mark")
    ):
        first += 1
    while last > i and tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return first, last + 1


def _parts(tree: Tree, i: int) -> list[int]:
    """Give the tokens of a phrase in order, without what is said beside it."""
    kept, stack = [i], [k for k in tree.kids[i] if _inside(tree, k)]
    while stack:
        j = stack.pop()
        kept.append(j)
        stack += [k for k in tree.kids[j] if tree.dep[k] not in BESIDE]
    return sorted(kept)


def _connected(kept: list[int], i: int) -> tuple[int, int]:
    """Give the ends of the stretch around a head: a phrase is one stretch of text."""
    start = end = kept.index(i)
    while start > 0 and kept[start - 1] >= kept[start] - 1:
        start -= 1
    while end + 1 < len(kept) and kept[end + 1] <= kept[end] + 1:
        end += 1
    return kept[start], kept[end]


def _inside(tree: Tree, k: int) -> bool:
    if tree.dep[k] in OUTSIDE:
        return False
    return not (tree.dep[k] == "acl" and k > 0 and tree.pos[tree.left[k] - 1] == "PUNCT")


def label(tree: Tree, i: int, start: int, end: int) -> str:
    """Give the phrase without determiner, count, possessor and what follows its head, save an of-phrase."""
    first, last = label_bounds(tree, i, start, end)
    return cleaned(str(tree.doc[first : last + 1].text))


def label_bounds(tree: Tree, i: int, start: int, end: int) -> tuple[int, int]:
    """Give the first and the last token of the label of a phrase from `start` to `end`."""
    return _hyphenated(tree, _label_start(tree, i, start), _label_end(tree, i, end))


def _label_start(tree: Tree, i: int, start: int) -> int:
    """Give where a label begins: after determiners, counts and possessors."""
    dropped = _dropped(tree, i)
    first = start
    while first < i and (
        first in dropped
        or tree.dep[first] == "det"
        or tree.pos[first] in LEADING
        or tree.lower[first] in VAGUE
    ):
        first += 1
    sums = [k for k in range(first, i) if tree.lower[k] in MONEY and k and tree.tag[k - 1] == "CD"]
    first = sums[-1] + 1 if sums else first
    # "one of the first, and most prominent, regions"
    return i if i > first and tree.lower[i - 1] == "," else first


def _dropped(tree: Tree, i: int) -> set[int]:
    """Give the tokens before a head that its label leaves out."""
    if is_percent(tree, i):
        return set()
    dropped = {t for k in tree.kids[i] if k < i and _is_dropped(tree, i, k) for t in tree.subtree(k)}
    if tree.lemma[i] in FRACTIONS:
        dropped -= {t for k in tree.of(i, "nummod") for t in tree.subtree(k)}
    return dropped


def _label_end(tree: Tree, i: int, end: int) -> int:
    """Give the last token of a label: the head, its number ("Flight 370"), or its of-phrase."""
    last = i
    for k in tree.kids[i]:
        if _ranks_doing(tree, i, k, last):
            return max(last, _doing_end(tree, k))
        if not (k > i and k < end and k == last + 1):
            continue
        if tree.dep[k] == "prep" and tree.lower[k] == "of":
            return last if _is_amount(tree, i, k) else complement_end(tree, k, min(tree.right[k], end - 1))
        if tree.dep[k] == "prep" and is_ranked(tree, i):
            # "the largest city in Norland" is no largest city.
            short = tree.right[k] < end and tree.right[k] - k <= RANGE
            return tree.right[k] if short and tree.first(k, "pobj") is not None else last
        if tree.dep[k] in ("compound", "nummod", "nmod"):
            last = k
    return last


def _ranks_doing(tree: Tree, i: int, k: int, last: int) -> bool:
    """Whether a word behind a noun says what it is the first to do: "the first woman to fly"."""
    doing = tree.dep[k] in ("acl", "relcl") and tree.left[k] == last + 1
    return doing and tree.tag[last + 1] == "TO" and is_ranked(tree, i)


def _doing_end(tree: Tree, verb: int) -> int:
    """Give the last token of what something is the first to do, without what a comma adds."""
    start, last = tree.left[verb], tree.right[verb]
    stop = next((k - 1 for k in range(start, last + 1) if tree.lower[k] in ASIDE), last)
    return shortened(tree, start, stop, LONGEST_DOING)


def shortened(tree: Tree, start: int, last: int, most: int) -> int:
    """Give where a clause ends that has at most so many words: before a further phrase in it, if it must.

    It is one before its start where nothing of it is short enough.
    """
    stop = last
    while stop - start >= most:
        cut = next((k for k in range(stop, start + 1, -1) if _is_loose(tree, k)), None)
        if cut is None:
            return start - 1
        stop = cut - 1
    return stop


def _is_loose(tree: Tree, k: int) -> bool:
    """Whether a clause may end before a preposition: in no name, and no "of" that a noun needs."""
    if tree.pos[k] != "ADP" or tree.doc[k].ent_iob_ == "I":
        return False
    return tree.pos[k - 1] == "PROPN" or (tree.pos[k - 1] == "NOUN" and tree.lower[k] != "of")


def _is_amount(tree: Tree, i: int, of: int) -> bool:
    """Whether an of-phrase says how much: "a population of 3 million" is a population."""
    inner = tree.first(of, "pobj")
    if inner is None or tree.lemma[i] == "age":
        return False
    return tree.tag[inner] == "CD" or is_percent(tree, inner) or is_sum(tree, i, inner)


def is_percent(tree: Tree, i: int) -> bool:
    """Whether a token stands for hundredths: "%", "percent", "pct", the second word of "per cent"."""
    if tree.lower[i] == "cent":
        return i > 0 and tree.lower[i - 1] == "per"
    return tree.lower[i] in PERCENT


def is_sum(tree: Tree, i: int, inner: int) -> bool:
    """Whether the noun under a preposition says how much a firm has: "revenue of NOK 4 billion"."""
    return tree.lower[i] in MEASURED and any(
        tree.tag[k] in ("CD", "$") or tree.doc[k].ent_type_ == "MONEY"
        for k in (inner, *tree.of(inner, "nummod"))
    )


def is_ranked(tree: Tree, i: int) -> bool:
    """Whether a noun is the first, the largest, the only one of its kind: of what, follows it."""
    before = [j for k in tree.of(i, "amod", "nummod", "compound") if k < i for j in tree.subtree(k)]
    return any(tree.tag[j] in ("JJS", "RBS") or tree.lower[j] in RANKING for j in before)


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
        return tree.lower[k] in SHARES  # "a 20% stake" is a stake
    if tree.dep[k] == "prep":
        return "-" not in tree.lower[tree.left[k] : tree.right[k] + 1]  # "among them marriages"
    if tree.dep[k] == "nummod":
        number = tree.tag[i] == "NNP" and k == i - 1 and tree.lower[k].isdigit() and len(tree.lower[k]) <= 3
        return not number or bool(tree.of(i, "det"))
    if constructions.owns(tree, k) and tree.tag[k] == "NNS":
        # "a children's book author": the article shows whose it is not.
        return any(tree.dep[c] != "case" and tree.lower[c] not in ("a", "an") for c in tree.kids[k])
    return tree.dep[k] in DROPPED


def is_sort(tree: Tree, owner: int) -> bool:
    """Whether a common noun as possessor says of what sort a thing is, not whose: "a women's race"."""
    if tree.tag[owner] not in COMMON or constructions.owner(tree, owner) is not None:
        return False
    plural = tree.tag[owner] == "NNS"
    return all(plural and tree.lower[k] in ("a", "an") for k in tree.of(owner, "det"))


def cleaned(name: str) -> str:
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


def complement_end(tree: Tree, prep: int, stop: int) -> int:
    """Give the last token of a phrase with a preposition, mostly "of", that a label keeps."""
    inner = tree.first(prep, "pobj")
    if inner is None:
        return _of_gerund(tree, prep, stop)
    last = inner
    for k in tree.kids[inner]:
        if k == last + 1 and constructions.renames(tree, k) and tree.pos[k] == "PROPN" and tree.left[k] == k:
            last = k  # "the shore of the lake Saima"
        if k == last + 1 and tree.dep[k] == "nummod":
            last = k  # "map in Figure 1"
        if k == last + 1 and tree.dep[k] == "prep" and tree.lower[k] == "of":
            return min(stop, complement_end(tree, k, stop))
    while last < stop and tree.doc[inner].ent_type_ == "DATE" and tree.doc[last + 1].ent_iob_ == "I":
        last += 1  # "the constitution of 4 November 1814"
    return min(stop, _joined_end(tree, inner, last, stop))


def _joined_end(tree: Tree, inner: int, last: int, stop: int) -> int:
    """Give the last noun that shares a preposition: "the ministry of health and social care"."""
    joined = tree.conjuncts(inner)[1:]
    near = bool(joined) and joined[-1] <= min(stop, last + 7)
    return joined[-1] if near and all(_is_joined(tree, c) for c in joined) else last


def _of_gerund(tree: Tree, prep: int, stop: int) -> int:
    """Give the last token of "of having a fever", or the one before the preposition."""
    gerund = tree.first(prep, "pcomp")
    if gerund is None or tree.right[gerund] - prep > RANGE + 2:
        return prep - 1
    # "the likelihood of having a fever"; but the minister who is accused of hiding one is a minister.
    content = nominal_type(tree.doc[tree.head[prep]])[0] in ("Concept", "Event")
    return min(stop, tree.right[gerund]) if content else prep - 1


def _is_joined(tree: Tree, c: int) -> bool:
    """Whether a second noun of an of-phrase shares its preposition: no "of" of its own."""
    own = any(tree.lower[k] == "of" for k in tree.of(c, "prep"))
    return tree.pos[c] in NOUNS and not own


def cores(tree: Tree, i: int) -> list[int]:
    """Give the nouns that a phrase is about: all names in "by the brothers Emil and Carl", else its core."""
    first = core(tree, i)
    return tree.conjuncts(first) if first != i and constructions.renames(tree, first) else [first]


def core(tree: Tree, i: int) -> int:
    """Give the noun behind a count or a close description: "thousands of bees" are bees."""
    if _is_count(tree, i) or tree.lower[i] == "none":
        of = [k for k in tree.of(i, "prep") if tree.lower[k] == "of"]
        inner = tree.first(of[0], "pobj") if of else None
        if inner is not None:
            return core(tree, inner)
    for a in constructions.appositions(tree, i):
        if tree.pos[a.renaming] == "PROPN" and tree.pos[i] == "NOUN" and tree.left[a.renaming] == i + 1:
            return a.renaming  # "the trader Enova"
    return i


def core_argument(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft:
    """Give the mention of the noun that a phrase is about, made where there is none."""
    return reading.argument(block, block.doc[core(tree_of(block), i)], create_mention)


def _is_count(tree: Tree, i: int) -> bool:
    """Whether a noun counts what follows its "of"; "the number of bees rose" is no rise of bees."""
    if tree.lemma[i] not in COUNTS or tree.of(i, "compound") or constructions.possessives(tree, i):
        return False
    return tree.lemma[i] != "number" or all(tree.lower[k] != "the" for k in tree.of(i, "det"))


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
