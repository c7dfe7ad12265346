"""Events: what a verb or a noun of a class tells, with everything a document says of it, as one node.

`gather` collects what may tell of an event, its arguments by the place where they stand; `join` decides, once
it is known what is one thing, which event each tells of, what role each argument has, and which of them are
one event; `describe` says what each is called; `state` says the roles as claims. Which words tell of what is
data (`lexicon/data/en/events.toml`).
"""

from __future__ import annotations

from kg.extract.events.claims import state
from kg.extract.events.gathering import gather
from kg.extract.events.labels import describe
from kg.extract.events.linking import join

__all__ = ["describe", "gather", "join", "state"]
