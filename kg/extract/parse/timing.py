"""Where the time of parsing goes: each component of a pipeline is watched at work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch


class Watched:
    """A component that notes the CPU seconds that it takes."""

    def __init__(self, name: str, component: Callable[[Doc], Doc], spent: dict[str, float]) -> None:
        self.name, self.component, self.spent = name, component, spent

    def __getattr__(self, name: str) -> Any:
        return getattr(self.component, name)

    def __call__(self, doc: Doc) -> Doc:
        begun = time.process_time()
        doc = self.component(doc)
        self._add(begun)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64, **more: Any) -> Iterator[Doc]:
        """Work on a stream, batch by batch; what comes before it in the pipeline is not its own time."""
        for batch in minibatch(stream, size=batch_size):
            docs = list(batch)
            begun = time.process_time()
            if hasattr(self.component, "pipe"):
                docs = list(self.component.pipe(docs, batch_size=batch_size, **more))
            else:
                docs = [self.component(doc) for doc in docs]
            self._add(begun)
            yield from docs

    def _add(self, begun: float) -> None:
        self.spent[self.name] = self.spent.get(self.name, 0.0) + time.process_time() - begun


def watch(nlp: Language, spent: dict[str, float]) -> None:
    """Let the components of a pipeline note what they take in `spent`."""
    nlp._components = [
        (name, Watched(f"parse {name}", component, spent)) for name, component in nlp._components
    ]
