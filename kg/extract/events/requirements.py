"""What a frame may require beside its arguments: that it is told of votes, that somebody left for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extract import constructions
from kg.extract.events import trials
from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.table import BEFALLING, VICTIMS, listed, words_of
from kg.extract.lexicon.sets import DETERMINING, NOUNS, VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# What a share is of in an election; words of elections alone: a "seat" or a "race" may be one in sport.
VOTES = frozenset({"vote", "ballot"})
AT_POLLS = VOTES | frozenset(
    """
    election constituency by-election byelection mayoralty electorate turnout runoff run-off recount
    presidency elect reelect re-elect
    """.split()
)
# What stands behind "left" where somebody goes from or to a place; what tells when he left for good.
GOING = frozenset({"for", "from", "to", "via"})
YEAR = 4
HALF = 50
# From how many digits on a number of things is one of goods.
GOODS = 3
ENDS = frozenset({"end", "close", "conclusion"})
SUCCESSION = frozenset({"when", "after", "once", "because", "since", "as"})
WHEN = frozenset({"in", "at", "on", "after", "before", "during"})


def tests(event: EventDraft, slots: list[Slot], roles: list[Role]) -> dict[str, Callable[[], bool]]:
    """Give what an event, its arguments and the roles that they fill can be asked, by the names of frames."""
    filled = {r.name for r in roles}
    return {
        "money": lambda: "amount" in filled,
        "place": lambda: bool(filled & {"origin", "destination"}),
        "measure": lambda: bool(filled & {"from", "to", "by", "value"}),
        "moved": lambda: _is_moved(filled),
        "task": lambda: _has_task(event, slots),
        "partitive": lambda: any(map(_is_number, roles)),
        "judged": lambda: trials.is_judged(event),
        "counts": lambda: any(trials.is_counts(s.mention) for s in slots if s.name == "of"),
        "lasting": lambda: _is_for_good(event),
        "hired": lambda: _is_for_work(event, filled),
        "reading": lambda: _is_reading(roles),
        "polls": lambda: is_at_polls(event),
        "politics": lambda: _is_of_politics(event),
        "befallen": lambda: _has_befallen(event),
        "crowd": lambda: any(map(_is_crowd, roles)),
        "several": lambda: _are_several(roles),
        "majority": lambda: any(map(_is_most_votes, roles)),
        "leads": lambda: next(leading(event, slots), None) is not None,
        "dated": lambda: any(_is_year(s.mention) for s in event.slots),
        "certain": lambda: any(_is_certain(s.mention) for s in slots if s.name == "object"),
        "chosen": lambda: _is_chosen(event),
        "to_end": lambda: _comes_to_end(event),
        "past": lambda: tree_of(event.block).tag[event.trigger.i] in ("VBD", "VBN"),
        "topped": lambda: _hangs(event, "on", "top") and "score" in filled,
        "ashore": lambda: _is_ashore(event) and "destination" in filled,
        "held": lambda: _is_held_before(event),
        "timed": lambda: any(s.mention.kind == "time" for s in slots),
    }


def _is_held_before(event: EventDraft) -> bool:
    """Whether a verb is joined to one of how somebody falls into other hands: "was captured and shot"."""
    tree, i = tree_of(event.block), event.trigger.i
    first = tree.head[i]
    joined = tree.dep[i] == "conj" and first < i and not tree.of(i, "nsubj", "nsubjpass")
    wounded = any(tree.lemma[o] in listed("words", "body") for o in tree.under(i, "in", "through"))
    return joined and not wounded and tree.lemma[first] in listed("words", "into_hands")


def _hangs(event: EventDraft, word: str, noun: str) -> bool:
    """Whether a preposition with a noun hangs on the verb of an event: "came out on top"."""
    return any(
        tree_of(event.block).lower[o] == noun for o in tree_of(event.block).under(event.trigger.i, word)
    )


def _is_ashore(event: EventDraft) -> bool:
    """Whether somebody comes to the land: "came ashore at Ulm"."""
    tree = tree_of(event.block)
    return any(tree.lower[k] == "ashore" for k in tree.of(event.trigger.i, "advmod", "prt", "acomp", "advcl"))


def is_bare(mention: MentionDraft) -> bool:
    """Whether a singular, or a science in "-ics", has no article: "law", "German", "physics"."""
    tree, i = tree_of(mention.block), mention.head.i
    one = tree.tag[i] in ("NN", "NNP", "JJ") or tree.lower[i].endswith("ics")
    return not tree.of(i, *DETERMINING) and one


def is_at_polls(event: EventDraft) -> bool:
    """Whether the sentence of an event, or the one before, tells of an election, or of votes."""
    tree = tree_of(event.block)
    around = event.block.with_sentence_before(event.trigger)
    return any(tree.lemma[i] in AT_POLLS or _is_race_for_office(tree, i) for i in around)


def _has_befallen(event: EventDraft) -> bool:
    """Whether the sentence of an event, or the one before, tells of what people come to harm by."""
    tree, around = tree_of(event.block), event.block.with_sentence_before(event.trigger)
    nouns, verbs = words_of(BEFALLING | VICTIMS)
    return any(
        tree.lemma[i] in (nouns if tree.pos[i] in NOUNS else verbs if tree.pos[i] in VERBS else ())
        for i in around
        if i != event.trigger.i
    )


def _are_several(roles: list[Role]) -> bool:
    """Whether several do it, or have it done to them: "Ida and Bo were joined in marriage"."""
    return any(sum(r.slot.name == place for r in roles) > 1 for place in ("subject", "object"))


def _is_of_politics(event: EventDraft) -> bool:
    """Whether the sentence of an event, or the one before, has a word for who or what is voted for."""
    tree, known = tree_of(event.block), listed("words", "politics")
    around = event.block.with_sentence_before(event.trigger)
    return is_at_polls(event) or any(tree.lemma[i].lower() in known for i in around)


def _is_most_votes(role: Role) -> bool:
    """Whether a share of votes is more than half."""
    value = role.mention.value
    return role.name == "voteShare" and value is not None and float(value.lexical) > HALF


def _is_chosen(event: EventDraft) -> bool:
    """Whether somebody is put to do something: "was chosen to chair the council"."""
    tree, i = tree_of(event.block), event.trigger.i
    verb = tree.head[i]
    put = tree.dep[i] == "xcomp" and tree.lemma[verb] in listed("words", "choosing")
    return put and bool(tree.of(verb, "auxpass"))


def _is_certain(mention: MentionDraft) -> bool:
    """Whether something that is sold is one or some that are known, and no goods: not "sold 400 tractors"."""
    tree, i = tree_of(mention.block), mention.head.i
    if mention.kind != "nominal" or tree.tag[i] != "NNS":
        return True
    several = mention.value is not None and len(mention.value.lexical) < GOODS
    known = tree.of(i, *DETERMINING) or constructions.owner(tree, i) is not None
    return several or bool(known) or bool(tree.of(i, "relcl", "acl", "prep"))


def _comes_to_end(event: EventDraft) -> bool:
    """Whether something "came to an end"."""
    tree = tree_of(event.block)
    return any(tree.lemma[o] in ENDS for o in tree.under(event.trigger.i, "to"))


def _is_year(mention: MentionDraft) -> bool:
    """Whether a time tells a year: "in 1919"."""
    words = mention.span.text.split() if mention.kind == "time" else ()
    return any(word.isdigit() and len(word) == YEAR for word in words)


def _is_race_for_office(tree: Tree, i: int) -> bool:
    """Whether a race is one for an office or a seat: "the Senate race", "the governor's race"."""
    if tree.lemma[i] not in ("race", "contest", "primary"):
        return False
    before = {tree.lower[k] for k in tree.subtree(i) if k < i}
    return not before.isdisjoint(listed("words", "races_for_office"))


def _is_reading(roles: list[Role]) -> bool:
    """Whether something is read at a school that is told without an article: "read law at Oxford"."""
    at_school = any(r.name == "school" for r in roles)
    return at_school and any(r.name == "subject" and is_bare(r.mention) for r in roles)


def _is_for_good(event: EventDraft) -> bool:
    """Whether who "left" did so at a time as long as a month, and to no place, or had a successor."""
    if succession(event) is not None:
        return True
    tree, verb = tree_of(event.block), event.trigger.i
    if _goes_onward(tree, verb):
        return True
    if tree.of(verb, "dobj", "xcomp", "oprd") or any(tree.lower[p] in GOING for p in tree.of(verb, "prep")):
        return False
    told = [*tree.of(verb, "npadvmod"), *(p for p in tree.of(verb, "prep") if tree.lower[p] in WHEN)]
    words = {tree.lemma[i].lower() for k in told for i in tree.subtree(k)}
    years = any(word.isdigit() and len(word) == YEAR for word in words)
    return years or not words.isdisjoint(listed("words", "lasting_times"))


def _goes_onward(tree: Tree, verb: int) -> bool:
    """Whether somebody left for another post: "left to join a start-up"."""
    onward = [k for k in tree.of(verb, "xcomp", "advcl") if tree.lemma[k] in listed("words", "onward")]
    return any(tree.lower[k] == "to" for c in onward for k in tree.of(c, "aux"))


def _is_for_work(event: EventDraft, filled: set[str]) -> bool:
    """Whether who "joined" a body is not told to do with it what it did: "joined the firm in suing"."""
    tree = tree_of(event.block)
    beside = any(tree.of(p, "pcomp") for p in tree.of(event.trigger.i, "prep"))
    return "organization" in filled and not beside


def succession(event: EventDraft) -> int | None:
    """Give the verb of how somebody got the post that another left: "took over when he left"."""
    tree, verb = tree_of(event.block), event.trigger.i
    above = tree.head[verb]
    marks = [m for m in tree.of(verb, "mark", "advmod") if tree.lower[m] in SUCCESSION]
    if tree.dep[verb] == "relcl" and tree.dep[above] == "pobj":
        above = tree.head[tree.head[above]]  # "in 2010 when he retired"
    elif tree.dep[verb] != "advcl":
        return None
    if not marks:
        return None
    called = "_".join((tree.lemma[above], *(tree.lower[k] for k in tree.of(above, "prt"))))
    return above if called in listed("words", "succeeding") else None


def _is_crowd(role: Role) -> bool:
    """Whether several do something together: "dockers walked out", and no one man."""
    mention = role.mention
    return role.name == "participant" and (
        mention.head.tag_ in ("NNS", "NNPS") or mention.type in ("Group", "Organization")
    )


def _is_number(role: Role) -> bool:
    """Whether a bare number stands for people: "nine of them injured"."""
    return bool(role.mention.head.tag_ == "CD")


def _is_moved(filled: set[str]) -> bool:
    """Whether it is told what changed, and by how much or to what."""
    return "quantity" in filled and not filled.isdisjoint({"from", "to", "by"})


def _has_task(event: EventDraft, slots: Iterable[Slot]) -> bool:
    """Whether somebody is to do something by a verb: "was hired by the council to mend the roof"."""
    return next(tasks(event, slots), None) is not None


def tasks(event: EventDraft, slots: Iterable[Slot]) -> Iterator[int]:
    """Give the verbs of what is to be done: infinitives on what tells of an event, or on its object."""
    tree, objects = tree_of(event.block), (s.mention for s in slots if s.name == "object")
    for host in (event.trigger.i, *(m.head.i for m in objects if m.block is event.block)):
        for k in tree.of(host, "xcomp", "advcl", "ccomp", "acl", "relcl"):
            if k > host and any(tree.lower[a] == "to" for a in tree.of(k, "aux")):
                yield k
        if host != event.trigger.i:  # "the job of building a bridge"
            yield from (
                k for p in tree.of(host, "prep") if tree.lower[p] == "of" for k in tree.of(p, "pcomp")
            )


def leading(event: EventDraft, slots: Iterable[Slot]) -> Iterator[int]:
    """Give the verbs of what is to be done where that is to be at the head of something."""
    tree = tree_of(event.block)
    return (k for k in tasks(event, slots) if tree.lemma[k] in listed("words", "leading"))
