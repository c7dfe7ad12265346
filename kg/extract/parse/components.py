"""Components of the pipeline that are not ours: those that spaCy has, and those that packages bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from kg import plugins


class Component(Protocol):
    """Makes a component of the pipeline; plug-ins of the door `kg.components` are such factories.

    The component may set `doc.ents`, with the labels of spaCy's English models,
    and must leave tokens, tags and trees as they are.
    """

    def __call__(self, nlp: Language, name: str) -> Callable[[Doc], Doc]:
        """Give the component for a pipeline."""
        ...


def add(nlp: Language, name: str) -> None:
    """Put a component at the end of a pipeline: a plug-in, or a factory that spaCy knows."""
    if name in plugins.offered("components"):
        made = plugins.load("components", name)
        if not nlp.has_factory(name):
            Language.factory(name, func=made)
    if not nlp.has_factory(name):
        plugins.load("components", name)  # says what there is
    try:
        nlp.add_pipe(name)
    except Exception as error:
        raise plugins.broken("components", name, error) from error
