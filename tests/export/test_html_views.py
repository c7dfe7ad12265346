"""The views of the page as a person meets them: the first look, timeline, cards, map, documents."""

import datetime as dt

import pytest

from kg.export.html import page
from kg.model import Document, Entity, Evidence, Fact

pytestmark = pytest.mark.browser

TOWNS = {"Bergen": "Norway", "Malmö": "Sweden", "Oslo": "Norway", "Turku": "Finland"}
COUNT = 45  # people of the made-up story
EVIL = "<img src=x onerror='window.hit=1'>"


def story(count=COUNT, name="Person"):
    """A made-up story: people who trade with each other in towns of the north, and talk of ideas."""
    quote = "The ledger names them."
    papers = [
        Document(f"d{i}", f"ledger{i}.txt", quote, title=f"Ledger {i}", published=dt.date(2020 + i, 5, 1))
        for i in range(5)
    ]

    def fact(subject, relation, end, at, **more):
        found = (Evidence(f"d{at % 5}", 0, 10, quote, "test", 0.9, sentence=0),)
        return Fact(subject, relation, end, evidence=found, **more)

    people = [Entity(f"{name}_{i}", "Person", f"{name} {i}") for i in range(count)]
    lands = {land: Entity(land, "GPE", land) for land in sorted(set(TOWNS.values()))}
    towns = [Entity(town, "GPE", town) for town in TOWNS]
    ideas = [Entity(f"idea_{i}-0000000{i % 8}", "Concept", f"idea {i}") for i in range(3 * count)]
    office = Entity("harbour_master", "Position", "harbour master")
    day = {"begins": dt.date(2021, 5, 3), "ends": dt.date(2021, 5, 3)}
    facts = [fact(town, "country", lands[TOWNS[town.label]], i) for i, town in enumerate(towns)]
    for i, one in enumerate(people):
        facts.append(
            fact(one, "trade_with", people[i // 2], i) if i else fact(one, "position_held", office, i)
        )
        facts.append(fact(one, "live_in", towns[i % 4], i))
        if i % 5 == 0:
            facts.append(fact(one, "visit", towns[(i + 1) % 4], i, **day))
        facts += [fact(one, "discuss", idea, i) for idea in ideas[3 * i : 3 * i + 3]]
    return [*people, *lands.values(), *towns, *ideas, office], facts, papers


@pytest.fixture
def told(visit):
    text = page(*story())

    def open_at(fragment="", **options):
        return visit(text, fragment, **options)

    return open_at


def test_the_first_look_has_names_that_all_are_written_and_the_rest_as_counts(told):
    seen = told()
    shown = int(seen.page.inner_text("#shown").split()[0])
    assert 30 <= shown <= 80
    assert "main things" in seen.page.inner_text("#crumbs")
    seen.page.click("[data-folded=ideas]")
    assert seen.page.inner_text("#panel h2") == "Other things"
    idea = seen.page.inner_text("#panel .hubs button >> nth=1")
    seen.page.click("#panel .hubs button >> nth=1")
    assert seen.page.inner_text("#panel h2") == idea
    seen.page.click("#crumbs >> text=Show all")
    assert "188 of 188" in seen.page.inner_text("#shown")
    seen.page.click("#crumbs >> text=Main things only")
    # What is selected stays in view.
    assert f"{shown + 1} of 188" in seen.page.inner_text("#shown")
    assert seen.errors == []


def test_a_filter_chooses_the_first_look_anew(told):
    seen = told()
    seen.page.click("label:has-text('Person') >> nth=0")
    assert int(seen.page.inner_text("#shown").split()[0]) < 12
    seen.page.click("#reset")
    assert int(seen.page.inner_text("#shown").split()[0]) >= 30


def test_unfolding_adds_what_is_around_and_can_be_folded_again(told):
    seen = told("#node=Person_0")
    before = int(seen.page.inner_text("#shown").split()[0])
    seen.page.click("text=/Unfold \\d+ more/")
    assert int(seen.page.inner_text("#shown").split()[0]) > before
    seen.page.click("text=Fold again")
    assert int(seen.page.inner_text("#shown").split()[0]) == before


def test_the_panel_begins_with_what_a_thing_is(told):
    seen = told("#node=Person_0")
    assert seen.page.inner_text(".what-it-is") == "harbour master"
    assert [h.lower() for h in seen.page.locator("#panel h3").all_inner_texts()] == [
        "offices, posts, schools",
        "what happened",
        "what else is said",
    ]
    assert "3 May 2021" in seen.page.inner_text("#panel")


def test_the_search_forgives_slips_and_says_so(told):
    seen = told()
    seen.page.fill("#query", "berggen")
    hits = seen.page.locator("#hits li").all_inner_texts()
    assert "Nothing is called" in hits[0]
    assert "Bergen" in hits[1]
    seen.page.keyboard.press("Enter")
    assert seen.page.inner_text("#panel h2") == "Bergen"
    seen.page.fill("#query", "xqzzyq")
    assert seen.page.locator("#hits li").count() == 1


def test_a_path_is_told_in_sentences_with_the_words_of_the_text(told):
    seen = told("#path=Person_4|Bergen")
    assert seen.page.inner_text("#panel h2") == "1 step from Person 4 to Bergen"
    assert seen.page.inner_text("ol.path li p").startswith("Person 4 lives in Bergen")
    assert seen.page.inner_text("ol.path blockquote") == "The ledger names them."


def test_timeline_has_lanes_zooms_and_opens_what_it_shows(told):
    seen = told("#view=timeline")
    assert "9 entries in view" in seen.page.inner_text("#timeline .rows")
    assert seen.page.locator(".lane-name").count() > 3
    seen.page.click("[data-by=what]")
    assert seen.page.locator(".lane-name").all_text_contents()[0].startswith("visited")
    seen.page.click("[aria-label='Show less time']")
    seen.page.fill("#timeline input", "malmö")
    seen.page.wait_for_function("() => document.querySelectorAll('#timeline .told li').length < 9")
    seen.page.click("#timeline .told button >> nth=0")
    assert "visited" in seen.page.inner_text("#panel .verb")
    assert seen.errors == []


def test_cards_say_who_somebody_is_and_find_by_office(told):
    seen = told("#view=people")
    assert seen.page.locator(".card").count() == 24
    seen.page.fill("#people input", "harbour")
    seen.page.wait_for_function("() => document.querySelectorAll('.card').length === 1")
    assert "harbour master" in seen.page.inner_text(".card .kind")
    seen.page.click(".card h3 button")
    assert seen.page.inner_text("#panel h2") == "Person 0"
    assert "view=people" in seen.page.url


def test_the_map_shows_places_and_what_happened_there(told):
    seen = told("#view=places")
    assert seen.page.inner_text("#world .rows") == "7 places"
    seen.page.click("#world .place button >> nth=0")
    town = seen.page.inner_text("#panel h2")
    assert town in (*TOWNS, *TOWNS.values())
    assert seen.page.inner_text("#world .place h3 button") == town
    seen.page.click("[aria-label='Zoom the map in']")
    seen.page.focus(".globe")
    seen.page.keyboard.press("ArrowLeft")
    assert "GeoNames" in seen.page.inner_text("#world .credit")
    assert seen.errors == []
    assert seen.outside() == []


def test_a_graph_without_known_places_has_no_map(visit, harbour):
    seen = visit(page(*harbour))
    assert seen.page.locator("#tabs button").all_inner_texts() == [
        "Network",
        "Timeline",
        "People and organizations",
        "Facts",
        "Documents",
    ]


def test_documents_list_their_facts_and_lead_to_the_text(told):
    seen = told("#view=documents")
    assert seen.page.locator(".paper").count() == 5
    seen.page.click(".paper summary >> nth=0")
    seen.page.wait_for_selector(".paper ol li")
    assert seen.page.locator(".paper ol li").count() > 5
    seen.page.click(".paper >> text=Read the text >> nth=0")
    assert seen.page.is_visible("#reader")


def test_weak_links_are_drawn_where_asked(visit, harbour):
    seen = visit(page(*harbour))
    seen.page.check("#weak")
    assert "weak=1" in seen.page.url
    assert seen.errors == []


def test_keys_open_the_views(told):
    seen = told()
    for key, view in (("l", "timeline"), ("o", "people"), ("m", "world"), ("d", "documents"), ("t", "table")):
        seen.page.keyboard.press(key)
        assert seen.page.is_visible(f"#{view}")


VIEWS = ("", "timeline", "people", "places", "documents", "table", "text")
CHOSEN = [(view, "node=Person_0") for view in VIEWS]
EMPTY = [(view, "") for view in VIEWS]
CHOICES = [("", c) for c in ("fact=3", "path=Person_4|Bergen", "folded=ideas")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("size", "shown"), [((1280, 800), [*CHOSEN, *CHOICES]), ((390, 844), EMPTY)], ids=["desk", "phone"]
)
def test_no_view_violates_accessibility(told, scheme, size, shown):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    seen = told(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})

    # In the dark only colours differ.
    options = {"runOnly": ["color-contrast"]} if scheme == "dark" else None

    def violations():
        found = axe.run(seen.page, options=options).response["violations"]
        return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]

    for view, choice in shown:
        seen.page.evaluate(f"location.hash = '{choice}&view={view}'")
        seen.page.wait_for_timeout(100)
        assert violations() == [], (view, choice)
    for key in "?p":
        seen.page.keyboard.press(key)
        assert violations() == [], key
        seen.page.keyboard.press("Escape")
    assert seen.errors == []


