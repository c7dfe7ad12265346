"""The trained component: names and their types, and the types of nominals, from a small encoder.

It stands in the pipeline where the stock `ner` does and sets `doc.ents` with the same labels. Beyond that it
sets `doc.spans["kg_inner"]` (names inside names) and `doc.spans["kg_nominals"]` (the head nouns of nominals),
both labelled with class names. Each run of sentences is computed by itself, so a document gives the same
result alone and in any batch.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import ModelError
from kg.extract.lexicon.labels import (
    INNER,
    NAME_LABELS,
    NOMINAL_TYPES,
    NOMINALS,
    ODDS,
    STOCK_LABELS,
    VALUE_LABELS,
)
from kg.extract.parse.features import piece_rows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Scores = NDArray[np.float32]
# The states of pieces, and the first piece of each token.
Pieces = tuple[NDArray[np.float32], NDArray[np.int64]]

FACTORY = "kg_encoder"
MODEL = "models/names"
# Pieces in one run of the encoder: sentences are packed up to the first number, and one sentence is cut
# only where it is longer than the second.
PACKED = 128
LONGEST = 320
# Of the types of a name, those are thought of that have this share of the likeliest one's.
SHARE = 0.3
LAYERS = ("names", "inner", "nominals", "numbers")
# An output that the network may have beside those: the states of pieces behind its lower layers. With it
# goes the first piece of each token.
STATES, FIRST = "states", "first"
INPUTS = ("pieces", "shape", "before", "after", "tag", "dep", "first")

# What is kept of short runs of sentences: up to so many tokens, and so many runs.
SHORT = 12
MOST_KNOWN = 1_000


def session(source: Path | bytes) -> InferenceSession:
    """Load a network for one thread and one order of operations: the same sums on each run."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    if isinstance(source, Path) and not source.is_file():
        raise ModelError("the weights are missing", where=str(source), remedy="install the package again")
    model = source if isinstance(source, bytes) else str(source)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def word_pieces(vocabulary: Path) -> Callable[[str], tuple[int, ...]]:
    """Give the function that cuts a token into the numbers of its word pieces."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = vocabulary.read_text(encoding="utf-8").splitlines()
    tokenizer = Tokenizer(models.WordPiece(vocab={w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return lambda token: tuple(tokenizer.encode(token, add_special_tokens=False).ids)


class Encoder:
    """The network, loaded; it gives scores and knows nothing of Docs."""

    def __init__(self, folder: Path) -> None:
        self.session = session(folder / "names.onnx")
        self._known: dict[tuple[object, ...], dict[str, Scores]] = {}
        self.pieces = functools.lru_cache(maxsize=65536)(word_pieces(folder / "vocab.txt"))

    @property
    def gives_states(self) -> bool:
        """Whether it gives the states that the reader starts from."""
        return STATES in (output.name for output in self.session.get_outputs())

    def scores(
        self,
        tokens: list[str],
        tags: list[str],
        deps: list[str],
        starts: list[bool],
        layers: tuple[str, ...] = LAYERS,
    ) -> dict[str, Scores]:
        """Give the scores of each layer, a row a token.

        Those of short runs are kept: headings, labels and the like come again and again.
        """
        if len(tokens) > SHORT:
            return self._scores(tokens, tags, deps, starts, layers)
        key = (*tokens, *tags, *deps, *starts, *layers)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = self._scores(tokens, tags, deps, starts, layers)
        return found

    def _scores(
        self,
        tokens: list[str],
        tags: list[str],
        deps: list[str],
        starts: list[bool],
        layers: tuple[str, ...],
    ) -> dict[str, Scores]:
        row = piece_rows(self.pieces, tokens, tags, deps, starts)
        feed = {k: np.array(row[k], dtype=np.int64) for k in INPUTS}
        feed["position"] = np.arange(len(row["pieces"]), dtype=np.int64)
        found = dict(zip(layers, self.session.run(list(layers), feed), strict=True))
        return found | {FIRST: feed[FIRST]} if STATES in layers else found

    def parts(self, doc: Doc, *, states: bool = False) -> Iterator[tuple[int, dict[str, Scores]]]:
        """Give the scores of each run of a Doc, with its first token; with `states` those of pieces."""
        tokens = [t.text for t in doc]
        tags = [t.tag_ for t in doc]
        deps = [t.dep_ for t in doc]
        starts = [bool(t.is_sent_start) for t in doc]
        lengths = [max(1, len(self.pieces(t))) for t in tokens]
        layers = (*LAYERS, STATES) if states else LAYERS
        for start, end in runs(lengths, [(s.start, s.end) for s in doc.sents]):
            cut = slice(start, end)
            yield start, self.scores(tokens[cut], tags[cut], deps[cut], starts[cut], layers)


@functools.cache
def shared() -> Encoder:
    """Give the encoder of this process."""
    return Encoder(_folder(MODEL))


def bears(model: str, files: Iterable[str]) -> bool:
    """Whether weights that stand on the encoder's states are installed, and it gives these."""
    return all((_folder(model) / name).is_file() for name in files) and shared().gives_states


