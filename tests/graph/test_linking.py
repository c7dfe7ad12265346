"""Which of the world's places are meant: where it is beyond doubt, and nowhere else."""

import pytest

import kg
from kg.cli import main
from kg.errors import ConfigError
from kg.graph.linking import linked, places
from kg.model import Entity, Evidence, Fact

pytestmark = pytest.mark.usefixtures("models_once")

GEONAMES, WIKIDATA = "https://sws.geonames.org/", "http://www.wikidata.org/entity/"


def place(name, *aliases, same_as=()):
    return Entity(name.replace(" ", "_"), "GPE", name, aliases, same_as)


def fact(subject, relation, end, doc="d", quote=""):
    quote = quote or f"{subject.label} {end.label}."
    return Fact(subject, relation, end, evidence=(Evidence(doc, 0, 1, quote, "test", 1.0),))


def numbers(entities, facts=()):
    """Give the numbers in GeoNames, by the ids of entities."""
    found = places(entities, facts)
    return {id: iri.split("/")[-2] for id, iris in found.items() for iri in iris if GEONAMES in iri}


def test_a_country_is_linked_to_geonames_and_wikidata():
    assert places([place("Norway")], []) == {"Norway": (f"{GEONAMES}3144096/", f"{WIKIDATA}Q20")}


def test_what_is_linked_already_gets_what_is_missing():
    norway = place("Norway", same_as=(f"{GEONAMES}3144096/",))
    assert places([norway], []) == {"Norway": (f"{WIKIDATA}Q20",)}


def test_what_is_said_to_be_another_place_is_left_alone():
    assert places([place("Norway", same_as=(f"{GEONAMES}1/",))], []) == {}


@pytest.mark.parametrize(("name", "item"), [("Denmark", "Q35"), ("Netherlands", "Q55"), ("Scotland", "Q22")])
def test_of_a_kingdom_of_several_lands_the_one_of_the_name_is_meant(name, item):
    assert f"{WIKIDATA}{item}" in places([place(name)], [])[name]


def test_a_large_town_needs_no_company():
    assert numbers([place("Paris"), place("Tokyo")]) == {"Paris": "2988507", "Tokyo": "1850147"}


def test_a_small_town_is_linked_where_its_country_is_spoken_of():
    tartu, estonia = place("Tartu"), place("Estonia")
    assert "Tartu" not in numbers([tartu])
    assert numbers([tartu, estonia], [fact(tartu, "be_in", estonia)])["Tartu"] == "588335"


def test_a_town_in_another_state_is_not_meant():
    # There is a Pittsfield in Massachusetts in the gazetteer, and none in Illinois.
    pittsfield, illinois, bay = place("Pittsfield"), place("Illinois"), place("Massachusetts")
    assert "Pittsfield" not in numbers([pittsfield, illinois], [fact(pittsfield, "located_in", illinois)])
    assert "Pittsfield" in numbers([pittsfield, bay], [fact(pittsfield, "located_in", bay)])


@pytest.mark.parametrize("name", ["New York", "Springfield", "Korea", "Bolívar", "Aichi", "Windsor"])
def test_what_may_be_two_places_is_not_linked(name):
    assert numbers([place(name)]) == {}


@pytest.mark.parametrize(
    "quote",
    [
        "The region has Shizuoka, Gifu and Mie prefectures, and Japan",
        "He is from the prefecture of Gifu in Japan.",
        "They sailed down the Gifu to Japan.",
    ],
)
def test_what_the_sentences_call_a_province_or_a_river_is_no_town(quote):
    gifu, japan = place("Gifu"), place("Japan")
    assert "Gifu" in numbers([gifu, japan], [fact(gifu, "be_in", japan, quote="Gifu is in Japan.")])
    assert "Gifu" not in numbers([gifu, japan], [fact(gifu, "be_in", japan, quote=quote)])


def test_a_given_name_is_no_country():
    chad, sudan = place("Chad"), place("Sudan")
    assert "Chad" in numbers([chad, sudan], [fact(chad, "border", sudan, quote="Chad borders Sudan.")])
    assert "Chad" not in numbers(
        [chad, sudan], [fact(chad, "visit", sudan, quote="Chad Moore visited Sudan.")]
    )


def test_only_places_are_linked():
    assert places([Entity("Paris", "Person", "Paris"), Entity("paris-0123abcd", "GPE", "Paris")], []) == {}


def test_an_unknown_source_names_those_that_are_there():
    with pytest.raises(ConfigError, match="nothing is linked to 'place'; did you mean 'places'"):
        linked([], [], ["place"])


@pytest.mark.model
def test_links_stand_in_the_graph_and_come_with_what_is_added():
    graph = kg.build([{"text": "Anna Lund moved from Oslo to Norway's north.", "source": "a.txt"}])
    before = len(graph)
    assert graph.link("places")["Oslo"] == (f"{GEONAMES}3143244/",)
    assert graph.entity("Oslo").same_as == (f"{GEONAMES}3143244/",)
    assert graph.link("places") == {}, "what is there is not said again"
    graph.add("Bo Ek flew from Tokyo to Japan's south.")
    assert graph.entity("Tokyo").same_as
    assert graph.entity("Oslo").same_as
    assert len(graph) > before


@pytest.mark.model
def test_the_command_line_links_when_building_and_exporting(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Anna Lund moved from Oslo to Norway's north.\n", encoding="utf-8")
    source, plain, target, later = (str(tmp_path / n) for n in ("a.txt", "p.nt", "b.nt", "c.nt"))
    assert main(["build", source, "-o", plain]) == 0
    assert main(["build", source, "-o", target, "--link", "places"]) == 0
    assert "2 places linked to GeoNames or Wikidata" in capsys.readouterr().err
    assert main(["export", plain, "-o", later, "--link", "places"]) == 0
    linked_lines = set((tmp_path / "b.nt").read_text().splitlines())
    new = linked_lines - set((tmp_path / "p.nt").read_text().splitlines())
    assert {line.split()[1] for line in new if "entity/" in line} == {
        "<http://www.w3.org/2002/07/owl#sameAs>"
    }
    assert (tmp_path / "b.nt").read_bytes() == (tmp_path / "c.nt").read_bytes()
    assert main(["build", source, "-o", target, "--link", "cities"]) == 2
