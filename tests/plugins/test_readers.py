"""Readers of other kinds of files: by suffix where the settings name them, and blamed where they fail."""

import pytest

from kg import read
from kg.config import ReadConfig
from kg.errors import PluginError, ReadError, ReadWarning


class Shout:
    """Reads files of capitals."""

    def read(self, data, source, config):
        return read.document_from_text(data.decode().lower(), source=source.name, lang=config.lang)


class Broken:
    def read(self, data, source, config):
        raise KeyError("heading")


class Renamed:
    def read(self, data, source, config):
        return read.document_from_text(data.decode(), source="elsewhere")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("Ann ran.", encoding="utf-8")
    (tmp_path / "b.loud").write_text("BOB RAN.", encoding="utf-8")
    return tmp_path


def test_a_folder_has_the_files_of_a_plugin_once_the_settings_name_it(offer, folder):
    offer("readers", loud=Shout)
    with pytest.warns(ReadWarning, match=r"1 file left out .*b\.loud"):
        assert [d.text for d in read.documents(folder)] == ["Ann ran."]
    named = ReadConfig(readers=("loud",))
    assert [d.text for d in read.documents(folder, config=named)] == ["Ann ran.", "bob ran."]


def test_a_plugin_wins_over_our_own_reader(offer, folder):
    offer("readers", txt=Shout)
    config = ReadConfig(readers=("txt",))
    assert [d.text for d in read.documents(folder / "a.txt", config=config)] == ["ann ran."]


def test_our_own_readers_are_registered_in_the_same_table():
    assert read.readers() == read.READERS
    assert set(read.READERS) >= {".txt", ".md"}


@pytest.mark.parametrize(
    ("reader", "says"), [(Broken, "KeyError: 'heading'"), (Renamed, "another id or source")]
)
def test_a_reader_that_fails_is_named_and_its_file_left_out(offer, folder, reader, says):
    offer("readers", loud=reader)
    left_out = []
    found = list(read.documents(folder, config=ReadConfig(readers=("loud",)), on_skip=left_out.append))
    assert [d.source for d in found] == ["a.txt"]
    (error,) = left_out
    assert isinstance(error, ReadError)
    assert "the plug-in 'loud'" in str(error)
    assert says in str(error)


def test_a_plugin_that_is_not_there_is_named_with_the_nearest(offer, folder):
    offer("readers", loud=Shout)
    with pytest.raises(
        PluginError, match=r"kg\.readers: no plug-in 'lout' is installed; did you mean 'loud'"
    ):
        list(read.documents(folder, config=ReadConfig(readers=("lout",))))


def test_a_plugin_that_does_not_load_is_named(offer, folder):
    class Bad:
        def __init__(self):
            raise ImportError("no module named soundlib")

    offer("readers", loud=Bad)
    with pytest.raises(PluginError, match=r"the plug-in 'loud' .*ImportError: no module named soundlib"):
        list(read.documents(folder, config=ReadConfig(readers=("loud",))))
