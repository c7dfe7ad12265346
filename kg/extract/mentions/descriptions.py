"""What tells things without a name from others: "Harker's sales", "bridge on Mill Road".

A noun phrase by itself says what kind of thing it is of. Which one it is, is told by its owner, whose name
is known once chains are, by what stands behind it, or by what the document says of it; and a thing that is
spoken of several times is told by whichever phrase tells most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.extract import constructions
from kg.extract.lexicon import TIME_NOUNS, words
from kg.extract.lexicon.inflect import participle
from kg.extract.lexicon.needs import need
from kg.extract.lexicon.sets import FINITE, NOUNS, PLACES, TIME_LABELS
from kg.extract.mentions import nominals, posts, sayings, setting
from kg.extract.mentions.naming import is_name, name_of
from kg.extract.mentions.posts import possessive
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.values.numerals import number as count
from kg.model import Reference

UNSPECIFIC = words("noun_phrases", "identity", "unspecific")
PICKING = words("noun_phrases", "identity", "picking")
PICKING_NAMES = words("noun_phrases", "identity", "picking_names")
FIELDED = words("noun_phrases", "identity", "fielded")
BOUND = words("noun_phrases", "identity", "bound")
UNIQUE = words("noun_phrases", "identity", "unique")
PLACING = words("noun_phrases", "identity", "placing")
DEFINITE = words("coref", "nominals", "definite")
# How much each of these tells; what tells nothing leaves a phrase bare.
OWNER, BEHIND, NAMED, MODIFIED = 6, 4, 3, 1
# A description has at most so many words, and an owner or a phrase behind a noun at most so many.
LONGEST, LONGEST_OWNER, LONGEST_BEHIND = 10, 5, 8
# How many sentences back the same noun may be the same thing.
REACH = 20
CLAUSAL = frozenset({"acl", "relcl"})
RELATIVE = frozenset({"WDT", "WP"})
PRESENT = frozenset({"VBP", "VBZ"})
# The tags of words that are written with a capital only where a sentence begins.
PLAIN = frozenset({"JJ", "NN", "NNS", "VBG", "VBN"})
# Classes of things that are told from others by where something was done to them.
DONE_TO = frozenset({"Person", "Group"})
# Relations that place what they are said of.
PLACED = {"located_in": "in", "near": "near", "based_in": "in"}


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase tells of its thing: the words, and how much they tell."""

    text: str
    told: int


def describe(reading: Reading, further: Callable[[Reading], None] | None = None) -> None:
    """Set the descriptions of the nominals of a document, and how it refers to what nothing identifies.

    `further` may describe what is made of them.
    """
    _Describer(reading).run()
    if further is not None:
        further(reading)


