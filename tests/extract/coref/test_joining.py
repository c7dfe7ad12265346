"""What is joined to what: names, lists, definite nouns and pronouns, on Docs built by hand."""

import pytest

from kg.extract.coref import cluster, features, names, nominals, plurals, pronouns
from kg.extract.reading import MentionDraft


def mention(reading, start, end, kind="name", type="Person"):
    block = reading.blocks[0]
    span = block.doc[start:end]
    return reading.add(MentionDraft(block, span, span.root, kind, type, span.text))


def rules(reading):
    return [(m.span.text, a.span.text, rule) for m, a, rule, _ in reading.coref]


@pytest.mark.parametrize(
    ("short", "long", "kind", "whole", "part"),
    [
        ("berg", "anna berg", "Person", "Person", True),
        ("a berg", "anna maria berg", "Person", "Person", True),
        ("arc", "joan of arc", "Person", "Person", False),
        ("a", "a berg", "Person", "Person", False),
        ("gaza", "gaza strip", "GPE", "Location", True),
        ("vik", "city of vik", "GPE", "GPE", True),
        ("vik", "vik harbour", "GPE", "Facility", False),
        ("lund", "lund press", "Organization", "Organization", True),
        ("lund", "lund press", "Product", "Organization", True),
        ("bank", "bank of norland", "Organization", "Organization", False),
        ("university", "vik university", "Organization", "Organization", False),
        ("dutch", "dutch press", "Organization", "Organization", False),
        ("great fair", "great fair of vik", "Event", "Event", True),
        ("fair", "great fair", "Event", "Event", False),
    ],
)
def test_parts_of_names(short, long, kind, whole, part):
    assert names.is_part(tuple(short.split()), tuple(long.split()), kind, whole) is part


def test_keys_of_names_drop_titles_degrees_and_accents():
    assert names.key_of("Dr. José Lund PhD", "Person") == ("jose", "lund")
    assert names.key_of("Dr. José Lund Jr.", "Person") == ("jose", "lund", "jr")
    assert names.key_of("the Lund Press", "Organization") == ("lund", "press")
    assert names.key_of("the Netherlands", "GPE")[0] == "land"


LUND = """
Anna NNP compound 1
Lund NNP nsubj 2
won VBD ROOT 2
. . punct 2

Lund NNP nsubj 1
sang VBD ROOT 1
. . punct 1
"""


def test_a_surname_joins_the_full_name(read):
    reading = read(LUND)
    mention(reading, 0, 2)
    mention(reading, 4, 5)
    names.join(cluster.Clusters(reading))
    assert rules(reading) == [("Lund", "Anna Lund", "name-part")]


def test_an_acronym_in_brackets_joins_the_name_before_it(read):
    reading = read(
        """
        Lund NNP compound 1
        Press NNP nsubj 5
        ( . punct 1
        LP NNP appos 1
        ) . punct 1
        closed VBD ROOT 5
        """
    )
    mention(reading, 0, 2, type="Organization")
    mention(reading, 3, 4, type="Organization")
    names.join(cluster.Clusters(reading))
    assert rules(reading) == [("LP", "Lund Press", "acronym-in-brackets")]


PAIR = """
Anna NNP nsubj 3
and CC cc 0
{second} NNP conj 0
left VBD ROOT 3
"""


def test_two_persons_are_a_group_that_is_written_when_asked_for(read):
    reading = read(PAIR.format(second="Ben"))
    mention(reading, 0, 1)
    mention(reading, 2, 3)
    clusters = cluster.Clusters(reading)
    plurals.coordinations(clusters)
    group = clusters.alive()[-1]
    assert (group.several, group.plural, group.mentions[0].span.text) == (True, True, "Anna and Ben")
    assert len(reading.mentions) == 2
    clusters.write(group)
    assert len(reading.mentions) == 3


def test_a_person_and_a_company_are_no_group(read):
    reading = read(PAIR.format(second="Lundbank"))
    mention(reading, 0, 1)
    mention(reading, 2, 3, type="Organization")
    clusters = cluster.Clusters(reading)
    plurals.coordinations(clusters)
    assert not any(t.several for t in clusters.alive())


FIRM = """
Lundbank NNP nsubj 1
grew VBD ROOT 1
. . punct 1

The DT det 1
{noun} NN nsubj 2
hired VBD ROOT 2
"""


@pytest.mark.parametrize(("noun", "joined"), [("company", True), ("country", False), ("house", False)])
def test_a_noun_of_a_class_stands_for_the_only_thing_of_it(read, noun, joined):
    reading = read(FIRM.format(noun=noun))
    mention(reading, 0, 1, type="Organization")
    clusters = cluster.Clusters(reading)
    assert nominals.resolve(clusters, reading.blocks[0], reading.blocks[0].doc[4])
    assert [rule for _, _, rule in rules(reading)] == ["definite"] * joined


def test_its_is_the_subject_of_its_own_clause(read):
    reading = read(
        """
        Lundbank NNP nsubj 1
        sold VBD ROOT 1
        its PRP$ poss 3
        ships NNS dobj 1
        """
    )
    mention(reading, 0, 1, type="Organization")
    clusters = cluster.Clusters(reading)
    assert pronouns.resolve(clusters, reading.blocks[0], reading.blocks[0].doc[2])
    assert rules(reading) == [("its", "Lundbank", "it")]


def test_it_that_rains_stands_for_nothing(read):
    reading = read("it PRP nsubj 1\nrain VBD ROOT 1")
    clusters = cluster.Clusters(reading)
    assert pronouns.resolve(clusters, reading.blocks[0], reading.blocks[0].doc[0])
    assert not reading.coref


def test_each_group_of_columns_gives_a_number_for_each_name(read):
    reading = read(
        """
        Anna NNP nsubj 1
        won VBD ROOT 1
        . . punct 1

        She PRP nsubj 1
        sang VBD ROOT 1
        """
    )
    anna = mention(reading, 0, 1)
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    candidates = [(clusters.cluster_of(anna), anna)]
    asked = features.Asked(clusters, block, block.doc[3], 1.0, candidates)
    pair = features.Pair(asked, 0, *candidates[0])
    for columns in features.COLUMNS:
        assert len(columns.give(pair)) == len(columns.names), columns.names
    (row,) = features.features(clusters, block, block.doc[3], 1.0, candidates)
    told = dict(zip(features.NAMES, row, strict=True))
    assert told["pronoun.opens_sentence"]
    assert told["pair.first_person"]
    assert told["pair.root_subject_before"]
    assert told["pair.sentences"] == 1
    assert not told["pair.same_sentence"]


def test_a_clause_that_hangs_on_what_stands_before_it_and_ends_the_text_is_no_clause_beside(read):
    # A parse that is wrong in this way came with "It opened, he said": what ends the text has no sign behind
    # it.
    reading = read(
        """
        Bridges NNP nsubj 4
        he PRP nsubj 2
        said VBD ccomp 4
        it PRP nsubj 4
        opened VBD ROOT 4
        wide RB advmod 2
        """
    )
    mention(reading, 0, 1, type="Facility")
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    assert pronouns.resolve(clusters, block, block.doc[3])
