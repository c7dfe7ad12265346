"""The page as a person meets it, in Chromium with the network off."""

import csv
import io
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.export.html import page
from kg.export.notebook import Framed
from kg.model import Document, Entity, Evidence, Fact
from kg.store.triples import TripleStore

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(visit, harbour):
    """The page of the harbour's graph, opened; a fragment may be given."""
    text = page(*harbour)

    def open_at(fragment="", **options):
        return visit(text, fragment, **options)

    return open_at


def wait_for_heading(seen, words):
    seen.page.wait_for_function(
        "words => document.querySelector('#panel h2')?.textContent.includes(words)", arg=words
    )


def test_opens_offline_without_a_request_or_complaint(opened):
    seen = opened()
    assert seen.errors == []
    assert seen.outside() == []
    assert seen.page.inner_text("#counts") == "14 entities · 16 facts · 1 document"


def test_search_without_accents_by_keyboard_and_back(opened):
    seen = opened()
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("alvarez")
    assert seen.page.get_attribute("#query", "aria-expanded") == "true"
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    wait_for_heading(seen, "Ines Álvarez")
    assert "node=Ines_%C3%81lvarez" in seen.page.url
    seen.page.go_back()
    wait_for_heading(seen, "What the texts are about")
    seen.page.go_forward()
    wait_for_heading(seen, "Ines Álvarez")


def test_the_skip_link_leads_to_the_facts_and_keeps_the_selection(opened):
    seen = opened("#node=Tom_Reed")
    seen.page.focus(".skip")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("() => document.activeElement.id") == "panel"
    assert seen.page.inner_text("#panel h2") == "Tom Reed"


def test_search_finds_an_alias(opened):
    seen = opened()
    seen.page.fill("#query", "ferrum")
    assert "Ferrum Ltd" in seen.page.inner_text("#hits li >> nth=0")


def test_a_fact_shows_its_sentence_with_the_words_marked(opened):
    seen = opened("#node=Ferrum_Ltd")
    seen.page.click("text=second quay >> nth=0")
    wait_for_heading(seen, "Fact")
    assert "planned" in seen.page.inner_text("#panel .details")
    sentence = "Ferrum Ltd plans to build a second quay in Portovale in 2025."
    assert seen.page.inner_text("#panel blockquote") == sentence
    assert seen.page.inner_text("mark.subject") == "Ferrum Ltd"
    assert seen.page.inner_text("mark.object") == "second quay"
    assert seen.page.get_attribute("#panel figcaption a", "href") == "https://example.com/harbour"


def test_parallel_relations_are_separate_and_each_shows_its_own_sentence(opened):
    seen = opened("#node=Tom_Reed")
    for relation, words in (("met", "Reed met"), ("criticised", "Reed criticised")):
        seen.page.click(f"section.relation:has(h4:text-is('{relation}')) button.open")
        wait_for_heading(seen, "Fact")
        assert seen.page.inner_text("#panel .verb") == relation
        assert words in seen.page.inner_text("#panel blockquote")
        assert seen.page.locator("#panel blockquote").count() == 1
        seen.page.go_back()
        wait_for_heading(seen, "Tom Reed")


def test_negated_and_reported_facts_say_so(opened):
    seen = opened("#node=workers-abcd1234")
    assert "reported by Tom Reed" in seen.page.inner_text("#panel")
    seen = opened("#node=Ministry_of_Transport")
    assert "negated" in seen.page.inner_text("#panel")


def test_the_legend_filters_and_is_kept_in_the_address(opened):
    seen = opened()
    seen.page.click("label:has-text('Negated')")
    assert "15 of 16 facts" in seen.page.inner_text("#said")
    assert "no-statuses=3" in seen.page.url
    again = opened("#no-statuses=3")
    assert "15 of 16 facts" in again.page.inner_text("#shown")
    again.page.click("#reset")
    assert "16 of 16 facts" in again.page.inner_text("#shown")


def test_dates_filter_by_slider(opened):
    seen = opened()
    seen.page.focus("input[aria-label='Facts from']")
    seen.page.keyboard.press("End")
    seen.page.wait_for_function("() => location.hash.includes('dates=')")
    assert "2 of 16 facts" in seen.page.inner_text("#shown")


