"""Files appear whole or not at all."""

import contextlib

import pytest

from kg import interrupt
from kg.atomic import together, write_text, written_aside


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    write_text(path, ["after\r\n", "and é\n"])
    assert path.read_bytes() == "after\r\nand é\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("durable", [True, False])
def test_what_fails_on_the_way_leaves_the_old_file_and_nothing_aside(tmp_path, durable):
    def pieces():
        yield "half"
        raise OSError("No space left on device")

    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(OSError, match="No space"):
        write_text(path, pieces(), durable=durable)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("fails", [False, True])
def test_several_files_appear_together_or_not_at_all(tmp_path, fails):
    paths = [tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"]
    for path in paths:
        path.write_text("before", encoding="utf-8")

    def pieces():
        yield "after"
        if fails:
            raise OSError("No space left on device")

    with contextlib.suppress(OSError), together():
        write_text(paths[0], ["after"])
        with together():
            write_text(paths[2], ["after"])
        assert paths[0].read_text(encoding="utf-8") == "before"
        write_text(paths[1], pieces())
    expected = "before" if fails else "after"
    assert {p.read_text(encoding="utf-8") for p in paths} == {expected}
    assert sorted(tmp_path.iterdir()) == paths[:2]


def test_nothing_appears_once_somebody_has_interrupted_it(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    monkeypatch.setattr(interrupt, "_happened", True)
    with pytest.raises(KeyboardInterrupt), together():
        write_text(path, ["after"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fails", [False, True])
def test_what_somebody_else_writes_is_put_into_its_place_whole(tmp_path, fails):
    path = tmp_path / "a.db"
    path.write_bytes(b"before")
    with contextlib.suppress(ValueError), written_aside(path) as aside:
        aside.write_bytes(b"after")
        assert path.read_bytes() == b"before"
        if fails:
            raise ValueError
    assert path.read_bytes() == (b"before" if fails else b"after")
    assert list(tmp_path.iterdir()) == [path]
