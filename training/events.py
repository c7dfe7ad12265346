"""Train the reader of events on the names' encoder, from sets of marked sentences.

    python -m training.events --sets training/marked/*.tsv training/marked/real.jsonl \
        --texts re3d=re3d/dev.jsonl redocred=redocred/dev_revised.json gum_other=gum_other/train.jsonl \
        gum_news=gum_news/dev.jsonl ewt=trees/ewt_train.conllu.gz --dev training/marked/news.jsonl \
        --base MODEL_DIR --names kg/extract/models/names --reader kg/extract/models/reader --work DIR

A set is named by its .tsv file, beside which its marks lie, or by its .jsonl file, which needs the texts that
it was marked in (see `training.gold_events`). With --reader it begins with what the reader of roles knows,
with --init with an earlier run. A checkpoint is written after each epoch, and a run that was stopped goes on
from it.
"""

from __future__ import annotations

import argparse
import pickle
import random
from pathlib import Path
from typing import Any

import torch

from kg.extract.parse import pipeline
from kg.extract.parse.events import CLASSES, ROLES
from kg.extract.parse.features import piece_rows
from training.gold_events import Parsed, Run, parsed, read_marks, read_sentences, read_standoff, runs
from training.judgements.sets import documents, paths_of
from training.model_events import EventReader, begin_with, from_shipped
from training.steps import Steps, batches, report, states_of
from training.train import Batcher, load_tokenizer

SEED = 13
PIECES = 1024
LONGEST = 450
WEIGHTS = {"triggers": 4.0, "roles": 0.5, "standings": 0.3}
BARS = (0.3, 0.5, 0.7, 0.8, 0.9)


def load_sets(paths: list[Path], texts: dict[str, Path], kept: Path) -> list[Parsed]:
    """Parse sets, or take them from where they are kept."""
    out: list[Parsed] = []
    nlp = known = None
    for path in paths:
        marks_in = path.with_suffix(".txt") if path.suffix == ".tsv" else path
        stamp = [p.read_text(encoding="utf-8") for p in (path, marks_in)]
        cache = kept / f"{path.stem}.parsed"
        if cache.exists():
            before, found = pickle.loads(cache.read_bytes())
            if before == stamp:
                out += found
                continue
        nlp = nlp or pipeline.load("en_core_web_sm", ner="stock")
        if path.suffix == ".tsv":
            sentences = read_sentences(path)
            marks = list(read_marks(marks_in, sentences))
        else:
            known = known or {
                (name, id): document.text
                for name, file in texts.items()
                for id, document in documents(name, file)
            }
            sentences, marks = read_standoff(path, known)
        found = parsed(nlp, sentences, marks)
        cache.write_bytes(pickle.dumps((stamp, found)))
        out += found
    return out


def hidden(model: EventReader, batcher: Batcher, group: list[Run], rng: random.Random | None) -> torch.Tensor:
    """Give the states of the tokens of a batch (all tokens, width), run by run."""
    rows = []
    for run in group:
        tags, deps = run.tags, run.deps
        if rng is not None:
            tags = [t if rng.random() > 0.08 else "" for t in tags]
            deps = [d if rng.random() > 0.08 else "" for d in deps]
        rows.append(piece_rows(batcher.pieces, run.words, tags, deps, run.starts))
    return states_of(model, rows)


def plan(data: list[Run], rng: random.Random) -> list[list[Run]]:
    """Batches of runs of like length."""
    found = list(data)
    rng.shuffle(found)
    return batches(found, lambda r: len(r.words) * 1.35, PIECES, 300, rng)


def train(
    model: EventReader, data: list[Parsed], batcher: Batcher, dev: dict[str, list[Run]], a: Any
) -> None:
    """Train on sets, from where a run that was stopped left off."""
    torch.set_num_threads(a.threads)
    steps, state = Steps(model, a.rate, WEIGHTS, 0.06), a.work / "events.state"
    kept = steps.take_up(state)
    whole = len(plan(list(runs(data, random.Random(SEED))), random.Random(SEED))) * a.epochs
    for e in range(kept.get("epoch", 0), a.epochs):
        torch.manual_seed(SEED * 100 + e)
        model.train()
        rng = random.Random(SEED * 1000 + e)
        chosen = [r for r in runs(data, rng) if sum(map(len, map(batcher.pieces, r.words))) < LONGEST]
        found = plan(chosen, rng)

        def losses(group: list[Run], rng: random.Random = rng) -> dict[str, torch.Tensor]:
            return model.losses(model.drop(hidden(model, batcher, group, rng)), group)

        steps.epoch(e, found, losses, whole)
        steps.keep(state, epoch=e + 1)
        if dev and (e % 2 or e + 1 == a.epochs):
            scored = lambda: {name: scores(model, batcher, data) for name, data in dev.items()}  # noqa: E731
            text = report(model, scored, a.work / "scores.jsonl", {"epoch": e + 1})
            print(text.replace('"triggers', '\n "triggers'), flush=True)