def test_names_without_links_wait_until_asked_for(opened):
    seen = opened()
    assert "13 of 14 entities" in seen.page.inner_text("#shown")
    seen.page.click("text=1 name without links: show")
    assert "14 of 14 entities" in seen.page.inner_text("#shown")


def test_clicks_on_the_drawing_reach_nodes_and_the_empty_ground(opened):
    seen = opened()
    seen.page.focus("#network")
    seen.page.keyboard.press("ArrowRight")
    wait_for_heading(seen, "Ines Álvarez")
    seen.page.wait_for_timeout(700)
    # The chosen node was brought to the middle of the drawing.
    seen.page.keyboard.press("Escape")
    wait_for_heading(seen, "What the texts are about")
    box = seen.page.query_selector("#network").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for_heading(seen, "Ines Álvarez")
    seen.page.mouse.click(box["x"] + 8, box["y"] + box["height"] - 8)
    wait_for_heading(seen, "What the texts are about")


def test_focus_shows_the_surroundings_alone(opened):
    seen = opened("#node=Tom_Reed")
    seen.page.click("text=Around it")
    assert "3 of 14 entities" in seen.page.inner_text("#shown")
    seen.page.click("#crumbs >> text=Back to the main things")
    assert "13 of 14 entities" in seen.page.inner_text("#shown")


def test_path_between_two(opened):
    seen = opened()
    seen.page.keyboard.press("p")
    for field, words in (("From", "tom reed"), ("To", "new harbour")):
        seen.page.fill(f"dialog input[aria-label='{field}']", words)
        seen.page.keyboard.press("Enter")
    seen.page.click("text=Find the path")
    wait_for_heading(seen, "2 steps from Tom Reed to new harbour")
    assert seen.page.locator("ol.steps li").count() == 2
    seen.page.go_back()
    wait_for_heading(seen, "What the texts are about")


def test_a_click_on_a_line_shows_that_relation(opened):
    # On a path of one step the line runs through the middle of the drawing.
    seen = opened("#path=Tom_Reed|Ines_%C3%81lvarez")
    seen.page.wait_for_timeout(600)
    box = seen.page.query_selector("#network").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for_heading(seen, "Fact")
    assert seen.page.inner_text("#panel .verb") in ("praised", "met", "criticised")
    assert seen.page.locator("#panel blockquote").count() == 1


def test_dragging_pins_a_node(opened):
    seen = opened("#focus=Harbour_Watch&node=Harbour_Watch")
    seen.page.wait_for_timeout(600)
    box = seen.page.query_selector("#network").bounding_box()
    # The middle of the surroundings is found by the ring around it: ask the keyboard to centre it.
    seen.page.focus("#network")
    seen.page.keyboard.press("0")
    before = seen.page.evaluate("() => document.querySelector('#network canvas').toDataURL()")
    seen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2 + 40, steps=4)
    seen.page.mouse.up()
    seen.page.wait_for_timeout(200)
    assert seen.page.evaluate("() => document.querySelector('#network canvas').toDataURL()") != before
    assert seen.errors == []


def test_reading_pane_leads_both_ways(opened):
    seen = opened("#view=text")
    assert "over the quay 🚢 works" in seen.page.inner_text("#reader")
    seen.page.click("#reader a.name:has-text('Harbour Watch')")
    wait_for_heading(seen, "Harbour Watch")
    seen.page.click("section.relation:has(h4:text-is('sued')) button.open")
    wait_for_heading(seen, "Fact")
    assert seen.page.inner_text("#reader .sentence.chosen").startswith("Harbour Watch, an association")


def test_table_sorts_filters_and_gives_csv(opened):
    seen = opened("#view=table")
    seen.page.click("th button:has-text('Object')")
    column = seen.page.locator("#table tbody td:nth-child(3)").all_inner_texts()
    assert column == sorted(column, key=str.lower)
    seen.page.fill("#table input", "portovale")
    seen.page.wait_for_function("() => document.querySelectorAll('#table tbody tr').length === 8")
    with seen.page.expect_download() as download:
        seen.page.click("text=Save as CSV")
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Object"] for row in rows} >= {"Portovale"}
    assert all(row["Sentence"] for row in rows)


