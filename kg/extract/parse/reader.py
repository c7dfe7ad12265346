"""The learned reader: attachments and roles from the states that the encoder of names gives of each token.

It reads only where its weights are installed, and beside an encoder that gives its states: both are trained
together (`training/reader.py`). The encoder runs once for names, attachments and roles.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import ModelError
from kg.extract.parse import attachments, encoder
from kg.extract.parse.heads import Heads
from kg.extract.parse.roles import Proposition, propositions
from kg.extract.parse.rolesets import Rolesets, Words

FACTORY = "kg_attachments"
MODEL = "models/reader"


def installed(folder: Path | None = None) -> bool:
    """Whether there are weights, and an encoder that they go with."""
    return ((folder or _folder()) / "reader.npz").is_file() and encoder.shared().gives_states


def _folder() -> Path:
    return Path(str(resources.files("kg.extract").joinpath(MODEL)))


@functools.cache
def shared() -> Heads:
    """Give the heads of this process."""
    if not installed():
        raise ModelError(
            "no weights of the reader of roles and attachments are installed",
            where=str(_folder()),
            remedy="train them with training/reader.py",
        )
    return Heads(_folder() / "reader.npz", Rolesets(_folder() / "rolesets.jsonl.gz"))


def prepare(nlp: Language) -> None:
    """Load the heads, and let the component of names keep the states of tokens, if it is the encoder."""
    shared()
    if encoder.FACTORY in nlp.pipe_names:
        component = nlp.get_pipe(encoder.FACTORY)
        assert isinstance(component, encoder.NameEncoder)
        component.keeps_states = True


def states_of(doc: Doc) -> NDArray[np.float32]:
    """Give the states of the tokens of a Doc: those that were kept, else by a pass of the encoder."""
    kept: NDArray[np.float32] | None = doc.user_data.get(encoder.STATES)
    if kept is None:
        kept = encoder.states_of(encoder.shared().parts(doc, states=True))
    return kept


def words_of(sentence: Span) -> Words:
    """Give the words of a sentence as the model parsed them, heads counted from its first token."""
    tokens = list(sentence)
    return Words(
        words=[t.text for t in tokens],
        tags=[t.tag_ for t in tokens],
        deps=[t.dep_ for t in tokens],
        heads=[t.head.i - sentence.start for t in tokens],
        lemmas=[t.lemma_ for t in tokens],
        pos=[t.pos_ for t in tokens],
    )


def roles_of(doc: Doc) -> Iterator[tuple[Span, tuple[str, ...], tuple[Proposition, ...]]]:
    """Give each sentence with its words and what it says."""
    heads, states = shared(), states_of(doc)
    for sentence in doc.sents:
        words = words_of(sentence)
        found = propositions(heads, states[sentence.start : sentence.end], words)
        yield sentence, tuple(words.words), tuple(found)


class Attachments:
    """The pipeline component: it notes where tokens hang that the model hung elsewhere."""

    def __init__(self, heads: Heads) -> None:
        self.heads = heads

    def __call__(self, doc: Doc) -> Doc:
        """Note what is sure; the Doc's own tree stays as it is."""
        states = states_of(doc)
        found: dict[int, attachments.Arc] = {}
        for sentence in doc.sents:
            first = sentence.start
            words = words_of(sentence)
            for i, arc in attachments.changes(self.heads, states[first : sentence.end], words).items():
                found[first + i] = arc._replace(head=first + arc.head)
        doc.user_data[attachments.KEY] = found
        return doc


@Language.factory(FACTORY, requires=["doc.sents", "token.tag", "token.dep"])  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> Attachments:
    """Make the component for a pipeline."""
    prepare(nlp)
    return Attachments(shared())