def weights(model: str, files: Iterable[str], whose: str) -> Path:
    """Give the folder of weights that stand on the encoder's states.

    Raises ModelError where they are not installed.
    """
    if not bears(model, files):
        raise ModelError(
            f"no weights of {whose} are installed",
            where=str(_folder(model)),
            remedy="install the package again",
        )
    return _folder(model)


def _folder(model: str) -> Path:
    return Path(str(resources.files("kg.extract").joinpath(model)))


class Labels:
    """A set of B and I labels, and the best valid sequence of them."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.names = labels
        self.begin = np.array([i for i, x in enumerate(labels) if x[0] == "B"])
        # The I of each B, in the same order; O and every B may follow anything.
        self.inside = np.array([labels.index(f"I{labels[i][1:]}") for i in self.begin])
        self.follows = np.ones((len(labels), len(labels)), bool)
        self.follows[:, self.inside] = False
        self.follows[self.begin, self.inside] = self.follows[self.inside, self.inside] = True
        # The B of each I.
        self.begun = np.zeros(len(labels), np.int64)
        self.begun[self.inside] = self.begin

    def best_path(self, scores: Scores) -> list[int]:
        """Give the best sequence of labels in which an I follows a B or an I of its own type.

        >>> row = {"B-Person": 0, "B-GPE": 2, "I-GPE": 1}
        >>> first = [row.get(x, -9) for x in NAMES.names]
        >>> second = [{"I-Person": 3, "I-GPE": 2}.get(x, -9) for x in NAMES.names]
        >>> [NAMES.names[i] for i in NAMES.best_path(np.array([first, second], dtype=np.float32))]
        ['B-GPE', 'I-GPE']
        """
        likely = scores.argmax(axis=1)
        wrong = np.flatnonzero(~self.follows[np.append(0, likely)[: len(likely)], likely])
        path: list[int] = likely.tolist()
        if not len(wrong):
            return path
        # To begin a name wherever one may not go on is a valid path. The best one is no worse, so it keeps
        # the likeliest label of each token where another would cost more.
        cost = (scores[wrong, likely[wrong]] - scores[wrong, self.begun[likely[wrong]]]).sum()
        second = np.partition(scores, -2, axis=1)[:, -2]
        free = scores.max(axis=1) - second <= cost
        done = 0
        for i in wrong.tolist():
            if i < done:
                continue
            start, done = i, i + 1
            while start and (free[start] or self.begun[likely[start]]):
                start -= 1
            while done < len(path) and free[done]:
                done += 1
            done = min(done + 1, len(path))
            part = np.full((done - start, len(self.names)), -np.inf, np.float32)
            kept = np.arange(done - start), likely[start:done]
            part[kept] = scores[start:done][kept]
            part[free[start:done]] = scores[start:done][free[start:done]]
            path[start:done] = self._search(part)
        return path

    def _search(self, scores: Scores) -> list[int]:
        """Give the best valid path through all labels that are open."""
        best = scores[0].copy()
        best[self.inside] = -np.inf
        back = np.zeros(scores.shape, dtype=np.int64)
        for i in range(1, len(scores)):
            top_label = int(best.argmax())
            before = np.full(len(self.names), top_label)
            value = np.full(len(self.names), best[top_label])
            stay = best[self.inside] >= best[self.begin]
            before[self.inside] = np.where(stay, self.inside, self.begin)
            value[self.inside] = np.where(stay, best[self.inside], best[self.begin])
            back[i] = before
            best = value + scores[i]
        path = [int(best.argmax())]
        for i in range(len(scores) - 1, 0, -1):
            path.append(int(back[i, path[-1]]))
        return path[::-1]

    def odds(self, scores: Scores) -> dict[str, float]:
        """Give the share of each type in what the rows of one span speak for, small shares left out."""
        columns = self.inside[None, :].repeat(len(scores), axis=0)
        columns[0] = self.begin
        mean = np.take_along_axis(scores, columns, axis=1).mean(axis=0)
        share = np.exp(mean - mean.max())
        share[share < SHARE] = 0
        share /= share.sum()
        return {self.names[b][2:]: float(p) for b, p in zip(self.begin, share, strict=True) if p}

    def spans(self, path: list[int]) -> Iterator[tuple[int, int, str]]:
        """Give (first token, token after the last, type) of each span on a path."""
        if not any(path):
            return
        start = None
        for i, k in enumerate([*path, 0]):
            if start is not None and self.names[k][0] in "OB":
                yield start, i, self.names[path[start]][2:]
                start = None
            if k and start is None:
                start = i


NAMES = Labels(NAME_LABELS)
VALUES = Labels(VALUE_LABELS)


def runs(lengths: list[int], sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pack sentences into runs of tokens of bearable length.

    >>> list(runs([60] * 6, [(0, 1), (1, 3), (3, 6)]))
    [(0, 1), (1, 3), (3, 6)]
    """
    start, size = 0, 0
    for first, last in sentences:
        length = sum(lengths[first:last])
        if size and size + length > PACKED:
            yield start, first
            start, size = first, 0
        size += length
        while size > LONGEST:
            end, size = start, 0
            while end < last and (end == start or size + lengths[end] <= LONGEST):
                size += lengths[end]
                end += 1
            if end >= last:
                break
            yield start, end
            start, size = end, sum(lengths[end:last])
    if sentences and start < sentences[-1][1]:
        yield start, sentences[-1][1]


