"""The line of an obituary that has the two ends of a life."""

import pytest

from kg.model import Block, Document

pytestmark = pytest.mark.model
LINE = "Born: 4 May 1936, Scalwick. Died: 11 January 2024 in Ulm."


def lives(extractor, *lines):
    """Give what the blocks of a text, whose first is its title, say of lives."""
    text, blocks = "", []
    for n, line in enumerate(lines):
        blocks.append(Block(len(text), len(text) + len(line), "paragraph" if n else "title"))
        text += f"{line}\n\n"
    extraction = extractor.extract(Document("d" * 16, "t.txt", text, blocks=tuple(blocks)))
    mentions = extraction.mentions
    return {
        (mentions[c.subject].label, c.relation, mentions[c.object].label)
        for c in extraction.claims
        if c.asserted and c.relation.split("_")[0] in ("birth", "born", "death", "died")
    }


def test_a_line_has_both_ends_with_their_places(extractor):
    found = lives(extractor, "Ada Lee, painter of the sea", LINE, "Ada Lee painted the sea.")
    assert found == {
        ("Ada Lee", "birth_date", "4 May 1936"),
        ("Ada Lee", "born_in", "Scalwick"),
        ("Ada Lee", "death_date", "11 January 2024"),
        ("Ada Lee", "died_in", "Ulm"),
    }


def test_without_a_name_in_the_title_it_is_the_first_that_the_text_tells_of(extractor):
    found = lives(extractor, "A life at sea", "Born: 4 May 1936", "Ada Lee painted the sea.")
    assert found == {("Ada Lee", "birth_date", "4 May 1936")}


def test_what_has_no_date_tells_of_no_life(extractor):
    assert not lives(extractor, "Ada Lee", "Born: to run. Died: never.", "Ada Lee painted the sea.")


def test_who_has_died_is_survived(extractor):
    text = "Ada Lee, who has died aged 87, painted the sea. Tom died in 2017. She leaves a son, Max."
    document = Document("d" * 16, "t.txt", text, blocks=(Block(0, len(text)),))
    extraction = extractor.extract(document)
    mentions = extraction.mentions
    children = [c for c in extraction.claims if c.relation == "child" and mentions[c.object].label == "Max"]
    assert {mentions[c.subject].chain for c in children} == {mentions[0].chain}


def test_kin_of_the_dead_come_in_for_a_sentence(extractor):
    text = (
        "Ada Lee, who has died aged 91, was a botanist. Her sister, Joan, became a nurse. "
        "In 1957 she married Walter Holm, a teacher."
    )
    document = Document("d" * 16, "t.txt", text, blocks=(Block(0, len(text)),))
    extraction = extractor.extract(document)
    mentions = extraction.mentions
    wed = {mentions[c.subject].chain for c in extraction.claims if c.relation == "spouse" and c.asserted}
    joan = {m.chain for m in mentions if m.label == "Joan"}
    assert mentions[0].chain in wed
    assert not joan & wed
