"""Linkers of others: asked where the settings name them, and blamed where they fail."""

import pytest

import kg
from kg.config import Config, ResolveConfig
from kg.errors import PluginError
from kg.model import Claim, Extraction, Mention
from kg.resolve import Link, linkers_of, resolve

pytestmark = pytest.mark.usefixtures("models_once")

CONFIG = Config(resolve=ResolveConfig(linkers=("ports",)))


class Ports:
    """Knows one port."""

    def link(self, names, type):
        if "Port Vale" in names and type == "GPE":
            return Link("port:1", "Port Vale Harbour", "GPE", ("https://ports.example/1",))
        return None


class Broken:
    def link(self, names, type):
        raise LookupError("no index")


class Loose:
    def link(self, names, type):
        return "https://ports.example/1"


@pytest.fixture
def extractions():
    mention = Mention(0, 9, "Port Vale", "name", "GPE", "Port Vale", chain=0)
    claim = Claim(0, "exist", None, text="exist", start=0, end=9, rule="main-own", confidence=1.0)
    return [Extraction("0" * 16, "a.txt", (mention,), (claim,), ((0, 9),))]


def test_a_plugin_links_once_the_settings_name_it(offer, extractions):
    offer("linkers", ports=Ports)
    assert [e.label for e in resolve(extractions).entities] == ["Port Vale"]
    (entity,) = resolve(extractions, config=CONFIG).entities
    assert (entity.label, entity.same_as) == ("Port Vale Harbour", ("https://ports.example/1",))


def test_linkers_that_are_given_stand_in_the_place_of_the_settings(extractions):
    (entity,) = resolve(extractions, linkers=[Ports(), *linkers_of(ResolveConfig())]).entities
    assert entity.label == "Port Vale Harbour"


@pytest.mark.parametrize(("linker", "says"), [(Broken, "LookupError: no index"), (Loose, "is no Link")])
def test_a_linker_that_fails_is_named(offer, extractions, linker, says):
    offer("linkers", ports=linker)
    with pytest.raises(PluginError, match=rf"kg\.linkers: the plug-in 'ports' .*{says}"):
        resolve(extractions, config=CONFIG)


@pytest.mark.model
def test_linkers_are_passed_through_from_the_library(tmp_path):
    (tmp_path / "a.txt").write_text("Ada Moreau lives in Port Vale.", encoding="utf-8")
    graph = kg.build(tmp_path, linkers=[Ports()])
    assert graph.entity("Port Vale").label == "Port Vale Harbour"
