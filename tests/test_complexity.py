"""How hard functions are to hold in the head, as radon counts it: a ceiling, and a count that falls."""

import functools
import pathlib

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

import kg

PACKAGE = pathlib.Path(kg.__file__).parent
CEILING = 25
LONGEST = 80
# Functions over this are hard: at most so many in each part. Lower the number whenever a lower one holds.
HARD = 15
MOST = {"extract": 0, "": 0}


@functools.cache
def functions():
    """Give (part of the package, name, complexity, lines) of every function and method."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE)
        part = "extract" if where.parts[0] == "extract" else ""
        waiting = list(cc_visit(path.read_text(encoding="utf-8")))
        while waiting:
            block = waiting.pop()
            if isinstance(block, Function):
                waiting += block.closures
                name = f"{where}:{block.lineno} {block.fullname}"
                found.append((part, name, block.complexity, block.endline - block.lineno + 1))
    return sorted(set(found))


def test_no_function_is_past_the_ceiling():
    assert not [(name, n) for _, name, n, _ in functions() if n > CEILING]


def test_no_function_is_longer_than_a_screen_or_two():
    assert not [(name, lines) for _, name, _, lines in functions() if lines > LONGEST]


@pytest.mark.parametrize("part", MOST)
def test_few_functions_are_hard(part):
    hard = [(name, n) for where, name, n, _ in functions() if where == part and n > HARD]
    assert len(hard) <= MOST[part], hard
