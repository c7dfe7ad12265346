"""The learned reader of roles and attachments, on weights made here: none are needed to test it."""

import gzip
import json
import math

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.parse import attachments, encoder, heads, reader, roles, rolesets, standing
from kg.extract.parse.attachments import Arc
from kg.extract.parse.features import DEPS, TAGS
from kg.extract.parse.heads import ROLE_LABELS, Heads
from kg.extract.parse.rolesets import Rolesets, Words
from kg.extract.parse.tree import Tree

WIDTH, WIDE, KIND, KINDS, ARC = 16, 12, 7, 11, 6
ROLESETS = [
    ("hand.01", ["hand/v", "handing/n"], {"0": {}, "1": {}, "2": {"to": 3}}),
    ("hand.02", ["hand_over/v"], {"0": {}, "1": {}}),
    ("hand.03", ["hand/n"], {"1": {"of": 1}}),
    ("sail.01", ["sail/v"], {"0": {}, "M": {}}),
]
#        she    handed   the    map     over     to     Bo    .
SENTENCE = Words(
    words="She handed the map over to Bo .".split(),
    tags="PRP VBD DT NN RP IN NNP .".split(),
    deps="nsubj ROOT det dobj prt prep pobj punct".split(),
    heads=[1, 1, 3, 1, 1, 3, 5, 1],
    lemmas="she hand the map over to Bo .".split(),
    pos="PRON VERB DET NOUN ADP ADP PROPN PUNCT".split(),
)


@pytest.fixture
def lexicon(tmp_path):
    path = tmp_path / "propbank.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for name, aliases, found in ROLESETS:
            given = [{"n": n, "f": "PPT", "descr": "what", "seen": 2, "markers": m} for n, m in found.items()]
            row = {"id": name, "name": "pass", "aliases": aliases, "examples": 3, "roles": given}
            lines.write(json.dumps(row) + "\n")
    return path


@pytest.fixture
def tiny(lexicon, tmp_path):
    """Heads with random weights, a few of them in 8 bits."""
    rng = np.random.default_rng(3)
    shapes = {"role.out": (len(ROLE_LABELS), WIDE), "role.frame": (WIDE, rolesets.WIDTH)}
    shapes |= {"role.marker": (WIDE, rolesets.CORE), "kind.state": (KIND, WIDTH), "kind.out": (KINDS, KIND)}
    shapes |= {f"arc.{k}": (ARC, WIDTH) for k in ("token", "head")}
    shapes |= {f"role.{k}": (WIDE, WIDTH) for k in ("token", "predicate")}
    shapes |= {"predicate.state": (1, WIDTH), "sense.state": (5, WIDTH)}
    layers = [f"role.layers.{i}" for i in range(heads.DEPTH)]
    for layer in layers:
        shapes |= {f"{layer}.self_attn.out_proj": (WIDE, WIDE), f"{layer}.linear1": (20, WIDE)}
        shapes |= {f"{layer}.linear2": (WIDE, 20)}
    weights = {f"{k}.weight": rng.normal(size=s) for k, s in shapes.items()}
    weights |= {f"{k}.bias": rng.normal(size=s[0]) for k, s in shapes.items()}
    norms = ["role.norm", "role.last"]
    for layer in layers:
        weights[f"{layer}.self_attn.in_proj_weight"] = rng.normal(size=(3 * WIDE, WIDE))
        weights[f"{layer}.self_attn.in_proj_bias"] = rng.normal(size=3 * WIDE)
        norms += [f"{layer}.norm1", f"{layer}.norm2"]
    for name in norms:
        weights |= {f"{name}.weight": np.ones(WIDE), f"{name}.bias": np.zeros(WIDE)}
    tables = {"arc.relation": (standing.RELATIONS * len(DEPS), 1), "kind.dep": (len(DEPS), KIND)}
    tables |= {"arc.distance": (standing.DISTANCES * len(DEPS), 1), "predicate.tag": (len(TAGS), 1)}
    tables |= {"arc.tag": (len(TAGS) * len(DEPS), 1), "sense.table": (len(ROLESETS), 5)}
    tables |= {"role.distance": (standing.DISTANCES, WIDE), "role.below": (standing.RELATIONS, WIDE)}
    tables |= {"role.dep": (len(DEPS), WIDE), "arc.dep": (len(DEPS), ARC), "arc.head_tag": (len(TAGS), ARC)}
    tables |= {"role.branch": (standing.LEVELS * len(DEPS), WIDE)}
    tables |= {"role.edge": (standing.LEVELS * standing.EDGES, WIDE)}
    weights |= {f"{k}.weight": rng.normal(size=s) for k, s in tables.items()}
    weights["role.token.weight"] = rng.integers(-127, 127, (WIDE, WIDTH)).astype(np.int8)
    weights["role.token.weight.scale"] = np.full((WIDE, 1), 0.01)
    weights["prior"] = np.array([1.0, 0.0, 0.0, 0.0])
    np.savez(tmp_path / "reader.npz", **weights)
    return Heads(tmp_path / "reader.npz", Rolesets(lexicon))


