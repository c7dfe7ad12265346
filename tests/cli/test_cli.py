"""The command line: results on stdout, messages on stderr, exit codes, and no traceback."""

import json
import os
import subprocess
import sys

import pytest

from kg import cli

pytestmark = pytest.mark.usefixtures("models_once")


@pytest.fixture(autouse=True)
def away(tmp_path, monkeypatch):
    """Run in a folder of its own, so that no kg.toml and no output is met."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("date 2021-05-05 Anna Berg met Karl Lund in Ghent. She praised him.", encoding="utf-8")
    return path


def process(*argv, **options):
    """Run the command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, argv)],
        env=environment,
        capture_output=True,
        timeout=120,
        **options,
    )


class TestStart:
    def test_help_names_every_command(self, kg):
        code, out, _ = kg("--help")
        assert code == 0
        for name in cli.COMMANDS:
            assert f"    {name} " in out

    @pytest.mark.parametrize("name", cli.COMMANDS)
    def test_each_command_has_help(self, kg, name):
        code, out, _ = kg(name, "--help")
        assert code == 0
        assert out.startswith(f"usage: kg {name}")

    @pytest.mark.parametrize("argv", [[], ["nonsense"], ["build"], ["build", "--nonsense", "x"], ["facts"]])
    def test_wrong_use_is_one_line_and_exit_2(self, kg, argv):
        code, out, err = kg(*argv)
        assert code == 2
        assert out == ""
        assert err.count("\n") == 1

    @pytest.mark.parametrize("argv", [["--help"], ["--version"], ["config"], ["build", "--help"]])
    def test_starts_without_heavy_libraries(self, argv):
        code = (
            "import sys, kg.cli\n"
            "try: kg.cli.main(sys.argv[1:])\n"
            "except SystemExit: pass\n"
            "heavy = {'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'pyvis', 'numpy', 'rich', 'yaml'}\n"
            "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        )
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", code, *argv], env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr

    def test_import_of_the_package_is_light(self):
        code = "import sys, kg; dir(kg); assert not [m for m in sys.modules if m.startswith('kg.')]"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)


class TestConfig:
    def test_values_and_origins(self, kg, tmp_path):
        (tmp_path / "kg.toml").write_text("[build]\nprocesses = 3\n", encoding="utf-8")
        code, out, _ = kg("config", "--model", "m", "--set", "rdf.provenance=full", "--format", "json")
        rows = {row["setting"]: row for row in json.loads(out)}
        assert code == 0
        assert (rows["build.processes"]["value"], rows["build.processes"]["origin"]) == ("3", "kg.toml")
        assert (rows["extract.model"]["value"], rows["extract.model"]["origin"]) == ('"m"', "flag")
        assert rows["rdf.provenance"]["value"] == '"full"'
        assert rows["rdf.base"]["origin"] == "default"

    def test_unknown_setting_is_wrong_use(self, kg):
        code, _, err = kg("config", "--set", "rdf.bse=x")
        assert code == 2
        assert "did you mean 'base'?" in err


@pytest.mark.model
class TestBuild:
    def test_writes_the_graph_and_says_what_was_found(self, kg, text, tmp_path):
        code, out, err = kg("build", text, "-o", "g.ttl", "-o", "g.nt")
        assert code == 0
        assert out == ""
        assert "1 document, " in err
        assert "not asserted" in err
        assert (tmp_path / "g.ttl").stat().st_size > 500
        assert len((tmp_path / "g.nt").read_text(encoding="utf-8").splitlines()) > 20

    def test_build_tells_of_sentences_whose_speaker_nobody_names(self, kg, tmp_path):
        (tmp_path / "mine.txt").write_text("I sold my boat to Karl Lund. I left Ghent.", encoding="utf-8")
        code, _, err = kg("build", "mine.txt", "-o", "g.ttl")
        assert code == 0
        assert err.count("mine.txt: 2 first-person sentences left out") == 1

    def test_build_goes_on_without_what_cannot_be_read(self, kg, text, tmp_path):
        (tmp_path / "empty.txt").write_text("", encoding="utf-8")
        code, _, err = kg("build", "gone.txt", "empty.txt", text, "-o", "g.nt")
        assert code == 1
        assert "left out: gone.txt: no such file" in err
        assert "left out: empty.txt: the file is empty" in err
        assert (tmp_path / "g.nt").exists()

    def test_a_bad_file_met_in_a_folder_is_no_failure(self, kg, tmp_path):
        folder = tmp_path / "texts"
        folder.mkdir()
        (folder / "a.txt").write_text("Anna Berg met Karl Lund.", encoding="utf-8")
        (folder / "b.txt").write_bytes(bytes(range(256)) * 9)
        (folder / "c.txt").write_text("Anna Berg met Karl Lund.", encoding="utf-8")
        code, _, err = kg("build", folder, "-o", "g.nt")
        assert code == 0
        assert "b.txt: a binary file, not text" in err
        assert "c.txt: the same text as a.txt" in err
        assert "1 document," in err

    def test_a_model_that_is_not_there(self, kg, text, tmp_path):
        code, _, err = kg("build", text, "-o", "g.nt", "--model", "xx_none")
        assert code == 1
        assert "xx_none" in err
        assert err.count("\n") == 1
        assert not (tmp_path / "g.nt").exists()


