"""What a new reader of 25 articles sees first, and what it takes to find an answer or to mend an error."""

import json
import pathlib
import re

import pytest
from servers import running

from kg.corrections import Corrections
from kg.library.directory import StoreDirectory

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.usefixtures("models_once")]

# What the articles are about, by somebody who read them and had not seen the page.
CENTRAL = (
    "Corvane Marine",
    "Daan Mertens",
    "Pieter Halvorsen",
    "Ostend Port Authority",
    "Coast Courier",
    "Nora Feld",
    "Delmar Works",
    "Lagune Consulting",
    "Felix Brandt",
    "Hanne Wouters",
)
ARTICLES = pathlib.Path(__file__).parents[2] / "examples" / "affair"
DESK, TABLET, PHONE = (1440, 900), (1024, 700), (390, 844)

# Words are drawn as pictures: which words each picture has, and where it lies in the last drawing.
RECORDER = """
(() => {
  const words = new WeakMap();
  const {fillText, drawImage, clearRect} = CanvasRenderingContext2D.prototype;
  window.drawnWords = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    const before = words.get(this.canvas);
    words.set(this.canvas, {text: before ? `${before.text} ${text}` : text, font: this.font});
    return fillText.call(this, text, ...rest);
  };
  CanvasRenderingContext2D.prototype.clearRect = function (...rest) {
    if (this.canvas.isConnected) window.drawnWords = [];
    return clearRect.apply(this, rest);
  };
  CanvasRenderingContext2D.prototype.drawImage = function (image, ...rest) {
    const said = words.get(image);
    if (said && this.canvas.isConnected) {
      const [x, y, w, h] = rest;
      const size = parseFloat(/([\\d.]+)px/.exec(said.font)[1]);
      window.drawnWords.push({...said, x: x + 4, y: y + 4, w: w - 8, h: h - 8, size});
    }
    return drawImage.call(this, image, ...rest);
  };
})();
"""


class Reader:
    """Somebody who reads the page, with the clicks that it takes."""

    def __init__(self, visit, text, size=DESK, fragment="", **options):
        viewport = {"width": size[0], "height": size[1]}
        self.seen = visit(text, fragment, script=RECORDER, viewport=viewport, **options)
        self.page, self.clicks = self.seen.page, 0

    def click(self, selector):
        self.clicks += 1
        self.page.click(selector)

    def fill(self, selector, words):
        self.page.fill(selector, words)

    def panel(self):
        return self.page.inner_text("#panel")


@pytest.fixture
def reader(visit, affair):
    return lambda *args, **options: Reader(visit, affair, *args, **options)


def drawn(page):
    """The words in the drawing: names of things, and of relations, which are smaller."""
    page.wait_for_function("() => window.drawnWords.length > 3")
    page.wait_for_timeout(300)
    # The chosen one is drawn once more, over all others.
    words = list({(w["text"], w["x"], w["y"]): w for w in page.evaluate("window.drawnWords")}.values())
    return [w for w in words if w["size"] > 11], [w for w in words if w["size"] == 11]


def overlaps(words):
    def meet(a, b):
        return (
            min(a["x"] + a["w"], b["x"] + b["w"]) - max(a["x"], b["x"]) > 1
            and min(a["y"] + a["h"], b["y"] + b["h"]) - max(a["y"], b["y"]) > 1
        )

    return [(a["text"], b["text"]) for i, a in enumerate(words) for b in words[:i] if meet(a, b)]


