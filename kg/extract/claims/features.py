"""What speaks for and against a triple: where its parts stand, how its clause hangs, its labels.

Each feature is a word; `kg.extract.claims.confidence` knows how much it weighs. Features speak of language,
not of a genre or a subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from kg.extract import lexicon
from kg.extract.lexicon.sets import MODIFYING, NOUNS, VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft

# The links of clauses, as rules begin with them; the other rules read phrases.
CLAUSE_LINKS = frozenset(
    {"main", "conj", "ccomp", "xcomp", "relcl", "advcl", "acl", "pcomp", "gerund", "csubj"}
)
WEIGHED_PREPOSITIONS = lexicon.words("features", "prepositions", "common")
EMPTY_LABELS = lexicon.words("features", "labels", "empty")
VAGUE_BEGINNINGS = lexicon.words("features", "labels", "vague")
RANKING_WORDS = lexicon.words("features", "labels", "ranking")
DANGLING = lexicon.words("features", "labels", "dangling")
HYPHENS = lexicon.words("features", "signs", "hyphens")
FINAL = lexicon.words("features", "signs", "final")
AFTER_NAME = lexicon.words("features", "signs", "after_name")
BEFORE_NAME = lexicon.words("features", "signs", "before_name")
NOUN_LIKE_VERBS = lexicon.words("repair", "noun_like_verbs")
FORMER = lexicon.words("nominals", "office", "former")
# What brings in a label among which things one is ranked: "second largest city in Norland".
SCOPES = lexicon.words("features", "labels", "scopes")
# Rules that read what a hyphen parts: "D-Ohio", "a 45-year-old plumber".
HYPHENATED = frozenset(
    (
        "bracket-party",
        "age-before",
        "measure-before",
        "award-of",
        "language-of",
        "participle-place",
        "participle-agent",
    )
)
SUPERLATIVE_TAGS = ("JJS", "RBS")
PROPER_TAGS = ("NNP", "NNPS")
DATES = frozenset({"date", "gYear", "gYearMonth"})
# Labels of what takes nothing from a clause that has it: its subject, what is joined to it or said beside it.
BESIDE_WHOLE = frozenset({"nsubj", "punct", "advmod", "cc", "conj", "advcl", "parataxis", "prt"})


def of_claim(claim: ClaimDraft, verb: int) -> Iterator[str]:
    """Give the features of a claim as a whole: its rule, its sentence, its verb, its subject."""
    tree = tree_of(claim.block)
    yield from _of_sentence(claim, tree)
    yield from _of_subject(claim, tree, verb)
    link, _, subject = claim.rule.partition("-")
    if link not in CLAUSE_LINKS:
        yield "phrase"
        yield f"rule:{claim.rule}"
        return
    yield f"link:{link}"
    if subject != "own":
        yield f"subject:{subject}"
    yield from _of_verb(claim, tree, verb, link)


def of_end(claim: ClaimDraft, verb: int, role: str, end: MentionDraft | None) -> Iterator[str]:
    """Give the features of one argument: its role, its place, its label."""
    tree = tree_of(claim.block)
    if end is None:
        yield _without_end(claim, tree, verb)
        return
    yield f"end-{end.kind}"
    if end.kind not in ("clause", "pronoun"):
        yield from (f"end-{name}" for name in _of_uncut(claim, end))
    if end.kind == "nominal" and end.type == "Concept":
        yield "end-concept"
    if claim.rule.partition("-")[0] not in CLAUSE_LINKS or end.block is not claim.block:
        return
    i, e = verb, end.head.i
    yield from _of_role(claim, role, end, tree, i) if role != "object" else _of_object(claim, end, tree, i)
    first = _first_of(tree, e)  # commas and words of a list part its members
    apart = abs(i - first) - 1
    if apart > 5:
        yield "end-far" if apart < 13 else "end-very-far"
    if "," in tree.lower[min(i, first) + 1 : max(i, first)]:
        yield "end-comma"
    if _is_bracketed(tree, i, e):
        yield "end-bracket"
    yield from _of_attachment(tree, i, e)


def _without_end(claim: ClaimDraft, tree: Tree, verb: int) -> str:
    """Give the feature of a claim that has neither object nor argument, by what it says all the same."""
    if any(m.value is not None and m.value.datatype in DATES for _, m in claim.qualifiers):
        return "end-dated"  # "the war began in 1914"
    if claim.relation.startswith("be_"):
        return "end-none-passive"
    return "end-whole" if _is_whole(claim, tree, verb) else "end-none"


def _is_whole(claim: ClaimDraft, tree: Tree, verb: int) -> bool:
    """Whether somebody named does something, and the sentence says no more: "Anna Berg won in 1990."."""
    if claim.rule != "main-own" or claim.subject.kind != "name" or tree.tag[verb] not in ("VBD", "VBZ"):
        return False
    last = claim.block.doc[verb].sent.end - 1
    if tree.lower[last][-1:] not in FINAL:
        return False  # the parser may have cut it off behind its verb
    told = [k for k in tree.kids[verb] if tree.dep[k] not in BESIDE_WHOLE]
    return tree.head[verb] == verb and len(told) <= len(claim.qualifiers)


def verb_of(claim: ClaimDraft) -> int:
    """Give the verb of a claim, or the word that says it."""
    tree = tree_of(claim.block)
    words: list[int] = [token.i for token in claim.words] or [claim.subject.head.i]
    return next((i for i in reversed(words) if tree.tag[i][:1] == "V"), words[-1])


def _of_sentence(claim: ClaimDraft, tree: Tree) -> Iterator[str]:
    sentence = (claim.words[0] if claim.words else claim.subject.head).sent
    start, last = sentence.start, sentence.end - 1
    if last - start > 39:
        yield "sentence-long"
    while last > start and tree.pos[last] == "SPACE":
        last -= 1
    if tree.lower[last][-1:] not in FINAL:
        yield "sentence-open"  # it may go on elsewhere
    else:
        yield from _of_cover(claim, tree, sentence)
    if claim.words and "(" in tree.lower[start : claim.words[0].i]:
        before = tree.lower[start : claim.words[0].i]
        if before.count("(") > before.count(")"):
            yield "verb-in-brackets"


def _of_cover(claim: ClaimDraft, tree: Tree, sentence: Span) -> Iterator[str]:
    """How much of what its sentence says a claim says: where nothing is left, nothing was lost."""
    said = {token.i for token in claim.words}
    ends = [claim.subject, claim.object, *(m for _, m in claim.qualifiers)]
    for end in ends:
        if end is not None and end.block is claim.block:
            said.update(range(end.span.start, end.span.end))
    told = [k for k in range(sentence.start, sentence.end) if tree.tag[k][:1] in "NVJRCP" and _tells(tree, k)]
    left = sum(k not in said for k in told)
    if not left:
        yield "covers-all"
    elif left <= 2 and len(told) > 2 * left:
        yield "covers-most"
    elif len(told) < 4 * (len(told) - left):
        yield "covers-some"


def _tells(tree: Tree, k: int) -> bool:
    """Whether a word says something by itself."""
    return tree.tag[k] not in ("CC", "POS", "PDT", "PRP$", "RP") and tree.dep[k] not in ("aux", "auxpass")


def _of_verb(claim: ClaimDraft, tree: Tree, i: int, link: str) -> Iterator[str]:
    if tree.pos[i] not in VERBS:
        yield "verb-is-no-verb"
    passive = claim.relation.startswith("be_")
    if passive:
        yield from _of_passive(claim, tree, i)
    elif _is_bare_participle(tree, i):
        yield "participle-active"
    helped = tree.first(i, "aux", "auxpass") is not None
    if link == "conj" and tree.tag[i] in ("VBD", "VBN") and not helped:
        yield from _of_conjunct(tree, i, passive)
    if tree.tag[i] in ("VB", "VBP") and not helped and tree.first(i, "nsubj", "expl") is None:
        yield "verb-bare"
    yield from _of_relation(claim, tree, i)


def _is_bare_participle(tree: Tree, i: int) -> bool:
    """Whether a verb read as active has the form and the place of a participle."""
    if tree.tag[i] not in ("VBN", "VBD") or tree.dep[i] not in ("acl", "amod", "ROOT", "advcl"):
        return False
    if tree.first(i, "aux", "auxpass", "agent") is not None:
        return False
    return tree.tag[i] == "VBN" or (tree.dep[i] in ("acl", "amod") and tree.first(i, "nsubj") is None)


def _of_passive(claim: ClaimDraft, tree: Tree, i: int) -> Iterator[str]:
    if tree.tag[i] == "VBD":
        yield "past-passive"
    if tree.tag[i] != "VBN" or tree.first(i, "auxpass") is not None:
        return
    if tree.dep[i] not in ("acl", "amod"):
        if not claim.rule.endswith("-own"):
            yield "passive-bare-else"
        return
    yield "passive-bare"
    if i and tree.lower[i - 1] in (",", "and", "or") and not tree.kids[i]:
        yield "participle-in-list"  # "lamps, woven cloth"


def _of_conjunct(tree: Tree, i: int, passive: bool) -> Iterator[str]:
    first = tree.head[i]
    if passive or tree.first(first, "auxpass") is not None:
        yield "conjunct-voice"
    elif tree.lemma[first] == "be":
        yield "conjunct-of-be"


def _of_relation(claim: ClaimDraft, tree: Tree, i: int) -> Iterator[str]:
    """What speaks in the relation's name, in the verb's own word, and in what the verb has beside it."""
    name, lemma = claim.relation, tree.lemma[i]
    if name in ("be", "have"):
        yield name
    if lemma in lexicon.NAMING and _names(claim, tree, i):
        yield "naming"
    own = claim.block.doc[i]
    if tree.head[i] != own.head.i and own.pos_ in VERBS:
        yield "verb-mended"
    if "HYPH" in (*tree.tag[max(i - 1, 0) : i], *tree.tag[i + 1 : i + 2]):
        yield "verb-hyphen"
    if "_as_" in name or sum(part in WEIGHED_PREPOSITIONS for part in name.split("_")[1:]) > 1:
        yield "two-prepositions"
    yield from _of_object_kind(claim, tree, i)


def _of_object_kind(claim: ClaimDraft, tree: Tree, i: int) -> Iterator[str]:
    """What it says that a verb has no object, or a clause for one."""
    lemma = tree.lemma[i]
    if tree.tag[i] in ("VB", "VBP") and tree.lower[i] in NOUN_LIKE_VERBS and not tree.of(i, "aux"):
        yield "verb-like-noun"
    if claim.object is not None and claim.object.kind == "clause":
        yield from _of_clause_object(claim, tree)
    if claim.object is None:
        if not claim.qualifiers and lemma in lexicon.INTRANSITIVE and not _is_whole(claim, tree, i):
            yield "alone-intransitive"
    elif claim.object.kind == "clause":
        yield "said" if lemma in lexicon.SAYING else "clause-object"


def _of_clause_object(claim: ClaimDraft, tree: Tree) -> Iterator[str]:
    """What speaks in the form of a clause that is an object: it may be one beside the verb."""
    assert claim.object is not None
    first = claim.object.span.start
    if tree.tag[first] in ("WRB", "WDT", "WP"):
        yield "clause-object-asks"
    elif tree.tag[first] == "VBG":
        yield "clause-object-gerund"
    if first and tree.lower[first - 1] in (",", "("):
        yield "clause-object-apart"


def _names(claim: ClaimDraft, tree: Tree, i: int) -> bool:
    """Whether a verb names its object something."""
    if claim.relation.startswith("be_") or claim.object is None or claim.object.kind == "clause":
        return False
    if claim.relation.endswith(("self", "selves")):
        return False  # "proclaim himself" of what one is called
    return _has_complement(claim, tree, i)


def _has_complement(claim: ClaimDraft, tree: Tree, i: int) -> bool:
    """Whether the object is named or made something: a triple that stops at the object says too little."""
    if any(role == "as" and m.kind != "clause" for role, m in claim.qualifiers):
        return True
    return tree.first(i, "oprd", "acomp", "attr", "ccomp", "xcomp") is not None or len(tree.of(i, "dobj")) > 1


def _of_subject(claim: ClaimDraft, tree: Tree, i: int) -> Iterator[str]:
    subject = claim.subject
    yield f"subject-{subject.kind}"
    if subject.kind != "pronoun":
        yield from (f"subject-{name}" for name in _of_uncut(claim, subject))
    if claim.rule.partition("-")[0] not in CLAUSE_LINKS or subject.block is not claim.block:
        return
    s = subject.head.i
    if s > i:
        yield "subject-after-verb" if tree.tag[i] in ("VBN", "VBD") else "subject-inverted"
    if _is_bracketed(tree, i, s):
        yield "subject-bracket"
    yield from _of_host(tree, i, s)
    if _ends_list(tree, s, claim.words[0].i):
        return  # its commas part the members
    if "," in tree.lower[min(s, i) + 1 : max(s, i)]:
        yield "subject-comma"
    if tree.dep[s] != "conj" and tree.first(s, "conj") is not None:
        yield "subject-list"


def _of_host(tree: Tree, i: int, s: int) -> Iterator[str]:
    """What speaks in where a subject stands: half a noun of a list, or far before a clause on it."""
    if _is_bare_conjunct(tree, _first_of(tree, s), s):
        yield "subject-bare-conjunct"
    if tree.dep[i] in ("relcl", "acl") and tree.head[i] == s and tree.left[i] > s + 1:
        yield "clause-apart"


def _ends_list(tree: Tree, s: int, verb: int) -> bool:
    """Whether a list of names, of which a subject is one, ends right before the verb and agrees with it."""
    while tree.dep[s] == "conj" and tree.head[s] != s:
        s = tree.head[s]
    members = tree.conjuncts(s)
    if len(members) < 2 or tree.right[members[-1]] != verb - 1 or tree.tag[verb] == "VBZ":
        return False
    return all(tree.tag[m] in PROPER_TAGS for m in members)


def _of_role(claim: ClaimDraft, role: str, end: MentionDraft, tree: Tree, i: int) -> Iterator[str]:
    """The features of an argument that is not the object."""
    if claim.object is None:
        yield "role"
    elif claim.object.kind == "clause":
        yield "role-beside-clause"
    else:
        yield "role-beside-noun" if claim.noun else "role-beside-object"
    if role in ("time", "clause", "object"):
        yield f"role:{role}"
        return
    yield f"role:{role}" if role in WEIGHED_PREPOSITIONS else "role-rare"
    if "_" in role:
        yield "role-compound"
    head = end.head.i
    if head < i:
        yield "role-before-verb"
    before = tree.kids[head] and tree.kids[head][0] < head
    if tree.tag[head] == "NN" and not before and tree.first(head, "prep") is None:
        yield "role-bare-noun"


def _of_object(claim: ClaimDraft, end: MentionDraft, tree: Tree, i: int) -> Iterator[str]:
    e = end.head.i
    if end.kind != "clause" and any(role == "as" and m.kind != "clause" for role, m in claim.qualifiers):
        yield "object-beside-as"
    if claim.relation == "be":
        yield f"be-{end.kind}"
        if tree.pos[e] == "ADJ" and tree.first(e, "prep", "xcomp", "ccomp") is not None:
            yield "adjective-cut"
        return
    if claim.relation.rpartition("_")[2] in WEIGHED_PREPOSITIONS:
        yield "glued"
    if e < i and not claim.relation.startswith("be_"):
        passive = tree.first(i, "nsubjpass", "auxpass") is not None
        yield "object-of-passive" if passive else "object-before-verb"


def _of_attachment(tree: Tree, i: int, e: int) -> Iterator[str]:
    first = _first_of(tree, e)
    if _is_bare_conjunct(tree, first, e):
        yield "end-bare-conjunct"
    if first != e:
        yield "end-conjunct"
        if abs(e - first) > 8:
            yield "end-conjunct-apart"
        if tree.tag[e] != tree.tag[first]:
            yield "end-conjunct-unlike"
    elif tree.first(e, "conj") is not None:
        yield "end-list"
    above = tree.head[first]
    if tree.dep[first] == "pobj" and tree.head[above] != i and tree.pos[tree.head[above]] in NOUNS:
        yield "end-on-noun"


def _is_bare_conjunct(tree: Tree, first: int, i: int) -> bool:
    """Whether a noun in the singular may be half of one: "bus" of "bus, bike and pedestrian routes"."""
    if tree.tag[i] != "NN" or any(k < i and tree.dep[k] != "cc" for k in tree.kids[i]):
        return False
    behind = (m for m in tree.conjuncts(first) if m > i)
    return any(tree.first(m, "amod", "compound", "nmod") is not None for m in behind)


def _first_of(tree: Tree, i: int) -> int:
    """Give the first member of a list that a token stands in."""
    while tree.dep[i] == "conj" and tree.head[i] != i:
        i = tree.head[i]
    return i


def _is_bracketed(tree: Tree, i: int, j: int) -> bool:
    """Whether of two tokens one stands within brackets and the other does not."""
    between = tree.lower[min(i, j) + 1 : max(i, j)]
    return between.count("(") != between.count(")")


def _of_uncut(claim: ClaimDraft, mention: MentionDraft) -> Iterator[str]:
    """Give the features of an argument's words; a rule that reads what a hyphen parts has not cut them."""
    cut = "hyphen-cut" if claim.rule in HYPHENATED else ""
    return (name for name in _of_label(mention) if name != cut)


