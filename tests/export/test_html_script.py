"""The page's script: modules that fit into one scope, and their own tests, run by node."""

import json
import pathlib
import re
import shutil
import subprocess
from collections import Counter

import pytest
from page_records import page_data

from kg.export.html import TEMPLATES, modules, page

ROOT = pathlib.Path(__file__).resolve().parents[2]
JS_TESTS = ROOT / "tests" / "js"
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function\*?) +([\w$]+)", re.MULTILINE)
EXPORTED_FUNCTION = re.compile(
    r"^(.*)\n(?:// biome-ignore.*\n)?export (?:(?:async )?function\*?|class|const(?=.*=>)) ?([\w$]+)",
    re.MULTILINE,
)
PLACES = {"x", "y", "regions", "community"}  # may differ between machines in the last digit


def sources():
    return {name: (TEMPLATES / "js" / name).read_text(encoding="utf-8") for name in modules()}


def test_the_page_holds_every_module_once():
    assert sorted(modules()) == sorted(p.name for p in (TEMPLATES / "js").iterdir())
    assert len(set(modules())) == len(modules())


def test_no_two_modules_declare_the_same_name():
    counts = Counter(name for text in sources().values() for name in DECLARED.findall(text))
    assert [name for name, times in counts.items() if times > 1] == []


def test_every_function_of_a_module_that_others_use_says_what_it_gives():
    bare = [
        f"{name}: {found[2]}"
        for name, text in sources().items()
        for found in EXPORTED_FUNCTION.finditer(text)
        if not found[1].endswith("*/")
    ]
    assert bare == []


def test_the_script_has_neither_modules_words_nor_comments(harbour):
    script = re.findall(r"<script>(.*?)</script>", page(*harbour), re.DOTALL)[-1]
    assert not re.search(r"^\s*(import|export|/\*|//)", script, re.MULTILINE)


def test_node_runs_the_tests_of_the_modules():
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node: the page's modules are tested by `node --test`")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.match(r"v(\d+)", version)[1]) < 20:
        pytest.skip(f"node {version.strip()} is older than 20")
    files = [str(path) for path in sorted(JS_TESTS.glob("*.test.mjs"))]
    run = subprocess.run([node, "--test", *files], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_their_records_are_what_the_page_would_carry():
    def steady(tables):
        return {part: {k: v for k, v in t.items() if k not in PLACES} for part, t in tables.items()}

    kept = json.loads((JS_TESTS / "graph.json").read_text(encoding="utf-8"))
    assert steady(kept) == steady(json.loads(json.dumps(page_data()))), (
        "if the change is meant, run: python tests/export/page_records.py"
    )
