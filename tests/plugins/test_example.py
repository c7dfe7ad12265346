"""The package in examples/plugin, installed beside kg and used by name."""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUBTITLES = """\
1
00:00:01,000 --> 00:00:03,500
The Curie Institute was named
after Marie Curie.

2
00:00:04,000 --> 00:00:06,000
It stands in Paris.
"""
SETTINGS = """\
[read]
readers = ["srt"]

[extract]
rules = ["example"]

[export]
formats = ["ttl", "dot"]
"""
CHECKS = """\
import pathlib, sys
from kg import plugins, testing
testing.check_reader(plugins.load("readers", "srt"), "srt", pathlib.Path(sys.argv[1]).read_bytes())
testing.check_rules(plugins.load("rules", "example"))
assert "Port Vale" in testing.check_exporter(plugins.load("exporters", "dot"), "dot")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the package installed in it, as `pip install` leaves it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("target")
    for path in (ROOT / "examples" / "plugin").iterdir():
        if path.is_file():
            (source / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    command += ["--no-deps", "--no-build-isolation", "--target", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    (folder / "talks").mkdir()
    (folder / "talks" / "curie.srt").write_text(SUBTITLES, encoding="utf-8")
    (folder / "kg.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(installed, folder):
    """Run Python in that folder with the package on its path; gives stdout."""

    def python(*argv):
        path = os.pathsep.join([str(installed), str(ROOT)])
        done = subprocess.run(
            [sys.executable, *argv],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return python


@pytest.mark.model
def test_subtitles_become_a_graph_and_a_drawing(run, folder):
    run("-m", "kg", "build", "talks/", "-o", "out/")
    drawing = (folder / "out" / "graph.dot").read_text(encoding="utf-8")
    assert '"Curie Institute" -> "Marie Curie" [label="named_after"];' in drawing
    turtle = (folder / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert 'kg:rule "example:named-after"' in turtle
    assert "plugins kg-example 0.1.0;" in turtle


def test_the_settings_say_which_plugins_are_active(run):
    rows = [line.split("\t")[:3] for line in run("-m", "kg", "config", "--format", "tsv").splitlines()]
    for door in ("readers: srt", "rules: example", "exporters: dot"):
        assert [f"kg.{door}", "kg-example 0.1.0", "active"] in rows


@pytest.mark.model
def test_the_package_passes_the_checks(run, folder):
    run("-c", CHECKS, str(folder / "talks" / "curie.srt"))


def test_plugins_are_not_loaded_before_they_are_used(run):
    code = "import sys, kg.cli; kg.cli.parser(); print(sorted({'kg_example', 'spacy'} & sys.modules.keys()))"
    assert run("-c", code).strip() == "[]"
