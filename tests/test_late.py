"""What libraries bring along: it is not loaded with them, and there when it is called."""

import subprocess
import sys
import types

import pytest

from kg.late import late, lazily


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that loads a module for one function, which it hands on."""
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "__init__.py").write_text("from brought.heavy import told\n", encoding="utf-8")
    (folder / "heavy.py").write_text("def told(*, twice=1):\n    return 'heavy' * twice\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in ("brought", "brought.heavy"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("package")
def test_a_function_of_it_loads_it_when_it_is_called():
    with late("brought.heavy"):
        import brought
    assert "brought.heavy" not in sys.modules
    assert brought.told(twice=2) == "heavyheavy"
    assert "brought.heavy" in sys.modules


@pytest.mark.usefixtures("package")
def test_what_was_loaded_before_stays():
    import brought.heavy

    with late("brought.heavy"):
        pass
    assert sys.modules["brought.heavy"] is brought.heavy


@pytest.mark.usefixtures("package")
def test_it_is_a_part_of_its_package_and_loaded_when_looked_into():
    with late("brought.heavy"):
        import brought
    lazily(brought, "heavy")
    assert "brought.heavy" not in sys.modules
    assert isinstance(brought.heavy, types.ModuleType)
    assert brought.heavy.told() == "heavy"


LOADED = """
import sys
import kg.extract, kg.export.html
print([name for name in ("typer", "weasel", "httpx", "requests", "IPython") if name in sys.modules])
import spacy
print(callable(spacy.cli.download), spacy.info(silent=True)["spacy_version"] == spacy.__version__)
from pyvis.network import IFrame
print(IFrame("a.html", 1, 1).src)
"""


@pytest.mark.model
def test_neither_clients_of_the_web_nor_a_notebook_are_loaded_to_build():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True True", "a.html"]