class NameEncoder:
    """The pipeline component."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        # Whether to leave the states of pieces with the Doc, for the reader that comes behind.
        self.keeps_states = False

    def __call__(self, doc: Doc) -> Doc:
        keeps = self.keeps_states and self.encoder.gives_states
        parts = list(self.encoder.parts(doc, states=keeps))
        if keeps:
            doc.user_data[STATES] = states_of(parts)
        return annotate(doc, parts)


def keep_states(nlp: Language) -> None:
    """Let the encoder of a pipeline, if it has one, leave its states with each Doc."""
    if FACTORY in nlp.pipe_names:
        component = nlp.get_pipe(FACTORY)
        assert isinstance(component, NameEncoder)
        component.keeps_states = True


class OnStates:
    """A pipeline component that stands on the encoder's states of pieces."""

    def __init__(self) -> None:
        # Whether to leave the states with the Doc, for what comes behind.
        self.keeps_states = False

    def __call__(self, doc: Doc) -> Doc:
        """Note what is read of the states; the Doc stays as it is."""
        parts = doc.user_data.get(STATES)
        if parts is None:
            parts = states_of(shared().parts(doc, states=True))
        self.note(doc, parts)
        if not self.keeps_states:
            doc.user_data.pop(STATES, None)
        return doc

    def note(self, doc: Doc, parts: list[Pieces]) -> None:
        """Leave with a Doc what is read of the states of its parts."""
        raise NotImplementedError


def states_of(parts: Iterable[tuple[int, dict[str, Scores]]]) -> list[Pieces]:
    """Give of each part of a Doc the states of its pieces and the first piece of each token."""
    return [(scores[STATES], scores[FIRST].astype(np.int64)) for _, scores in parts]


def annotate(doc: Doc, parts: Iterable[tuple[int, dict[str, Scores]]]) -> Doc:
    """Set the names, values and nominals of a Doc by the scores of its parts, each with its first token."""
    names: list[Span] = []
    inner: list[Span] = []
    numbers: list[Span] = []
    nominals: list[Span] = []
    odds: dict[int, dict[str, float]] = {}
    for start, scores in parts:
        for span in _spans(doc, start, NAMES, scores["names"]):
            names.append(span)
            odds[span.start] = NAMES.odds(scores["names"][span.start - start : span.end - start])
        inner += _spans(doc, start, NAMES, scores["inner"])
        numbers += _spans(doc, start, VALUES, scores["numbers"])
        best = scores["nominals"].argmax(axis=1).tolist()
        nominals += [
            Span(doc, start + i, start + i + 1, label=NOMINAL_TYPES[k]) for i, k in enumerate(best) if k
        ]
    named = {i for n in names for i in range(n.start, n.end)}
    doc.spans[INNER] = [s for s in inner if s.label_ != "Other"]
    doc.spans[NOMINALS] = [s for s in nominals if s.start not in named]
    doc.user_data[ODDS] = odds
    ents = [Span(doc, n.start, n.end, label=STOCK_LABELS[n.label_]) for n in names if n.label_ != "Other"]
    doc.set_ents(ents + [n for n in numbers if named.isdisjoint(range(n.start, n.end))])
    return doc


def _spans(doc: Doc, start: int, labels: Labels, scores: Scores) -> list[Span]:
    found = labels.spans(labels.best_path(scores))
    return [Span(doc, start + a, start + b, label=t) for a, b, t in found]


@Language.factory(
    FACTORY, assigns=["doc.ents", "doc.spans"], requires=["doc.sents", "token.tag", "token.dep"]
)  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> NameEncoder:
    """Make the component for a pipeline."""
    return NameEncoder(shared())