def test_sparql_of_a_selection_can_be_run(opened):
    store = TripleStore()
    for fragment in ("", "#node=Ines_%C3%81lvarez", "#fact=0", "#path=Tom_Reed|new_harbour-abcd1234"):
        seen = opened(fragment)
        seen.page.click("summary")
        seen.page.click("text=SPARQL for the selection")
        query = seen.page.input_value("dialog textarea")
        store.query(query, prefixes={})
        assert "SELECT" in query


def test_pictures_are_saved(opened):
    seen = opened()
    for entry, beginning in (("Picture (PNG)", b"\x89PNG"), ("Drawing (SVG)", b"<svg")):
        seen.page.click("summary")
        with seen.page.expect_download() as download:
            seen.page.click(f"text={entry}")
        with open(download.value.path(), "rb") as file:
            content = file.read()
        assert content.startswith(beginning)
    drawing = content.decode("utf-8")
    assert "Ines Álvarez" in drawing
    assert drawing.count("marker-end") == 13


def test_dark_by_system_and_by_choice(opened):
    seen = opened(color_scheme="dark")
    theme = "document.documentElement.dataset.theme"
    assert seen.page.evaluate(theme) == "dark"
    seen.page.click("button[title='Dark or light']")
    assert seen.page.evaluate(theme) == "light"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(opened, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for fragment in ("#fact=2&view=table", "#view=text&node=Tom_Reed"):
        seen = opened(fragment, color_scheme=scheme)
        found = axe.run(seen.page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == [], fragment
    seen.page.keyboard.press("p")
    assert axe.run(seen.page).response["violations"] == []


@pytest.mark.parametrize("size", [(390, 844), (640, 400)])
def test_small_screens_need_no_sideways_scrolling(opened, size):
    seen = opened("#node=Ferrum_Ltd", viewport={"width": size[0], "height": size[1]})
    wide = seen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]
    for selector in ("#query", "#panel h2", "#network canvas", "#tools summary"):
        box = seen.page.query_selector(selector).bounding_box()
        assert box["width"] > 20, selector
        assert box["x"] >= 0, selector
        assert box["x"] + box["width"] <= size[0] + 1, selector
    seen.page.keyboard.press("Escape")


def test_phone_opens_its_filters(opened):
    seen = opened(viewport={"width": 390, "height": 844})
    assert not seen.page.is_visible("text=Stated or not")
    seen.page.click("#open-side")
    assert seen.page.is_visible("text=Stated or not")
    seen.page.keyboard.press("Escape")
    assert not seen.page.is_visible("text=Stated or not")


def test_nothing_moves_between_two_loads(opened):
    picture = "document.querySelector('#network canvas').toDataURL()"
    first, second = opened(), opened()
    for _ in range(20):  # a busy machine draws the second one later
        first.page.wait_for_timeout(400)
        if first.page.evaluate(picture) == second.page.evaluate(picture):
            break
    assert first.page.evaluate(picture) == second.page.evaluate(picture)


def test_works_within_a_frame_without_any_rights(visit, harbour):
    frame = Framed(page(*harbour), 600)._repr_html_()
    outer = f'<!DOCTYPE html><html data-complete><meta charset="utf-8">{frame}'
    seen = visit(outer)
    inner = seen.page.frame_locator("iframe")
    inner.locator("#panel .hubs button").first.click()
    assert inner.locator("#panel h2").inner_text() == "Ines Álvarez"
    assert seen.errors == []


def test_large_graph_opens_as_a_map_and_leads_into_the_network(visit):
    count = 3200
    things = [Entity(f"n{i}", "Person" if i % 3 else "GPE", f"Name {i}") for i in range(count)]
    facts = [
        Fact(things[i], "know", things[i - i % 40], evidence=(Evidence("d", 0, 4, f"Name {i}.", "", 0.9),))
        for i in range(count)
        if i % 40
    ]
    facts += [Fact(things[40 * i], "lead", things[0]) for i in range(1, 20)]
    seen = visit(page(things, facts, [Document("d", "d.txt", "", title="D")]))
    assert seen.page.is_visible("#map")
    assert "3,200 entities" in seen.page.inner_text("#counts")
    seen.page.fill("#query", "name 40")
    seen.page.keyboard.press("Enter")
    wait_for_heading(seen, "Name 40")
    assert seen.page.is_visible("#network canvas")
    assert not seen.page.is_visible("#map")
    seen.page.click("text=Back to the map")
    assert seen.page.is_visible("#map")
    seen.page.mouse.move(560, 400)
    seen.page.mouse.wheel(0, -300)
    seen.page.mouse.down()
    seen.page.mouse.move(600, 440)
    seen.page.mouse.up()
    seen.page.keyboard.press("p")
    seen.page.fill("dialog input[aria-label='From']", "name 41")
    seen.page.keyboard.press("Enter")
    seen.page.fill("dialog input[aria-label='To']", "name 81")
    seen.page.keyboard.press("Enter")
    seen.page.click("text=Find the path")
    wait_for_heading(seen, "4 steps from Name 41 to Name 81")
    assert seen.errors == []
    assert seen.outside() == []


def test_middling_graph_shows_hubs_and_unfolds(visit):
    count = 1200
    things = [Entity(f"n{i}", "Person", f"Name {i}") for i in range(count)]
    facts = [Fact(things[i], "know", things[i // 3]) for i in range(1, count)]
    seen = visit(page(things, facts), "#show=all")
    assert "800 of 1,200 entities shown" in seen.page.inner_text("#shown")
    # The search covers all, and what it finds comes into view.
    seen.page.fill("#query", "name 999")
    seen.page.keyboard.press("Enter")
    wait_for_heading(seen, "Name 999")
    assert "801 of 1,200 entities shown" in seen.page.inner_text("#shown")


EVIL = "<img src=x onerror='window.hit=1'></script><script>window.hit=1</script>"


def hostile_records(label, alias, key, quote, relation):
    thing = Entity(key or "x", "Person", label, (alias, "__proto__"), ("javascript:window.hit=1", label))
    other = Entity("o", relation or "Concept", "other")
    paper = Document("d", quote, quote, title=label, uri="javascript:window.hit=1")
    facts = [
        Fact(thing, relation or "r", other, evidence=(Evidence("d", 0, 5, quote, "", 1.0),)),
        Fact(thing, "say", quote, evidence=(Evidence("d", 0, 5, quote, "", 1.0),)),
    ]
    return [thing, other], facts, [paper]


def assert_inert(seen):
    assert seen.page.evaluate("window.hit") is None
    assert seen.page.query_selector("a[href^=javascript]") is None
    assert seen.page.query_selector("img, iframe, object, embed") is None
    assert seen.errors == []
    assert seen.outside() == []


def test_hostile_text_stays_text(visit):
    text = page(*hostile_records(EVIL, EVIL, "javascript:window.hit=1", EVIL, EVIL))
    for fragment in (
        "",
        "#node=javascript%3Awindow.hit%3D1",
        "#fact=0&view=text",
        "#fact=1&view=table",
        f"#node={EVIL}&focus={EVIL}&path={EVIL}|%E0%A4%A&fact=1e9&doc=-1&dates=x|y&no-types=__proto__",
    ):
        seen = visit(text, fragment)
        seen.page.fill("#query", "<img")
        seen.page.wait_for_timeout(50)
        assert_inert(seen)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.text(max_size=40), st.just(EVIL), st.just("\u202e\u0000']]>")), min_size=5, max_size=5
    )
)
def test_any_text_is_shown_as_it_is(visit, strings):
    entities, facts, papers = hostile_records(*strings)
    seen = visit(page(entities, facts, papers), "#fact=0&view=table")
    shown = json.loads(
        seen.page.inner_text("#graph-data")
        or seen.page.evaluate("document.getElementById('graph-data').textContent")
    )
    assert len(shown["label"]) == len({e.id for e in entities})
    assert_inert(seen)


def test_csv_keeps_quotes_and_breaks(visit):
    thing = Entity("a", "Person", 'He said "x", then\nleft')
    seen = visit(page([thing], [Fact(thing, "say", 'a "b", c')]), "#view=table")
    with seen.page.expect_download() as download:
        seen.page.click("text=Save as CSV")
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(io.StringIO(file.read()))
    assert row["Object"] == 'a "b", c'
    assert re.sub(r"\s+", " ", row["Subject"]) == 'He said "x", then left'
