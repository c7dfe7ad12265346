"""A store of three short texts, and one model for all tests."""

import shutil

import pytest
from correction_texts import TEXTS
from one_model import one_extractor

from kg.library.directory import StoreDirectory


@pytest.fixture(scope="module", autouse=True)
def one_model():
    """Use one loaded model in this process."""
    from kg.config import ExtractConfig

    # A bar at which some of the facts are doubtful, and none left out.
    with one_extractor(ExtractConfig(assert_confidence=0.5, min_confidence=0.0)):
        yield


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(texts, tmp_path_factory):
    """A store of the texts, to be copied."""
    store = StoreDirectory.create(tmp_path_factory.mktemp("stores") / "s")
    store.add(texts)
    return store.path


@pytest.fixture
def store(first, tmp_path):
    shutil.copytree(first, tmp_path / "s")
    return StoreDirectory(tmp_path / "s")
