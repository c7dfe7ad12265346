"""Files by address, in fsspec's own file system in memory."""

import pytest

from kg import read
from kg.errors import ReadError

fsspec = pytest.importorskip("fsspec", reason="needs kg[remote]")


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    for name, text in {
        "/notes/a.txt": "Anna Berg walked to Tarn.",
        "/notes/deep/b.md": "Jon Hale **sat** in Ulm.",
        "/notes/c.csv": "text\nRain fell in Bern.\n",
        "/notes/.d.txt": "Nobody reads this.",
        "/notes/e.png": "no text",
    }.items():
        system.pipe(name, text.encode())
    yield system
    system.rm("/notes", recursive=True)


def names(given):
    return [d.source for d in read.documents(given)]


def test_a_folder_a_file_and_a_pattern(memory):
    assert names("memory://notes") == ["a.txt", "c.csv#row=2", "deep/b.md"]
    assert names("memory://notes/a.txt") == ["a.txt"]
    assert names(["memory://notes/*.txt", "memory://notes/a.txt"]) == ["a.txt"]
    (found,) = read.documents("memory://notes/deep/b.md")
    assert found.text == "Jon Hale sat in Ulm."


def test_what_is_not_there_is_told(memory):
    for given, what in (
        ("memory://notes/z.txt", "no such file or folder"),
        ("memory://notes/*.rst", "no file matches this pattern"),
        ("nonesuch://notes/a.txt", "cannot be read"),
    ):
        with pytest.raises(ReadError, match=what) as found:
            read.find(given)
        assert given in str(found.value)


def test_what_a_service_needs_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    with pytest.raises(ReadError, match="pip install s3fs"):
        read.find("s3://bucket/notes/")


def test_the_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(ReadError, match=r"pip install 'kg\[remote\]'"):
        read.find("memory://notes")


def test_a_store_knows_them_by_their_address(memory, tmp_path):
    assert read.location("memory://notes/a.txt") == "memory://notes/a.txt"
