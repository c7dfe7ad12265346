"""Files that hold several documents, in a store: rows and members come, change and go with their file."""

import json

import pytest

from kg import cli
from kg.library.directory import StoreDirectory, file_of

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models_once")]


def put(path, *texts):
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))


def test_rows_come_and_go_with_their_file(tmp_path):
    rows = tmp_path / "posts.jsonl"
    store = StoreDirectory.create(tmp_path / "store")
    put(rows, "Bo Ek left Tarn.", "Carl Ros founded Vik Ltd.", "Ada Moreau lives in Ulm.")
    assert store.add([rows]).added == 3
    assert store.add([rows]).unchanged == 3
    put(rows, "Bo Ek left Tarn.", "Carl Ros sold Vik Ltd.")
    assert store.status()["changed"] == [f"{rows}#row=2"]
    assert store.status()["gone"] == [f"{rows}#row=3"]
    done = store.add([rows])
    assert (done.changed, done.unchanged) == (1, 1)
    names = {d.source for d in store.graph().documents}
    assert names == {"posts.jsonl#row=1", "posts.jsonl#row=2"}
    assert store.remove(["posts.jsonl#row=1"]).removed == 1
    assert store.remove([str(rows)]).removed == 1


def test_a_row_that_cannot_be_read_is_kept_in_mind_until_it_can(tmp_path):
    rows = tmp_path / "posts.jsonl"
    store = StoreDirectory.create(tmp_path / "store")
    rows.write_text('{"text": "Bo Ek left Tarn."}\n{"text": \n')
    store.add([rows], on_skip=lambda error: None)
    assert list(store.status()["failed"]) == [f"{rows}#row=2"]
    put(rows, "Bo Ek left Tarn.", "Carl Ros founded Vik Ltd.")
    store.add([rows])
    assert not store.status()["failed"]


def test_what_could_not_be_read_goes_with_its_file(tmp_path):
    rows, other = tmp_path / "posts.jsonl", tmp_path / "more.jsonl"
    store = StoreDirectory.create(tmp_path / "store")
    for each in (rows, other):
        each.write_text('{"text": "Bo Ek left Tarn."}\n{"text": \n')
    store.add([rows, other], on_skip=lambda error: None)
    assert store.remove([str(rows)]).kept  # the other has the same text
    assert list(store.status()["failed"]) == [f"{other}#row=2"]
    assert store.remove([f"{other}#row=2"]).removed == 0
    assert not store.status()["failed"]
    assert len(store.manifest.documents) == 1


def test_evidence_names_the_row(tmp_path):
    rows = tmp_path / "posts.jsonl"
    put(rows, "Carl Ros founded Vik Ltd.")
    store = StoreDirectory.create(tmp_path / "store")
    store.add([rows])
    (fact,) = store.graph().facts(relation="found")
    assert fact.evidence[0].place == "row 1"


def test_the_file_of_a_part(tmp_path):
    (tmp_path / "a#b.txt").write_text("x")
    assert file_of(f"{tmp_path}/a#b.txt") == f"{tmp_path}/a#b.txt"
    assert file_of(f"{tmp_path}/a#b.txt#row=1#x") == f"{tmp_path}/a#b.txt"
    assert file_of(f"{tmp_path}/r.zip#a.html") == f"{tmp_path}/r.zip"


def test_copies_are_what_they_are_in_a_build(tmp_path):
    import kg

    report = " ".join(f"Bo Ek bought mill {n} in Tarn from Carl Ros in {1900 + n}." for n in range(12))
    for name, text in (("a.txt", report), ("b.txt", report + " It rained."), ("c.txt", "Bo Ek left Tarn.")):
        (tmp_path / name).write_text(text)
    files = [tmp_path / f"{name}.txt" for name in "abc"]
    store = StoreDirectory.create(tmp_path / "store")
    store.add(files[1:])
    assert not store.graph().copies
    store.add(files)
    built = kg.build(files)
    assert len(built.copies) == 1
    assert sorted(store.graph().store.lines()) == sorted(built.store.lines())


def test_status_names_once_what_could_not_be_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "posts.jsonl").write_text('{"text": "Bo Ek left Tarn."}\n{"text": \n')
    StoreDirectory.create(tmp_path / "store").add(["posts.jsonl"], on_skip=lambda error: None)
    assert cli.main(["status", "store"]) == 0
    line = f"failed: {tmp_path}/posts.jsonl#row=2: a line that is not JSON"
    assert line in capsys.readouterr().out.splitlines()