def states(n, seed=1):
    return np.random.default_rng(seed).normal(size=(n, WIDTH)).astype(np.float32)


def test_relations_are_those_that_a_walk_through_the_tree_finds():
    found = standing.relations(SENTENCE.heads)
    assert found[6].tolist() == [0, 3, 8, 2, 0, 1, 9, 0]
    assert found[3].tolist() == [7, 1, 5, 9, 7, 5, 6, 7]
    assert found[2, 0] == standing.AUNT
    assert standing.relations([]).shape == (0, 0)


def test_distances_tell_before_from_behind_and_end_somewhere():
    found = standing.distances(40)
    assert found[5, 5] == 0
    assert found[5, 6] == 1
    assert found[6, 5] == 1 + len(standing.STEPS)
    assert found.max() == standing.DISTANCES - 1
    assert found[0, 39] == len(standing.STEPS)


def test_senses_are_sought_by_particle_then_lemma_and_part_of_speech(lexicon):
    found = Rolesets(lexicon)
    names = lambda s, i: [found.names[k] for k in found.candidates(s, i)]  # noqa: E731
    assert names(SENTENCE, 1) == ["hand.02"]
    plain = Words(["hand"], ["NN"], ["ROOT"], [0], ["hand"], ["NOUN"])
    assert names(plain, 0) == ["hand.03", "hand.01"]
    assert names(Words(["xyz"], ["NN"], ["ROOT"], [0], ["xyz"], ["NOUN"]), 0) == []
    assert found.marked(0, ["To", "of"])[0][2] == 0.75
    assert found.marked(0, ["To", "of"])[1] == [0] * 6


def test_rolesets_without_descriptions_say_the_same(lexicon, tmp_path):
    rolesets.without_words(lexicon, tmp_path / "short.jsonl.gz")
    assert b"what" not in gzip.decompress((tmp_path / "short.jsonl.gz").read_bytes())
    a, b = Rolesets(lexicon), Rolesets(tmp_path / "short.jsonl.gz")
    assert (a.names, a.markers, a.by_alias) == (b.names, b.markers, b.by_alias)
    assert (a.features == b.features).all()


def test_the_error_function_is_right():
    x = np.linspace(-5, 5, 101).astype(np.float32)
    expected = [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in x.tolist()]
    assert np.abs(heads.gelu(x) - expected).max() < 1e-5


def test_scores_are_shares(tiny):
    h = states(8)
    assert np.allclose(tiny.arcs(h, SENTENCE).sum(-1), 1, atol=1e-5)
    assert np.allclose(tiny.kinds(h, SENTENCE).sum(-1), 1, atol=1e-5)
    assert np.allclose(np.exp(tiny.roles(h, SENTENCE, [1, 3], [0, -1])).sum(-1), 1, atol=1e-4)
    assert tiny.senses(h[1], [0, 2]).shape == (2,)
    assert ((tiny.predicates(h, SENTENCE) > 0) & (tiny.predicates(h, SENTENCE) < 1)).all()


def test_a_predicate_is_read_alike_alone_and_beside_others(tiny):
    h = states(8)
    alone = tiny.roles(h, SENTENCE, [3], [2])
    assert np.allclose(tiny.roles(h, SENTENCE, [1, 3], [1, 2])[1], alone[0], atol=1e-4)


