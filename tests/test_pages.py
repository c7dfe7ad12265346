"""The pages of docs/ show what their commands, code and queries give; the site of all pages builds."""

import doctest
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from kg import cli

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import document_errors  # noqa: E402
import run_pages  # noqa: E402
import site_hooks  # noqa: E402

pytestmark = pytest.mark.usefixtures("models_once")


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """The folder in which every page begins."""
    folder = tmp_path_factory.mktemp("pages") / "start"
    run_pages.prepare(folder)
    return folder


@pytest.mark.model
@pytest.mark.parametrize("page", run_pages.PAGES, ids=lambda p: p.stem)
def test_page_shows_what_its_blocks_give(page, start, tmp_path):
    folder = tmp_path / "work"
    shutil.copytree(start, folder)
    assert run_pages.rendered(page, folder) == page.read_text(encoding="utf-8"), "run: make docs"


@pytest.mark.parametrize("page", run_pages.PAGES, ids=lambda p: p.stem)
def test_no_block_of_ours_is_left_unrun(page):
    text = page.read_text(encoding="utf-8")
    kinds = {block["kind"] for block in run_pages.BLOCK.finditer(text) if not block["file"]}
    assert kinds <= {"console", "python", "pycon", "sparql", "sh"}
    assert text.count("```") == 2 * len(run_pages.BLOCK.findall(text))
    for block in run_pages.BLOCK.finditer(text):
        if block["kind"] == "sh":
            # Only what needs the network, other packages or files that are not there.
            assert re.search(r"pip install|https?://|--version", block["text"])


def test_cookbook_has_twenty_five_questions_with_answers():
    text = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    questions = [block for block in run_pages.BLOCK.finditer(text) if block["kind"] == "sparql"]
    assert len(questions) == 25
    # Names, a line, and at least one row.
    assert all((block["table"] or "").strip().count("\n") >= 2 for block in questions)


def test_a_page_that_shows_something_else_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo now\nthen\n```\n\n```python\nx = 2\n```\n", encoding="utf-8")
    assert "now\n```" in run_pages.rendered(page, tmp_path)
    page.write_text("```pycon\n>>> 1 + 1\n3\n\n```\n", encoding="utf-8")
    with pytest.raises(run_pages.WrongPage, match="Expected"):
        run_pages.rendered(page, tmp_path)
    page.write_text("```console\n$ false\n```\n", encoding="utf-8")
    with pytest.raises(run_pages.WrongPage):
        run_pages.rendered(page, tmp_path)


def test_page_of_errors_is_up_to_date():
    assert document_errors.PAGE.read_text(encoding="utf-8") == document_errors.page(), "run: make docs"


def test_every_class_of_errors_is_on_the_page():
    page = document_errors.page()
    raised = {kind for kind, _, _ in document_errors.raised()}
    assert {"ConfigError", "GraphError", "QueryError", "ReadError", "UsageError"} <= raised
    assert all(f"\n## {kind}\n" in page for kind in raised)


def test_every_page_is_in_the_menu_of_the_site():
    listed = set(re.findall(r"(\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M))
    there = {str(p.relative_to(ROOT / "docs")) for p in (ROOT / "docs").rglob("*.md")}
    assert there - listed == set(), "name it under nav: in mkdocs.yml"
    assert listed - there == set()


def test_links_out_of_the_site_become_names():
    assert doctest.testmod(site_hooks).failed == 0


@pytest.mark.slow
def test_site_builds_strictly(tmp_path):
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    api = (tmp_path / "site" / "api" / "index.html").read_text(encoding="utf-8")
    assert "kg.knowledge.build" in api


def examples():
    """Give the examples that each command has in its help."""
    for name, parser in cli.parser().commands.items():
        for line in re.findall(rf"^    (kg {name}\b.*)$", parser.description or "", re.M):
            for part in re.split(r"  +(?=kg )", line):
                yield name, part


# These wait for somebody, or for a server; that their examples can be understood is tested all the same.
WAIT = {"serve", "push", "review", "mcp"}


def test_every_command_has_examples_that_it_understands():
    shown = list(examples())
    assert {name for name, _ in shown} == set(cli.COMMANDS)
    for _, line in shown:
        cli.parser().parse_args(shlex.split(line)[1:])


@pytest.mark.slow
@pytest.mark.model
def test_examples_of_the_help_run(start, tmp_path, monkeypatch):
    folder = tmp_path / "work"
    shutil.copytree(start, folder)
    monkeypatch.chdir(folder)
    shutil.copy("graph/graph.ttl", "graph.ttl")
    pathlib.Path("known.csv").write_text("id,label,aliases,type\nX-1,Corvane Marine,,Organization\n")
    pathlib.Path("sentences.txt").write_text("Anna Lund founded Telis in Graz.\n", encoding="utf-8")
    pathlib.Path("mine.json").write_text(
        '{"concepts": [{"qid": "Q5", "label": "person"}],'
        ' "relations": [{"label": "founded", "domain": "Q5", "examples": ["S founded O"]}]}'
    )
    ready = [line for name, line in examples() if name in ("build", "add")]
    after = [line for name, line in examples() if name not in {"build", "add", "correct", *WAIT}]
    # What is removed is needed by nothing that follows.
    after.sort(key=lambda line: line.startswith("kg remove"))
    for line in [*ready, *after]:
        code, _, said = run_pages.run(line)
        assert code == 0, f"{line}: {said}"