def hostile_story():
    """The story with a hostile string wherever a text can put one: names, classes, titles, sentences."""
    entities, facts, papers = story(12, EVIL)
    called = {
        e.id: Entity(e.id, e.type, f"{e.label} {EVIL}", (e.label, EVIL), ("javascript:window.hit=1",))
        for e in entities
    }
    crash = Entity("crash-00000001", "Disaster", f"crash of {EVIL}, 3 May 2021")
    kind = Entity("odd", EVIL, EVIL)
    quote = f"The ledger names {EVIL}."
    found = (Evidence("d0", 0, len(quote), quote, EVIL, 0.9, sentence=0),)
    day = {"begins": dt.date(2021, 5, 3), "ends": dt.date(2021, 5, 3)}
    person = next(e for e in called.values() if e.type == "Person")

    def renamed(f):
        end = called.get(getattr(f.object, "id", ""), f.object)
        return Fact(
            called[f.subject.id], f.relation, end, begins=f.begins, ends=f.ends, evidence=found, saying=quote
        )

    told = [renamed(f) for f in facts]
    told += [
        Fact(crash, "kg:affected", person, evidence=found, **day),
        Fact(crash, "sem:hasPlace", called["Bergen"], evidence=found, **day),
        Fact(person, EVIL, kind, evidence=found, qualifiers=((EVIL, kind), ("place", EVIL))),
        Fact(person, "say", EVIL, evidence=found, asserted=False, modality="Reported", attributed_to=kind),
    ]
    papers = [
        Document(
            d.id, EVIL, quote, title=f"{d.title} {EVIL}", published=d.published, uri="javascript:window.hit=1"
        )
        for d in papers
    ]
    return [*called.values(), crash, kind], told, papers


