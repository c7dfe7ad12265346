"""The training of the reader, on sentences and an encoder made here; it needs the extra `training`."""

import argparse
import gzip
import json
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

from kg.extract.parse import roles  # noqa: E402
from kg.extract.parse.encoder import Encoder  # noqa: E402
from kg.extract.parse.features import piece_rows  # noqa: E402
from kg.extract.parse.heads import Heads  # noqa: E402
from kg.extract.parse.standing import relations  # noqa: E402
from training import export, export_reader, reader, validate_reader  # noqa: E402
from training import model as model_names  # noqa: E402
from training.gold_reader import Frames, Gold, Proposition, Sentence, spacy_arcs  # noqa: E402
from training.model import FEATURES  # noqa: E402
from training.model_reader import OWN, Reader, begin_with, from_shipped, role_labels  # noqa: E402

WORDS = "She handed the map to Bo".split()
# Numbers, heads and labels as Universal Dependencies has them; "of" hangs on "Bo" and marks it.
UD = "2 nsubj|0 root|4 det|2 obj|6 case|2 obl".split("|")


def rows(labels):
    return [
        [str(i), w, "_", "_", "_", "_", *label.split(), "_", "_"]
        for i, (w, label) in enumerate(zip(WORDS, labels, strict=True), 1)
    ]


def sentence():
    heads = [1, 1, 3, 1, 3, 4]
    s = Sentence(
        "d",
        WORDS,
        "PRP VBD DT NN IN NNP".split(),
        "nsubj ROOT det dobj prep pobj".split(),
        heads,
        "she hand the map to Bo".split(),
        "PRON VERB DET NOUN ADP PROPN".split(),
    )
    s.relations = relations(heads)
    s.arcs = Gold(rows(UD)).arcs(s)
    s.propositions = [Proposition(1, 0, [("ARG0", 0, 1), ("ARG1", 2, 4), ("ARG2", 4, 6)])]
    return s


@pytest.fixture
def frames(tmp_path):
    path = tmp_path / "propbank.jsonl.gz"
    role = {"n": "2", "f": "GOL", "descr": "to whom", "seen": 2, "markers": {"to": 2}}
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for name in ("hand.01", "hand.02"):
            row = {"id": name, "aliases": ["hand/v"], "examples": 3, "roles": [role]}
            lines.write(json.dumps(row) + "\n")
    return Frames(path)


def bert(layers):
    config = transformers.BertConfig(
        vocab_size=110, hidden_size=24, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=30
    )
    return transformers.BertModel(config, add_pooling_layer=False)


@pytest.fixture
def model(frames):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    return Reader(bert(export.SHARED + OWN), FEATURES, frames)


@pytest.fixture
def names(tmp_path):
    """A component of names with random weights, as it is shipped."""
    torch.manual_seed(2)
    net = model_names.Names(bert(4), FEATURES)
    state = {k: v.detach().numpy() for k, v in net.state_dict().items()}
    folder = tmp_path / "names"
    folder.mkdir()
    onnx.save(export.build(state, 4, export.CONVENTIONS), folder / "names.onnx")
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n", encoding="utf-8")
    return folder


class Pieces:
    """Cuts nothing: each word is a piece."""

    pieces = staticmethod(lambda word: (len(word),))


def test_a_phrase_is_asked_for_by_its_preposition_and_an_object_by_its_noun():
    found = sentence().arcs
    assert found[4] == ((1,), "prep")
    assert found[3] == ((1,), "obj")
    assert found[0] == ((1,), "nsubj")


def test_arcs_in_labels_of_spacy_let_conjuncts_hang_on_any_earlier_one():
    found = spacy_arcs(rows("2 nsubj|0 ROOT|2 conj|3 conj|3 prep|5 pobj".split("|")))
    assert found[3] == ((1, 2), "conj")
    assert found[4] == ((2,), "prep")
    assert 5 not in found


def test_labels_of_roles_are_read_back_as_the_same_spans():
    given = sentence().propositions[0].roles
    assert roles._spans(role_labels(given, 6).tolist()) == given


def test_a_few_steps_teach_one_sentence(model):
    s = sentence()
    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    model.eval()
    totals = []
    for _ in range(60):
        h = reader.hidden(model, Pieces, [[s, s]])
        parts = model.losses(h, [s, s])
        total = sum(parts.values())
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
        totals.append(total.item())
    assert totals[-1] < totals[0] / 5
    with torch.inference_mode():
        found = validate_reader.scores(model, Pieces, {"x": [s]}, reader.hidden)
    assert found["x roles"] == found["x arcs"] == found["x predicates"] == 1
    assert found["x hard stock"] == 0


@pytest.fixture
def base(tmp_path):
    """A base of more layers than the names have."""
    torch.manual_seed(3)
    bert(6).save_pretrained(tmp_path / "base")
    return tmp_path / "base"


