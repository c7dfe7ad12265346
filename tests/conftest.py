"""Fixtures that several tests share, and the switch for slow tests."""

import os
import shutil

import pytest
from hypothesis import settings

# How long an example takes says more about what else the machine does than about the code. The examples are
# the same in every run, so that none fails by chance; `--hypothesis-profile=seek` draws others.
settings.register_profile("kg", deadline=None, derandomize=True)
settings.register_profile("seek", deadline=None)
settings.load_profile("kg")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="also run the tests marked slow")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow; run with --slow"))


@pytest.fixture(scope="session")
def nlp():
    """The default model, loaded once."""
    from kg.extract.parse import pipeline

    return pipeline.load("en_core_web_sm")


@pytest.fixture(scope="module")
def models_once():
    """Load no model twice; for modules that build much and are not about loading."""
    from one_model import models_loaded_once

    with models_loaded_once():
        yield


@pytest.fixture(scope="session")
def extractor():
    """An extractor that keeps and asserts what it doubts: most tests ask what is read, not how surely.

    It reads by rules alone: what is learned of events has tests of its own.
    """
    return _sure_extractor(events=False)


@pytest.fixture(scope="session")
def learned_extractor():
    """The same with the learned reader of events."""
    return _sure_extractor(events=True)


def _sure_extractor(*, events):
    from kg.config import ExtractConfig, unbarred
    from kg.extract import Extractor

    return Extractor(unbarred(ExtractConfig(events=events)))


# Not of the whole session: as long as playwright lives, its loop counts as running in this thread, and then
# asyncio.run, as a snippet of the docs calls it, is refused.
@pytest.fixture(scope="module")
def browser():
    """Chromium, as the tests of one module drive it."""
    found = os.environ.get("CHROMIUM") or next(
        (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
    )
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def kg(capfd):
    """Run a command in this process; gives exit code, stdout, stderr."""
    from kg import cli

    def run(*argv):
        try:
            code = cli.main([str(a) for a in argv])
        except SystemExit as exit:
            code = exit.code
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run
