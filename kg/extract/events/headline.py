"""What the headline states in its own words is the text's own, whoever says it in the first paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract import lexicon
from kg.extract.events import tolls
from kg.extract.events.records import EventDraft, Standing
from kg.extract.events.table import HARM, by_noun, by_verb
from kg.extract.lexicon import words
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ParsedBlock, Reading
from kg.model import HEADS

READ = frozenset({"paragraph", "list"})
# Signs of somebody's words, of a question and of what is not sure.
DOUBTING = frozenset('? : " “ ” ‘ may might could alleged allegedly suspected reportedly'.split())
PLACING = frozenset({"in", "of", "near", "at", "off", "outside", "across"})
CONTENT = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})


def confirm(reading: Reading, events: Iterable[EventDraft]) -> None:
    """Let stand as so what the first paragraph attributes to somebody and the headline says plainly.

    It takes one event of the sentence that the headline tells, by its class and a word of what has to do with
    it; the others of that sentence are told by the same source. So it does with a toll that the headline
    tells, wherever the text has it from: "…, bringing the toll to 11, the ministry said".
    """
    title, lead = _first(reading, HEADS), _first(reading, READ)
    if title is None or lead is None or title.index > lead.index or not _is_plain(title, lead):
        return
    told = [e for e in events if e.event and _is_reported(e)]
    sentences = {
        _sentence(e) for e in told if (e.block is lead and _tells(title, e)) or _tells_toll(title, e)
    }
    for event in [e for e in told if _sentence(e) in sentences]:
        _settle(event)


def _first(reading: Reading, kinds: frozenset[str]) -> ParsedBlock | None:
    return next((b for b in reading.blocks if b.kind in kinds), None)


def _sentence(event: EventDraft) -> tuple[int, int]:
    return event.block.index, event.trigger.sent.start


def _settle(event: EventDraft) -> None:
    event.standing = Standing()
    for slot in [*event.slots, *(r.slot for r in event.roles)]:
        slot.standing = Standing()


def _is_plain(title: ParsedBlock, lead: ParsedBlock) -> bool:
    """Whether a headline says itself what it says."""
    tree = tree_of(title)
    own = range(_behind_place(title, lead), tree.n)
    said = {tree.lower[i] for i in own} | {tree.lemma[i] for i in own}
    return said.isdisjoint(DOUBTING) and said.isdisjoint(lexicon.SAYING) and said.isdisjoint(_denying())


def _behind_place(title: ParsedBlock, lead: ParsedBlock) -> int:
    """Give where a headline begins behind the place that it stands under: "Peru: nine die in bus crash".

    Another name before a colon is that of who says so, as may be a land that the first sentence has not for a
    place.
    """
    tree, opening = tree_of(lead), next(iter(lead.doc.sents), None)
    colon = next((t.i for t in title.doc if t.text == ":"), 0)
    place = tree_of(title).lower[:colon]
    if not place or opening is None:
        return 0
    for i in range(opening.start, opening.end - len(place) + 1):
        last = i + len(place) - 1
        if tree.lower[i : last + 1] == place and tree.dep[last] == "pobj" and tree.tag[last] == "NNP":
            return colon + 1 if tree.lower[tree.head[last]] in PLACING else 0
    return 0


def _denying() -> frozenset[str]:
    return words("nominals", "event", "undone") | words("factuality", "verbs", "of_guilt")


def _is_reported(event: EventDraft) -> bool:
    """Whether nothing but its source stands against an event."""
    stands = [s.standing for s in event.slots] or [event.standing]
    return all(s.modality == "Reported" and not s.negated and s.source is not None for s in stands)


def _tells(title: ParsedBlock, event: EventDraft) -> bool:
    tree = tree_of(title)
    own = {tree.lemma[i] for i in range(tree.n)} | set(tree.lower)
    # "Gunmen kill 14" is of the attack.
    group = HARM if event.event in HARM else {event.event}
    telling = {w for w in own if group & _classes(w)} | (own & tolls.TOLL if group is HARM else frozenset())
    if not telling:
        return False
    if group is HARM and tree_of(event.block).lemma[event.trigger.i] in own and _opens(event):
        return True  # "Four killed as plane hits hill": the first sentence tells of the same
    return bool((own - telling) & _words_of(event))


def _opens(event: EventDraft) -> bool:
    """Whether an event is told by the first sentence of its paragraph."""
    return bool(event.trigger.sent.start == 0)


def _tells_toll(title: ParsedBlock, event: EventDraft) -> bool:
    """Whether a headline has the number of dead or hurt that is told of an event."""
    tree = tree_of(title)
    said = {*tree.lemma, *tree.lower}
    numbers = said | {m.value.lexical for m in title.measures.values() if m.value is not None}
    for name, word in tolls.counts(event):
        words_of_it = tolls.HURT if name == "injuredCount" else tolls.DEAD | tolls.TOLL
        if word in numbers and said & words_of_it:
            return True
    return False


def _classes(word: str) -> set[str]:
    return {f.event for _, f in by_verb().get(word, ())} | {f.event for f in by_noun().get(word, ())}


def _words_of(event: EventDraft) -> set[str]:
    """Give the words and numbers of what fills the roles of an event."""
    found: set[str] = set()
    for role in event.roles:
        tree, mention = tree_of(role.mention.block), role.mention
        inside = range(mention.span.start, mention.span.end)
        found.update(tree.lower[i] for i in inside if tree.pos[i] in CONTENT)
        found.update(tree.lemma[i] for i in inside if tree.pos[i] in CONTENT)
        if mention.value is not None:
            found.add(mention.value.lexical)
    return found
