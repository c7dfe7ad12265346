"""Who is told of before he is named: "The club has sacked its coach. Rita Blom had run it since 2010."

The name is new, opens the sentence right behind as its subject, and nobody else without a name was told of.
It is described on the spot by an age or a clause, as those are whom one has told of, or a post was given or
taken, or somebody caught. Who was charged is only who then answers for it ("Rita Blom, 47, appeared in
court"). A name with a trade of its own ("Judge Rita Blom", "Rita Blom, a neighbour") is somebody new.

Of several who were told of it is the one who was killed, if the name is of one who was: "A judge told us of
the shooting of a guard. Rita Blom was shot dead on Monday."

Or the name stands beside the noun by which he was told of: "They hired a lawyer. The lawyer, Rita Blom, won."
"""

from __future__ import annotations

from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import SAYING, SUBJECTS, is_year
from kg.extract.coref.mourned import HEADINGS, KILLING, tells_of_death
from kg.extract.lexicon import words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions.evidence.weights import TITLES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# What is done to somebody of whom the next sentence tells more.
MAKING = words("coref", "foretold", "making")
# What lays something to somebody's charge, and what is told of him next.
BLAMING, ANSWERING = words("coref", "foretold", "blaming"), words("coref", "foretold", "answering")
# Nouns for what was done to whoever was killed, and words that tell of another who was.
DEATHS, OTHER_DEATHS = words("coref", "foretold", "deaths"), words("coref", "foretold", "other_deaths")
# Words before a noun that tell of somebody anew.
NEW = frozenset({"a", "an", "his", "her", "its", "their", "our", "my"})
# … and of those the ones of what has an officer or a maker.
BODILY = frozenset({"its", "their"})
TOLD_OF = SUBJECTS | {"dobj", "pobj", "attr"}
OTHERS = frozenset({"him", "her", "them"})
ANEW = frozenset({"a", "an"})
PAST = frozenset({"VBD", "VBN", "VBG"})
# How words before a noun hang on it that say more of who is meant.
BEFORE = frozenset({"amod", "compound", "nmod"})
# Sentences back to who was told of by the noun that stands beside a name.
REACH = 6
# Gender evidence of both that rules a join out.
OTHER_SEX = -0.3


def join(clusters: Clusters) -> None:
    """Join new names of persons to the one person without a name who was told of right before."""
    nouns: dict[int, list[MentionDraft]] | None = None
    for m in [m for m in clusters.reading.mentions if m.kind == "name" and m.type == "Person"]:
        if m.block.kind in HEADINGS or not _opens(clusters, m):
            continue
        if nouns is None:
            nouns = _nouns(clusters)
        before = nouns.get(clusters.sentence_of(m) - 1, [])
        noun = _told_before(clusters, m, before)
        if noun is not None:
            clusters.join(clusters.cluster_of(m), clusters.cluster_of(noun), "identity", noun, m)
    _join_by_noun(clusters)


def _told_before(clusters: Clusters, m: MentionDraft, before: list[MentionDraft]) -> MentionDraft | None:
    """Give the noun of the sentence before that tells of who a name is."""
    victims = [n for n in before if _is_killed(clusters, n)] if _dies_here(clusters, m) else []
    if len(victims) == 1 and _may_be_victim(clusters, m, victims[0]):
        return victims[0]
    alone = len(before) == 1 and before[0].block is m.block
    return before[0] if alone and _is_meant(clusters, m, before[0]) else None


def _dies_here(clusters: Clusters, m: MentionDraft) -> bool:
    """Whether a name is of one who dies in its sentence, and at no other time: not "also", not "in 2019"."""
    tree, i = clusters.trees[m.block.index], m.head.i
    if not tells_of_death(clusters.site(m.block.index, i)):
        return False
    said = list(tree.subtree(tree.head[i]))
    if any(tree.lower[k] in OTHER_DEATHS for k in said):
        return False
    under = (k for k in said if tree.dep[k] == "pobj" and tree.lower[tree.head[k]] == "in")
    return not any(is_year(tree.lower[k]) for k in under)


def _is_killed(clusters: Clusters, n: MentionDraft) -> bool:
    """Whether a noun is of one who was killed: "the shooting of a guard", "a guard died", "shot a guard"."""
    tree, i = clusters.trees[n.block.index], n.head.i
    above = tree.head[i]
    if tree.lower[above] == "of" and tree.dep[i] == "pobj":
        return tree.lemma[tree.head[above]] in DEATHS and not _is_thought(tree, tree.head[above])
    if _is_thought(tree, i):
        return False
    shot = tree.dep[i] == "dobj" and tree.lemma[above] in KILLING
    return shot or tells_of_death(clusters.site(n.block.index, i))