def kind_of(label, graph):
    """Tell a name, an event and anything else by the label that is drawn, which may be cut."""
    cut = label.rstrip("…")
    for text, id_, kind in zip(graph["label"], graph["id"], graph["type"], strict=True):
        if text == label or text.startswith(cut):
            if kind in graph["events"]:
                return "event"
            nameless = re.search(r"-[0-9a-f]{8}(-\d+)?$", id_)
            if not nameless and graph["types"][kind] not in ("Position", "Concept", "Quantity", "Language"):
                return "name"
    return "other"


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE])
def test_the_first_look_names_who_and_what_it_is_about(reader, size):
    page = reader(size).page
    names, relations = drawn(page)
    labels = [w["text"] for w in names]
    assert len(labels) == len(set(labels))
    assert len(labels) == int(page.inner_text("#shown").split()[0]), "each dot has its name"
    graph = json.loads(page.evaluate("document.getElementById('graph-data').textContent"))
    kinds = [kind_of(label, graph) for label in labels]
    assert sum(kind in ("name", "event") for kind in kinds) >= 0.9 * len(kinds)
    assert overlaps(names + relations) == []
    missing = set(CENTRAL) - set(labels)
    assert len(missing) <= (2 if size == PHONE else 0), missing
    assert len(labels) >= {DESK: 35, TABLET: 18, PHONE: 12}[size]


def test_no_words_lie_over_another_while_somebody_reads_or_unfolds(reader):
    for fragment in ("#view=text", "#node=Nora_Feld", "#path=Sofie_Mertens|Coast_Courier"):
        names, relations = drawn(reader(DESK, fragment).page)
        assert overlaps(names + relations) == [], fragment


def test_events_that_differ_read_differently(reader):
    page = reader().page
    names, _ = drawn(page)
    events = [w["text"] for w in names if " of " in w["text"]]
    assert len(events) >= 5
    assert len(set(events)) == len(events)
    assert any(text.startswith("sentencing of Daan Mertens") for text in events)


def test_the_list_beside_it_begins_with_the_central_ones(reader):
    page = reader().page
    first = page.locator("#panel .hubs button").all_inner_texts()[:12]
    assert len(set(CENTRAL) & set(first)) >= 8
    assert "director" in page.inner_text("#panel .hubs li:has-text('Daan Mertens')")


