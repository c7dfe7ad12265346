"""corrections.toml: read, written, added to, and told what is wrong with it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corrections import Correction, Corrections, Name, Quote, beside
from kg.corrections.file import Wrong, append, parse, read, remove, written
from kg.errors import GraphError

NOON = dt.datetime(2026, 5, 4, 12, 0, 0, tzinfo=dt.UTC)
REJECT = Correction(
    "reject",
    "Ann",
    NOON,
    subject="Bo Ek",
    relation="leave",
    object="Halm",
    evidence=(Quote("He left.", "a.txt", "3f2a"),),
)
SPLIT = Correction(
    "different", "Ann", NOON, sides=((Name("Vik", "a.txt"), Name("Vik", "b.txt")), (Name("Vik", "c.txt"),))
)

words = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
names = st.builds(Name, words, st.sampled_from(["", "a b.txt", 'x".txt']))


@given(
    by=words,
    note=words,
    sentence=words,
    subject=words,
    at=st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.just(dt.UTC)),
)
def test_what_is_written_is_read_again(by, note, sentence, subject, at):
    one = Correction(
        "confirm", by, at, note, subject=subject, relation="be", evidence=(Quote(sentence, "a.txt"),)
    )
    (again,) = parse(written(one), "x")
    assert again.key == one.key
    assert (again.by, again.note, again.subject, again.evidence) == (by, note, subject, one.evidence)


@given(st.lists(st.lists(names, min_size=1, max_size=3), min_size=2, max_size=3))
def test_names_are_read_again(sides):
    for one in (
        Correction("different", sides=tuple(map(tuple, sides))),
        Correction("same", sides=(tuple(sides[0] + sides[1]),)),
        Correction("rename", sides=(tuple(sides[0]),), to="Vik"),
    ):
        assert parse(written(one), "x") == (one,)


def test_what_else_stands_in_the_file_stays(tmp_path):
    path = tmp_path / "corrections.toml"
    append(path, [REJECT])
    text = path.read_text(encoding="utf-8").replace("[[correction]]", "# Ann was there.\n[[correction]]")
    path.write_text(text, encoding="utf-8")
    append(path, [SPLIT])
    assert read(path) == (REJECT, SPLIT)
    remove(path, 1)
    assert path.read_text(encoding="utf-8") == text
    assert read(path) == (REJECT,)
    append(path, [SPLIT])
    remove(path, 0)
    assert read(path) == (SPLIT,)


def test_a_text_that_looks_like_an_entry_is_none(tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text(
        '[[correction]]\nkind = "reject"\nsubject = "A"\nrelation = "be"\nnote = """\n[[correction]]\n"""\n'
    )
    append(path, [SPLIT])
    remove(path, 0)
    assert read(path) == (SPLIT,)


def test_lists_of_a_merges_file_are_understood(tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text('same = [["Bob", "Rob"]]\ndifferent = [["Vik@3f2a91c0", "a@b.org"]]\n', encoding="utf-8")
    same, different = read(path)
    assert same.names == (Name("Bob"), Name("Rob"))
    assert different.sides == ((Name("Vik", document="3f2a91c0"),), (Name("a@b.org"),))
    with pytest.raises(GraphError, match="take it out there"):
        remove(path, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[correction]\n", "line 1"),
        ("[[corection]]\nkind = 'same'\n", "did you mean 'correction'"),
        ("correction = 3\n", "list of entries"),
        ("\n[[correction]]\nby = 'Ann'\n", r"correction 1 \(line 2\): no kind"),
        ("[[correction]]\nkind = 'rejct'\n", "did you mean 'reject'"),
        ("[[correction]]\nkind = 'reject'\nsubject = 'A'\n", "reject needs relation"),
        ("[[correction]]\nkind = 'same'\nnames = ['A']\n", "two names or more"),
        ("[[correction]]\nkind = 'same'\nnames = 'A'\n", "must be a list"),
        ("[[correction]]\nkind = 'different'\nsides = [['A'], []]\n", "two names or more"),
        ("[[correction]]\nkind = 'same'\nsides = [['A'], ['B']]\n", "write names"),
        ("[[correction]]\nkind = 'rename'\nnames = ['A']\n", "rename needs to"),
        ("[[correction]]\nkind = 'retype'\nnames = ['A']\nto = 'Persn'\n", "did you mean 'Person'"),
        ("[[correction]]\nkind = 'add'\nsubject = 'A'\nrelation = 'be'\n", "add needs evidence"),
        ("[[correction]]\nkind = 'same'\nnames = [{nam = 'A'}, 'B']\n", "is no name"),
        ("[[correction]]\nkind = 'same'\nnames = ['A', 'B']\nat = 'noon'\n", "without quotation marks"),
        ("[[correction]]\nkind = 'same'\nnames = ['A', 'B']\nnotes = 'x'\n", "did you mean 'note'"),
        (
            "[[correction]]\nkind = 'same'\nnames = ['A', 'B']\n\n[[correction]]\nkind = 3\n",
            r"correction 2 \(line 5\)",
        ),
        ("same = [['A']]\n", "two or more names"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_a_remedy(text, says):
    with pytest.raises(Wrong, match=says) as wrong:
        parse(text, "c.toml")
    assert str(wrong.value).startswith("c.toml: ")
    assert wrong.value.remedy


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_bytes("# Zoë\n".encode("latin-1"))
    with pytest.raises(Wrong, match="UTF-8"):
        read(path)


def test_no_file_has_none(tmp_path):
    assert read(tmp_path / "none.toml") == ()
    assert beside(tmp_path) == beside(tmp_path / "graph.ttl") == tmp_path / "corrections.toml"


class TestTheLastCounts:
    def test_of_a_name_and_a_class(self):
        one, two = (Correction("rename", sides=((Name("Halm"),),), to=to) for to in ("Halm AG", "Halm Ltd"))
        kind = Correction("retype", sides=((Name("Halm"),),), to="Place")
        assert Corrections((one, kind, two)).valid == (kind, two)

    def test_of_one_and_two(self):
        same = Correction("same", sides=((Name("Vik"), Name("Wik")),))
        two = Correction("different", sides=((Name("vik"),), (Name("Wik"),)))
        assert Corrections((same, two)).valid == (two,)
        assert Corrections((two, same)).valid == (same,)
        elsewhere = Correction("different", sides=((Name("Vik"),), (Name("Ek"),)))
        assert Corrections((same, elsewhere)).valid == (same, elsewhere)

    def test_of_right_and_wrong(self):
        right = Correction(
            "confirm", subject="bo ek", relation="Leave", object="Halm", evidence=REJECT.evidence
        )
        assert Corrections((REJECT, right)).valid == (right,)
        elsewhere = Correction(
            "confirm", subject="Bo Ek", relation="leave", object="Halm", evidence=(Quote("Ek went."),)
        )
        assert Corrections((REJECT, elsewhere)).valid == (REJECT, elsewhere)
        always = Correction("confirm", subject="Bo Ek", relation="leave", object="Halm")
        assert Corrections((REJECT, always)).valid == (always,)
        assert Corrections((always, REJECT)).valid == (always, REJECT)
