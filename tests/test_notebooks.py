"""The notebooks run from the first cell to the last."""

import os
import pathlib
import sys

import pytest

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "notebooks"


# Enough for each run of the tests; the others build their graphs several times.
QUICK = ("01_quickstart", "02_investigation")


@pytest.mark.model
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(p, id=p.stem, marks=() if p.stem in QUICK else pytest.mark.slow)
        for p in sorted(FOLDER.glob("*.ipynb"))
    ],
)
# The kernel's libraries warn about their own event loops and ports.
@pytest.mark.filterwarnings("ignore")
def test_notebook_runs(path, monkeypatch):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(FOLDER.parent), *sys.path]))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    shown = [cell.outputs[-1] for cell in notebook.cells if cell.cell_type == "code"]
    assert all(output.output_type == "execute_result" for output in shown)
    documents = "1 document" if path.stem == "01_quickstart" else "25 documents"
    assert f"<KnowledgeGraph: {documents}" in shown[0].data["text/plain"]
    assert "text/html" in shown[0].data


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebook_is_kept_without_output(path):
    nbformat = pytest.importorskip("nbformat")
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") for cell in cells)
