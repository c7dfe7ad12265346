"""The page as a person meets it, in Chromium with the network off."""

import pytest

from kg.export.html import page
from kg.model import Document, Entity, Evidence, Fact

pytestmark = pytest.mark.browser


def test_opens_offline_without_a_request_or_complaint(visit, harbour):
    seen = visit(page(*harbour))
    assert seen.errors == []
    assert seen.outside() == []
    assert seen.page.inner_text("#counts") == "14 entities · 16 facts · 1 document"


def test_search_without_accents_by_keyboard(visit, harbour):
    seen = visit(page(*harbour))
    seen.page.fill("#query", "alvarez")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    assert seen.page.inner_text("#panel h2") == "Ines Álvarez"
    assert "node=Ines_%C3%81lvarez" in seen.page.url
    seen.page.go_back()
    assert seen.page.inner_text("#panel h2") == "Most connected"


def test_a_fact_shows_its_sentence_with_the_words_marked(visit, harbour):
    seen = visit(page(*harbour), "#node=Ferrum_Ltd")
    seen.page.click("text=second quay >> nth=0")
    assert "planned" in seen.page.inner_text("#panel .details")
    assert (
        seen.page.inner_text("#panel blockquote")
        == "Ferrum Ltd plans to build a second quay in Portovale in 2025."
    )
    assert seen.page.inner_text("mark.subject") == "Ferrum Ltd"
    assert seen.page.inner_text("mark.object") == "second quay"
    assert seen.page.get_attribute("#panel figcaption a", "href") == "https://example.com/harbour"


def test_negated_and_reported_facts_say_so(visit, harbour):
    seen = visit(page(*harbour), "#node=workers-abcd1234")
    assert "reported by Tom Reed" in seen.page.inner_text("#panel")
    seen.page.goto(seen.page.url.split("#")[0] + "#node=Ministry_of_Transport")
    seen.page.wait_for_function("document.querySelector('#panel h2').textContent.startsWith('Ministry')")
    assert "negated" in seen.page.inner_text("#panel")


def test_the_legend_filters(visit, harbour):
    seen = visit(page(*harbour))
    seen.page.click("label:has-text('Negated')")
    assert "15 of 16 facts" in seen.page.inner_text("#said")
    assert "no-statuses=3" in seen.page.url
    seen.page.click("#reset")
    assert "16 of 16 facts" in seen.page.inner_text("#said")


def test_hostile_text_stays_text(visit):
    evil = "<img src=x onerror='window.hit=1'></script><script>window.hit=1</script>"
    thing = Entity(
        "javascript:window.hit=1", "Person", evil, (evil, "__proto__"), ("javascript:window.hit=1",)
    )
    other = Entity("o", evil, "other")
    paper = Document("d", evil, evil, title=evil, uri="javascript:window.hit=1")
    facts = [
        Fact(thing, evil, other, evidence=(Evidence("d", 0, 5, evil, "", 1.0),)),
        Fact(thing, "say", evil, evidence=(Evidence("d", 0, 5, evil, "", 1.0),)),
    ]
    text = page([thing, other], facts, [paper])
    for fragment in (
        "",
        "#node=javascript%3Awindow.hit%3D1",
        "#fact=0",
        "#fact=1",
        "#node=<img src=x onerror=window.hit=1>",
    ):
        seen = visit(text, fragment)
        seen.page.fill("#query", "<img")
        seen.page.wait_for_timeout(50)
        assert seen.page.evaluate("window.hit") is None
        assert seen.page.query_selector("#panel a[href^=javascript]") is None
        assert seen.page.query_selector("img") is None
        assert seen.errors == []
