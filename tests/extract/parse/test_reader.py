"""The learned reader of roles and attachments, on weights made here: none are needed to test it."""

import gzip
import json
import math
import types

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.config import ExtractConfig
from kg.extract import Extractor
from kg.extract.lexicon.labels import ODDS
from kg.extract.parse import attachments, encoder, pipeline, reader, roles, rolesets, standing
from kg.extract.parse.attachments import Arc
from kg.extract.parse.features import DEPS, TAGS
from kg.extract.parse.heads import ROLE_LABELS, Heads, States
from kg.extract.parse.rolesets import Rolesets, Words
from kg.extract.parse.tree import Tree
from kg.read import document_from_text

SENSES = 5
INSTALLED = pytest.mark.skipif(not reader.installed(), reason="no weights of the reader are installed")
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
    path = tmp_path / "rolesets.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for name, aliases, found in ROLESETS:
            given = [{"n": n, "f": "PPT", "descr": "what", "seen": 2, "markers": m} for n, m in found.items()]
            row = {"id": name, "name": "pass", "aliases": aliases, "examples": 3, "roles": given}
            lines.write(json.dumps(row) + "\n")
    return path


@pytest.fixture
def tiny(lexicon, tmp_path):
    """Heads with random tables, without the networks."""
    rng = np.random.default_rng(3)
    rows = {"relation": standing.RELATIONS, "distance": standing.DISTANCES, "tag": len(TAGS)}
    tables = {k: rng.normal(size=(n, len(DEPS))).astype(np.float32) for k, n in rows.items()}
    tables["senses"] = rng.integers(-127, 127, (len(ROLESETS), SENSES)).astype(np.int8)
    tables["scale"] = np.full((len(ROLESETS), 1), 0.01, np.float32)
    tables["prior"] = np.array([1.0, 0.0, 0.0, 0.0], np.float32)
    np.savez(tmp_path / "reader.npz", **tables)
    return Heads(tmp_path)


def states(n, seed=1):
    rng = np.random.default_rng(seed)
    widths = (7, 6, 6, len(attachments.KINDS), 1, SENSES)
    return States(*(rng.normal(size=(n, w)).astype(np.float32) for w in widths))


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
    assert found.marked(0, ["to", "of"]).tolist() == [[0, 0, 0.75, 0, 0, 0], [0] * 6]


def test_rolesets_without_descriptions_say_the_same(lexicon, tmp_path):
    rolesets.without_words(lexicon, tmp_path / "short.jsonl.gz")
    assert b"what" not in gzip.decompress((tmp_path / "short.jsonl.gz").read_bytes())
    a, b = Rolesets(lexicon), Rolesets(tmp_path / "short.jsonl.gz")
    assert (a.names, a.markers, a.by_alias) == (b.names, b.markers, b.by_alias)
    assert (a.features == b.features).all()


def test_scores_are_shares(tiny):
    h = states(8)
    assert np.allclose(tiny.arcs(h, SENTENCE).sum(-1), 1, atol=1e-5)
    assert np.allclose(tiny.senses(h.senses[1], [0, 2]).sum(), 1, atol=1e-5)


def test_what_is_known_of_pairs_counts_by_the_label_of_the_one_that_hangs(tiny):
    h = states(8)
    before = tiny.arcs(h, SENTENCE)
    tiny.bonus["relation"][standing.HEAD, DEPS.index("prep")] += 9
    after = tiny.arcs(h, SENTENCE)
    assert after[5].argmax() == SENTENCE.heads[5]
    assert np.allclose(np.delete(before, 5, 0), np.delete(after, 5, 0))


def test_a_sense_that_was_seen_more_often_is_likelier(tiny):
    assert tiny.senses(np.zeros(SENSES, np.float32), [1, 0]).argmax() == 1