def _of_label(mention: MentionDraft) -> Iterator[str]:
    """The features of an argument's words."""
    tree = tree_of(mention.block)
    start, stop = mention.span.start, mention.span.end
    label = mention.label or mention.span.text
    words = label.lower().split()
    yield from _of_text(label, words)
    if _is_cut_at_hyphen(tree, start, stop):
        yield "hyphen-cut"
    if words and (tree.tag[start] in ("CC", "IN", "TO", ",") or words[-1] in DANGLING):
        yield "loose-word"
    if len(words) > 5:
        yield "long"
    if mention.kind == "name":
        yield from _of_name(tree, start, stop)
        if label[:1].islower():
            yield "name-lower"
    elif mention.kind == "nominal":
        yield from _of_nominal(tree, start, stop, mention.head.i, scoped=not SCOPES.isdisjoint(words))


def _of_text(label: str, words: list[str]) -> Iterator[str]:
    """The features of a label as a string."""
    if not any(c.isalnum() for c in label):
        yield "sign"
    if len(label) == 1 or label.isdigit():
        yield "short"
    if label.lower() in EMPTY_LABELS or (len(words) > 1 and words[0] in VAGUE_BEGINNINGS):
        yield "empty"
    if label.count("(") != label.count(")") or label.count('"') % 2:
        yield "unbalanced"


