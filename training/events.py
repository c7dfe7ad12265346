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
import json
import pickle
import random
import time
from pathlib import Path
from typing import Any

import torch

from kg.extract.parse import pipeline
from kg.extract.parse.events import CLASSES, ROLES
from kg.extract.parse.features import piece_rows
from training.gold_events import Parsed, Run, parsed, read_marks, read_sentences, read_standoff, runs
from training.judgements.sets import documents
from training.model import FEATURES
from training.model_events import EventReader, begin_with, from_shipped
from training.train import Batcher, load_tokenizer

SEED = 13
PIECES = 1024
LONGEST = 300
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
    width = max(len(r["pieces"]) for r in rows)
    pad = lambda k: torch.tensor([r[k] + [0] * (width - len(r[k])) for r in rows])  # noqa: E731
    mask = torch.tensor([[1] * len(r["pieces"]) + [0] * (width - len(r["pieces"])) for r in rows])
    first = torch.tensor([i * width + f for i, r in enumerate(rows) for f in r["first"]])
    h = model.encode(pad("pieces"), mask, {k: pad(k) for k in FEATURES})
    return h.reshape(-1, h.shape[-1])[first].float()


def plan(data: list[Run], rng: random.Random) -> list[list[Run]]:
    """Batches of runs of like length."""
    found = list(data)
    rng.shuffle(found)
    out: list[list[Run]] = []
    for at in range(0, len(found), 300):
        group: list[Run] = []
        for run in sorted(found[at : at + 300], key=lambda r: len(r.words)):
            if group and (len(group) + 1) * len(run.words) * 1.35 > PIECES:
                out.append(group)
                group = []
            group.append(run)
        out.append(group)
    rng.shuffle(out)
    return out


def train(
    model: EventReader, data: list[Parsed], batcher: Batcher, dev: dict[str, list[Run]], a: Any
) -> None:
    torch.set_num_threads(a.threads)
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in learned if n.startswith("bert.")], "lr": a.rate, "weight_decay": 0.01},
        {
            "params": [p for n, p in learned if not n.startswith("bert.")],
            "lr": a.rate * 6,
            "weight_decay": 0.01,
        },
    ]
    rates = (a.rate, a.rate * 6)
    optimizer = torch.optim.AdamW(groups, fused=True)
    per_epoch = len(plan(list(runs(data, random.Random(SEED))), random.Random(SEED)))
    steps, step, start = per_epoch * a.epochs, 0, 0
    state = a.work / "events.state"
    if state.exists():
        kept = torch.load(state, weights_only=False)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        start, step = kept["epoch"], kept["step"]
    for e in range(start, a.epochs):
        torch.manual_seed(SEED * 100 + e)
        model.train()
        rng = random.Random(SEED * 1000 + e)
        chosen = [r for r in runs(data, rng) if sum(map(len, map(batcher.pieces, r.words))) < LONGEST + 150]
        batches, total, began = plan(chosen, rng), {}, time.time()
        for i, group in enumerate(batches):
            done = min(1.0, step / steps)
            for g, rate in zip(optimizer.param_groups, rates, strict=True):
                g["lr"] = rate * min((done + 0.002) / 0.06, max(0.02, (1 - done) / 0.94))
            h = hidden(model, batcher, group, rng)
            parts = model.losses(model.drop(h), group)
            loss = sum(WEIGHTS[k] * v for k, v in parts.items())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            for k, v in parts.items():
                total[k] = 0.98 * total.get(k, v.item()) + 0.02 * v.item()
            if i % 40 == 0:
                shown = " ".join(f"{k} {v:.4f}" for k, v in total.items())
                print(f"epoch {e} batch {i}/{len(batches)} {time.time() - began:.0f} s {shown}", flush=True)
        kept = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epoch": e + 1,
            "step": step,
        }
        torch.save(kept, state.with_suffix(".new"))
        state.with_suffix(".new").replace(state)
        if dev and (e % 2 or e + 1 == a.epochs):
            report(model, batcher, dev, a.work / "scores.jsonl", {"epoch": e + 1})


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


def report(model: EventReader, batcher: Batcher, dev: dict[str, list[Run]], kept: Path, line: dict) -> None:
    """Score the model on what it does not learn from, and add that to a file."""
    model.eval()
    with torch.inference_mode():
        text = json.dumps(line | {name: scores(model, batcher, data) for name, data in dev.items()})
    print(text.replace('"triggers', '\n "triggers'), flush=True)
    with kept.open("a") as f:
        f.write(text + "\n")


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
    texts = {name: Path(path) for name, _, path in (t.partition("=") for t in a.texts)}
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