class TestTasks:
    def test_who_is_somebody(self, reader):
        at = reader()
        at.fill("#query", "okonjo")
        at.click("#hits li >> nth=0")
        assert at.page.inner_text("#panel h2") == "Ruth Okonjo"
        assert "prosecutor" in at.page.inner_text(".what-it-is").lower()
        assert at.clicks <= 4

    def test_what_links_two_and_where_it_says_so(self, reader):
        at = reader()
        at.click("button[title=Path]")
        at.fill("dialog input[aria-label=From]", "daan mertens")
        at.click("dialog .hits li >> nth=0")
        at.fill("dialog input[aria-label=To]", "lagune consulting")
        at.click("dialog .field:has(input[aria-label=To]) .hits li >> nth=0")
        at.click("text=Find the path")
        steps = at.page.locator("ol.path li")
        assert "Sofie Mertens" in steps.first.inner_text()
        assert steps.count() == 2
        said = at.page.locator("ol.path blockquote").all_inner_texts()
        told = {"Sofie Mertens owns Lagune Consulting.", "She sold Lagune Consulting and lives in Lisbon."}
        assert told & set(said)
        assert at.clicks <= 4

    def test_what_happened_in_a_month(self, reader):
        at = reader()
        at.click("#tabs >> text=Timeline")
        at.click(".tick-name >> text='2021'")
        at.page.wait_for_selector(".tick-name >> text='Jan 2021'")
        at.click(".tick-name >> text='Feb'")
        told = at.page.inner_text("#timeline .scroll")
        for what in ("arrest of Sofie Mertens", "Willem Desmet", "some 2,000 people in Ostend"):
            assert what in told
        assert "Nora Feld" not in told
        assert at.clicks <= 4

    def test_what_happened_in_a_month_that_is_typed(self, reader):
        at = reader()
        at.click("#tabs >> text=Timeline")
        at.fill("#timeline input", "february 2021")
        at.page.wait_for_function(
            "() => !document.querySelector('#timeline .told').textContent.includes('2020')"
        )
        told = at.page.inner_text("#timeline .scroll")
        assert "9 February 2021" in told
        assert "22 February 2021" in told
        assert at.clicks <= 4

    @pytest.mark.parametrize(
        ("place", "what"),
        [("Lisbon", "arrested Pieter Halvorsen"), ("Bruges", "sentencing of Daan Mertens")],
    )
    def test_what_happened_in_a_place(self, reader, place, what):
        at = reader()
        at.click("#tabs >> text=Map")
        at.click(f"#world .place button >> text='{place}'")
        told = at.page.inner_text("#world .scroll")
        assert what in told
        # And the sentence that says so.
        at.click(f"#world .told button >> text={what} >> nth=0")
        assert place in at.page.inner_text("#panel blockquote >> nth=0")
        assert at.clicks <= 4

    def test_a_place_among_others_on_the_map(self, reader):
        at = reader()
        at.click("#tabs >> text=Map")
        at.click(".spot[aria-label*='Bruges'] circle")
        at.click("#world .place button >> text='Ostend'")
        assert "election of Hanne Wouters" in at.page.inner_text("#world .scroll")
        assert at.clicks <= 4

    def test_a_wrong_merge_is_corrected(self, browser, tmp_path):
        """ "Tessel" is taken for short for the firm; somebody knows that another is meant."""
        pytest.importorskip("starlette")
        pytest.importorskip("uvicorn")
        StoreDirectory.create(tmp_path / "store").add([ARTICLES])
        argv = ("review", str(tmp_path / "store"), "--by", "Ann", "--no-browser", "--port", "0")
        with running(*argv, says=r"(http://127\.0\.0\.1:\d+/review#[\w-]+)") as (_, found):
            page = browser.new_page()
            clicks = 0
            page.goto(found[1])
            for target in (
                "#tab-things",
                "#work button >> text='Tessel Dredging'",
                "label:has(strong:text-is('Tessel'))",
                "text=Split off what is ticked",
            ):
                page.click(target)
                clicks += 1
            page.locator("#said", has_text="Two things").wait_for()
            page.close()
        assert clicks <= 4
        (decision,) = Corrections.read(tmp_path / "store" / "corrections.toml")
        assert decision.kind == "different"
        firm = StoreDirectory(tmp_path / "store").graph().entity("Tessel Dredging")
        assert "Tessel" not in firm.aliases


def test_a_phone_shows_all_tabs_and_a_view_alone(reader):
    at = reader(PHONE)
    tabs = at.page.locator("#tabs button")
    for i in range(tabs.count()):
        box = tabs.nth(i).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE[0]
    at.click("#tabs >> text=Timeline")
    assert not at.page.is_visible("#panel")
    at.click("#timeline .told button >> nth=0")
    assert at.page.is_visible("#panel h2")
    at.page.keyboard.press("Escape")
    at.click("#tabs >> text=Network")
    at.click("#open-text")
    box = at.page.query_selector("#reader").bounding_box()
    assert box["height"] > 500
    assert at.seen.errors == []


def test_a_text_is_told_once(reader):
    page = reader(DESK, "#view=text").page
    assert (
        page.inner_text("#reader").count("Corvane Marine buys Tessel Dredging") == 2
    )  # the choice, and the title
    assert "By Marta Hoek" not in page.inner_text("#reader .text")


def test_the_page_of_the_affair_stays_light(affair):
    data = sum(
        len(part) for part in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', affair, re.S)
    )
    assert len(affair.encode()) - data < 1_000_000


def test_the_pictures_of_the_page_are_shown_and_light():
    root = pathlib.Path(__file__).parents[2]
    readme = (root / "README.md").read_text(encoding="utf-8")
    for name in ("page", "timeline", "map"):
        assert f"docs/{name}.png" in readme
        assert (root / "docs" / f"{name}.png").stat().st_size < 250_000
