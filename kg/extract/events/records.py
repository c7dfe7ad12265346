"""What is noted of an event while a document is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.claims.signs import Factuality
from kg.extract.events.table import Frame
from kg.extract.lexicon.sets import NOMINALS
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock
from kg.model import Modality

# What every event may have, beside the roles of its class.
PLACE, TIME = "place", "time"
# Kinds of mentions that are things.
CHAINED = frozenset({"name", "nominal", "pronoun"})
# The slot of what the learned reader fills.
LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands that is said of an event, as for claims."""

    negated: bool = False
    modality: Modality | None = None
    asserted: bool = True
    source: MentionDraft | None = None

    @classmethod
    def of(cls, claim: ClaimDraft) -> Standing:
        """Give how a claim stands."""
        return cls(claim.negated, claim.modality, claim.asserted, claim.attributed_to)

    @classmethod
    def presented(
        cls, factuality: Factuality, tree: Tree, mention: Callable[[int], MentionDraft | None]
    ) -> Standing:
        """Give how a text presents what it tells; `mention` gives that of a token, who says so."""
        source = factuality.source
        named = source is not None and tree.pos[source] in NOMINALS
        who = mention(source) if source is not None and named else None
        return cls(factuality.negated, factuality.modality, factuality.asserted, who)


@dataclass(slots=True, eq=False)
class Slot:
    """An argument of what tells of an event: where it stands, what it is, how it stands, how sure it is.

    What a claim says of it is as sure as the claim is right: of its object, or of a qualifier by its place.
    """

    name: str
    mention: MentionDraft
    standing: Standing
    claim: ClaimDraft | None = None
    qualifier: int | None = None
    sure: float = 0.85

    def right(self) -> float:
        """Give how sure it is, once the claims are judged."""
        if self.claim is None:
            return self.sure
        if self.qualifier is not None and self.qualifier < len(self.claim.qualifier_right):
            return self.claim.qualifier_right[self.qualifier]
        return self.claim.right


@dataclass(slots=True, eq=False)
class Role:
    """A role of an event, and what fills it."""

    name: str
    mention: MentionDraft
    slot: Slot
    # Whether what fills it is of the kind or class that the role asks for.
    exact: bool = False
    # What the learned reader says of it: "agreed", "half", "other", "unseen", "silent"; empty without one.
    seen: str = ""


@dataclass(slots=True, eq=False)
class EventDraft:
    """What tells of an event at one place of a text: a verb or a noun, with its arguments."""

    block: ParsedBlock
    trigger: Token
    frames: tuple[Frame, ...]
    slots: list[Slot]
    # The mention that a noun heads, and None of a verb.
    noun: MentionDraft | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None
    # When it was, in the words of the text, where these give no day by themselves: "on Tuesday".
    undated: MentionDraft | None = None
    standing: Standing = field(default_factory=Standing)
    passive: bool = False
    # What the object is said to be, where that is one with the verb: "left four dead".
    complement: str = ""
    # Once it is decided: the class, the roles, and the mention that bears them.
    event: str = ""
    roles: list[Role] = field(default_factory=list)
    mention: MentionDraft | None = None
    # How likely the learned reader finds it that it did not happen, or may not have; None where it sees none.
    undone: float | None = None
    # The event that it is one with.
    same: EventDraft | None = None

    @property
    def of_noun(self) -> bool:
        """Whether it is a noun that tells of it."""
        return self.noun is not None and bool(self.noun.head.i == self.trigger.i)

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands: the number of the block, and of the token in it."""
        return self.block.index, self.trigger.i

    def date(self, time: MentionDraft) -> bool:
        """Take the day of a time, and say whether it has one; of what has none its words are kept."""
        value = time.value
        if value is None or not value.lower:
            if value is None and self.undated is None:
                self.undated = time
            return False
        self.begins = dt.date.fromisoformat(value.lower)
        self.ends = dt.date.fromisoformat(value.upper or value.lower)
        return True

    def root(self) -> EventDraft:
        """Give the first of the events that it is one with."""
        found = self
        while found.same is not None:
            found = found.same
        return found

    def filling(self, *names: str) -> list[Role]:
        """Give what fills some roles."""
        return [r for r in self.roles if r.name in names]
