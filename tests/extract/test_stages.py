"""The contracts of the stages, held against what their code reads and writes."""

import collections
import pathlib
import tomllib

import pytest

from kg.extract import stages
from kg.extract.parse import pipeline
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock
from kg.model import Document
from kg.read import document_from_text

SENTENCES = pathlib.Path(__file__).parent / "sentences"
RECORDS = {MentionDraft: "mention", ClaimDraft: "claim", ParsedBlock: "block"}
# What parsing gives of a block; and the kind of a mention and the place of both, by which stages choose.
GIVEN = {
    "block.index",
    "block.doc",
    "block.start",
    "block.kind",
    "block.speaker",
    "mention.kind",
    "mention.block",
    "claim.block",
}

TALK = "Ida Moen: Where do you live?\nLars Dahl: I live in Bergen."
# A line of results has names of its own, and those of the text, which may have been widened.
RESULTS = "NORLAND 3 ESTMARK 1\n\nNorland won the cup on Saturday. Mrs. Vik praised the side."


class Field:
    """Stands in for a slot of a record and notes which stage reads or writes it."""

    def __init__(self, slot, name, log):
        self.slot, self.name, self.log = slot, name, log

    def __get__(self, record, owner=None):
        if record is None:
            return self
        value = self.slot.__get__(record, owner)
        if self.name not in GIVEN:
            self.log.read(record, self.name)
        return value

    def __set__(self, record, value):
        self.slot.__set__(record, value)
        self.log.wrote(record, self.name)


class Log:
    """Which stage made each record, and what each stage did to what another had made."""

    def __init__(self):
        self.stage = "parse"
        self.maker = {}
        self.writer = {}
        self.alive = []
        self.needs = collections.defaultdict(set)
        self.gives = collections.defaultdict(set)

    def wrote(self, record, name):
        maker = self.maker.setdefault(id(record), self.stage)
        self.alive.append(record)  # an id is of one record as long as it lives
        if maker != self.stage:
            self.gives[self.stage].add(name)
            self.writer[id(record), name] = self.stage

    def read(self, record, name):
        writer = self.writer.get((id(record), name), self.maker.get(id(record)))
        if writer in (None, "parse", self.stage):
            return
        if (id(record), name) in self.writer:
            self.needs[self.stage].add(name)
        elif isinstance(record, MentionDraft):
            self.needs[self.stage].add(f"mention:{kind_of(record)}")
        else:
            self.needs[self.stage].add("claim")


SLOTS = {cls: {name: cls.__dict__[name] for name in cls.__slots__} for cls in RECORDS}


def kind_of(mention):
    return SLOTS[MentionDraft]["kind"].__get__(mention)


@pytest.fixture(scope="module")
def observed(nlp):
    """Let every stage read the sentences of the tests, and note what each reads and writes."""
    texts = [
        case["text"]
        for path in sorted(SENTENCES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
    ]
    documents = [
        Document(id=f"{i:016}", source="text", text="\n\n".join(texts[i : i + 40]))
        for i in range(0, len(texts), 40)
    ]
    # Speakers are none of a sentence.
    documents.append(Document(id="f" * 16, source="talk", text=TALK))
    documents.append(document_from_text(RESULTS, source="results.txt"))
    log = Log()
    with pytest.MonkeyPatch.context() as patch:
        for cls, record in RECORDS.items():
            for name, slot in SLOTS[cls].items():
                patch.setattr(cls, name, Field(slot, f"{record}.{name}", log))
        for reading in list(pipeline.parse(nlp, documents)):
            for stage in stages.STAGES:
                log.stage = stage.name
                mentions, claims, links = len(reading.mentions), len(reading.claims), len(reading.coref)
                stage.run(reading)
                log.gives[stage.name] |= {f"mention:{kind_of(m)}" for m in reading.mentions[mentions:]}
                log.gives[stage.name] |= {"claim"} if len(reading.claims) > claims else set()
                log.gives[stage.name] |= {"coref"} if len(reading.coref) > links else set()
    return log


@pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
def test_stage_reads_what_it_says_it_needs(observed, stage):
    assert observed.needs[stage.name] == stage.needs


@pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
def test_stage_writes_what_it_says_it_gives(observed, stage):
    assert observed.gives[stage.name] == stage.gives


def test_what_a_stage_needs_an_earlier_one_gives():
    there = set()
    for stage in stages.STAGES:
        assert stage.needs <= there, f"{stage.name}: {sorted(stage.needs - there)}"
        there |= stage.gives


def test_each_field_is_given_by_one_stage():
    fields = [f for stage in stages.STAGES for f in stage.gives if "." in f]
    assert len(fields) == len(set(fields))