def log_p(*rows):
    """Give rows of log probabilities in which some labels are likely."""
    share = np.full((len(rows), len(ROLE_LABELS)), 1e-4, np.float32)
    for i, row in enumerate(rows):
        for name, value in row.items():
            share[i, ROLE_LABELS.index(name)] = value
    return np.log(share)


def test_an_inside_goes_on_with_its_own_role_alone():
    rng = np.random.default_rng(5)
    for _ in range(30):
        path = roles.LABELS.best_path(rng.normal(size=(7, len(ROLE_LABELS))).astype(np.float32))
        for a, b in zip([0, *path], path, strict=False):
            if ROLE_LABELS[b][0] == "I":
                assert ROLE_LABELS[a][2:] == ROLE_LABELS[b][2:]


def test_a_role_with_a_number_comes_once_and_the_surer_one_stays():
    rows = log_p({"B-ARG1": 0.6, "B-ARG0": 0.3}, {"O": 0.9}, {"B-ARG1": 0.9}, {"I-ARG1": 0.9}, {"O": 0.9})
    assert roles.spans_of(rows) == [("ARG0", 0, 1), ("ARG1", 2, 4)]
    times = log_p({"B-ARGM-TMP": 0.9}, {"O": 0.9}, {"B-ARGM-TMP": 0.9})
    assert len(roles.spans_of(times)) == 2


def test_the_probability_of_a_span_counts_its_end():
    rows = log_p({"B-ARG0": 0.8}, {"I-ARG0": 0.5, "O": 0.5})
    assert roles.probability(rows, ("ARG0", 0, 2)) == pytest.approx(math.sqrt(0.8 * 0.5), abs=1e-3)
    assert roles.probability(rows, ("ARG0", 0, 1)) == pytest.approx(math.sqrt(0.8 * 0.5), abs=1e-3)


def test_propositions_have_senses_of_their_lemma_and_roles_within_the_sentence(tiny):
    first, second = roles.propositions(tiny, states(8), SENTENCE, [1, 6])
    assert (first.predicate, first.roleset, second.roleset) == (1, "hand.02", "")
    for p in (first, second):
        assert all(0 <= r.start < r.end <= 8 and 0 < r.probability <= 1 for r in p.roles)
    assert roles.propositions(tiny, states(8), SENTENCE, []) == []


class Sure:
    """Heads that are given, with how sure they are."""

    def __init__(self, arcs, n=8, kinds=None):
        self.likely = np.eye(n, dtype=np.float32)
        self.told = np.zeros((n, len(attachments.KINDS)), np.float32)
        self.told[:, 0] = 0.5
        for i, (head, share) in arcs.items():
            self.likely[i] = 0
            self.likely[i, head] = share
        for i, (kind, share) in (kinds or {}).items():
            self.told[i, attachments.KINDS.index(kind)] = share

    def arcs(self, h, sentence):
        return self.likely[: len(sentence.words), : len(sentence.words)]

    def kinds(self, h, sentence):
        return self.told[: len(sentence.words)]


def test_what_is_sure_to_hang_elsewhere_is_hung_there():
    assert attachments.changes(Sure({5: (1, 0.97)}), states(8), SENTENCE) == {5: Arc(1, pytest.approx(0.97))}


@pytest.mark.parametrize("arc", [{5: (1, 0.5)}, {5: (3, 0.99)}, {5: (7, 0.99)}, {0: (3, 0.99)}])
def test_what_is_unsure_or_the_same_or_no_such_decision_stays(arc):
    assert attachments.changes(Sure(arc), states(8), SENTENCE) == {}


def test_what_is_surely_of_another_kind_gets_its_label():
    sure = Sure({3: (0, 0.97)}, kinds={3: ("appos", 0.95)})
    assert attachments.changes(sure, states(8), SENTENCE) == {3: Arc(0, pytest.approx(0.95), "appos")}
    tree = Tree(doc_of())
    tree.doc.user_data[attachments.KEY] = {3: Arc(0, 0.95, "appos")}
    attachments.settle(tree)
    assert (tree.head[3], tree.dep[3]) == (0, "appos")