def test_branches_are_those_that_a_walk_finds():
    rng = np.random.default_rng(8)
    for _ in range(40):
        n = int(rng.integers(1, 12))
        order = rng.permutation(n).tolist()
        heads = [0] * n
        for k, i in enumerate(order):
            heads[i] = order[int(rng.integers(0, k))] if k else i
        i = int(rng.integers(0, n))
        ways = [way(heads, t) for t in range(n)]
        level, top, edge = standing.branches(heads, i)
        for t in range(n):
            meet = next(k for k in ways[t] if k in ways[i])
            assert level[t] == min(ways[i].index(meet), standing.LEVELS - 1)
            assert top[t] == (t if meet == t else ways[t][ways[t].index(meet) - 1])
            mates = [k for k in range(n) if top[k] == top[t]]
            assert edge[t] == (mates[0] == t) + 2 * (mates[-1] == t)


def way(heads, i):
    """Give a token and all above it."""
    found = [i]
    while heads[i] != i:
        i = heads[i]
        found.append(i)
    return found


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


class Sure:
    """Heads that are given, with how sure they are, and what marks a role of every verb."""

    def __init__(self, arcs, n=8, kinds=None, marked=()):
        self.rolesets = types.SimpleNamespace(
            candidates=lambda sentence, i: [0], markers=[[dict.fromkeys(marked, 0.8)]]
        )
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

    def states(self):
        return states(len(self.told))._replace(kinds=self.told)


def changes(sure, sentence=SENTENCE):
    n = len(sentence.words)
    return attachments.changes(sure, sure.states().of(0, n), sentence)


def test_what_is_sure_to_hang_elsewhere_is_hung_there():
    assert changes(Sure({5: (1, 0.97)})) == {5: Arc(1, pytest.approx(0.97))}


@pytest.mark.parametrize("arc", [{5: (1, 0.5)}, {5: (3, 0.99)}, {5: (7, 0.99)}, {0: (3, 0.99)}])
def test_what_is_unsure_or_the_same_or_no_such_decision_stays(arc):
    assert changes(Sure(arc)) == {}


def test_what_is_surely_of_another_kind_gets_its_label():
    sure = Sure({3: (0, 0.97)}, kinds={3: ("appos", 0.95)})
    assert changes(sure) == {3: Arc(0, pytest.approx(0.95), "appos")}
    tree = Tree(doc_of())
    tree.doc.user_data[attachments.KEY] = {3: Arc(0, 0.95, "appos")}
    attachments.settle(tree)
    assert (tree.head[3], tree.dep[3]) == (0, "appos")


@pytest.mark.parametrize("kind", [("appos", 0.6), ("nsubj", 0.99), ("other", 0.99)])
def test_what_is_not_surely_of_a_kind_that_is_mended_stays(kind):
    assert changes(Sure({3: (0, 0.97)}, kinds={3: kind})) == {}


def parsed(text):
    """Give words from lines of token, tag, part of speech, head and label."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    columns = [list(c) for c in zip(*rows, strict=True)]
    return Words(columns[0], columns[1], columns[4], [int(h) for h in columns[3]], columns[0], columns[2])


TOLD = """
    They PRP PRON 1 nsubj
    told VBD VERB 1 ROOT
    the DT DET 3 det
    crew NN NOUN 1 dobj
    of IN ADP 1 prep
    it PRP PRON 4 pobj
