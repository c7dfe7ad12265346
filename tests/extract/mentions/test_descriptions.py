"""Things without a name get what tells them from others; what nothing tells is known as such."""

import pytest

from kg.extract.mentions.posts import possessive
from kg.model import Block, Document

pytestmark = pytest.mark.model


@pytest.fixture
def described(extractor):
    def of(text):
        paragraphs = text.split("\n\n")
        starts = [sum(len(p) + 2 for p in paragraphs[:i]) for i in range(len(paragraphs))]
        blocks = tuple(Block(s, s + len(p)) for s, p in zip(starts, paragraphs, strict=True))
        found = extractor.extract(Document("d" * 16, "t.txt", text, blocks=blocks))
        return {
            m.text: (m.description or m.label, m.reference) for m in found.mentions if m.kind == "nominal"
        }

    return of


@pytest.mark.parametrize(
    ("text", "phrase", "description"),
    [
        ("Harker Ltd. lost money as its sales fell.", "its sales", "Harker Ltd.'s sales"),
        ("The council closed the bridge on Mill Road.", "the bridge on Mill Road", "bridge on Mill Road"),
        ("Ruth Cole lost her seat. Voters wanted her resignation.", "her seat", "Ruth Cole's seat"),
        (
            "Anna Lund owns two mills, located on the River Stour.",
            "two mills",
            "two mills located on the River Stour",
        ),
        ("Karl Vik met a man accused by Norland.", "a man accused by Norland", "man accused by Norland"),
        ("Nearly 30,000 people filled Osk Square.", "Nearly 30,000 people", "Nearly 30,000 people"),
        (
            "Harker Ltd. bought Vero AB. Anna Lund led talks with Norland.",
            "talks with Norland",
            "talks with Norland",
        ),
        ("Thousands of fans filled Osk Square.", "fans", "Thousands of fans"),
        ("Anna Lund won a women's race.", "a women's race", "women's race"),
        ("Ida Moe was the first woman to sail to Lorn.", "the first woman", "first woman to sail to Lorn"),
        (
            "Karl Vik was the only man to be given the Lorn Medal from the Board of the University of Ulm.",
            "the only man",
            "only man to be given the Lorn Medal",
        ),
        (
            "A team led by Ida Moe of the Norland Institute of Ships in Lorn found it.",
            "A team led by Ida Moe of the Norland Institute of Ships in Lorn",
            "team led by Ida Moe",
        ),
        ("One or more ships sank off Lorn.", "One or more ships", "One or more ships"),
        ("Anna Lund lost her seat on the board.", "her seat", "Anna Lund's seat on the board"),
        ("Anna Lund lost her seat on Monday.", "her seat", "Anna Lund's seat"),
        (
            "Harker Ltd. bought the plant in Lorn, whose output fell.",
            "whose output",
            "plant in Lorn's output",
        ),
        ("Lorn Ltd., whose sales fell, hired Anna Lund.", "whose sales", "Lorn Ltd.'s sales"),
        ("Karl Vik owns seven aircraft.", "seven aircraft", "seven aircraft"),
    ],
)
def test_a_thing_is_told_by_owner_place_or_what_stands_behind_it(described, text, phrase, description):
    assert described(text)[phrase] == (description, "")


def test_a_later_mention_has_the_description_of_the_first(described):
    found = described(
        "Strikers began a blockade of the port of Lorn. The blockade cost Harker Ltd. nine million euros."
    )
    assert found["The blockade"] == ("blockade of the port of Lorn", "")


def test_a_place_whose_noun_stands_before_its_name_is_spelled_once(described):
    found = described(
        "Strikers began a blockade of the village of Lorn. The blockade cost Harker Ltd. nine million euros."
    )
    assert found["The blockade"] == ("blockade of the village of Lorn", "")


def test_a_thing_is_told_by_what_is_said_of_it(described):
    found = described("The study was published in Nature Letters. The study covers bees.")
    assert found["The study"] == ("study published in Nature Letters", "")
    found = described("The plan, which was put forward by Halm Homes, failed. The plan was dear.")
    assert found["The plan"] == ("plan put forward by Halm Homes", "")
    assert described("Police arrested three men in Lyon.")["three men"][0] == "three men arrested in Lyon"


@pytest.mark.parametrize(
    ("text", "phrase", "reference"),
    [
        ("The bridge collapsed.", "The bridge", "definite"),
        ("A bridge collapsed.", "A bridge", "indefinite"),
        ("Bees make honey.", "Bees", "kind"),
        ("Fans filled Osk Square.", "Fans", "indefinite"),
        ("Karl Vik entered the second half.", "the second half", "definite"),
        ("The stone bridge collapsed.", "The stone bridge", ""),
    ],
)
def test_what_nothing_tells_is_known_by_how_it_is_referred_to(described, text, phrase, reference):
    assert described(text)[phrase][1] == reference


def test_an_owner_with_several_words_and_an_s_is_a_plural():
    assert possessive("Lukas") == "Lukas's"
    assert possessive("Aldern Rovers") == "Aldern Rovers'"


