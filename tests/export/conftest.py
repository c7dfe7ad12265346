"""Graphs for the page, a small one by hand and one of 25 articles, and the page, opened."""

import datetime as dt
import pathlib

import pytest
from page_records import records


@pytest.fixture(scope="session")
def harbour():
    """Entities, facts and documents of a short news text."""
    return records(dt.date(2024, 6, 1))


@pytest.fixture(scope="session")
def affair():
    """The page of the 25 articles in examples/affair, as text."""
    import kg
    from kg.export.html import render

    return render(kg.build(pathlib.Path(__file__).parents[2] / "examples" / "affair"))


class Visit:
    """One opened page, with what it complained of and what it asked the network for."""

    def __init__(self, browser, path, fragment="", script=None, **options):
        self.context = browser.new_context(
            offline=True, **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        if script:
            self.page.add_init_script(script)
        self.errors, self.requests = [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.resolve().as_uri() + fragment)
        self.page.wait_for_selector("html[data-complete]", timeout=30_000)

    def outside(self):
        """Give the requests other than for the page itself."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page given as text; the browser is offline."""
    opened = []

    def open_page(text, fragment="", **options):
        path = tmp_path / f"page{len(opened)}.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        opened.append(Visit(browser, path, fragment, **options))
        return opened[-1]

    yield open_page
    for one in opened:
        one.context.close()