def _may_be_victim(clusters: Clusters, m: MentionDraft, noun: MentionDraft) -> bool:
    """Whether somebody told of anew by one noun may bear a name."""
    tree, i = clusters.trees[noun.block.index], noun.head.i
    name, thing = clusters.cluster_of(m), clusters.cluster_of(noun)
    anew = any(tree.lower[k] in ANEW for k in tree.of(i, "det"))
    listed = tree.dep[i] == "conj" or bool(tree.of(i, "conj"))
    fits = name.gender * thing.gender > OTHER_SEX and not _is_told_otherwise(clusters, m, thing)
    return anew and not listed and fits


def _join_by_noun(clusters: Clusters) -> None:
    """Join who or what has its name beside a noun to the one that was told of by this noun alone."""
    told: dict[str, list[MentionDraft]] | None = None
    for m in [m for m in clusters.reading.mentions if m.kind == "nominal" and _is_named_beside(clusters, m)]:
        if told is None:
            told = _told_anew(clusters)
        before = _before(clusters, m, told.get(_lemma(clusters, m), []))
        if len(before) == 1 and _is_said_no_more(clusters, m, before[0]):
            clusters.join(clusters.cluster_of(m), clusters.cluster_of(before[0]), "identity", before[0], m)


def _lemma(clusters: Clusters, m: MentionDraft) -> str:
    return str(clusters.trees[m.block.index].lemma[m.head.i])


def _is_named_beside(clusters: Clusters, m: MentionDraft) -> bool:
    """Whether a name that is new renames a noun with "the": "The lawyer, Rita Blom, won"."""
    tree, i, thing = clusters.trees[m.block.index], m.head.i, clusters.cluster_of(m)
    if not thing.named or thing.plural or m.block.kind in HEADINGS:
        return False
    if tree.tag[i] != "NN" or not any(tree.lower[k] == "the" for k in tree.of(i, "det")):
        return False
    renaming = {a.renaming for a in constructions.appositions(tree, i)}
    named = any(o.kind == "name" and o.block is m.block and o.head.i in renaming for o in thing.mentions)
    earlier = (o for o in thing.mentions if clusters.place(o) < clusters.place(m))
    return named and all(o.block.kind in HEADINGS for o in earlier)


def _told_anew(clusters: Clusters) -> dict[str, list[MentionDraft]]:
    """Give what nouns with "a" tell of, by the noun."""
    found: dict[str, list[MentionDraft]] = {}
    for m in clusters.reading.mentions:
        tree, i = clusters.trees[m.block.index], m.head.i
        if m.kind == "nominal" and id(m) in clusters.of and m.block.kind not in HEADINGS:
            if any(tree.lower[k] in ANEW for k in tree.of(i, "det")):
                found.setdefault(tree.lemma[i], []).append(m)
    return found


def _before(clusters: Clusters, m: MentionDraft, told: list[MentionDraft]) -> list[MentionDraft]:
    """Give what was told of in one of the sentences before, if it has no name yet and did happen."""
    here, thing = clusters.sentence_of(m), clusters.cluster_of(m)
    found: dict[int, MentionDraft] = {}
    for n in told:
        other = clusters.cluster_of(n)
        if other is not thing and 1 <= here - clusters.sentence_of(n) <= REACH:
            found.setdefault(id(other), n)
    return [n for n in found.values() if not clusters.cluster_of(n).named and _happened(clusters, n)]


def _happened(clusters: Clusters, n: MentionDraft) -> bool:
    """Whether the clause of a noun tells what was so: "hired a lawyer", and not "needs a lawyer"."""
    tree = clusters.trees[n.block.index]
    verb = next((k for k in tree.above(n.head.i) if tree.pos[k] in ("VERB", "AUX")), None)
    if verb is None:
        return False
    helping = tree.of(verb, "aux", "auxpass")
    past = tree.tag[verb] in PAST or any(tree.tag[k] == "VBD" for k in helping)
    return past and not tree.of(verb, "neg") and not any(tree.tag[k] == "MD" for k in helping)


