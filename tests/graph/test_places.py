"""Where places are, and which of several of one name is meant."""

import pytest

from kg.export.world import project
from kg.graph.places import locate
from kg.model import Entity, Evidence, Fact


def place(name, *aliases):
    return Entity(name.replace(" ", "_"), "GPE", name, aliases)


def fact(subject, relation, end, doc="d"):
    return Fact(subject, relation, end, evidence=(Evidence(doc, 0, 1, "x", "test", 1.0),))


def where(entities, facts=()):
    return {id: (spot.country, spot.kind or spot.state) for id, spot in locate(entities, facts).items()}


def test_a_place_without_company_is_the_one_with_most_people():
    assert where([place("Paris"), place("Durham")])["Paris"] == ("FR", "")


def test_the_country_that_a_fact_states_decides():
    paris, usa = place("Paris"), place("United States")
    assert where([paris, usa], [fact(paris, "located_in", usa)])["Paris"][0] == "US"


def test_the_company_of_a_document_decides():
    york, leeds, england = place("York"), place("Leeds"), place("England")
    told = [fact(york, "be_near", leeds), fact(leeds, "located_in", england)]
    assert where([york, leeds, england], told)["York"][0] == "GB"


def test_what_stands_behind_a_comma_decides():
    assert where([place("Portland, Maine")])["Portland,_Maine"] == ("US", "ME")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Köln", ("DE", "")),
        ("Cologne", ("DE", "")),
        ("U.S.", ("US", "country")),
        ("Georgia", ("GE", "country")),
        ("Ontario", ("CA", "state")),
        ("Scotland", ("GB", "country")),
    ],
)
def test_names_in_several_languages_and_of_larger_parts(name, wanted):
    assert where([place(name)])[place(name).id] == wanted


def test_nothing_is_guessed():
    person = Entity("Paris", "Person", "Paris")
    nameless = Entity("city-0123abcd", "GPE", "Paris")
    assert where([person, nameless, place("Port Vale of Nowhere")]) == {}


def test_a_small_town_among_other_countries_is_not_taken_for_its_namesake():
    metro, oslo, bergen = place("Metro"), place("Oslo"), place("Bergen")
    assert "Metro" not in where(
        [metro, oslo, bergen], [fact(metro, "be_like", oslo), fact(oslo, "be_near", bergen)]
    )


def test_the_state_that_a_fact_states_decides():
    dublin, ohio = place("Dublin"), place("Ohio")
    assert where([dublin, ohio], [fact(dublin, "located_in", ohio)])["Dublin"] == ("US", "OH")


def test_a_famous_city_is_meant_in_any_company():
    # There is a Rome in Georgia, and one of three places spoken of beside it is in the United States.
    rome, dallas, oslo, kyoto = map(place, ("Rome", "Dallas", "Oslo", "Kyoto"))
    told = [fact(rome, "be_like", other) for other in (dallas, oslo, kyoto)]
    assert where([rome, dallas, oslo, kyoto], told)["Rome"] == ("IT", "")


def test_a_common_noun_is_no_town():
    assert where([Entity("canton-1b970766-10", "GPE", "canton")]) == {}


def test_places_are_projected_south_below():
    assert project(0, 0) == (0.0, 0.0)
    assert project(60, 10)[1] < 0 < project(-60, 10)[1]
    assert project(90, 0) == project(84, 0)