class TestBadInput:
    @pytest.fixture
    def good(self, tmp_path):
        path = tmp_path / "good.nt"
        path.write_text("<x:a> <x:b> <x:c> .\n", encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        "name", ["empty.txt", "folder", "gone.txt", "binary.txt", "no/*.txt", "image.txt"]
    )
    def test_nothing_to_read_leaves_the_good_graph_alone(self, kg, tmp_path, good, name):
        (tmp_path / "empty.txt").write_text("", encoding="utf-8")
        (tmp_path / "folder").mkdir()
        (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
        (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
        before = good.read_bytes()
        code, out, err = kg("build", name, "-o", good)
        assert code == 1
        assert out == ""
        assert name in err
        assert good.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_no_permission(self, kg, text):
        text.chmod(0)
        code, _, err = kg("build", text, "-o", "g.nt")
        assert code == 1
        assert "no permission" in err

    @pytest.mark.parametrize(
        "argv", [["build", "note.txt", "-o", "g.foo"], ["export", "good.nt", "-o", "g.foo"]]
    )
    def test_unknown_suffix_is_told_before_the_work(self, kg, text, good, argv):
        code, _, err = kg(*argv)
        assert code == 2
        assert "'.foo'" in err
        assert ".ttl" in err

    def test_output_folder_that_is_a_file(self, kg, text, good):
        code, _, err = kg("build", text, "-o", "good.nt/")
        assert code == 1
        assert err.count("\n") == 1

    @pytest.mark.parametrize("content", [b"", b"this is not Turtle", b"\xff\xfe\x00", b"<a> <b>"])
    @pytest.mark.parametrize("command", [["facts", "bad.ttl"], ["export", "bad.ttl", "-o", "x.nt"]])
    def test_a_turtle_file_that_is_not_one(self, kg, tmp_path, content, command):
        (tmp_path / "bad.ttl").write_bytes(content)
        code, _, err = kg(*command)
        if content:
            assert code == 1
            assert err.startswith("kg: bad.ttl: ")
            assert err.count("\n") == 1
            assert not (tmp_path / "x.nt").exists()
        else:
            assert code == 0

    @pytest.mark.parametrize("name", ["gone.ttl", "note.txt", "."])
    def test_graphs_that_cannot_be_opened(self, kg, text, name):
        code, _, err = kg("facts", name)
        assert code in (1, 2)
        assert err.count("\n") == 1

    @pytest.mark.parametrize(
        "argv",
        [
            ["extract"],
            ["extract", "note.txt", "--lines", "note.txt"],
            ["extract", "note.txt", "--view", "nary"],
            ["extract", "--lines", "note.txt", "--view", "typed"],
            ["build", "note.txt", "--processes", "many"],
            ["build", "note.txt", "--processes", "-3"],
            ["build", "note.txt", "--min-confidence", "7"],
            ["build", "note.txt", "--base", "not an iri"],
            ["build", "note.txt", "--config", "gone.toml"],
            ["facts", "good.nt", "--since", "yesterday"],
            ["facts", "good.nt", "--about", "Nobody"],
        ],
    )
    def test_wrong_use(self, kg, text, good, argv):
        code, out, err = kg(*argv)
        assert code == 2
        assert out == ""
        assert err.count("\n") == 1

    def test_a_message_cannot_move_the_cursor(self, kg):
        code, _, err = kg("build", "\x1b[2Jgone.txt", "-o", "g.nt")
        assert code == 1
        assert "\x1b" not in err


class TestQuery:
    @pytest.fixture
    def graph(self, tmp_path):
        path = tmp_path / "g.ttl"
        path.write_text(
            "@prefix ent: <https://example.org/entity/> . @prefix rel: <https://example.org/relation/> .\n"
            'ent:Anna rel:meet ent:Karl, "a\\tb" . ent:Karl rel:meet ent:Anna .\n',
            encoding="utf-8",
        )
        return path

    def test_prefixes_are_bound(self, kg, graph):
        code, out, _ = kg("query", graph, "SELECT ?who { ?who rel:meet ent:Karl }", "--format", "csv")
        assert code == 0
        assert out.splitlines() == ["who", "https://example.org/entity/Anna"]

    def test_a_variable_takes_a_term_and_never_query_text(self, kg, graph):
        ask = "SELECT ?a ?b { ?a rel:meet ?b }"
        _, out, _ = kg("query", graph, ask, "--bind", "a=ent:Karl", "--format", "json")
        assert len(json.loads(out)["results"]["bindings"]) == 1
        code, out, _ = kg("query", graph, ask, "--bind", "a=ent:Karl> } #", "--format", "json")
        assert code == 0
        assert json.loads(out)["results"]["bindings"] == []

    def test_query_from_a_file(self, kg, graph, tmp_path):
        (tmp_path / "q.rq").write_text("ASK { ent:Anna rel:meet ?x }", encoding="utf-8")
        code, out, _ = kg("query", graph, "q.rq", "--format", "tsv")
        assert (code, out) == (0, "true\n")

    def test_rows_are_limited(self, kg, graph):
        code, out, err = kg("query", graph, "SELECT ?a { ?a ?b ?c }", "--limit", "1", "--format", "tsv")
        assert code == 0
        assert len(out.splitlines()) == 2
        assert "1 row" in err

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?a { ?a ?b",
            "SELECT ?a { ?a nix:b ?c }",
            "SELECT * { SERVICE <http://x.example/> { ?a ?b ?c } }",
            "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }",
            "DELETE WHERE { ?a ?b ?c }",
            "who-did-wat",
            "gone.rq",
            "",
        ],
    )
    def test_wrong_and_refused_queries(self, kg, graph, query):
        code, out, err = kg("query", graph, query)
        assert code in (1, 2)
        assert out == ""
        assert err.startswith("kg: ")
        assert err.count("\n") == 1

    def test_time_limit_stops_a_query(self, graph):
        many = "\n".join(f"<x:a{i}> <x:b> <x:c{i}> ." for i in range(2000))
        graph.write_text(many, encoding="utf-8")
        ask = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"
        done = process("query", graph, ask, "--timeout", "1")
        assert done.returncode == 1
        assert b"1 s" in done.stderr

    def test_saved_queries_are_listed(self, kg):
        code, out, _ = kg("query")
        assert code == 0
        assert {"who-did-what", "timeline", "who-says"} <= {row.split("\t")[0] for row in out.splitlines()}

    def test_without_heavy_libraries(self, graph):
        code = (
            "import sys, kg.cli\n"
            "assert kg.cli.main(sys.argv[1:]) == 0\n"
            "heavy = {'spacy', 'rdflib', 'networkx', 'pyvis', 'numpy'} & set(sys.modules)\n"
            "assert not heavy, heavy\n"
        )
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        argv = [sys.executable, "-c", code, "query", str(graph), "SELECT ?a { ?a ?b ?c }"]
        done = subprocess.run(argv, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.model
class TestExtract:
    def test_a_json_object_a_document(self, kg, text):
        code, out, _ = kg("extract", text)
        assert code == 0
        found = json.loads(out)
        assert found["source"] == "note.txt"
        assert {"Anna Berg", "Karl Lund", "Ghent"} <= {m["text"] for m in found["mentions"]}

    def test_lines_as_tuples(self, kg, tmp_path):
        (tmp_path / "s.txt").write_text("Anna Berg met Karl Lund in Ghent.\n\nIt rained.\n", encoding="utf-8")
        code, out, _ = kg("extract", "--lines", "s.txt", "--view", "binary")
        assert code == 0
        rows = [line.split("\t") for line in out.splitlines()]
        assert all(len(row) >= 4 and 0 <= float(row[1]) <= 1 for row in rows)
        assert {row[0] for row in rows} <= {"Anna Berg met Karl Lund in Ghent.", "It rained."}
        assert any(row[3:] == ["Anna Berg", "Karl Lund"] for row in rows)


@pytest.mark.model
class TestStreams:
    def test_a_reader_that_goes_away_is_no_error(self, text, tmp_path):
        (tmp_path / "s.txt").write_text("Anna Berg met Karl Lund in Ghent.\n" * 2000, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = f"'{sys.executable}' -m kg extract --lines s.txt | head -1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, timeout=120)
        assert done.returncode == 0
        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1

    def test_documents_from_a_pipe_and_any_locale(self):
        done = process(
            "extract",
            "-",
            input="Zoë Müller met Karl Lund.".encode(),
            env={"LC_ALL": "C", "PYTHONIOENCODING": ""},
        )
        assert done.returncode == 0
        assert "Zoë Müller" in done.stdout.decode("utf-8")