@pytest.mark.parametrize("kind", [("appos", 0.6), ("nsubj", 0.99), ("other", 0.99)])
def test_what_is_not_surely_of_a_kind_that_is_mended_stays(kind):
    assert attachments.changes(Sure({3: (0, 0.97)}, kinds={3: kind}), states(8), SENTENCE) == {}


def test_no_circle_is_made_and_the_surer_arc_wins():
    found = Words(["a"] * 4, ["NN"] * 4, ["ROOT", "prep", "prep", "pobj"], [0, 0, 0, 2], ["a"] * 4, ["X"] * 4)
    assert attachments.changes(Sure({2: (3, 0.99)}), states(4), found) == {}
    both = attachments.changes(Sure({1: (2, 0.95), 2: (1, 0.99)}), states(4), found)
    assert list(both) == [2]


def doc_of(vocab=None):
    return Doc(
        vocab or Vocab(),
        words=SENTENCE.words,
        tags=SENTENCE.tags,
        pos=SENTENCE.pos,
        lemmas=SENTENCE.lemmas,
        heads=SENTENCE.heads,
        deps=SENTENCE.deps,
    )


def test_the_component_notes_arcs_and_trees_follow_them():
    doc = doc_of()
    doc.user_data[encoder.STATES] = states(8)
    tree = Tree(reader.Attachments(Sure({5: (1, 0.97)}))(doc))
    attachments.settle(tree)
    assert tree.head[5] == 1
    assert 5 in tree.kids[1]
    assert tree.sure == {5: pytest.approx(0.97)}
    assert doc[5].head.i == 3


def test_without_notes_a_tree_is_the_parse():
    tree = Tree(doc_of())
    attachments.settle(tree)
    assert tree.head == SENTENCE.heads
    assert tree.sure == {}


def test_roles_of_a_doc_are_given_by_sentence(tiny, monkeypatch):
    monkeypatch.setattr(reader, "shared", lambda: tiny)
    doc = doc_of()
    doc.user_data[encoder.STATES] = states(8)
    ((sentence, words, found),) = reader.roles_of(doc)
    assert sentence.text.startswith("She handed")
    assert words == tuple(SENTENCE.words)
    assert found == tuple(roles.propositions(tiny, states(8), SENTENCE))


@pytest.mark.model
def test_the_command_prints_a_line_a_sentence(tiny, monkeypatch, kg, tmp_path):
    monkeypatch.setattr(reader, "shared", lambda: tiny)
    monkeypatch.setattr(reader, "states_of", lambda doc: states(len(doc)))
    note = tmp_path / "note.txt"
    note.write_text("Ada sailed to Bergen. Bo stayed.\n", encoding="utf-8")
    code, out, _ = kg("extract", note, "--view", "roles")
    first, second = (json.loads(line) for line in out.splitlines())
    assert code == 0
    assert first["words"] == "Ada sailed to Bergen .".split()
    assert (second["source"], second["start"], second["end"]) == ("note.txt", 22, 32)
    given = tmp_path / "given.conllu"
    given.write_text("1\tAda\n2\tsailed\n\n1\tBo\n2\tstayed\n", encoding="utf-8")
    code, out, _ = kg("extract", "--trees", given, "--view", "roles")
    assert [json.loads(line)["words"] for line in out.splitlines()] == [["Ada", "sailed"], ["Bo", "stayed"]]


@pytest.mark.model
def test_without_weights_it_is_told_that_there_are_none(monkeypatch, kg, tmp_path):
    monkeypatch.setattr(reader, "MODEL", str(tmp_path))
    reader.shared.cache_clear()
    given = tmp_path / "given.conllu"
    given.write_text("1\tAda\n2\tsailed\n", encoding="utf-8")
    code, _, err = kg("extract", "--trees", given, "--view", "roles")
    assert code != 0
    assert "no weights of the reader" in err


@pytest.mark.parametrize("more", [["--format", "tsv"], ["--schema", "s.json"]])
def test_roles_go_with_lines_of_json_alone(kg, more):
    code, _, err = kg("extract", "x.txt", "--view", "roles", *more)
    assert code == 2
    assert "--view" in err
