"""Teach the student of the profile `fast` what the encoder finds.

    python -m training.distil --base MODEL_DIR --weights TRIMMED.pt --measured FOLDER --shipped FOLDER \
        --work DIR --gum gum_other/train.jsonl --uner uner/dev.jsonl --re3d re3d/dev.jsonl \
        --redocred redocred/dev_revised.json --more gap/development.jsonl tekgen/train/*.jsonl \
        --knowledgenet knowledgenet/human_readable-v10-notest.zip --out kg/extract/models/fast

Each text is parsed and scored once, and the scores of every label at every token are what the student learns.
Three stages. `plain` and `varied` learn from the teacher `measured`, which has not seen a third of UNER and
re3d, and leave that third out; `varied` adds texts in which names are exchanged. `last` goes on with the gold
sets' texts, all of them, and the teacher `shipped`. Both teachers are folders that `training.export` wrote,
the first of them from WEIGHTS, which also say what is known of each word piece.
"""

from __future__ import annotations

import argparse
import copy
import html
import itertools
import math
import pickle
import random
import re
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kg.extract.lexicon import gazetteer
from kg.extract.parse import pipeline
from kg.extract.parse.encoder import LAYERS, NAMES, Encoder, runs, word_pieces
from kg.extract.parse.features import DEPS, LONGEST_WORD, SHAPES, TAGS, UNKNOWN, shape
from kg.extract.parse.words import word_features
from kg.read import document_from_text
from training import model
from training.gold import from_redocred, read_jsonl
from training.student import Network, write
from training.train import KEPT, SEED, held_out, load_base

GOLD = ("gum", "uner", "re3d", "redocred")
WEIGHTS = {"names": 1.0, "inner": 0.5, "nominals": 0.5, "numbers": 0.3}
# What is known of a word piece is brought to so many dimensions.
KNOWN = 256
BATCH = 3000
# How often a text of each set comes with other names.
VARIANTS = {"uner": 7, "gum": 2, "re3d": 4, "redocred": 1, "knowledgenet": 0.5, "more": 0.3}


@dataclass(slots=True)
class Parsed:
    """A block as the pipeline parses it; `gold` and `document` say where it is from."""

    gold: str
    document: str
    tokens: list[str]
    spaces: list[bool]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[bool]


Texts = list[tuple[str, str, str]]


def texts(a: argparse.Namespace) -> Texts:
    """All texts, each with its set and its document."""
    found = [
        (g, d["id"], d["text"])
        for g in GOLD
        for d in (from_redocred(a.redocred) if g == "redocred" else read_jsonl(getattr(a, g)))
    ]
    seen = set()
    for path in a.more:
        for i, d in enumerate(read_jsonl(path)):
            text = d.get("text") or d.get("sent")
            if text not in seen:
                seen.add(text)
                found.append(("more", f"{path.stem}-{i}", text))
    if a.knowledgenet:
        with zipfile.ZipFile(a.knowledgenet) as packed:
            name = next(n for n in packed.namelist() if n.endswith(".html") and "MACOSX" not in n)
            page = packed.read(name).decode()
        for i, passage in enumerate(re.findall(r"<p>(.*?)</p>", page, re.S)):
            text = html.unescape(re.sub(r"<[^>]+>", "", passage)).strip()
            if text and text not in seen:
                seen.add(text)
                found.append(("knowledgenet", f"knowledgenet-{i}", text))
    return found


def parse(found: Texts, nlp) -> Iterator[Parsed]:
    """The blocks of texts, parsed as they are at run time."""
    work = []
    for gold, name, text in found:
        document = document_from_text(text, source=name)
        for b in pipeline.blocks_of(document):
            work.append((pipeline.readable(text[b.start : b.end]), (gold, name)))
    for doc, (gold, name) in nlp.pipe(work, as_tuples=True, batch_size=64):
        if 0 < len(doc) < 1500:
            yield Parsed(
                gold, name, [t.text for t in doc], [bool(t.whitespace_) for t in doc], [t.tag_ for t in doc],
                [t.dep_ for t in doc], [t.head.i for t in doc], [bool(t.is_sent_start) for t in doc],
            )  # fmt: skip