class _Describer:
    """The things of a document while they are described."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.chains: dict[int, list[MentionDraft]] = {}
        self.covering: dict[tuple[int, int], MentionDraft] = {}
        for m in reading.mentions:
            if m.chain is not None:
                self.chains.setdefault(m.chain, []).append(m)
            if is_name(m):
                self._cover(m)
        self.named = {chain for chain, members in self.chains.items() if any(map(is_name, members))}
        # Chains of a kind have members that need not be the same: "games … games for the blind".
        self.kinds = {m.chain for m, _, rule, _ in reading.coref if rule == "kind"}
        self.classes = {id(c.object) for c in reading.claims if c.relation == "instance_of"}
        self.done: dict[int, Description] = {}
        reading.setting = setting.find(reading, self.chains)
        self.owners = setting.Owners(reading, self.chains)

    def _cover(self, m: MentionDraft) -> None:
        for i in range(m.span.start, m.span.end):
            there = self.covering.get((m.block.index, i))
            if there is None or len(there.span) < len(m.span):
                self.covering[m.block.index, i] = m

    def run(self) -> None:
        bare: list[list[MentionDraft]] = []
        for members in self._things():
            found = self._best(members)
            if found is None:
                continue
            if not found.told:
                bare.append(members)
            self._set(members, found)
        self._by_holder()
        if bare:
            self._by_earlier(bare)
            self._by_claims(bare)
        for members in bare:
            told = next(m for m in members if m.kind == "nominal").description
            for m in members:
                m.reference = "" if told else _reference(m)
        sayings.spell_out(self.reading, self.chains, name_of)

    def _things(self) -> Iterator[list[MentionDraft]]:
        """Give the mentions of each thing that has no name."""
        for m in self.reading.mentions:
            if m.chain is None and m.kind == "nominal" and id(m) not in self.classes:
                yield [m]
        for chain, members in self.chains.items():
            if chain in self.kinds:
                yield from ([m] for m in members if m.kind == "nominal")
            elif not any(map(is_name, members)):
                yield members

    def _set(self, members: Iterable[MentionDraft], found: Description) -> None:
        for m in members:
            if m.kind == "nominal" and m.label != found.text:
                m.description = found.text

    def _best(self, members: list[MentionDraft]) -> Description | None:
        """Give the description that tells most of what the phrases for a thing say, the first of equals."""
        own = [m for m in members if m.kind == "nominal"]
        if not own:
            return None
        return max((self._described(m) for m in own), key=lambda d: d.told)

    def _described(self, m: MentionDraft) -> Description:
        known = self.done.get(id(m))
        if known is None:
            # What is its own owner by a mistaken chain is described without one.
            self.done[id(m)] = Description(m.label, 0)
            known = self.done[id(m)] = self._read(m)
        return known

    def _read(self, m: MentionDraft) -> Description:
        tree, i = tree_of(m.block), m.head.i
        if m.type == "Position" and (office := self._of_office(m, tree)):
            return office
        start, end = nominals.phrase(tree, i)
        if nominals.label(tree, i, start, end) != m.label:
            return Description(m.label, NAMED)  # it was drawn with a label of its own
        first, last = nominals.label_bounds(tree, i, start, end)
        told = self._of_label(m, tree, first, last)
        if m.chain in self.kinds:
            return Description(m.label, told)
        owner, count = self._owner(m, tree), _count(tree, i, first)
        stop = self._behind(m, tree, last, told + OWNER * bool(owner))
        if stop > last:
            told += BEHIND + NAMED * self._names_in(m.block, range(last + 1, stop + 1))
        text = count + self._spelled(m, tree, first, stop)
        if not owner:
            placed = self._placed(m, tree, _lowered(m, text, first)) if stop == last else ""
            return Description(placed or text, told + OWNER * bool(placed))
        if len(text.split()) > LONGEST_BEHIND:
            text = count + self._spelled(m, tree, first, last)
        return Description(f"{possessive(owner)} {_lowered(m, text, first)}", told + OWNER)

    def _of_office(self, m: MentionDraft, tree: Tree) -> Description | None:
        """Describe an office by the body before it, or by what stands behind it; None where neither does."""
        first, last = posts.ends(m)
        owner = self._owner(m, tree, posts.LONGEST)
        body = owner and possessive(owner)
        body = body or posts.body_before(m, first, lambda k: self.covering.get((m.block.index, k)))
        text, stop = _lowered(m, m.label, first), self._behind_office(m, tree, last)
        if stop > last:
            text = f"{text} {self._spelled(m, tree, last + 1, stop)}"
        if not body and stop == last:
            placed = self._placed(m, tree, text)
            return Description(placed, OWNER) if placed else None
        if len(owner.split()) > LONGEST_OWNER and stop == last:
            return Description(f"{text} of {owner}", OWNER)
        if len(f"{body} {text}".split()) > posts.LONGEST:
            return None
        return Description(posts.of_body(text, body), OWNER)

    def _behind_office(self, m: MentionDraft, tree: Tree, last: int) -> int:
        """Give the last token of the name that a post is for: "aide to Ann Lee"; else that of its label."""
        i = m.head.i
        over = [tree.head[i]] if tree.dep[i] == "attr" else []  # "was head of the jury at the Lorn Festival"
        for k in (k for j in (i, last, *over) for k in tree.of(j, "prep") if k == last + 1):
            if not posts.is_held(m) or tree.lower[k] not in posts.LINKING:
                return last
            stop = self._prepositional(m.block, tree, k)
            name = self.covering.get((m.block.index, stop + 1))
            if name is not None and stop > last and name.span.end <= tree.right[k] + 1:
                stop = name.span.end - 1  # "aide to Prime Minister Ann Lee"
            return stop if self._names_in(m.block, range(k + 1, stop + 1)) else last
        return last

    def _by_holder(self) -> None:
        """Describe "President Vik" by what else tells which office the person has."""
        told = {id(m): m.description for m in self.reading.mentions if m.type == "Position"}
        for office, text in posts.held_again(self.reading, told, self.reading.setting.body):
            self._set([office], Description(text, NAMED))

    def _of_label(self, m: MentionDraft, tree: Tree, first: int, last: int) -> int:
        """Give how much the label of a phrase tells: names in it, an of-phrase, words before the noun."""
        i = m.head.i
        told = NAMED * self._names_in(m.block, range(first, last + 1))
        told += BEHIND * any(tree.lower[k] == "of" for k in range(i + 1, last + 1))
        told += MODIFIED * any(_is_specific(tree, k) for k in range(first, i))
        return told + MODIFIED * (last > i + 1 or tree.lower[i] in UNIQUE)

    def _names_in(self, block: ParsedBlock, tokens: Iterable[int]) -> bool:
        return any((block.index, k) in self.covering for k in tokens)

    def _at(self, block: ParsedBlock, i: int) -> MentionDraft | None:
        return self.covering.get((block.index, i)) or self.reading.at(block, block.doc[i])

    # Owners.

    def _owner(self, m: MentionDraft, tree: Tree, longest: int = LONGEST_OWNER) -> str:
        """Give the name of whose a thing is, empty where it is not known or too long."""
        k = constructions.owner_named(tree, m.head.i)
        if k is None and (body := self.owners.body_of(m, tree)):
            return body if len(body.split()) <= longest else ""
        mention = None if k is None else self._at(m.block, k)
        if mention is None or mention.kind == "time" or k is None:
            return ""
        if m.chain is not None and mention.chain == m.chain:
            return ""
        if nominals.is_sort(tree, k) and mention.kind != "name":
            return ""
        return self._called(mention, longest)

    def _placed(self, m: MentionDraft, tree: Tree, text: str) -> str:
        """Give an office or body of state without an owner with the land or town of the text, else empty."""
        return "" if constructions.owner(tree, m.head.i) is not None else self.owners.placed(m, tree, text)

    def _called(self, mention: MentionDraft, longest: int = LONGEST_OWNER) -> str:
        """Give the name of what a mention stands for, or what tells it from others; else empty."""
        members = [mention] if mention.chain is None else self.chains[mention.chain]
        name = name_of(members)
        if not name:
            found = self._best(members)
            name = found.text if found is not None and found.told else ""
        return name if len(name.split()) <= longest else ""

    def _spelled(self, m: MentionDraft, tree: Tree, first: int, last: int) -> str:
        """Spell a part of a phrase with names in the place of what stands for them."""
        parts, k = [], first
        while k <= last:
            name, stop = self._standing(m.block, tree, k, last, m.head.i)
            if tree.lower[k] == "," and tree.dep[min(k + 1, last)] == "acl":
                parts.append(" ")  # "mills, located on the Stour"
            elif name:
                parts.append(name + m.block.doc[stop].whitespace_)
                k = stop
            else:
                parts.append(m.block.doc[k].text_with_ws)
            k += 1
        return nominals.cleaned("".join(parts))

    def _is_open(self, m: MentionDraft, tree: Tree, first: int, last: int) -> bool:
        """Whether a part of a phrase has a pronoun in it whose name is not known."""
        return any(
            tree.tag[k] in ("PRP", "PRP$") and not self._standing(m.block, tree, k, last, m.head.i)[0]
            for k in range(first, last + 1)
        )

    def _standing(self, block: ParsedBlock, tree: Tree, k: int, last: int, head: int) -> tuple[str, int]:
        """Give the name that a pronoun or "the company" at a token stands for, and where it ends."""
        own = tree.tag[k] in ("PRP", "PRP$")
        stop = k if own else _definite(tree, k)
        mention = None if stop in (head, -1) or stop > last else self._at(block, stop)
        if mention is None or mention.kind == "name" or mention.chain is None:
            return "", k
        if not own and self._is_named_behind(block, tree, stop, last):
            return "", k
        name = self._named(mention) or (self._several(mention) if own and _is_of(tree, k) else "")
        return (possessive(name) if name and tree.tag[k] == "PRP$" else name), stop

    def _is_named_behind(self, block: ParsedBlock, tree: Tree, i: int, last: int) -> bool:
        """Whether a noun has its name behind it: "the research ship Meridian Star", "the village of Lorn"."""
        if i < last and self._names_in(block, (i + 1,)):
            return True
        name = self.covering.get((block.index, i + 2)) if tree.lower[i + 1 : i + 2] == ["of"] else None
        own = self._at(block, i)
        return name is not None and own is not None and name.chain == own.chain

    def _several(self, mention: MentionDraft) -> str:
        """Give what "them" stands for in "two of them": "the 23 divers"."""
        told = self._called(mention, LONGEST_BEHIND) or next(
            (m.label for m in self.chains[mention.chain or 0] if m.kind == "nominal"), ""
        )
        return f"the {told}" if told and not told.lower().startswith(("the ", "about ")) else told

    # What stands behind a noun.

    def _behind(self, m: MentionDraft, tree: Tree, last: int, told: int) -> int:
        """Give the last token of what stands behind a noun and tells which one it is."""
        start = last
        for k in (*tree.kids[m.head.i], *_field(tree, m.head.i, last)):
            if k <= last or last - start >= LONGEST_BEHIND:
                continue
            stop = self._picked(m, tree, k, last)
            if stop <= last:
                continue
            named = self._names_in(m.block, range(last + 1, stop + 1)) or _is_bound(tree, m.head.i, k)
            if stop - start > LONGEST_BEHIND or not (named or (not told and last == start)):
                break
            if self._is_open(m, tree, last + 1, stop):
                break
            last = stop
        return last

    def _picked(self, m: MentionDraft, tree: Tree, k: int, last: int) -> int:
        """Give the last token of one phrase or clause behind a noun, -1 if it does not pick it out."""
        comma = last + 1 < tree.n and tree.lower[last + 1] == ","
        if tree.left[k] != last + 1 + comma:
            return -1
        if tree.dep[k] == "prep" and not comma:
            return self._prepositional(m.block, tree, k)
        if m.type == "Position" or not _is_clause(m, tree, k):
            return -1
        if not comma and m.type not in DONE_TO and _is_infinitive(tree, k):
            return _clause_end(tree, k)
        if comma and not (tree.dep[k] == "acl" and tree.tag[k] == "VBN" and tree.lemma[k] in PLACING):
            return -1
        stop = _clause_end(tree, k)
        return stop if self._names_in(m.block, range(last + 1, stop + 1)) else -1

    def _prepositional(self, block: ParsedBlock, tree: Tree, prep: int) -> int:
        inner = tree.first(prep, "pobj")
        if inner is None or _is_time(tree, inner) or nominals.is_sum(tree, tree.head[prep], inner):
            return -1
        stop = nominals.complement_end(tree, prep, tree.right[prep])
        named = self._names_in(block, range(prep + 1, stop + 1))
        word = tree.lower[prep]
        if word == "in" and tree.lemma[prep - 1] in FIELDED:
            return stop  # "a degree in mechanical engineering"
        return stop if word in PICKING or (named and word in PICKING_NAMES) else -1

    # What a document says of a thing.

    def _by_earlier(self, bare: list[list[MentionDraft]]) -> None:
        """Describe "the blockade" by the last phrase before it that tells which: "the blockade of Lorn"."""
        for members in list(bare):
            first = next(m for m in members if m.kind == "nominal")
            tree, i = tree_of(first.block), first.head.i
            if _reference(first) != "definite" or constructions.owner(tree, i):
                continue
            if constructions.is_restricted(tree, i):
                continue  # "the blockade that was lifted in May"
            found = self._before(first)
            if found is not None:
                self._set(members, found)
                bare.remove(members)

    def _before(self, m: MentionDraft) -> Description | None:
        """Give the last description before a noun whose head is the same noun, in the same number.

        Where another was told of before that, it is the last only if that stands in the same sentence or the
        one before: "the Lorn team … the Ulm team …" some sentences on "the team" may be either. So it is with
        one that has a name: "the Ek Prize … the prize … the prize for a first book".
        """
        last, chain = None, None
        for block, k in self._same_nouns(m):
            noun = block.doc[k]
            known = self.reading.at(block, noun) or nominals.create_mention(block, noun)
            if known.kind != "nominal" or known.chain in self.kinds:
                return last
            if known.chain in self.named:
                return None
            found = self._described(known)
            if found.told < NAMED:
                if last is None and tree_of(block).of(k, "amod", "compound"):
                    return None  # "the main prize … The prize"
                continue
            if last is None:
                last, chain = found, known.chain
                if block is m.block and k in m.block.with_sentence_before(m.head):
                    return last
            elif found.text != last.text and (chain is None or known.chain != chain):
                return None
        return last

    def _same_nouns(self, m: MentionDraft) -> Iterator[tuple[ParsedBlock, int]]:
        """Give the places of the same noun before a mention, the last one first, that are in no name."""
        tree, i = tree_of(m.block), m.head.i
        form, sentences = (tree.lemma[i], tree.tag[i]), 0
        for block in reversed(self.reading.blocks[: m.block.index + 1]):
            there = tree_of(block)
            for k in range((i if block is m.block else there.n) - 1, -1, -1):
                sentences += bool(block.doc[k].is_sent_start)
                if sentences > REACH:
                    return
                if (there.lemma[k], there.tag[k]) == form and there.dep[k] != "compound":
                    if (block.index, k) not in self.covering:
                        yield block, k

    def _by_claims(self, bare: list[list[MentionDraft]]) -> None:
        """Describe things by what is said of them: "study published in Nature", "men arrested in Lyon"."""
        of: dict[int, list[MentionDraft]] = {id(m): members for members in bare for m in members}
        for claim in self.reading.claims:
            if claim.negated or claim.modality or not claim.asserted or claim.attributed_to is not None:
                continue
            for mention, said in self._said(claim):
                members = of.get(id(mention))
                if members is None or _reference(mention) == "kind":
                    continue
                label = self._described(next(m for m in members if m.kind == "nominal")).text
                found = Description(f"{label} {said}", BEHIND)
                if len(found.text.split()) <= LONGEST:
                    self._set(members, found)
                    bare.remove(members)
                    for m in members:
                        of.pop(id(m), None)

    def _said(self, claim: ClaimDraft) -> Iterator[tuple[MentionDraft, str]]:
        """Give what a claim says of one of its ends, in words that can stand behind a noun."""
        if claim.relation in PLACED and claim.object is not None:
            where = self._named(claim.object)
            if where:
                yield claim.subject, f"{PLACED[claim.relation]} {where}"
            return
        verb = next((t for t in reversed(claim.words) if t.tag_ in ("VBN", "VBD")), None)
        if verb is not None:
            passive = verb.tag_ == "VBN"
            done = verb.lower_ if passive else participle(verb.lemma_.lower())
            beside = {t.lower_ for t in verb.children if t.dep_ in ("prt", "advmod") and t.i == verb.i + 1}
            particle = next((w for w in claim.relation.split("_")[1:] if w in beside), "")
            yield from self._done(claim, f"{done} {particle}".rstrip(), passive=passive)

    def _done(self, claim: ClaimDraft, done: str, *, passive: bool) -> Iterator[tuple[MentionDraft, str]]:
        """Give what was done to one end of a claim: where, or by whom."""
        role, place = self._place_of(claim)
        where = "" if place is None else f"{role} {self._named(place)}"
        if claim.relation.startswith("be_") and passive:
            if where:
                yield claim.subject, f"{done} {where}"
        elif place is not None and place.type in PLACES:
            yield from _placed(claim, done, where)
        elif claim.object is not None and passive and _is_passive(claim):
            by = self._named(claim.subject)
            if by:
                yield claim.object, f"{done} by {by}"

    def _place_of(self, claim: ClaimDraft) -> tuple[str, MentionDraft | None]:
        """Give the first named thing that a preposition brings into a claim, and the preposition."""
        for role, mention in claim.qualifiers:
            if role in PICKING and mention.kind != "time" and self._named(mention):
                return role, mention
        return "", None

    def _named(self, mention: MentionDraft) -> str:
        """Give the name of what a mention stands for, empty where it has none."""
        members = [mention] if mention.chain is None else self.chains[mention.chain]
        name = name_of(members)
        return name if len(name.split()) <= LONGEST_OWNER else ""


def _placed(claim: ClaimDraft, done: str, where: str) -> Iterator[tuple[MentionDraft, str]]:
    """Give the ends of a claim that are told by where it was done: what happens, and to whom."""
    if claim.subject.type == "Event":
        yield claim.subject, where
    if claim.object is not None and claim.object.type in DONE_TO:
        yield claim.object, f"{done} {where}"


def _is_passive(claim: ClaimDraft) -> bool:
    """Whether who acts stands behind what it is done to: "was supported by the fund"."""
    subject, patient = claim.subject, claim.object
    return patient is not None and subject.block is patient.block and subject.span.start > patient.span.start


def _definite(tree: Tree, k: int) -> int:
    """Give the noun that is told by a definite article at a token alone, -1 if there is none."""
    noun = tree.head[k]
    if tree.dep[k] != "det" or tree.lower[k] not in DEFINITE or noun <= k or tree.left[noun] < k:
        return -1
    return noun


def _count(tree: Tree, i: int, first: int) -> str:
    """Give the number that counts a plural, with a space: "30,000 " of "nearly 30,000 people"."""
    if tree.dep[i] == "pobj" and tree.lower[tree.head[i]] == "of" and tree.head[i] == first - 1:
        return _round_count(tree, tree.head[i], first)
    numbers = [k for k in tree.of(i, "nummod") if k < first]
    if not numbers or tree.of(i, "det") or not _is_several(tree, i, numbers[0]):
        return ""
    start, stop = tree.left[numbers[0]], min(tree.right[numbers[0]] + 1, first)  # "one or more"
    return f"{tree.doc[start:stop].text} " if stop - start < LONGEST_OWNER else ""


def _is_several(tree: Tree, i: int, number: int) -> bool:
    """Whether a noun stands for several: in the plural, or counted as such ("seven aircraft")."""
    if tree.tag[i] in ("NNS", "NNPS"):
        return True
    counted = count(tree.lower[number]) if tree.tag[i] == "NN" and number == i - 1 else None
    return counted is not None and counted > 1


def _round_count(tree: Tree, of: int, first: int) -> str:
    """Give a round number before a noun, with a space: "tens of thousands of " of people."""
    start = tree.head[of]
    while tree.lemma[start] in nominals.COUNTS and tree.lower[tree.head[start]] == "of":
        start = tree.head[tree.head[start]]
    if tree.lemma[start] not in nominals.COUNTS or tree.tag[start] != "NNS" or first - start > LONGEST_OWNER:
        return ""
    return f"{tree.doc[start:first].text} " if first == of + 1 else ""


def _lowered(m: MentionDraft, text: str, first: int) -> str:
    """Give a phrase as it stands within a sentence, if its first token begins one: "Sales fell"."""
    token = m.block.doc[first]
    return text[:1].lower() + text[1:] if token.is_sent_start and token.tag_ in PLAIN else text


def _is_specific(tree: Tree, k: int) -> bool:
    """Whether a word before a noun tells which one it is."""
    if tree.pos[k] not in ("ADJ", "NOUN", "PROPN", "VERB", "NUM"):
        return False
    if constructions.owns(tree, k):
        return nominals.is_sort(tree, k)
    if tree.dep[k] in ("nummod", "det", "predet"):
        return False
    return tree.lower[k] not in UNSPECIFIC


def _is_time(tree: Tree, i: int) -> bool:
    return tree.doc[i].ent_type_ in TIME_LABELS or tree.lemma[i] in TIME_NOUNS


def _clause_end(tree: Tree, verb: int) -> int:
    """Give the last token of a short clause on a noun, -1 of one that is long or says nothing."""
    start, last = tree.left[verb], _said_end(tree, verb)
    if tree.dep[verb] == "acl" or tree.tag[start] in RELATIVE:
        last = nominals.shortened(tree, start, last, LONGEST_BEHIND)
    if last < verb or last - start >= LONGEST_BEHIND:
        return -1
    if not tree.of(verb, "prep", "dobj", "agent", "attr", "acomp"):
        return -1
    if any(tree.pos[k] == "PUNCT" and tree.lower[k] not in "-'’\"" for k in range(start, last)):
        return -1
    if tree.dep[verb] == "acl":
        return last if tree.tag[verb] in ("VBN", "VBG") or _is_infinitive(tree, verb) else -1
    finite = tree.tag[verb] in FINITE or any(tree.tag[k] in FINITE for k in tree.kids[verb])
    return last if finite else -1


def _is_clause(m: MentionDraft, tree: Tree, k: int) -> bool:
    """Whether what hangs on a noun is a clause, by its label and as it was tagged."""
    return tree.dep[k] in CLAUSAL and m.block.doc[k].pos_ in ("VERB", "AUX")


def _is_of(tree: Tree, k: int) -> bool:
    """Whether a token stands behind "of": "two of them"."""
    return k > 0 and tree.lower[k - 1] == "of"


def _field(tree: Tree, i: int, last: int) -> list[int]:
    """Give the preposition that a noun needs though the parser hangs it on the verb: "degree in law"."""
    k = last + 1
    if i != last or k >= tree.n or tree.dep[k] != "prep" or tree.head[k] != tree.head[i]:
        return []
    word = tree.lower[k]
    needed = f"{tree.lemma[i]}_{word}" in BOUND or (word == "in" and tree.lemma[i] in FIELDED)
    return [k] if needed else []


def _is_infinitive(tree: Tree, verb: int) -> bool:
    """Whether a clause says what something is for: "invitation to stand", "licence to run trams"."""
    return tree.dep[verb] == "acl" and tree.tag[verb] == "VB" and tree.lower[tree.left[verb]] == "to"


def _is_bound(tree: Tree, i: int, k: int) -> bool:
    """Whether a noun needs what stands behind it: "seat on the board", "strike against the reform"."""
    if tree.dep[k] != "prep":
        return _is_infinitive(tree, k)
    word = tree.lower[k]
    return word != "of" and (word in need("n", tree.lemma[i]).markers or f"{tree.lemma[i]}_{word}" in BOUND)


def _said_end(tree: Tree, verb: int) -> int:
    """Give the last token of a clause, without what is joined to it and the signs at its end."""
    joined = [tree.left[k] - 1 for k in tree.of(verb, "conj", "cc", "advcl") if k > verb]
    last = min([tree.right[verb], *joined])
    while last > verb and tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return last


def _reference(m: MentionDraft) -> Reference:
    """Say how a phrase that nothing identifies refers to its thing."""
    if m.kind == "pronoun":
        return "definite"
    if m.kind != "nominal":
        return ""
    tree, i = tree_of(m.block), m.head.i
    determiner = tree.first(i, "det")
    owner = constructions.owner(tree, i)
    if owner is not None and not nominals.is_sort(tree, owner):
        return "definite"
    if determiner is not None:
        return "definite" if tree.lower[determiner] in DEFINITE else "indefinite"
    if m.value is not None or tree.of(i, "nummod") or tree.pos[i] not in NOUNS:
        return "indefinite"
    return "kind" if tree.tag[i] not in ("NNS", "NNPS") or _in_general(tree, i) else "indefinite"


def _in_general(tree: Tree, i: int) -> bool:
    """Whether what is said of a plural without article holds in general: "bees make honey"."""
    verb = tree.head[i]
    if tree.dep[i] not in ("nsubj", "nsubjpass"):
        return False
    auxiliaries = [tree.tag[k] for k in tree.of(verb, "aux", "auxpass")]
    perfect = any(tree.lower[k] in ("have", "has", "had", "is", "are") for k in tree.of(verb, "aux"))
    return not perfect and (tree.tag[verb] in PRESENT or "MD" in auxiliaries or "VBP" in auxiliaries)
