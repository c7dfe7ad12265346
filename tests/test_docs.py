"""What the documentation says is so: commands, results, options, links."""

import ast
import pathlib
import pkgutil
import re
import shlex

import pytest

import kg
from kg import cli, plugins, testing

pytestmark = pytest.mark.usefixtures("models_once")

ROOT = pathlib.Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def commands():
    """Give each command of README with the output that follows it."""
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """A folder that looks like the project after `make output`."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "articles").symlink_to(ROOT / "seeds")
    (folder / "notes").mkdir()
    (folder / "notes" / "a.md").write_text("# A walk\n\nAnna Berg walked to Ghent.\n", encoding="utf-8")
    (folder / "report.txt").write_text("Karl Lund met Anna Berg in Bruges.", encoding="utf-8")
    assert cli.main(["build", str(folder / "seeds"), "-o", str(folder / "output")]) == 0
    return folder


@pytest.mark.model
@pytest.mark.parametrize(
    ("command", "expected"), [c for c in commands() if c[0].startswith("kg")], ids=lambda c: c[:40]
)
def test_readme_commands_do_what_they_show(command, expected, output, monkeypatch, capfd):
    monkeypatch.chdir(output)
    argv = [
        w
        for word in shlex.split(command)[1:]
        for w in (sorted(map(str, pathlib.Path().glob(word))) if "*" in word else [word])
    ]
    assert cli.main(argv) == 0
    out = capfd.readouterr().out
    if expected:
        assert out.splitlines() == expected.splitlines()


def test_readme_names_the_targets_of_make():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command, _ in commands():
        if command.startswith("make "):
            assert re.search(rf"^{command.split()[1]}:", makefile, re.M)


@pytest.mark.model
def test_readme_python_runs(output, monkeypatch):
    monkeypatch.chdir(output)
    (code,) = blocks("python")
    values = []
    scope = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Expr):
            values.append(eval(compile(ast.Expression(node.value), "README", "eval"), scope))
        else:
            exec(compile(ast.Module([node], []), "README", "exec"), scope)
    label, quote, rows, network, path = values
    assert label == "Benjamin Netanyahu"
    assert "Hamas" in quote
    assert len(rows) >= 1
    assert network.number_of_edges() > 10
    assert path.stat().st_size > 1000


def test_command_line_page_is_up_to_date(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import document_cli

    assert document_cli.PAGE.read_text(encoding="utf-8") == document_cli.page(), "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            assert (page.parent / link).exists(), link


def test_every_public_name_is_there_and_documented():
    for name in kg.__all__:
        found = getattr(kg, name)
        assert (found.__doc__ or "").strip(), name
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # noqa: B018


def test_architecture_page_names_every_module():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = pathlib.Path(kg.__file__).parent
    for path in sorted(package.iterdir()):
        if path.suffix == ".py" and not path.name.startswith("_"):
            assert f"`kg/{path.name}`" in page, path.name
        elif (path / "__init__.py").exists():
            assert f"`kg/{path.name}/`" in page, path.name


def test_every_door_for_plugins_is_documented():
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    for door in plugins.DOORS:
        assert f"`kg.{door}`" in page
    for check in (name for name in testing.__all__ if name.startswith("check_")):
        assert f"`{check}`" in page


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\(([^)]+)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(p.name for p in folder.glob("*.md") if p.name != "README.md")


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda p: p.name)
def test_files_that_are_named_are_there(page):
    for name in re.findall(
        r"`((?:kg|tests|tools|training|examples|benchmarks)/[\w./-]+)`", page.read_text("utf-8")
    ):
        assert (ROOT / name).exists(), name


def test_functions_that_are_named_are_there():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = re.findall(r"`(kg(?:\.\w+){2,})`", page)
    assert len(names) > 15
    for name in names:
        assert pkgutil.resolve_name(name), name


@pytest.mark.model
def test_the_sentence_goes_the_way_that_is_told(output):
    graph = kg.open(output / "output" / "graph.ttl")
    fact = next(f for f in graph.facts(subject="Hamas") if f.relation == "launch")
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"`ent:{fact.object.id}`" in page
    assert f"(rule `{fact.evidence[0].rule}`)" in page
    assert fact.evidence[0].quote in re.sub(r"\s*\n> ", " ", page)


@pytest.mark.model
def test_the_page_on_python_runs_as_it_stands():
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    known = {}
    for snippet in re.findall(r"```python\n(.*?)```", page, re.S):
        exec(compile(snippet, "docs/python.md", "exec"), known)
    assert known["events"] is not None