def _is_said_no_more(clusters: Clusters, m: MentionDraft, before: MentionDraft) -> bool:
    """Whether all that is said of a noun was said when it was told of, and sex lets both be one."""
    said = [
        {tree.lower[k] for k in tree.kids[n.head.i] if tree.dep[k] in BEFORE or constructions.owns(tree, k)}
        for n in (m, before)
        for tree in (clusters.trees[n.block.index],)
    ]
    genders = clusters.cluster_of(m).gender, clusters.cluster_of(before).gender
    return said[0] <= said[1] and genders[0] * genders[1] > OTHER_SEX


def _nouns(clusters: Clusters) -> dict[int, list[MentionDraft]]:
    """Give the persons without a name in each sentence, by its number."""
    found: dict[int, list[MentionDraft]] = {}
    for m in clusters.reading.mentions:
        if m.kind == "nominal" and m.type == "Person" and id(m) in clusters.of:
            thing = clusters.cluster_of(m)
            if not thing.named and not thing.plural and clusters.reading.at(m.block, m.head) is m:
                found.setdefault(clusters.sentence_of(m), []).append(m)
    return found


def _opens(clusters: Clusters, m: MentionDraft) -> bool:
    """Whether a name is new, opens its sentence as the subject of its main verb, and has no trade beside."""
    tree, i, thing = clusters.trees[m.block.index], m.head.i, clusters.cluster_of(m)
    if m.span.start != m.span.sent.start or any(
        clusters.place(o) < clusters.place(m) for o in thing.mentions
    ):
        return False
    verb = tree.head[i]
    if tree.dep[i] not in SUBJECTS or tree.dep[verb] != "ROOT" or tree.lemma[verb] in SAYING:
        return False
    titled = m.span[0].lower_ in TITLES or lemma_type(m.span[0].lower_) == "Person"
    renamed = any(
        tree.pos[a.renaming] in NOUNS
        for a in constructions.appositions(tree, *range(m.span.start, m.span.end))
    )
    return not titled and not renamed and tree.lemma[verb] != "be" and not tree.of(i, "conj")


def _is_meant(clusters: Clusters, m: MentionDraft, noun: MentionDraft) -> bool:
    """Whether the noun of the sentence before may be who a name names, and something shows it."""
    tree, i, name = clusters.trees[m.block.index], noun.head.i, clusters.cluster_of(m)
    thing = clusters.cluster_of(noun)
    first = [tree.lower[k] for k in tree.kids[i] if k < i]
    if not any(w in NEW for w in first) or tree.dep[i] not in TOLD_OF or _is_thought(tree, i):
        return False
    if name.gender * thing.gender <= OTHER_SEX or _is_told_otherwise(clusters, m, thing):
        return False
    verb = tree.head[m.head.i]
    if any(tree.lower[k] in OTHERS for k in tree.of(verb, "dobj", "dative")):
        return False  # "Rita Blom saw him leave"
    if tree.lemma[tree.head[i]] in BLAMING and tree.lemma[verb] not in ANSWERING:
        return False
    return _is_described(tree, m, by_deed=any(w in BODILY for w in first)) or _is_made(tree, i)


def _is_thought(tree: Tree, i: int) -> bool:
    """Whether somebody is none yet, or nobody: "will need a coach", "no coach"."""
    verb = tree.head[i]
    return any(tree.tag[k] == "MD" for k in tree.of(verb, "aux")) or bool(tree.of(verb, "neg"))


def _is_told_otherwise(clusters: Clusters, m: MentionDraft, thing: CorefCluster) -> bool:
    """Whether somebody is the owner of himself: "his son" is not who "his" is."""
    return any(o.block is m.block and o.head.i >= m.span.start for o in thing.mentions)


def _is_described(tree: Tree, m: MentionDraft, *, by_deed: bool) -> bool:
    """Whether a clause or an age between commas tells who a name is: "Rita Blom, who", "Rita Blom, 71,".

    With `by_deed` also what was done to him: "Rita Blom, sacked in May,".
    """
    end = m.span.end
    if end + 2 >= tree.n or tree.lower[end] != ",":
        return False
    if by_deed and tree.tag[end + 1] == "VBN" and tree.head[end + 1] == m.head.i:
        return True
    aged = tree.lower[end + 1].isdigit() and tree.lower[end + 2] == ","
    return bool(aged or tree.lower[end + 1] == "who")


def _is_made(tree: Tree, i: int) -> bool:
    """Whether a post was given to somebody or taken from him, or somebody caught."""
    verb = tree.head[i]
    return tree.dep[i] in ("dobj", "nsubjpass") and tree.lemma[verb] in MAKING
