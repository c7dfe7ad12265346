"""`kg extract --trees`: sentences of given tokens come back with their trees."""

import io

import pytest

from kg import conllu
from kg.errors import ReadError

pytestmark = pytest.mark.usefixtures("models_once")

PLAIN = "1\tAda\n2\tcan\n3\tnot\n4\tswim\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\n"
JOINED = "# text = Ada cannot swim\n1\tAda\n2-3\tcannot\n2\tcan\n3\tnot\n3.1\tgladly\n4\tswim\n"


def test_spaces_follow_tokens_but_within_words_that_are_written_as_one():
    (plain,) = conllu.sentences(PLAIN, "x")
    assert plain.spaces == (True, True, True, False, True)
    (joined,) = conllu.sentences(JOINED, "x")
    assert joined.words == ("Ada", "can", "not", "swim")
    assert joined.spaces == (True, False, True, True)


def test_columns_are_filled_and_all_else_is_kept():
    (given,) = conllu.sentences(JOINED, "x")
    text = given.text([("LEMMA", "POS")] * 4)
    assert text.startswith("# text = Ada cannot swim\n1\tAda\tLEMMA\tPOS\t_")
    assert "\n3.1\tgladly\t_\t_" in text
    assert [s.words for s in conllu.sentences(text, "x")] == [given.words]


@pytest.mark.parametrize("line", ["one\tAda", "1", "1\t \tx", "x"])
def test_a_line_that_is_none_is_told_with_its_place(line):
    with pytest.raises(ReadError, match="CoNLL-U") as told:
        list(conllu.sentences(f"1\tAda\n{line}\n", "ada.conllu"))
    assert "ada.conllu:2" in str(told.value)


@pytest.mark.model
def test_each_sentence_comes_back_with_one_tree_on_its_own_tokens(kg, tmp_path):
    path = tmp_path / "two.conllu"
    # Two sentences in one: what is given as one stays one.
    path.write_text("1\tIt\n2\trained\n3\t.\n4\tShe\n5\tleft\n6\t.\n\n" + PLAIN, encoding="utf-8")
    code, out, err = kg("extract", "--trees", path)
    assert (code, err) == (0, "")
    given = list(conllu.sentences(out, "out"))
    assert [len(s.words) for s in given] == [6, 5]
    for sentence in given:
        heads = [line.split("\t")[6] for line in sentence.lines]
        assert heads.count("0") == 1
    assert given[1].lines[3].split("\t")[1:] == "swim swim VERB VB _ 0 ROOT _ SpaceAfter=No".split()
    assert given[1].lines[0].split("\t")[6:8] == ["4", "nsubj"]


@pytest.mark.model
def test_standard_input_is_read(kg, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(PLAIN.encode())

        def isatty(self):
            return False

    monkeypatch.setattr("sys.stdin", Stdin())
    code, out, _ = kg("extract", "--trees", "-")
    assert code == 0
    assert out.count("\n") == 6


@pytest.mark.parametrize("more", [["--lines", "x"], ["a.txt"], ["--format", "tsv"], ["--schema", "s.json"]])
def test_it_goes_with_nothing_that_it_does_not_do(kg, more):
    code, _, err = kg("extract", "--trees", "x.conllu", *more)
    assert code == 2
    assert "--trees" in err