def scores(teacher: Encoder, blocks: list[Parsed]) -> list[np.ndarray]:
    """The teacher's scores of all layers side by side, a row a token."""
    out = []
    for b in blocks:
        lengths = [max(1, len(teacher.pieces(t))) for t in b.tokens]
        starts = [i for i, s in enumerate(b.starts) if s or i == 0]
        parts = []
        for first, last in runs(lengths, list(zip(starts, [*starts[1:], len(b.tokens)], strict=True))):
            cut = slice(first, last)
            found = teacher.scores(b.tokens[cut], b.tags[cut], b.deps[cut], b.starts[cut])
            parts.append(np.concatenate([found[k] for k in LAYERS], axis=1).astype(np.float16))
        out.append(np.concatenate(parts))
    return out


def joined(b: Parsed, start: int, end: int) -> str:
    return "".join(w + " " * s for w, s in zip(b.tokens[start:end], b.spaces[start:end], strict=True))


def varied(blocks: list[Parsed], scored: list[np.ndarray]) -> Texts:
    """The texts with the names that the teacher finds exchanged for others, and some of them in one case."""
    rng = random.Random(SEED)
    spans = [list(NAMES.spans(NAMES.best_path(s[:, : len(NAMES.names)].astype(np.float32)))) for s in scored]
    pools: dict[str, set[str]] = defaultdict(set)
    for b, found in zip(blocks, spans, strict=True):
        for start, end, kind in found:
            pools[kind].add(joined(b, start, end).strip())
    known = {k: sorted(n for n in v if len(n) < 60) for k, v in pools.items()}
    given, surnames, places = gazetteer.words()

    def name(kind: str) -> str:
        if rng.random() < 0.12:
            kind = rng.choice(("Person", "Organization", "GPE", "Facility", "Location", "Product", "Work"))
        if kind == "Person" and rng.random() < 0.6:
            first, last, initial = rng.choice(given), rng.choice(surnames), rng.choice(given)[0]
            forms = (f"{first} {last}", first, last, f"{first[0]}. {last}", f"{first} {initial}. {last}")
            return rng.choices(forms, (45, 20, 20, 7, 8))[0]
        if kind == "GPE" and rng.random() < 0.4:
            return rng.choice(places)
        return rng.choice(known.get(kind) or known["Organization"])

    out: Texts = []
    for b, found in zip(blocks, spans, strict=True):
        times = VARIANTS[b.gold] if found else 0
        for _ in range(int(times) + (rng.random() < times % 1)):
            text, at, other = "", 0, {}
            for start, end, kind in found:
                text += joined(b, at, start)
                old = joined(b, start, end)
                if rng.random() < 0.8:
                    key = old.strip()
                    other[key] = other.get(key) or name(kind)
                    old = other[key] + " " * b.spaces[end - 1]
                text, at = text + old, end
            text += joined(b, at, len(b.tokens))
            change: Callable[[str], str] = rng.choices(
                (str.strip, str.upper, str.lower, str.title), (92, 3, 3, 2)
            )[0]
            out.append((b.gold, b.document, change(text).strip()))
    return out


