"""Train the reader of references on the names' encoder, from texts with their chains.

    python -m training.references --marked training/chains/*.txt training/chains/real.jsonl \
        --texts re3d=re3d/dev.jsonl redocred=redocred/dev_revised.json --gum gum_other/train.jsonl \
        --gap gap/development.jsonl --dev gum_news/dev.jsonl --base MODEL_DIR \
        --names kg/extract/models/names --work DIR

A checkpoint is written after each epoch, and a run that was stopped goes on from it. With --fold K/N it
leaves out a fold of the texts, so that what weighs its scores can learn from texts that it has not seen.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import torch

from kg.config import ExtractConfig
from kg.extract import Extractor
from kg.extract.parse.features import piece_rows
from training import gold_chains
from training.export import SHARED
from training.gold_chains import GROUPS, Marked, Text
from training.judgements.sets import paths_of
from training.model import FEATURES
from training.model_references import OWN, ReferenceReader, from_shipped
from training.steps import Steps, batches, report
from training.train import Batcher, load_tokenizer

SEED = 17
WORDS = 1500
WEIGHTS = {"references": 1.0}
# GAP asks for one pronoun in a passage: of its passages so many in an epoch.
OF_GAP = 0.5
# Runs of like length that are computed together.
TOGETHER = 12


def read(path: Path, texts: Mapping[str, Path]) -> Iterable[Marked]:
    """Give the marked texts of a file, in brackets or, beside the files of `texts`, without their words."""
    return gold_chains.read_marked(path) if path.suffix == ".txt" else gold_chains.read_standoff(path, texts)


def load(paths: Iterable[Path], given: Callable[[Path], Iterable[Marked]], kept: Path) -> list[Text]:
    """Parse files of marked texts, or take them from where they are kept."""
    out: list[Text] = []
    nlp = None
    for path in paths:
        stamp = hashlib.sha256(path.read_bytes()).hexdigest()
        cache = kept / f"{path.parent.name}-{path.stem}.parsed"
        if cache.exists():
            before, found = pickle.loads(cache.read_bytes())
            if before == stamp:
                out += found
                continue
        nlp = nlp or Extractor(ExtractConfig(events=False)).nlp
        found = list(gold_chains.parsed(nlp, given(path)))
        cache.write_bytes(pickle.dumps((stamp, found)))
        out += found
    return out


class States:
    """The states of pieces behind the shared layers, computed once, and those of tokens above them."""

    def __init__(self, model: ReferenceReader, batcher: Batcher) -> None:
        self.model, self.batcher = model, batcher
        self.kept: dict[str, list[torch.Tensor]] = {}

    def _lower(self, text: Text) -> list[torch.Tensor]:
        found = self.kept.get(text.name)
        if found is None:
            layers = self.model.bert.encoder.layer
            self.model.bert.encoder.layer = layers[:SHARED]
            training = self.model.training
            self.model.eval()
            found = []
            with torch.no_grad():
                for a, b in text.runs:
                    row = piece_rows(
                        self.batcher.pieces, text.words[a:b], text.tags[a:b], text.deps[a:b], text.starts[a:b]
                    )
                    mask = torch.ones(1, len(row["pieces"]), dtype=torch.long)
                    given = {k: torch.tensor([row[k]]) for k in FEATURES}
                    h = self.model.encode(torch.tensor([row["pieces"]]), mask, given)
                    found.append((h[0].to(torch.bfloat16), torch.tensor(row["first"])))
            self.model.train(training)
            self.model.bert.encoder.layer = layers
            self.kept[text.name] = found
        return found

    def of(self, texts: list[Text]) -> torch.Tensor:
        """Give the states of the tokens of some texts (all tokens, width), text by text."""
        rows = [row for text in texts for row in self._lower(text)]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
        out: list[torch.Tensor] = [torch.empty(0)] * len(rows)
        for at in range(0, len(order), TOGETHER):
            group = order[at : at + TOGETHER]
            width = max(len(rows[i][0]) for i in group)
            x = torch.zeros(len(group), width, rows[0][0].shape[1])
            mask = torch.full((len(group), 1, 1, width), -1e4)
            for n, i in enumerate(group):
                x[n, : len(rows[i][0])] = rows[i][0]
                mask[n, ..., : len(rows[i][0])] = 0.0
            with torch.autocast("cpu", dtype=torch.bfloat16):
                for layer in self.model.bert.encoder.layer[SHARED:]:
                    x = layer(x, mask)
                    x = x[0] if isinstance(x, tuple) else x
            for n, i in enumerate(group):
                out[i] = x[n].index_select(0, rows[i][1])
        return torch.cat(out).float()


def fold_of(name: str, folds: int) -> int:
    """Give the fold of a text."""
    return hashlib.sha256(name.encode()).digest()[0] % folds


def in_fold(text: Text, fold: str) -> bool:
    """Whether a text is left out of the training of a fold "K/N"."""
    k, _, n = fold.partition("/")
    return bool(fold) and fold_of(text.name, int(n)) == int(k)


def train(
    model: ReferenceReader, data: list[Text], states: States, dev: dict[str, list[Text]], a: Any
) -> None:
    """Train on texts, from where a run that was stopped left off."""
    torch.set_num_threads(a.threads)
    steps, path = Steps(model, a.rate, WEIGHTS, 0.06), a.work / "references.state"
    kept = steps.take_up(path)
    gap = [t for t in data if t.is_gap]
    rest = [t for t in data if not t.is_gap]

    def plan(rng: random.Random) -> list[list[Text]]:
        found = rest + rng.sample(gap, int(len(gap) * OF_GAP))
        rng.shuffle(found)
        return batches(found, lambda t: len(t.words), WORDS, 100, rng)

    whole = len(plan(random.Random(SEED))) * a.epochs
    for e in range(kept.get("epoch", 0), a.epochs):
        torch.manual_seed(SEED * 100 + e)
        model.train()
        rng = random.Random(SEED * 1000 + e)
        steps.epoch(e, plan(rng), lambda group: model.losses(model.drop(states.of(group)), group), whole)
        steps.keep(path, epoch=e + 1)
        if dev and (e % 3 == 2 or e + 1 == a.epochs):
            scored = lambda: {name: scores(model, states, data) for name, data in dev.items()}  # noqa: E731
            print(report(model, scored, a.work / "scores.jsonl", {"epoch": e + 1}), flush=True)


def scores(model: ReferenceReader, states: States, data: list[Text]) -> dict[str, Any]:
    """Give of each kind how many choices were right, made and possible."""
    counts = {g: [0, 0, 0] for g in GROUPS}
    for text in [t for t in data if t.asked]:
        best = model.scores(states.of([text]), text).argmax(1)
        right = text.right()
        for row, asked in enumerate(text.asked):
            c = counts[asked.group]
            made = int(best[row]) < len(text.words)
            c[0] += made and bool(right[row, best[row]])
            c[1] += made
            c[2] += bool(asked.right)
    return {g: [*c, round(2 * c[0] / max(1, c[1] + c[2]), 3)] for g, c in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--marked", type=Path, nargs="*", default=())
    parser.add_argument("--texts", nargs="*", default=(), metavar="NAME=PATH", help="texts that were marked")
    parser.add_argument("--gum", type=Path, nargs="*", default=())
    parser.add_argument("--gap", type=Path, nargs="*", default=())
    parser.add_argument(
        "--dev", type=Path, nargs="*", default=(), help="files of GUM that it does not learn from"
    )
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--names", type=Path, required=True, help="folder of the shipped component of names")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--kept", type=Path, help="folder for what was parsed, if not that")
    parser.add_argument("--fold", default="", metavar="K/N", help="leave out the texts of a fold")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--own", type=int, default=OWN, help="layers of its own")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    kept = a.kept or a.work
    kept.mkdir(parents=True, exist_ok=True)
    texts = paths_of(a.texts)
    data = [
        *load(a.marked, lambda path: read(path, texts), kept),
        *load(a.gum, gold_chains.read_gum, kept),
        *load(a.gap, gold_chains.read_gap, kept),
    ]
    dev = {p.parent.name: load([p], gold_chains.read_gum, kept) for p in a.dev}
    if a.fold:
        dev["left out"] = [t for t in data if in_fold(t, a.fold) and not t.is_gap]
        data = [t for t in data if not in_fold(t, a.fold)]
    asked = [q.group for t in data for q in t.asked]
    print(f"{len(data)} texts,", {g: asked.count(g) for g in GROUPS}, flush=True)
    torch.manual_seed(SEED)
    model = from_shipped(a.names / "names.onnx", a.base, a.own)
    train(model, data, States(model, Batcher(load_tokenizer(a.base))), dev, a)


if __name__ == "__main__":
    main()
