"""Settings: where each comes from, and what is said of one that is wrong."""

import dataclasses

import pytest

from kg import config
from kg.config import Config, RdfConfig
from kg.errors import ConfigError


@pytest.fixture
def put(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(text):
        (tmp_path / "kg.toml").write_text(text, encoding="utf-8")

    return write


def origins(settings):
    return {s.name: s.origin for s in settings}


def test_defaults_without_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    resolved, settings = config.load()
    assert resolved == Config()
    assert set(origins(settings).values()) == {"default"}


def test_file_wins_over_default_and_flag_over_file(put):
    put('[extract]\nmin_confidence = 0.7\nmodel = "a"\n')
    resolved, settings = config.load(flags={"extract.model": "b", "rdf.base": None})
    assert resolved.extract.min_confidence == 0.7
    assert resolved.extract.model == "b"
    assert origins(settings)["extract.min_confidence"] == "kg.toml"
    assert origins(settings)["extract.model"] == "flag"
    assert origins(settings)["rdf.base"] == "default"


def test_every_setting_is_listed_and_explained():
    _, settings = config.load()
    names = {
        f"{section.name}.{key.name}"
        for section in dataclasses.fields(Config)
        for key in dataclasses.fields(getattr(Config(), section.name))
    }
    assert {s.name for s in settings} == names
    assert all(s.says for s in settings)


def test_a_whole_number_will_do_for_a_decimal(put):
    put("[extract]\nmin_confidence = 1\n")
    assert config.load()[0].extract.min_confidence == 1.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[extract]\nmodle = 'x'\n", "kg.toml: [extract]: no setting 'modle'; did you mean 'model'?"),
        ("[extrakt]\nmodel = 'x'\n", "kg.toml: no section 'extrakt'; did you mean 'extract'?"),
        ("[zzz]\n", "kg.toml: no section 'zzz'; there are: "),
        ("extract = 3\n", "kg.toml: [extract] is a section, not a value"),
        ("[build]\nprocesses = 'two'\n", "kg.toml: build → processes: 'two' is of type str, not int"),
        ("[build]\nprocesses = true\n", "kg.toml: build → processes: True is of type bool, not int"),
        ("[build]\nprocesses = -1\n", "kg.toml: build → processes: -1 is not from 0 to 1024"),
        ("[extract]\nmin_confidence = nan\n", "nan is not from 0.0 to 1.0"),
        ("[rdf]\nprovenance = 'ful'\n", "'ful' is not a choice; did you mean 'full'? one of none"),
        ("[rdf]\nbase = 'no iri'\n", "kg.toml: rdf → base: 'no iri' is not valid"),
        ("[rdf\n", "kg.toml: not valid TOML"),
        ("x = " + "[" * 5000, "kg.toml: not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(put, text, message):
    put(text)
    with pytest.raises(ConfigError) as error:
        config.load()
    assert message in str(error.value)


def test_a_file_that_was_asked_for_must_exist(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        config.load(tmp_path / "other.toml")


@pytest.mark.parametrize("flags", [{"extract.modle": "x"}, {"extrakt.model": "x"}, {"build.processes": "x"}])
def test_flags_are_checked_like_the_file(flags, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="flag"):
        config.load(flags=flags)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rdf.base=https://x.example/", "https://x.example/"),
        ("build.processes=4", 4),
        ("extract.min_confidence=0.3", 0.3),
        ('rdf.base="q"', "q"),
    ],
)
def test_set_option(text, value):
    assert config.parse_flag(text)[1] == value


@pytest.mark.parametrize("text", ["base=x", "rdf.base", ""])
def test_set_option_without_section_or_value(text):
    with pytest.raises(ConfigError, match=r"section\.key=value"):
        config.parse_flag(text)


def test_fingerprint_is_of_what_can_change_a_result():
    usual = Config()
    assert usual.fingerprint() == Config().fingerprint()
    assert usual.fingerprint() != Config(rdf=RdfConfig(base="https://x.example/")).fingerprint()
    faster = dataclasses.replace(usual, build=dataclasses.replace(usual.build, processes=8))
    assert usual.fingerprint() == faster.fingerprint()
