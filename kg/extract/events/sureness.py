"""How likely a reader finds whole what is said of an event, and what follows from events.

The features of a role: its class and name, what told it, how many others the event has, what its filler is
called. `training/confidence.py` fits the weights (`role` of `confidence.toml`) to judged triples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.claims.confidence import Weights, log_odds, sigmoid, weights
from kg.extract.claims.identity import Chains, of_pair
from kg.extract.events.records import LEARNED, EventDraft, Role
from kg.extract.reading import ClaimDraft, Reading

# The bounds of what is known of an argument before it is weighed.
LEAST, MOST = 0.02, 0.98
# From so many roles on an event is told well.
MANY = 4
# Into so many steps the chance is parted that an event did not happen, and that the reader is right.
STEPS = 4


class Sureness:
    """What the events of a document are told by, weighed."""

    def __init__(self, reading: Reading, tables: Mapping[str, Weights] | None = None) -> None:
        self.chains = Chains(reading)
        self.weights = (tables or weights())["role"]

    def of_role(self, event: EventDraft, role: Role) -> float:
        """Give how likely a role's triple is whole."""
        return sigmoid(self.weights.odds(self.role_features(event, role), known(role.slot.right())))

    def of_claim(self, claim: ClaimDraft) -> float:
        """Give how likely a triple is whole that follows from events or says a relation of the table."""
        return sigmoid(self.weights.odds(self.claim_features(claim), known(claim.confidence)))

    def role_features(self, event: EventDraft, role: Role) -> Iterator[str]:
        """Give the features of a role."""
        assert event.mention is not None
        slot = role.slot
        yield "rule:event-role"
        yield f"role:{role.name}"
        yield "exact" if role.exact else "inexact"
        yield "noun-trigger" if event.noun is not None else "verb-trigger"
        yield "slot-own" if slot.claim is None else f"slot:{slot.claim.rule}"
        if role.seen:
            yield f"reader-{role.seen}"
        if event.undone is not None:
            yield f"undone:{round(event.undone * STEPS)}"
        if slot.name == LEARNED:
            yield "learned"
            yield f"learned:{event.root().event}"
            yield (
                "learned-event" if not event.frames[0].verbs and not event.frames[0].nouns else "learned-role"
            )
            yield f"learned:{round(slot.sure * STEPS * 2)}"
        yield "direct" if slot.qualifier is None else "qualified"
        yield "first" if event.root() is event else "merged"
        yield f"roles:{min(MANY, len({r.name for r in event.roles}))}"
        yield f"named:{min(MANY, sum(self.chains.is_named(r.mention) for r in event.roles))}"
        yield from of_pair(self.chains, event.mention, role.mention)

    def claim_features(self, claim: ClaimDraft) -> Iterator[str]:
        """Give the features of what follows from events."""
        yield f"rule:{claim.rule}"
        yield from of_pair(self.chains, claim.subject, claim.object)


def known(right: float) -> float:
    """Give the log odds of what is known before, from its middle.

    >>> round(known(0.5), 1), round(known(1.0), 1)
    (0.0, 3.9)
    """
    return log_odds(min(max(right, LEAST), MOST))