def _is_cut_at_hyphen(tree: Tree, start: int, stop: int) -> bool:
    """Whether a mention is a part of a word: "co" of "co-founder", "Sadr" of "al-Sadr"."""
    doc = tree.doc
    if start > 1 and tree.lower[start - 1] in HYPHENS:
        if not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_:
            return tree.lower[start - 2] not in FORMER  # "ex-president"
    inside = stop + 1 < tree.n and tree.lower[stop] in HYPHENS
    return inside and not doc[stop - 1].whitespace_ and not doc[stop].whitespace_


def _of_name(tree: Tree, start: int, stop: int) -> Iterator[str]:
    """What tells that a name goes on beside the mention."""
    if start and tree.tag[start - 1] in PROPER_TAGS:
        yield "name-before"
    if stop < tree.n and tree.tag[stop] in PROPER_TAGS:
        yield "name-after"
    if stop + 1 < tree.n and tree.lower[stop] in AFTER_NAME and tree.tag[stop + 1] in PROPER_TAGS:
        yield "name-then-name"
    if start > 1 and tree.lower[start - 1] in BEFORE_NAME and tree.tag[start - 2] in PROPER_TAGS:
        yield "name-after-name"


def _of_nominal(tree: Tree, start: int, stop: int, head: int, *, scoped: bool) -> Iterator[str]:
    prep = next((k for k in tree.of(head, "prep") if k > head), None)
    told = tree.first(head, "relcl", "acl") is not None
    if prep is not None and tree.lower[prep] != "of":
        yield "prep-cut"
        if tree.first(head, *MODIFYING) is None:
            yield "bare-prep-cut"
    if told:
        yield "clause-cut"
    if _is_ranked(tree, head):
        yield "ranked-scoped" if scoped else "ranked"
        if told or prep is not None:
            yield "ranked-cut"
    yield from _of_head(tree, head)
    verbs = (k for k in range(start, min(stop, head)) if tree.pos[k] == "VERB")
    if any(tree.dep[k] not in ("amod", "compound") for k in verbs):
        yield "verb-inside"


def _of_head(tree: Tree, head: int) -> Iterator[str]:
    if tree.tag[head] in PROPER_TAGS:
        yield "proper-unnamed"
    elif tree.tag[head] not in ("NN", "NNS"):
        yield "no-noun"
    if tree.dep[head] == "compound":
        yield "modifier"


def _is_ranked(tree: Tree, head: int) -> bool:
    """Whether a noun is the first, the largest, the only one of its kind: of what, its label may not say."""
    for k in tree.kids[head]:
        if tree.tag[k] in SUPERLATIVE_TAGS or tree.lower[k] in RANKING_WORDS:
            return True
        if tree.dep[k] == "amod" and any(tree.tag[j] in SUPERLATIVE_TAGS for j in tree.kids[k]):
            return True
    return False