def test_what_is_shared_with_the_names_stays_as_it_is(names, base, frames):
    model = from_shipped(names / "names.onnx", base, frames)
    shared = {k: v.clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], 0.01)
    s = sentence()
    for _ in range(2):
        sum(model.losses(reader.hidden(model, Pieces, [[s]]), [s]).values()).backward()
        optimizer.step()
    moved = {k for k, v in model.state_dict().items() if not torch.equal(v, shared[k])}
    frozen = ("features.", "bert.embeddings.", *(f"bert.encoder.layer.{i}." for i in range(export.SHARED)))
    assert not [k for k in moved if k.startswith(frozen)]
    top = export.SHARED + OWN - 1
    assert {f"bert.encoder.layer.{i}.output.dense.weight" for i in range(export.SHARED, top + 1)} <= moved


def test_a_run_may_begin_with_what_an_earlier_one_learned(model, names, base, frames):
    fresh = from_shipped(names / "names.onnx", base, frames)
    before = fresh.bert.encoder.layer[0].output.dense.weight.clone()
    begin_with(fresh, model.state_dict())
    assert torch.equal(fresh.bert.encoder.layer[0].output.dense.weight, before)
    last = export.SHARED + OWN - 1
    for net in (lambda m: m.bert.encoder.layer[last].output.dense, lambda m: m.arc["token"]):
        assert torch.equal(net(fresh).weight, net(model).weight)


def test_what_is_written_computes_the_same(names, base, frames, tmp_path):
    s = sentence()
    model = from_shipped(names / "names.onnx", base, frames)
    torch.nn.init.normal_(model.sense["table"].weight)
    model.eval()
    source = tmp_path / "propbank.jsonl.gz"
    before = onnx.load(names / "names.onnx").graph.initializer
    export_reader.export(model.state_dict(), source, names, tmp_path / "reader")
    assert onnx.load(names / "names.onnx").graph.initializer == before
    encoder = Encoder(names)
    assert encoder.gives_states
    row = piece_rows(Pieces.pieces, s.words, s.tags, s.deps, [True] + [False] * 5)
    feed = {k: np.array(row[k], dtype=np.int64) for k in ("pieces", *FEATURES, "first")}
    feed["position"] = np.arange(len(row["pieces"]), dtype=np.int64)
    (lower,) = encoder.session.run(["states"], feed)
    pieces = torch.tensor([row["pieces"]])
    heads = Heads(tmp_path / "reader")
    h = heads.states([(lower, feed["first"])], s.deps, s.tags)
    with torch.inference_mode():
        told = {k: torch.tensor([row[k]]) for k in FEATURES}
        mine = model.encode(pieces, torch.ones_like(pieces), told)[0][torch.tensor(row["first"])]
        assert np.abs(mine.numpy() - h.states).max() < 0.2
        given = torch.from_numpy(h.states)
        assert np.abs(model.arcs(given, s).softmax(-1).numpy() - heads.arcs(h, s)).max() < 0.03
        assert np.abs(model.kinds(given, s).softmax(-1).numpy() - h.kinds).max() < 0.03
        assert np.abs(model.predicates(given, s).sigmoid().numpy() - h.predicates[:, 0]).max() < 0.03
        scores, _ = model.roles(given, [(s, 0, 1, 0), (s, 0, 3, -1)])
        found = np.exp(heads.roles(h, s, [1, 3], [0, -1]))
        assert np.abs(scores.softmax(-1).numpy() - found).max() < 0.03
        senses = model.senses(given[1], [0, 1]).softmax(-1).numpy()
        assert np.abs(senses - heads.senses(h.senses[1], [0, 1])).max() < 0.03


def test_a_run_of_bounded_time_ends_with_a_checkpoint_and_is_taken_up(model, tmp_path):
    s = sentence()
    a = argparse.Namespace(work=tmp_path, epochs=1, minutes=float("inf"), rate=1e-3, threads=1)
    reader.train(model, [s] * 4, Pieces, {"x": [s]}, a)
    assert torch.load(tmp_path / "reader.state", weights_only=False)["epoch"] == 1
    a.epochs = 2
    reader.train(model, [s] * 4, Pieces, {"x": [s]}, a)
    lines = [json.loads(line) for line in (tmp_path / "scores.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in lines] == [1, 2]
    a.epochs, a.minutes = 9, 1e-9
    reader.train(model, [s] * 4, Pieces, {}, a)
    assert torch.load(tmp_path / "reader.state", weights_only=False)["step"] == lines[-1]["step"]


def test_batches_hold_each_sentence_once():
    data = [sentence() for _ in range(9)]
    planned = [s for batch in reader.plan(data, random.Random(1)) for chunk in batch for s in chunk]
    assert sorted(map(id, planned)) == sorted(map(id, data))
