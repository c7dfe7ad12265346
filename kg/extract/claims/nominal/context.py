"""One block as nominal facts look at it: its tree, and the name that covers each token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Span, Token

from kg import relations as rel
from kg.classes import kindred
from kg.extract import constructions
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.rules import Rule
from kg.extract.constructions import Apposition
from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.deverbal import event_nouns
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import IDENTIFYING, NOMINALS, PLACES
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.model import MentionKind, Value

# Verbs that say what their subject is.
# What a firm may be called by what it does, as a person may: "maker", "supplier".
_FIRMS = words("names", "around", "makers")
_COPULAS = frozenset(("be", "become", "remain", "play", "serve", "work", "act"))


def compatible(one: str, other: str) -> bool:
    """Whether a name and a noun of these classes may be one thing."""
    return "Concept" in (one, other) or {one, other} == {"Product", "Work"} or kindred(one, other)


def demonym_of(word: str) -> gazetteer.Land | None:
    """Give the land that an adjective or the name of a people belongs to."""
    return gazetteer.land_of_adjective(word) or gazetteer.land_of_people(word)


def is_country(name: str) -> bool:
    """Whether a name is that of a country."""
    land = gazetteer.land_named(name)
    return land is not None and (bool(land.code) or land.label in words("nominals", "place", "states"))


class BlockContext:
    """What the rules read and write: the tree, names by token, and new claims."""

    def __init__(self, reading: Reading, block: ParsedBlock, mentions: Iterable[MentionDraft]) -> None:
        self.reading, self.block, self.doc = reading, block, block.doc
        self.tree = tree_of(block)
        self.name: list[MentionDraft | None] = [None] * self.tree.n
        self.demonym: list[MentionDraft | None] = [None] * self.tree.n
        self.value: list[MentionDraft | None] = [None] * self.tree.n
        self.names: list[MentionDraft] = []
        self.amounts: list[MentionDraft] = []
        for m in mentions:
            if m.kind == "name":
                self.names.append(m)
                self._cover(self.name, m)
            elif m.kind == "attribute" and m.type in PLACES:
                self._cover(self.demonym, m)
            elif m.kind in ("quantity", "time"):
                self._cover(self.value, m)
                if m.kind == "quantity":
                    self.amounts.append(m)
        # Names within longer ones are no subjects of their own.
        self.names = [m for m in self.names if self.name[m.span.start] is m]
        # Nouns that a person's title or description has used up.
        self.used: set[int] = set()
        self._said: set[tuple[int, str, int]] = set()
        # The nouns of the offices that persons are titled by, by mention.
        self._titles: dict[int, str] = {}
        self._named_here: frozenset[str] | None = None

    @staticmethod
    def _cover(row: list[MentionDraft | None], m: MentionDraft) -> None:
        for i in range(m.span.start, m.span.end):
            there = row[i]
            if there is None or len(there.span) < len(m.span):
                row[i] = m

    def top(self, m: MentionDraft) -> int:
        """Give the token of a mention that hangs on one outside of it."""
        start, end = m.span.start, m.span.end
        for i in range(start, end):
            if not start <= self.tree.head[i] < end or self.tree.head[i] == i:
                return i
        return int(m.head.i)

    def mention(self, i: int) -> MentionDraft:
        """Give the mention that a token heads or, within a name, the name."""
        name = self.name[i]
        if name is not None:
            return name
        return self.reading.argument(
            self.block, self.doc[nominals.core(self.tree, i)], nominals.create_mention
        )

    def nominal(self, start: int, end: int, kind: str, label: str = "", head: int = -1) -> MentionDraft:
        """Draw a nominal of its own that no other rule refers to by its head, by default its last word."""
        span = self.doc[start:end]
        core = self.doc[end - 1 if head < 0 else head]
        draft = MentionDraft(self.block, span, core, "nominal", kind, label or span.text)
        return self.reading.add(draft, argument=False)

    def named(self, start: int, end: int, kind: str, label: str = "") -> MentionDraft:
        """Give the name that covers tokens, or draw one that no other rule refers to by its head."""
        there = self.name[start]
        if there is not None and (there.span.start, there.span.end, there.type) == (start, end, kind):
            if label in ("", there.label):
                return there
        span = self.doc[start:end]
        draft = MentionDraft(self.block, span, span.root, "name", kind, label or span.text, confidence=0.8)
        return self.reading.add(draft, argument=False)

    def time(self, span: Span, value: Value) -> MentionDraft:
        """Draw a time of its own, one end of a range that is written as one word."""
        draft = MentionDraft(self.block, span, span.root, "time", "Concept", span.text, value=value)
        return self.reading.add(draft, argument=False)

    def referent(self, i: int) -> MentionDraft:
        """Give what a noun stands for: the name that renames it at once ("its capital, Ulm"), or itself."""
        for a in constructions.appositions(self.tree, i):
            name = self.name[a.renaming]
            if name is not None and a.renaming > i and self.tree.left[a.renaming] - i <= 2:
                return name
        return self.mention(i)

    def antecedent(self, subject: int, verb: int) -> int:
        """Give the noun that a relative pronoun as subject stands for, or the subject itself."""
        relative = self.tree.lower[subject] in ("who", "which", "that") and self.tree.dep[verb] == "relcl"
        return self.tree.head[verb] if relative else subject

    def bearer(self, i: int) -> MentionDraft | None:
        """Give what a noun's modifiers are true of: its subject ("Ulm is a city in Germany"), or itself.

        None where the text does not assert that it is so.
        """
        tree, up = self.tree, self.tree.head[i]
        if self.name[i] is not None:
            return self.mention(i)
        if self.picked(i) and tree.dep[tree.head[up]] in IDENTIFYING:
            return self.bearer(tree.head[up])  # "is one of the largest cities of Norland"
        if tree.dep[i] == "pobj" and tree.lower[up] == "as" and tree.pos[tree.head[up]] == "VERB":
            up = tree.head[up]  # "who plays as a defender for Leeds"
        if tree.dep[i] in ("attr", "pobj") and tree.lemma[up] in _COPULAS:
            factuality = self.block.factualities.get(up)
            if factuality is None or not factuality.asserted:
                return None
            return self._subject(i, up) or self.referent(i)
        return self._renamed(i) or self.referent(i)

    def titled(self, i: int) -> MentionDraft | None:
        """Give the name that stands right behind a noun, in its phrase: "the painter Ann Lee"."""
        name = self.name[i + 1] if i + 1 < self.tree.n else None
        if name is None or name.span.start != i + 1 or self.name[i] is not None:
            return None
        firm = name.type == "Organization" and self.tree.lemma[i] in _FIRMS
        if name.type != "Person" and not firm and not compatible(name.type, self.noun_type(i)):
            return None
        top, up = self.top(name), self.tree.head[i]
        one = name.span.start <= up < name.span.end or self.tree.head[top] in (i, up)
        return name if one else None

    def _subject(self, i: int, verb: int) -> MentionDraft | None:
        """Give the subject of a copula that has one alone, where it is known what it stands for."""
        subjects = self.tree.of(verb, "nsubj")
        if len(subjects) != 1 or len(self.tree.conjuncts(subjects[0])) != 1:
            return None
        s = self.antecedent(subjects[0], verb)
        if self.name[s] is not None or self.tree.lower[s] in ("it", "he", "she", "which", "who"):
            return self.mention(s)
        named = self.referent(s)
        if named.kind == "name":
            return named  # "the airline's leasing arm, Vero Leasing, is a unit of"
        if s < i and s != subjects[0]:
            return self.bearer(s)  # "a player who plays as a defender for Leeds"
        return None

    def _renamed(self, i: int) -> MentionDraft | None:
        """Give the name that a noun says more of: "Ulm, a city in Germany"."""
        renamed = constructions.apposition(self.tree, i)
        name = None if renamed is None else self.name[renamed.head]
        if name is None or self.tree.left[i] - name.span.end > 2:
            return None
        fits = compatible(name.type, self.noun_type(i))
        maker = name.type == "Organization" and self.tree.lemma[i] in _FIRMS
        return name if fits or maker else None

    def inner(self, i: int) -> int:
        """Give the noun that "one of" picks from, or the token itself."""
        if self.tree.lower[i] == "one":
            for word, prep in self.preps(i):
                inner = self.tree.first(prep, "pobj")
                if word == "of" and inner is not None and self.tree.tag[inner] == "NNS":
                    return inner
        return i

    def picked(self, i: int) -> bool:
        """Whether a noun is what "one of" picks from."""
        prep = self.tree.head[i]
        return self.tree.dep[i] == "pobj" and self.inner(self.tree.head[prep]) == i != self.tree.head[prep]

    def quantity(self, span: Span, value: Value) -> MentionDraft:
        """Draw a quantity that counts or measures a noun."""
        kind: MentionKind = "quantity"
        draft = MentionDraft(self.block, span, span.root, kind, "Quantity", span.text, value=value)
        return self.reading.add(draft, argument=False)

    def land(self, i: int) -> MentionDraft | None:
        """Give the place or party of a token: a demonym's country, or the name that covers it."""
        name = self.name[i]
        if self.demonym[i] is not None or name is None or len(name.span) > 1:
            return self.demonym[i] or name
        land = demonym_of(name.span.text)
        if land is None or name.type not in ("Group", "GPE", "Language"):
            return name
        draft = MentionDraft(self.block, name.span, name.head, "attribute", land.type, land.label)
        self.demonym[i] = self.reading.add(draft, argument=False)
        return draft

    def outside(self, m: MentionDraft, *deps: str) -> list[int]:
        """Give what hangs on any token of a mention from outside of it, by label."""
        return [
            k
            for i in range(m.span.start, m.span.end)
            for k in self.tree.kids[i]
            if not m.span.start <= k < m.span.end and (not deps or self.tree.dep[k] in deps)
        ]

    def appositions(self, m: MentionDraft) -> list[Apposition]:
        """Give what renames a mention, at any token of it."""
        return constructions.appositions(self.tree, *range(m.span.start, m.span.end))

    def objects(self, prep: int) -> list[int]:
        """Give the nouns under a preposition, with those coordinated."""
        inner = self.tree.first(prep, "pobj")
        return [] if inner is None else self.tree.conjuncts(inner)

    def objects_of(self, i: int, *words: str) -> list[int]:
        """Give the nouns under the prepositions of a noun that have one of these words."""
        return [o for word, prep in self.preps(i) if word in words for o in self.objects(prep)]

    def coordinated(self, prep: int) -> list[int]:
        """Give the nouns under a preposition that "and" or "or" joins, without what a comma adds."""
        found = self.objects(prep)[:1]
        for o in self.objects(prep)[1:]:
            if any(self.tree.lower[k] in ("and", "or", "&") for k in range(found[-1] + 1, o)):
                found.append(o)
        return found

    def preps(self, i: int) -> Iterator[tuple[str, int]]:
        """Give the prepositions on a noun or on any token of its name: their word and place."""
        name = self.name[i]
        kids = self.outside(name, "prep") if name is not None else self.tree.of(i, "prep")
        if not kids and i + 1 < self.tree.n and self.tree.lower[i + 1] == "of" and self.tree.dep[i] == "conj":
            # "the chair and leader of the party": the parser hangs "of" on the first.
            kids = [i + 1] if self.tree.head[i + 1] == self.tree.head[i] else kids
        for k in kids:
            if k > i or name is not None:
                yield self.tree.lower[k], k

    def owner(self, i: int) -> int | None:
        """Give the possessor of a noun ("Hamas" of "Hamas's last stronghold")."""
        return constructions.owner(self.tree, i)

    def owner_before(self, m: MentionDraft, noun: int) -> int | None:
        """Give the possessor of a noun before a name, which the parser may hang on the name."""
        owner = self.owner(noun)
        if owner is None:
            owners = constructions.possessives(self.tree, *range(m.span.start, m.span.end))
            owner = next((p.owner for p in owners if p.owner < noun), None)
        return owner

    def is_owner(self, m: MentionDraft) -> bool:
        """Whether a mention is a possessor ("Hamas" of "Hamas's last stronghold")."""
        end: int = m.span.end
        return end < self.tree.n and self.tree.tag[end] == "POS"

    def title_of(self, person: MentionDraft) -> str:
        """Give the noun of the office that a person was found to hold last; empty if none."""
        return self._titles.get(id(person), "")

    def named_here(self) -> frozenset[str]:
        """Give what the names of the whole document are called."""
        if self._named_here is None:
            self._named_here = frozenset(m.label for m in self.reading.mentions if m.kind == "name")
        return self._named_here

    def is_place(self, i: int) -> bool:
        """Whether a token is in the name of a place."""
        name = self.name[i]
        return name is not None and name.type in PLACES

    def noun_type(self, i: int) -> str:
        """Give the class of a noun's thing: of its name, or by its lemma."""
        name = self.name[i]
        return name.type if name is not None else nominal_type(self.doc[i])[0]

    def is_event(self, i: int) -> bool:
        """Whether a noun tells of what happens, so that the rules for events read it."""
        lemma = self.tree.lemma[i]
        return lemma in event_nouns() or lemma in words("nominals", "event", "parties")

    def has_det(self, i: int, *words: str) -> bool:
        """Whether a noun has one of these words as its determiner."""
        return any(self.tree.lower[k] in words for k in self.tree.of(i, "det"))

    def same_sentence(self, a: int, b: int) -> bool:
        """Whether two tokens are in one sentence."""
        return bool(self.doc[a].sent.start == self.doc[b].sent.start)

    def add_claim(
        self,
        subject: MentionDraft,
        relation: str,
        obj: MentionDraft | None,
        rule: Rule,
        *,
        confidence: float | None = None,
        tokens: Sequence[Token] = (),
        factuality: Factuality = PLAIN,
        qualifiers: Sequence[tuple[str, MentionDraft]] = (),
    ) -> None:
        """Add a claim, once; it is as sure as its rule where no confidence is given."""
        assert rule.may_say(relation), f"{rule.id} does not say {relation}"
        if relation == rel.POSITION_HELD and obj is not None:
            self._titles[id(subject)] = self.tree.lemma[obj.head.i]
        key = (id(subject), relation, id(obj))
        if subject is obj or key in self._said:
            return
        self._said.add(key)
        self.reading.claims.append(
            ClaimDraft(
                self.block,
                subject,
                relation,
                obj,
                tuple(tokens),
                rule.id,
                list(qualifiers),
                negated=factuality.negated,
                modality=factuality.modality,
                asserted=factuality.asserted,
                attributed_to=self._source(factuality),
                confidence=rule.prior if confidence is None else confidence,
            )
        )

    def _source(self, factuality: Factuality) -> MentionDraft | None:
        source = factuality.source
        named = source is not None and self.tree.pos[source] in NOMINALS
        return self.mention(source) if source is not None and named else None