"""


def test_a_preposition_that_marks_a_role_of_the_verb_stays_unless_it_is_very_sure():
    words = parsed(TOLD)
    assert set(changes(Sure({4: (3, 0.9)}), words)) == {4}
    assert changes(Sure({4: (3, 0.9)}, marked=["of"]), words) == {}
    assert set(changes(Sure({4: (3, 0.97)}, marked=["of"]), words)) == {4}


CONVENTIONS = [
    ("ran VBD VERB 0 ROOT\nout IN ADP 0 prep\nof IN ADP 1 prep\nfuel NN NOUN 2 pobj", 2, 0),
    ("saw VBD VERB 0 ROOT\ntowns NNS NOUN 0 dobj\nsuch JJ ADJ 3 amod\nas IN ADP 1 prep", 3, 0),
    ("paid VBD VERB 0 ROOT\nfor IN ADP 0 prep\n$ $ SYM 3 quantmod\n2 CD NUM 1 pobj\nin IN ADP 3 prep", 4, 2),
    (
        "sold VBD VERB 0 ROOT\nit PRP PRON 0 dobj\nin IN ADP 0 prep\norder NN NOUN 2 pobj\n"
        "to TO PART 5 aux\npay VB VERB 3 acl",
        5,
        0,
    ),
]


@pytest.mark.parametrize(("text", "i", "head"), CONVENTIONS)
def test_what_only_the_conventions_of_treebanks_part_stays(text, i, head):
    assert changes(Sure({i: (head, 0.99)}), parsed(text)) == {}


def test_no_circle_is_made_and_the_surer_arc_wins():
    found = Words(["a"] * 4, ["NN"] * 4, ["ROOT", "prep", "prep", "pobj"], [0, 0, 0, 2], ["a"] * 4, ["X"] * 4)
    assert changes(Sure({2: (3, 0.99)}), found) == {}
    both = changes(Sure({1: (2, 0.95), 2: (1, 0.99)}), found)
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
    doc.user_data[reader.TOKENS] = states(8)
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


def told(out):
    """Give what a command said: of each sentence the predicates as they are written, with sense and roles."""
    rows = [json.loads(line) for line in out.splitlines()]
    return [
        {
            row["words"][p["predicate"]]: (
                p["roleset"],
                {role: " ".join(row["words"][a:b]) for role, a, b, _ in p["args"]},
            )
            for p in row["propositions"]
        }
        for row in rows
    ]


@INSTALLED
@pytest.mark.model
def test_the_command_says_who_does_what_to_whom(kg, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text(
        "Ada sold the old mill to Bo in 1902. "
        "The engineers who had built the bridge were praised by the mayor."
        " She did not want it. The decision to close the plant surprised them.\n",
        encoding="utf-8",
    )
    code, out, _ = kg("extract", note, "--view", "roles")
    assert code == 0
    sold, praised, want, surprised = told(out)
    assert sold == {
        "sold": (
            "sell.01",
            {"ARG0": "Ada", "ARG1": "the old mill", "ARG2": "to Bo", "ARGM-TMP": "in 1902"},
        )
    }
    assert praised["built"] == (
        "build.01",
        {"ARG0": "The engineers", "R-ARG0": "who", "ARG1": "the bridge"},
    )
    assert praised["praised"][1]["ARG0"] == "by the mayor"
    assert praised["praised"][1]["ARG1"] == "The engineers who had built the bridge"
    assert want["want"] == ("want.01", {"ARG0": "She", "ARGM-NEG": "not", "ARG1": "it"})
    assert surprised["decision"][0] == "decide.01"
    assert surprised["close"][1]["ARG1"] == "the plant"
    second = json.loads(out.splitlines()[2])
    assert (second["source"], second["start"], second["end"]) == ("note.txt", 103, 123)
    assert all(0 < a[3] <= 1 for p in second["propositions"] for a in p["args"])


@INSTALLED
@pytest.mark.model
def test_given_tokens_are_read_as_texts_are(kg, tmp_path):
    given = tmp_path / "given.conllu"
    given.write_text("1\tAda\n2\tsailed\n\n1\tBo\n2\tstayed\n", encoding="utf-8")
    code, out, _ = kg("extract", "--trees", given, "--view", "roles")
    assert code == 0
    sailed, stayed = told(out)
    assert sailed == {"sailed": ("sail.01", {"ARG0": "Ada"})}
    assert set(stayed) == {"stayed"}


@INSTALLED
@pytest.mark.model
@pytest.mark.parametrize("profile", ["accurate", "fast"])
def test_roles_are_alike_whoever_finds_the_names(profile):
    extractor = Extractor(ExtractConfig(profile=profile))
    ((sentence,),) = extractor.roles([document_from_text("Ada sold the old mill to Bo.")])
    (sold,) = sentence.propositions
    assert (sold.roleset, [r.name for r in sold.roles]) == ("sell.01", ["ARG0", "ARG1", "ARG2"])


@INSTALLED
@pytest.mark.model
def test_a_predicate_is_read_alike_alone_and_beside_others(nlp):
    doc = nlp("Ada sold the mill and bought a ship.")
    words, found = reader.words_of(next(doc.sents)), reader.states_of(doc)
    both = roles.propositions(reader.shared(), found, words, [1, 5])
    (alone,) = roles.propositions(reader.shared(), found, words, [5])
    assert [(r.name, r.start, r.end) for r in alone.roles] == [
        (r.name, r.start, r.end) for r in both[1].roles
    ]
    assert alone.probability == both[1].probability
    assert roles.propositions(reader.shared(), found, words, []) == []


@INSTALLED
@pytest.mark.model
def test_a_word_without_a_sense_has_roles_at_most(nlp):
    doc = nlp("Ada sold it to Bo.")
    words, found = reader.words_of(next(doc.sents)), reader.states_of(doc)
    (name,) = roles.propositions(reader.shared(), found, words, [4])
    assert name.roleset == ""
    assert all(0 <= r.start < r.end <= 6 and 0 < r.probability <= 1 for r in name.roles)


@INSTALLED
@pytest.mark.model
def test_names_are_those_of_the_component_of_names_alone():
    text = "Ida Holt of Acme Ltd met the mayor of Ghent in Oslo on 3 May. Bo Berg sailed to Bergen."
    loaded = {reads: pipeline.load("en_core_web_sm", reads=reads) for reads in (True, False)}
    with_it, without = loaded[True](text), loaded[False](text)
    assert reader.FACTORY in loaded[True].pipe_names
    assert [(e.text, e.label_) for e in with_it.ents] == [(e.text, e.label_) for e in without.ents]
    assert with_it.user_data[ODDS] == without.user_data[ODDS]
    assert encoder.STATES not in with_it.user_data


@pytest.mark.model
@pytest.mark.parametrize(
    "config", [ExtractConfig(reader=False), ExtractConfig(profile="fast"), ExtractConfig(ner="stock")]
)
def test_nothing_is_mended_where_it_is_not_wanted_or_another_finds_the_names(config):
    assert reader.FACTORY not in Extractor(config).nlp.pipe_names


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


# The weights that come with the package.


def said_in(text):
    """Give the rolesets of a text with their roles, as words."""
    nlp = pipeline.load("en_core_web_sm")
    reader.prepare(nlp)
    found = {}
    for _, words, propositions in reader.roles_of(nlp(text)):
        for p in propositions:
            found[p.roleset] = {r.name: " ".join(words[r.start : r.end]) for r in p.roles}
            assert all(0 < r.probability <= 1 for r in p.roles)
    return found


@pytest.mark.model
def test_installed_weights_tell_who_does_what_to_whom():
    assert reader.installed()
    found = said_in("Halm Foods bought the mill from Anna Berg in 2010.")
    assert found["buy.01"] == {
        "ARG0": "Halm Foods",
        "ARG1": "the mill",
        "ARG2": "from Anna Berg",
        "ARGM-TMP": "in 2010",
    }


@pytest.mark.model
def test_installed_weights_tell_senses_apart():
    assert "run.01" in said_in("She runs a bank in Ulm.")
    assert "run.02" in said_in("The dog ran down the hill.")


@pytest.mark.model
def test_a_build_does_without_the_reader_unless_it_is_wanted():
    assert reader.FACTORY not in pipeline.load("en_core_web_sm").pipe_names
    assert reader.FACTORY not in pipeline.load("en_core_web_sm", reads=False).pipe_names
    assert reader.FACTORY in pipeline.load("en_core_web_sm", reads=True).pipe_names
    assert reader.FACTORY not in Extractor(ExtractConfig()).nlp.pipe_names
    assert reader.FACTORY in Extractor(ExtractConfig(reader=True)).nlp.pipe_names
