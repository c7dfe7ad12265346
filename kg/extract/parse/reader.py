"""The learned reader: attachments and roles, by layers of its own above lower ones of the names' encoder.

It reads only where its weights are installed (`training/reader.py` makes them). What it shares with the names
is computed once for both, and is theirs: the reader changes nothing of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.parse import attachments, encoder
from kg.extract.parse.heads import Heads, States
from kg.extract.parse.roles import Proposition, propositions
from kg.extract.parse.rolesets import Words

FACTORY = "kg_attachments"
MODEL = "models/reader"
FILES = ("reader.npz", "reader.onnx", "roles.onnx", "rolesets.jsonl.gz")
# The states of the tokens of a Doc, where they are kept.
TOKENS = "kg_reader_states"


def installed() -> bool:
    """Whether there are weights, and an encoder that they go with."""
    return encoder.bears(MODEL, FILES)


@functools.cache
def shared() -> Heads:
    """Give the reader of this process."""
    return Heads(encoder.weights(MODEL, FILES, "the reader of roles and attachments"))


def prepare(nlp: Language) -> None:
    """Let the states of tokens be kept for `roles_of`, by what is in the pipeline already."""
    shared()
    for _, component in nlp.pipeline:
        part = getattr(component, "component", component)
        if isinstance(part, encoder.NameEncoder):
            part.keeps_states = True
        elif isinstance(part, Attachments):
            part.keeps_states = True


def states_of(doc: Doc) -> States:
    """Give the states of the tokens of a Doc: those that were kept, else by a pass of what is lacking."""
    kept: States | None = doc.user_data.get(TOKENS)
    if kept is None:
        parts = doc.user_data.get(encoder.STATES)
        if parts is None:
            parts = encoder.states_of(encoder.shared().parts(doc, states=True))
        kept = shared().states(parts, [t.dep_ for t in doc], [t.tag_ for t in doc])
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
        found = propositions(heads, states.of(sentence.start, sentence.end), words)
        yield sentence, tuple(words.words), tuple(found)


class Attachments:
    """The pipeline component: it notes where tokens hang that the model hung elsewhere."""

    def __init__(self, heads: Heads) -> None:
        self.heads = heads
        # Whether to leave the states of tokens with the Doc, for roles that are asked for.
        self.keeps_states = False

    def __call__(self, doc: Doc) -> Doc:
        """Note what is sure; the Doc's own tree stays as it is."""
        states = states_of(doc)
        found: dict[int, attachments.Arc] = {}
        for sentence in doc.sents:
            first = sentence.start
            words = words_of(sentence)
            for i, arc in attachments.changes(self.heads, states.of(first, sentence.end), words).items():
                found[first + i] = arc._replace(head=first + arc.head)
        doc.user_data[attachments.KEY] = found
        doc.user_data.pop(encoder.STATES, None)
        if self.keeps_states:
            doc.user_data[TOKENS] = states
        return doc


@Language.factory(FACTORY, requires=["doc.sents", "token.tag", "token.dep"])  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> Attachments:
    """Make the component for a pipeline; what the encoder of names computes for it is not computed twice."""
    heads = shared()
    encoder.keep_states(nlp)
    return Attachments(heads)