def known_of_pieces(base: Path, weights: Path) -> np.ndarray:
    """What is known of each word piece: its embedding, and what encoders make of it standing alone.

    The encoders are the one that training started from and the teacher, which is told once that the piece is
    a name and once that it is a noun.
    """
    from transformers import BertModel

    plain = BertModel.from_pretrained(base, add_pooling_layer=False, local_files_only=True).eval()
    teacher = load_base(base, KEPT)
    teacher.load_state_dict(torch.load(weights))
    teacher.eval()
    embedding = plain.embeddings.word_embeddings.weight.detach()
    told = [("Title", "NNP"), ("lower", "NN")]
    parts: list[list[np.ndarray]] = [[], [], []]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for some in torch.arange(len(embedding)).split(3000):
            alone = torch.stack([torch.full_like(some, 101), some, torch.full_like(some, 102)], 1)
            parts[0].append(plain(alone).last_hidden_state[:, 1].float().numpy())
            for i, (form, tag) in enumerate(told):
                features = {k: torch.zeros_like(alone) for k in model.FEATURES}
                features["shape"][:, 1], features["tag"][:, 1] = SHAPES.index(form), TAGS.index(tag)
                hidden = teacher.encode(alone, torch.ones_like(alone), features)[:, 1]
                parts[1 + i].append(hidden.float().numpy())
    own, name, noun = (np.concatenate(p) for p in parts)
    groups = [embedding.numpy(), own, np.concatenate([name, noun], axis=1)]
    even = [(g - g.mean(0)) / (g.std(0) + 1e-6) / np.sqrt(g.shape[1]) for g in groups]
    x = np.clip(np.concatenate(even, axis=1), -0.3, 0.3)
    axes, _, _ = np.linalg.svd(x.T @ x)
    y = x @ axes[:, :KNOWN]
    return (y / y.std()).astype(np.float32)


class Corpus:
    """Blocks one after the other as arrays, and their batches."""

    def __init__(self, known: np.ndarray, vocabulary: Path) -> None:
        self.known, self.cut = known, word_pieces(vocabulary)
        self.words: dict[str, int] = {}
        self.vectors: list[np.ndarray] = []
        self.features: list[tuple[int, ...]] = []
        self.blocks: list[dict[str, np.ndarray]] = []

    def _word(self, word: str) -> int:
        if word not in self.words:
            pieces = list(self.cut(word)[:LONGEST_WORD]) or [UNKNOWN]
            self.words[word] = len(self.vectors)
            self.vectors.append(self.known[pieces].mean(0))
            self.features.append(word_features(word, len(pieces)))
        return self.words[word]

    def add(self, b: Parsed, scored: np.ndarray) -> None:
        tags, deps = ({x: i for i, x in enumerate(order)} for order in (TAGS, DEPS))
        self.blocks.append(
            {
                "word": np.array([self._word(t) for t in b.tokens]),
                "tag": np.array([tags.get(t, 0) for t in b.tags]),
                "dep": np.array([deps.get(d, 0) for d in b.deps]),
                "shape": np.array([shape(t, s) for t, s in zip(b.tokens, b.starts, strict=True)]),
                "head": np.array(b.heads),
                "scores": scored,
            }
        )

    def freeze(self) -> None:
        self.vector_table, self.feature_table = (
            torch.tensor(np.array(self.vectors)),
            torch.tensor(self.features),
        )

    def batch(self, chosen: list[int]) -> dict[str, torch.Tensor]:
        blocks = [self.blocks[i] for i in chosen]
        sizes = [len(b["word"]) for b in blocks]
        starts = list(itertools.accumulate([0, *[n + 1 for n in sizes]]))

        def row(key: str) -> torch.Tensor:
            return torch.from_numpy(np.concatenate([np.append(b[key], 0) for b in blocks]))

        out = {k: row(k) for k in ("word", "tag", "dep", "shape")}
        heads = [np.append(b["head"], n) + s for b, n, s in zip(blocks, sizes, starts, strict=False)]
        out["head"] = torch.from_numpy(np.concatenate(heads))
        out["real"] = torch.cat([torch.tensor([[1.0]] * n + [[0.0]]) for n in sizes])
        out["block"] = torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes) + 1)
        out["scores"] = torch.from_numpy(np.concatenate([b["scores"] for b in blocks])).float()
        return out