@pytest.mark.parametrize(
    ("text", "office", "described_as"),
    [
        ("The Lorn Bank director Ida Moe left.", "director", "Lorn Bank director"),
        ("U.S. President Karl Vik spoke in Ulm.", "President", "U.S. President"),
        ("The Swedish captain Karl Vik scored.", "captain", "Swedish captain"),
        ("Norway's then-president Ida Moe left.", "president", "president of Norway"),
        (
            "Ida Moe was head of the jury at the Lorn Gala.",
            "head of the jury",
            "head of the jury at the Lorn Gala",
        ),
        ("Anna Lund was an aide to Prime Minister Karl Vik.", "aide", "aide to Prime Minister Karl Vik"),
    ],
)
def test_a_post_is_told_by_its_body(extractor, text, office, described_as):
    assert described_as in offices(extractor, text, office)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The Swedish painter Karl Vik spoke.", "painter"),
        ("In Ulm director Ida Moe spoke.", "director"),
        ("Anna Lund was director at the time.", "director"),
        ("Army General Karl Vik spoke.", "General"),
    ],
)
def test_a_profession_is_of_no_land_and_what_only_stands_before_a_post_does_not_tell_it(
    extractor, text, office
):
    assert offices(extractor, text, office) <= {"", office}


def test_a_bare_post_is_the_one_that_its_holder_is_told_to_have(extractor):
    text = "Swedish President Karl Vik spoke. Ida Moe left. President Vik stayed. President Holt came."
    assert offices(extractor, text, "President") >= {"Swedish President", ""}


def offices(extractor, text, label):
    found = extractor.extract(Document("d" * 16, "t.txt", text))
    return {m.description for m in found.mentions if m.type == "Position" and m.label == label}


def test_a_phrase_names_whom_a_described_one_in_it_is(described):
    found = described("Ida Moe took half of the votes in the contest against the Labour incumbent, Karl Vik.")
    assert "contest against Karl Vik" in {text for text, _ in found.values()}
    found = described("The talks with the research ship Meridian failed.")
    assert not any("Meridian Meridian" in text for text, _ in found.values())


FIRM = "Harker Ltd. lost 3 million euros in May. The firm closed a mill in Lorn. Harker Ltd. has 90 workers."


@pytest.mark.parametrize(
    ("text", "office"),
    [
        # The one firm that a text is about is that of the chief executive.
        (
            f"{FIRM} Chief executive Ida Moe said that Harker Ltd. would grow.",
            "Chief executive of Harker Ltd.",
        ),
        # Of two that it speaks of it may be either's; who has another employer is that one's.
        (f"{FIRM} Vero AB lost, too. Vero AB sold ships. Chief executive Ida Moe left.", "Chief executive"),
        ("Chief executive Ida Moe left.", "Chief executive"),
        (
            "The Lorn Bay Surf Life Saving Club met in May. The club's president, Karl Vik, spoke.",
            "president of Lorn Bay Surf Life Saving Club",
        ),
        # A president is one of a body, too; an ambassador is not.
        ("Lorn Student Association president Ida Moe left.", "Lorn Student Association president"),
        ("Lorn Student Association captain Ida Moe left.", "captain"),
    ],
)
def test_an_office_says_whose_it_is(extractor, text, office):
    found = extractor.extract(Document("d" * 16, "t.txt", text))
    held = [found.mentions[c.object] for c in found.claims if c.relation == "position_held"]
    assert office in [m.description or m.label for m in held]


ABOUT_ONE = (
    "Harker Foods will close a mill in Lorn, it said on Monday. Harker Foods lost money. "
    "It employs 90 people. Nobody leaves Harker Foods yet. "
)


@pytest.mark.parametrize(
    ("text", "phrase", "description"),
    [
        (ABOUT_ONE + "The board met on Sunday.", "The board", "Harker Foods' board"),
        (ABOUT_ONE + "The chief executive left.", "The chief executive", "Harker Foods' chief executive"),
        (ABOUT_ONE + "Net profit fell to 2 million euros.", "Net profit", "Harker Foods' net profit"),
        (ABOUT_ONE + "Vero AB grew in May, while net debt fell.", "net debt", "net debt"),
        (ABOUT_ONE + "Car sales fell in Lorn.", "Car sales", "Car sales"),
        (ABOUT_ONE + "The school board met.", "The school board", "school board"),
        (ABOUT_ONE + "A board met on Sunday.", "A board", "board"),
        ("Harker Foods sued Vero Foods. The board met on Sunday.", "The board", "board"),
    ],
)
def test_board_and_chairman_are_of_the_one_firm_that_a_text_is_about(described, text, phrase, description):
    assert described(text)[phrase][0] == description


TWO_GROUPS = "A group of Norse teenagers built a robot. Nine groups came to Belm. "


@pytest.mark.parametrize(
    ("text", "phrase", "description"),
    [
        (TWO_GROUPS + "The group left early.", "The group", "group of Norse teenagers"),
        (TWO_GROUPS + "The group whose robots earned the most points won.", "The group", "group"),
    ],
)
def test_a_noun_that_a_clause_narrows_is_not_what_was_described_before(described, text, phrase, description):
    assert described(text)[phrase][0] == description
