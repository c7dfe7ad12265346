"""What commands and the library say: nothing unasked, more with -v, errors alone with -q."""

import contextlib
import logging
import subprocess
import sys
from collections import Counter

import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg import KnowledgeGraph, cli
from kg.cli import console
from kg.cli.schema import say_expressed
from kg.graph.expressing import Expressed, Refused

pytestmark = pytest.mark.usefixtures("models_once")


@pytest.fixture
def graph(tmp_path):
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save(tmp_path / "g.nt")


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_can_be_loud_and_quiet(command, kg):
    out = kg(command, "--help")[1]
    assert "-v, --verbose" in out
    assert "-q, --quiet" in out


def test_a_command_says_what_it_did(graph, tmp_path, kg):
    path = tmp_path / "g.ttl"
    assert kg("export", graph, "-o", path) == (0, "", f"wrote {path}\n")


def test_verbose_says_what_the_library_does_too(graph, tmp_path, kg):
    path = tmp_path / "g.ttl"
    assert kg("export", graph, "-o", path, "-v")[2] == f"kg.export: wrote {path}\nwrote {path}\n"


def test_quiet_says_only_what_is_wrong(graph, tmp_path, kg):
    assert kg("export", "-q", graph, "-o", tmp_path / "g.ttl") == (0, "", "")
    code, _, err = kg("export", "-q", tmp_path / "none.nt", "-o", tmp_path / "g.ttl")
    assert code == 1
    assert err.startswith("kg: ")


def test_both_at_once_make_no_sense(graph, tmp_path, kg):
    assert kg("export", "-q", "-v", graph, "-o", tmp_path / "g.ttl")[0] == 2


def test_a_command_leaves_logging_as_it_was(graph, tmp_path, kg):
    before = [(log.level, list(log.handlers)) for log in map(logging.getLogger, ("kg", "kg.cli"))]
    kg("export", "-v", graph, "-o", tmp_path / "g.ttl")
    assert [(log.level, list(log.handlers)) for log in map(logging.getLogger, ("kg", "kg.cli"))] == before


def test_the_library_is_silent_until_somebody_listens(graph, tmp_path):
    code = (
        "import kg, logging, sys; logging.getLogger('kg').error('x'); kg.open(sys.argv[1]).save(sys.argv[2])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, graph, tmp_path / "h.nt"], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["biuld", "x.txt"], "did you mean 'build'?"),
        (["facts", "g.ttl", "--abuot", "Anna"], "did you mean '--about'?"),
        (["facts", "g.ttl", "--formt=tsv"], "did you mean '--format'?"),
        (["query", "g.ttl", "most-conected"], "did you mean 'most-connected'?"),
        (["facts", "g.ttl", "--about", "Ada Moreu"], "did you mean 'Ada Moreau'?"),
        (["facts", "g.ttl", "--relation", "meets"], "did you mean 'meet"),
        (["build", "g.tt"], "did you mean 'g.ttl'?"),
    ],
)
def test_what_is_mistyped_is_told_with_the_nearest(argv, said, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save("g.ttl")
    with contextlib.suppress(SystemExit):
        assert cli.main(argv) > 0
    assert said in capfd.readouterr().err


def test_a_table_too_wide_for_the_terminal_stands_row_below_row(monkeypatch, capsys):
    columns = tuple("abcdefgh")
    row = ("Vera Holt", "found", "", *["Vera Holt founded the mill of Bergen in 1999."] * 5)
    monkeypatch.setenv("COLUMNS", "60")
    console.print_rows(columns, [row, row], format="table")
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == ["a  Vera Holt", "b  found", "d  Vera Holt founded the mill of Bergen in 1999."]
    assert lines[7:9] == ["", "a  Vera Holt"]
    monkeypatch.setenv("COLUMNS", "300")
    console.print_rows(columns, [row, row], format="table")
    assert capsys.readouterr().out.split()[:8] == [*columns]


@pytest.mark.parametrize(("verbose", "loud"), [(0, False), (1, True)])
def test_what_is_refused_by_a_schema_is_told_in_full_with_verbose_alone(verbose, loud, capsys):
    refused = [Refused("bought", "domain", f"Ann {i}", "Halm", f"Ann {i} is a Person") for i in range(7)]
    with console.messages(verbose=verbose):
        say_expressed(Expressed(3, Counter(bought=2), refused=refused, outside=Counter(be=4)))
    said = capsys.readouterr().err
    assert said.count("Ann 0 is a Person") == 1
    assert "… 2 more, which -v tells" in said
    assert ("Ann 6 is a Person" in said) is loud
    assert ("outside the schema: be (4)" in said) is loud


@pytest.mark.model
def test_a_long_build_says_when_all_is_read_as_what_follows_takes_long_too(tmp_path, monkeypatch, kg):
    monkeypatch.setattr(console, "A_MINUTE", 0.0)
    (tmp_path / "a.txt").write_text("Anna Berg left Halm.")
    said = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g.nt")[2]
    assert "extracting: 1 of 1 after" in said
    assert "1 document read; making the graph\n" in said