def test_hostile_strings_stay_text_in_every_view(visit):
    seen = visit(page(*hostile_story(), title=EVIL))
    for view in VIEWS:
        for choice in ("", "fact=3", f"node={EVIL}_0", f"path={EVIL}_4|Bergen", "folded=ideas"):
            seen.page.evaluate("hash => (location.hash = hash)", f"{choice}&view={view}")
            seen.page.wait_for_timeout(60)
            assert "<img" in seen.page.inner_text("body"), view
    # What opens by a click, too.
    for view, opened in (
        ("timeline", "#timeline .told button >> nth=0"),
        ("people", ".card h3 button >> nth=0"),
        ("places", "#world .place button >> nth=0"),
        ("documents", ".paper summary >> nth=0"),
        ("table", "#table td button >> nth=0"),
        ("text", "#reader .chip >> nth=0"),
    ):
        seen.page.evaluate("hash => (location.hash = hash)", f"view={view}")
        seen.page.click(opened)
    seen.page.evaluate("location.hash = ''")
    seen.page.fill("#query", "<img")
    assert seen.page.locator("#hits li").count() > 3
    seen.page.keyboard.press("Escape")
    seen.page.click("summary[title=Save]")
    seen.page.click("text=SPARQL for the selection")
    assert seen.page.evaluate("window.hit") is None
    assert seen.page.query_selector("img, iframe, object, embed, a[href^=javascript]") is None
    assert seen.errors == []
    assert seen.outside() == []


@pytest.mark.parametrize("view", ["timeline", "people", "places", "documents", "table"])
def test_no_view_of_a_phone_scrolls_sideways(told, view):
    seen = told(f"#view={view}", viewport={"width": 390, "height": 844})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
