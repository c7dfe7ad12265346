"""Events that are learned: which tokens tell of an event of a class, and who and what has which role in it.

The reader of events shares the embeddings and the lower layers of the encoder that finds names and has layers
of its own above them. It gives triggers (the word that tells of an event) with a probability for each class,
and for a trigger and a class the probability of each role for each token of the run, as the head of what
fills the role. What is made of it is the matter of `kg.extract.events`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.parse import encoder
from kg.extract.parse.encoder import FIRST, STATES, Pieces, session
from kg.extract.parse.features import DEP_NUMBER, TAG_NUMBER, numbers
from kg.extract.parse.standing import relations, seen_from

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FACTORY = "kg_events"
MODEL = "models/events"
FILES = ("events.onnx", "roles.onnx")
# Where the triggers of a Doc are noted.
KEY = "kg_triggers"
# Triggers and roles that are less likely are not noted.
LEAST_TRIGGER, LEAST = 0.3, 0.1

ATTENTION = 6
DEPTH = 2
# Of every event.
COMMON = ("place", "time")
ROLES_OF: Mapping[str, tuple[str, ...]] = {
    name: tuple(roles.split())
    for name, roles in {
        "Attack": "attacker target weapon",
        "Killing": "deceased deathToll cause killer",
        "Death": "deceased deathToll cause",
        "Injury": "injured injuredCount cause",
        "Disaster": "affected deathToll injuredCount cause",
        "Arrest": "arrested arrestedBy charge",
        "Charge": "defendant charge court plaintiff",
        "Conviction": "defendant charge court",
        "Acquittal": "defendant charge court",
        "Sentencing": "defendant penalty charge court",
        "Lawsuit": "plaintiff defendant court charge",
        "Election": "elected defeated office constituency party voteShare",
        "Appointment": "person office organization by",
        "Departure": "person office organization by",
        "Acquisition": "buyer acquired seller price",
        "Payment": "payer recipient amount purpose",
        "ContractAward": "client contractor amount subject",
        "Founding": "founder founded",
        "Launch": "maker product",
        "Meeting": "participant topic",
        "Agreement": "participant topic",
        "Protest": "participant topic",
        "Journey": "traveller origin destination",
        "Birth": "born parent",
        "Marriage": "spouse",
        "Study": "student school degree subject",
        "AwardGiving": "recipient award awardedBy reason",
        "Publication": "author work publisher",
        "Match": "winner loser participant score competition",
        "Discovery": "discoverer discovered",
        "Change": "quantityOf quantity from to by",
    }.items()
}
CLASSES = tuple(ROLES_OF)
# How an event stands: it happened, somebody says so, it is to happen, it did not, it may.
STANDINGS = ("fact", "report", "plan", "no", "maybe")
REPORTED = STANDINGS.index("report")
# The first is "none".
ROLES = ("", *dict.fromkeys(r for roles in (*ROLES_OF.values(), COMMON) for r in roles))


@functools.cache
def roles_of(event: str) -> tuple[str, ...]:
    """Give the roles that an event of a class may have, place and time among them.

    >>> roles_of("Founding")
    ('founder', 'founded', 'place', 'time')
    """
    return (*ROLES_OF[event], *COMMON)


class Trigger(NamedTuple):
    """A token that tells of an event of a class, how likely, how it stands, and the heads of what has a role.

    `happened` is how likely it is that the text itself says that the event happened, `undone` that it is
    planned, denied or only possible; what is left is that somebody says so. `roles` are (role, token,
    chance).
    """

    token: int
    event: str
    probability: float
    happened: float
    undone: float
    roles: tuple[tuple[str, int, float], ...] = ()


Scores = NDArray[np.float32]
_OUTPUTS = ("states_of_tokens", "triggers", "standings")


def installed() -> bool:
    """Whether there are weights, and an encoder that they go with."""
    return encoder.bears(MODEL, FILES)


@functools.cache
def shared() -> EventReader:
    """Give the reader of this process."""
    return EventReader(encoder.weights(MODEL, FILES, "the reader of events"))


class EventReader:
    """The weights, loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @functools.cached_property
    def _layers(self) -> InferenceSession:
        return session(self.folder / "events.onnx")

    @functools.cached_property
    def _roles(self) -> InferenceSession:
        return session(self.folder / "roles.onnx")

    def triggers(
        self, parts: list[Pieces], deps: list[str], tags: list[str], heads: list[int]
    ) -> list[Trigger]:
        """Give the triggers of a text, by the states of the pieces of its runs; heads are tokens."""
        found: list[Trigger] = []
        start = 0
        for states, first in parts:
            cut = slice(start, start + len(first))
            # What hangs on a token beyond a run that was cut within a sentence is the top of its part.
            own = [h - start if start <= h < cut.stop else i for i, h in enumerate(heads[cut])]
            run = self._of_run(states, first, deps[cut], tags[cut], own)
            found += (
                t._replace(token=start + t.token, roles=tuple((r, start + k, p) for r, k, p in t.roles))
                for t in run
            )
            start = cut.stop
        return found

    def _of_run(
        self, states: Scores, first: NDArray[np.int64], deps: list[str], tags: list[str], heads: list[int]
    ) -> list[Trigger]:
        if not deps:
            return []
        dep = numbers(deps, DEP_NUMBER)
        feed = {STATES: states, FIRST: first, "tag": numbers(tags, TAG_NUMBER)}
        tokens, likely, standing = self._layers.run(list(_OUTPUTS), feed)
        asked = [(int(i), int(c)) for i, c in np.argwhere(likely >= LEAST_TRIGGER)]
        if not asked:
            return []
        shares = self._shares(tokens, dep, heads, asked)
        return [
            Trigger(
                i,
                CLASSES[c],
                float(likely[i, c]),
                float(standing[i, 0]),
                float(standing[i, REPORTED + 1 :].sum()),
                tuple(_likely(share)),
            )
            for (i, c), share in zip(asked, shares, strict=True)
        ]

    def _shares(
        self, states: Scores, dep: NDArray[np.int64], heads: list[int], asked: list[tuple[int, int]]
    ) -> Scores:
        """Give the probability of each role (triggers, tokens, roles)."""
        triggers = [i for i, _ in asked]
        feed = {
            STATES: states,
            "dep": dep,
            "triggers": np.array(triggers, np.int64),
            "event": np.array([c for _, c in asked], np.int64),
            **seen_from(triggers, heads, dep, relations(heads)),
        }
        out: Scores = self._roles.run(None, feed)[0]
        return out


def _likely(share: Scores) -> list[tuple[str, int, float]]:
    """Give the likeliest role of each token that may have one."""
    best = share[:, 1:].argmax(axis=1) + 1
    chance = share[np.arange(len(share)), best]
    return [(ROLES[best[t]], int(t), float(chance[t])) for t in np.flatnonzero(chance >= LEAST)]


class Events(encoder.OnStates):
    """The pipeline component: it notes the triggers of a Doc."""

    def __init__(self, reader: EventReader) -> None:
        super().__init__()
        self.reader = reader

    def note(self, doc: Doc, parts: list[Pieces]) -> None:
        """Note the triggers."""
        doc.user_data[KEY] = self.reader.triggers(
            parts, [t.dep_ for t in doc], [t.tag_ for t in doc], [t.head.i for t in doc]
        )


@Language.factory(FACTORY, requires=["doc.sents", "token.tag", "token.dep"])  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> Events:
    """Make the component for a pipeline; what the encoder of names computes for it is not computed twice."""
    found = Events(shared())
    encoder.keep_states(nlp)
    return found
