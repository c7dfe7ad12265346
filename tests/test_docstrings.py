"""The examples in docstrings hold."""

import doctest
import importlib
import pathlib

import pytest

import kg

ROOT = pathlib.Path(kg.__file__).parent
SHOWING = sorted(f for f in ROOT.rglob("*.py") if ">>> " in f.read_text(encoding="utf-8"))


def _name(file):
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__")


@pytest.mark.parametrize("name", [_name(f) for f in SHOWING])
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