def loss(net: Network, corpus: Corpus, b: dict[str, torch.Tensor]) -> torch.Tensor:
    """How far the student's probabilities are from the teacher's, layer by layer."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words, features = corpus.vector_table[b["word"]], corpus.feature_table[b["word"]]
        x = net.embed(words, features, b, hide=0.06)
        y = net(x, b["real"], b["head"], b["block"])
    y = y.float()[b["real"][:, 0] > 0]
    total = torch.zeros(())
    sizes = list(model.LAYERS.values())
    for name, own, other in zip(LAYERS, y.split(sizes, 1), b["scores"].split(sizes, 1), strict=True):
        wanted = other.log_softmax(-1)
        total = total + WEIGHTS[name] * (wanted.exp() * (wanted - own.log_softmax(-1))).sum(-1).mean()
    return total


def train(net: Network, corpus: Corpus, epochs: float, rate: float, target: Path) -> Network:
    """Train on a corpus; gives the running mean of the weights."""
    rng = np.random.default_rng(SEED)
    matrices = [p for p in net.parameters() if p.dim() > 1]
    vectors = [p for p in net.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.02}, {"params": vectors, "weight_decay": 0.0}],
        lr=rate, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    mean = copy.deepcopy(net)
    steps = int(epochs * math.ceil(sum(len(b["word"]) for b in corpus.blocks) / BATCH))
    step, began = 0, time.time()
    net.train()
    while step < steps:
        group: list[int] = []
        order = rng.permutation(len(corpus.blocks)).tolist()
        for i in order:
            group.append(i)
            if sum(len(corpus.blocks[k]["word"]) for k in group) < BATCH and i != order[-1]:
                continue
            if step == steps:
                break
            warm, cosine = (step + 1) / (0.03 * steps), 0.5 * (1 + math.cos(math.pi * step / steps))
            for part in optimizer.param_groups:
                part["lr"] = rate * min(warm, cosine)
            value = loss(net, corpus, corpus.batch(group))
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step, group = step + 1, []
            with torch.no_grad():
                for kept, now in zip(mean.parameters(), net.parameters(), strict=True):
                    kept.lerp_(now, 1 - min(0.998, (1 + step) / (10 + step)))
            if step % 100 == 0:
                print(
                    f"{target.stem} {step}/{steps} {time.time() - began:.0f} s {value.item():.4f}", flush=True
                )
    torch.save(mean.state_dict(), target)
    return mean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in (*GOLD, "base", "weights", "measured", "shipped", "work", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="JSON lines with text or sent")
    parser.add_argument("--knowledgenet", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(SEED)
    a.work.mkdir(parents=True, exist_ok=True)

    def once(name: str, make: Callable[[], object]):
        path = a.work / f"{name}.pkl"
        if not path.exists():
            path.write_bytes(pickle.dumps(make(), protocol=5))
        return pickle.loads(path.read_bytes())

    nlp = pipeline.load("en_core_web_sm", "accurate")
    nlp.remove_pipe("kg_encoder")
    blocks: list[Parsed] = once("blocks", lambda: list(parse(texts(a), nlp)))
    seen = [b for b in blocks if not held_out(b)]
    gold = [b for b in blocks if b.gold in GOLD]
    seen_scores = once("seen", lambda: scores(Encoder(a.measured), seen))
    other: list[Parsed] = once("other", lambda: list(parse(varied(seen, seen_scores), nlp)))
    other_scores = once("other_scores", lambda: scores(Encoder(a.measured), other))
    gold_scores = once("gold_scores", lambda: scores(Encoder(a.shipped), gold))
    known = once("known", lambda: known_of_pieces(a.base, a.weights))
    net = Network(KNOWN)
    stages = (
        ("plain", seen, seen_scores, 5, 2e-3),
        ("varied", seen + other, seen_scores + other_scores, 2, 1.2e-3),
        ("last", gold, gold_scores, 3, 5e-4),
    )
    for stage, some, scored, epochs, rate in stages:
        corpus = Corpus(known, a.base / "vocab.txt")
        for b, s in zip(some, scored, strict=True):
            corpus.add(b, s)
        corpus.freeze()
        net = train(net, corpus, epochs, rate, a.work / f"{stage}.pt")
        state = {k: v.numpy() for k, v in net.state_dict().items()}
        write(state, known, a.out if stage == "last" else a.work / stage)


if __name__ == "__main__":
    main()
