"""Files appear whole or not at all."""

import pytest

from kg.atomic import write_text


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