def found_in(
    model: EventReader, batcher: Batcher, run: Run, least: float = 0.2
) -> list[tuple[int, int, float, dict]]:
    """Give the triggers of a run: token, class, probability, and of each token the likeliest role."""
    h = hidden(model, batcher, [run], None)
    p = model.triggers(h, run).sigmoid()
    asked = [(i, c) for i, c in (p > least).nonzero().tolist()]
    if not asked:
        return []
    scores, _ = model.roles(h, [(run, 0, i, c) for i, c in asked])
    shares = scores.softmax(-1)
    out = []
    for (i, c), share in zip(asked, shares, strict=True):
        none = 1 - share[:, 0]
        best = share[:, 1:].max(-1)
        roles = {
            t: (int(best.indices[t]) + 1, float(best.values[t]))
            for t in (none > least).nonzero().flatten().tolist()
        }
        out.append((i, c, float(p[i, c]), roles))
    return out


def scores(model: EventReader, batcher: Batcher, data: list[Run]) -> dict[str, Any]:
    """Give precision, recall and F1 of triggers and of roles at several bars."""
    out: dict[str, Any] = {"standings": standing_score(model, batcher, data)}
    found = [found_in(model, batcher, run) for run in data]
    for bar in BARS:
        counts = {"triggers": [0, 0, 0], "roles": [0, 0, 0]}
        for run, mine in zip(data, found, strict=True):
            gold = {(e.trigger, e.event) for e in run.events}
            told = {(i, c) for i, c, p, _ in mine if p >= bar}
            gold_roles = {(e.trigger, e.event, t, r) for e in run.events for t, r in e.roles.items()}
            told_roles = {
                (i, c, t, r) for i, c, p, roles in mine for t, (r, q) in roles.items() if p * q >= bar
            }
            for name, g, t in (("triggers", gold, told), ("roles", gold_roles, told_roles)):
                for k, n in enumerate((len(g & t), len(t), len(g))):
                    counts[name][k] += n
        for name, (right, told_n, gold_n) in counts.items():
            p, r = right / max(told_n, 1), right / max(gold_n, 1)
            out[f"{name}@{bar}"] = [round(x, 3) for x in (p, r, 2 * p * r / max(p + r, 1e-9))]
    return out


def standing_score(model: EventReader, batcher: Batcher, data: list[Run]) -> float:
    """Give the share of events of which it is told rightly whether they are said to have happened."""
    right = told = 0
    for run in [r for r in data if r.events]:
        h = hidden(model, batcher, [run], None)
        best = model.standing(h).argmax(-1)
        right += sum((int(best[e.trigger]) == 0) == (e.standing == 0) for e in run.events)
        told += len(run.events)
    return round(right / max(told, 1), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sets", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="*", default=())
    parser.add_argument("--texts", nargs="*", default=(), metavar="NAME=PATH", help="texts that were marked")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--names", type=Path, required=True, help="folder of the shipped component of names")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--reader", type=Path, help="folder of the shipped reader of roles, to begin with")
    parser.add_argument("--init", type=Path, help="checkpoint of an earlier run to begin with")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    texts = paths_of(a.texts)
    data = load_sets(a.sets, texts, a.work)
    dev = {p.stem: list(runs(load_sets([p], texts, a.work), None)) for p in a.dev}
    marked = sum(len(s.events) for s in data)
    print(
        f"{len(data)} sentences, {marked} events, {len(CLASSES)} classes, {len(ROLES) - 1} roles", flush=True
    )
    torch.manual_seed(SEED)
    model = from_shipped(a.names / "names.onnx", a.base)
    if a.init:
        model.load_state_dict(torch.load(a.init, weights_only=False)["model"])
    elif a.reader:
        begin_with(model, a.reader)
    train(model, data, Batcher(load_tokenizer(a.base)), dev, a)


if __name__ == "__main__":
    main()
