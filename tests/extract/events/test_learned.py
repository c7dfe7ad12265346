"""What the learned reader of events adds, by triggers that are given here: no weights are needed."""

import pytest

from kg.extract.claims import rules
from kg.extract.events.left_out import is_left_out
from kg.extract.parse import events, pipeline
from kg.extract.parse.events import Trigger
from kg.extract.parse.repair import tree_of
from kg.extract.stages import STAGES, interpret
from kg.read import document_from_text

SURE = 0.95


@pytest.fixture(scope="module")
def model():
    return pipeline.load("en_core_web_sm", reads_events=False)


@pytest.fixture
def read(model):
    """Read a text with triggers, by words: (word, class, how likely it happened, (role, word, chance)...)."""

    def of(text, *seen):
        (reading,) = pipeline.parse(model, [document_from_text(text, source="t")])
        doc = reading.blocks[0].doc
        places = {token.text: token.i for token in doc}
        doc.user_data[events.KEY] = [
            Trigger(
                places[word], kind, SURE, stands, 1 - stands, tuple((r, places[w], p) for r, w, p in roles)
            )
            for word, kind, stands, *roles in seen
        ]
        interpret(reading, STAGES)
        return reading

    return of


def roles_of(reading, kind):
    """Give the roles of the events of a class, and whether they are asserted."""
    return {
        (role.name, role.mention.span.text, role.slot.standing.asserted)
        for event in reading.events
        if event.event == kind
        for role in event.roles
    }


def test_an_event_in_words_that_the_rules_do_not_know_is_told(read):
    text = "Halm snapped its fingers and Vero was theirs by Friday."
    reading = read(text, ("theirs", "Acquisition", 0.9, ("acquired", "Vero", 0.9), ("buyer", "Halm", 0.8)))
    assert roles_of(reading, "Acquisition") == {("acquired", "Vero", True), ("buyer", "Halm", True)}
    told = [c for c in reading.claims if c.rule == rules.EVENT_LEARNED.id]
    assert {c.relation for c in told} == {"kg:acquired", "kg:buyer"}


@pytest.mark.parametrize(
    "roles",
    [
        (("place", "Ulm", 0.9),),  # of nobody it is an event of
        (("acquired", "Vero", 0.3), ("buyer", "Halm", 0.9)),
        (("acquired", "Vero", 0.9),),  # by nobody, for nothing
        (),
    ],
)
def test_an_event_of_nothing_that_is_sure_is_none(read, roles):
    reading = read("Halm snapped, and Vero was theirs in Ulm.", ("theirs", "Acquisition", 0.9, *roles))
    assert roles_of(reading, "Acquisition") == set()


def test_a_role_that_the_rules_left_open_is_filled(read):
    text = "Vero Ltd. was sold in 2010, and Halm Group has the keys."
    seen = ("sold", "Acquisition", 0.9, ("buyer", "Group", 0.8))
    assert ("buyer", "Halm Group", True) in roles_of(read(text, seen), "Acquisition")


def test_what_the_rules_filled_stays(read):
    text = "Halm Group bought Vero Ltd. in 2010, and Arlo Bank looked on."
    seen = ("bought", "Acquisition", 0.9, ("buyer", "Bank", 0.9), ("acquired", "Ltd.", 0.9))
    found = roles_of(read(text, seen), "Acquisition")
    assert {who for name, who, _ in found if name == "buyer"} == {"Halm Group"}


def test_what_the_reader_finds_not_to_have_happened_is_not_asserted(read):
    text = "Halm snapped its fingers and Vero was theirs by Friday."
    reading = read(text, ("theirs", "Acquisition", 0.1, ("acquired", "Vero", 0.9), ("buyer", "Halm", 0.9)))
    assert roles_of(reading, "Acquisition") == {("acquired", "Vero", False), ("buyer", "Halm", False)}


def test_a_role_takes_what_it_takes_by_the_rules(read):
    text = "Halm snapped its fingers and Vero was theirs by Friday."
    seen = (
        ("acquired", "Vero", 0.9),
        ("buyer", "Halm", 0.9),
        ("price", "Friday", 0.9),
        ("seller", "fingers", 0.9),
    )
    found = roles_of(read(text, ("theirs", "Acquisition", 0.9, *seen)), "Acquisition")
    assert {name for name, *_ in found} == {"acquired", "buyer"}


def test_of_what_there_is_one_the_surest_counts(read):
    text = "It was 7 against 9 when the smoke of the blast cleared."
    seen = (
        "blast",
        "Disaster",
        0.9,
        ("affected", "smoke", 0.9),
        ("deathToll", "7", 0.6),
        ("deathToll", "9", 0.8),
    )
    found = roles_of(read(text, seen), "Disaster")
    assert {who for name, who, _ in found if name == "deathToll"} <= {"9"}


def test_a_place_that_is_none_by_itself_is_left_out(read):
    text = "Halm snapped its fingers at the edge, and Vero was theirs, in Ulm."
    seen = ("acquired", "Vero", 0.9), ("buyer", "Halm", 0.9), ("place", "edge", 0.9), ("place", "Ulm", 0.9)
    found = roles_of(read(text, ("theirs", "Acquisition", 0.9, *seen)), "Acquisition")
    assert {who for name, who, _ in found if name == "place"} == {"Ulm"}


def test_an_event_is_dated_by_the_time_that_the_reader_sees(read):
    text = "In the summer of 2010 Halm snapped its fingers, and Vero was theirs."
    seen = ("acquired", "Vero", 0.9), ("buyer", "Halm", 0.9), ("time", "2010", 0.9)
    (event,) = read(text, ("theirs", "Acquisition", 0.9, *seen)).events
    assert event.begins is not None
    assert event.begins.year == 2010


def test_whether_the_reader_agrees_is_noted(read):
    seen = ("bought", "Acquisition", 0.9, ("buyer", "Halm", 0.9), ("seller", "Vero", 0.9))
    (event,) = read("Halm bought Vero in 2010.", seen).events
    assert {r.name: r.seen for r in event.roles} == {"buyer": "agreed", "acquired": "other"}
    (event,) = read("Halm bought Vero in 2010.").events
    assert {r.seen for r in event.roles} == {"silent"}


def test_a_number_is_no_toll_where_nothing_tells_of_harm(read):
    seen = ("sank", "Disaster", 0.9, ("affected", "Vela", 0.9), ("deathToll", "40", 0.9))
    assert ("deathToll", "40", True) not in roles_of(
        read("The Vela sank with 40 on board.", seen), "Disaster"
    )
    drowned = read("The Vela sank and 40 drowned.", seen)
    assert {name for name, *_ in roles_of(drowned, "Disaster")} >= {"affected", "deathToll"}


def test_who_is_unharmed_is_not_hurt(read):
    seen = ("unharmed", "Injury", 0.9, ("injured", "Moll", 0.9))
    assert roles_of(read("Ida Moll turned up unharmed.", seen), "Injury") == set()


def test_where_others_felt_a_blast_it_was_not(read):
    seen = ("blast", "Disaster", 0.9, ("affected", "mill", 0.9), ("place", "Belu", 0.95))
    felt = read("The blast at the mill was felt in Belu.", seen)
    assert "place" not in {name for name, who, _ in roles_of(felt, "Disaster") if who == "Belu"}


def test_a_time_of_what_still_went_on_is_not_its_day(read):
    seen = ("fire", "Disaster", 0.9, ("affected", "mill", 0.9), ("time", "2010", 0.95))
    begun = read("The fire at the mill was put out in 2010.", seen)
    going = read("The fire at the mill was still burning in 2010.", seen)
    assert [e.begins is None for r in (begun, going) for e in r.events] == [False, True]


def test_who_was_hit_by_a_van_was_not_attacked(read):
    seen = ("hit", "Attack", 0.9, ("target", "Moll", 0.9), ("weapon", "van", 0.9))
    assert roles_of(read("A van hit Ida Moll.", seen), "Attack") == set()
    seen = ("hit", "Attack", 0.9, ("target", "Moll", 0.9), ("weapon", "spade", 0.9))
    assert roles_of(read("A spade hit Ida Moll.", seen), "Attack")


def test_who_may_get_a_prize_is_given_none(read):
    seen = ("shortlisted", "AwardGiving", 0.9, ("recipient", "Lund", 0.9), ("award", "Prize", 0.9))
    assert not roles_of(read("Ida Lund was shortlisted for the Corlay Prize.", seen), "AwardGiving")


def test_a_prize_given_at_any_time_is_no_event(read):
    seen = ("awarded", "AwardGiving", 0.9, ("recipient", "Sands", 0.9), ("award", "prize", 0.9))
    assert not roles_of(read("The prize is awarded by the Sands Foundation.", seen), "AwardGiving")


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("The teachers, who took part in the march but not in the talks, were angry.", True),
        ("The teachers stayed away from the talks in Oslo.", True),
        ("The teachers boycotted the talks in Oslo.", True),
        ("The teachers came to the talks in Oslo.", False),
        ("The teachers went from the march to the talks.", False),
        ("The teachers walked out of the school before the talks.", False),
    ],
)
def test_who_stays_away_takes_no_part(read, text, out):
    block = read(text).blocks[0]
    places = {token.text: token.i for token in block.doc}
    assert is_left_out(tree_of(block), places["talks"], places["teachers"]) is out


def test_by_whom_something_was_not_done_is_left_out(read):
    seen = ("invented", "Discovery", SURE, ("discovered", "lamp", SURE), ("discoverer", "Holm", SURE))
    found = read("The lamp was invented not by Karl Holm, as the guide has it, but by a pupil.", seen)
    assert "Karl Holm" not in {who for _, who, _ in roles_of(found, "Discovery")}


@pytest.mark.parametrize(
    ("text", "word", "kind", "role", "who"),
    [
        ("Her sister, Joan Wills, survives her.", "survives", "Death", "deceased", "Wills"),
        ("A blast in Norby left a guard, Ivan Petrov, with burns.", "left", "Departure", "person", "Petrov"),
    ],
)
def test_who_lives_on_is_not_dead_and_who_is_left_hurt_left_nothing(read, text, word, kind, role, who):
    found = roles_of(read(text, (word, kind, SURE, (role, who, SURE))), kind)
    assert not any(who in filler for _, filler, _ in found)


@pytest.mark.parametrize(
    ("text", "word", "kind", "roles"),
    [
        (
            "A clerk, Ida Moll, stole 400,000 euros from a clinic.",
            "stole",
            "Payment",
            (("recipient", "Moll"), ("amount", "400,000")),
        ),
        (
            "Ida Moll stepped down as director after ten years.",
            "stepped",
            "Appointment",
            (("person", "Moll"), ("office", "director")),
        ),
        ("Karl Moll was shot in the leg and was recovering.", "shot", "Killing", (("deceased", "Moll"),)),
    ],
)
def test_a_word_tells_of_no_event_that_excludes_what_it_tells(read, text, word, kind, roles):
    seen = (word, kind, SURE, *((role, filler, SURE) for role, filler in roles))
    assert not roles_of(read(text, seen), kind)


def test_who_left_to_take_a_post_has_not_left_it(read):
    text = "Karl Moll left the bank in June to become director of Halm."
    seen = ("left", "Departure", SURE, ("person", "Moll", SURE), ("office", "director", SURE))
    assert "office" not in {name for name, _, _ in roles_of(read(text, seen), "Departure")}


def test_who_lost_has_not_won(read):
    seen = ("lost", "Match", SURE, ("winner", "Redmoor", SURE), ("loser", "Holt", SURE))
    found = roles_of(read("Redmoor lost the replay to Holt.", seen), "Match")
    assert ("winner", "Redmoor", True) not in found


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("Prosecutors charged Karl Moll over the death of a cyclist.", False),
        ("Karl Moll bore a knife, and the death of a cyclist followed.", True),
    ],
)
def test_who_is_no_more_than_charged_killed_nobody(read, text, blamed):
    reading = read(text, ("death", "Death", 0.9, ("deceased", "cyclist", 0.9), ("killer", "Moll", 0.9)))
    roles = {(name, said) for name, said, _ in roles_of(reading, "Death")}
    assert (("killer", "Karl Moll") in roles) is blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("Karl Moll, who survived an ambush in which two guards were killed, spoke.", False),
        ("Karl Moll, who laid an ambush in which two guards were killed, spoke.", True),
    ],
)
def test_who_survived_what_killed_others_is_no_killer(read, text, blamed):
    found = roles_of(read(text, ("killed", "Killing", SURE, ("killer", "Moll", SURE))), "Killing")
    assert (("killer", "Karl Moll", True) in found) is blamed


def test_who_was_killed_in_a_shooting_did_not_shoot(read):
    text = "A shooting in Ulm in 2016 killed a guard, Karl Moll, on the spot."
    found = roles_of(read(text, ("shooting", "Attack", SURE, ("attacker", "Moll", SURE))), "Attack")
    assert not any(name == "attacker" for name, _, _ in found)


def test_who_was_hurt_is_not_counted_with_the_dead(read):
    text = "A crane toppled in Ulm, killing six and injuring nineteen."
    seen = ("toppled", "Disaster", SURE, ("affected", "crane", SURE), ("deathToll", "nineteen", SURE))
    found = roles_of(read(text, seen), "Disaster")
    assert ("deathToll", "nineteen", True) not in found


def test_whoever_is_hired_after_a_defeat_did_not_suffer_it(read):
    text = "Karl Moll was hired after the club sacked Jan Ek over a 3-0 defeat by Redmoor."
    found = roles_of(read(text, ("defeat", "Match", SURE, ("loser", "Moll", SURE))), "Match")
    assert not any("Moll" in who for _, who, _ in found)


def test_a_publisher_is_not_the_author_by_what_is_learned(read):
    text = "The Grey Atlas was published by Tarn Ohl in 1998."
    found = roles_of(read(text, ("published", "Publication", SURE, ("author", "Ohl", SURE))), "Publication")
    assert ("publisher", "Tarn Ohl", True) in found
    assert ("author", "Tarn Ohl", True) not in found


def test_who_does_something_to_others_is_not_counted_as_hurt(read):
    text = "A guard was hurt when four men held up a van."
    reading = read(text, ("hurt", "Injury", 0.9, ("injured", "guard", 0.9), ("injuredCount", "four", 0.9)))
    assert "injuredCount" not in {role for role, _, _ in roles_of(reading, "Injury")}


def test_who_lost_something_that_is_harm_is_counted(read):
    text = "Eleven miners lost their lives when the shaft burned."
    reading = read(
        text, ("burned", "Disaster", 0.9, ("affected", "shaft", 0.9), ("deathToll", "Eleven", 0.9))
    )
    assert "deathToll" in {role for role, _, _ in roles_of(reading, "Disaster")}


def test_who_gives_an_award_did_not_find_what_it_is_for(read):
    text = "The Academy awarded Ida Holm its medal for the discovery of the enzyme."
    seen = ("discovery", "Discovery", 0.9, ("discoverer", "Academy", 0.9), ("discoverer", "Holm", 0.9))
    found = roles_of(read(text, seen), "Discovery")
    assert {what for role, what, _ in found if role == "discoverer"} == {"Ida Holm"}


def test_who_is_charged_with_a_murder_was_not_murdered(read):
    text = "Ole Brandt was charged with murder and arson."
    reading = read(text, ("murder", "Killing", 0.9, ("deceased", "Brandt", 0.9)))
    assert not roles_of(reading, "Killing")


def test_who_puts_somebody_in_a_post_is_not_the_body_that_another_left(read):
    text = "The Baltic Union appointed Ida Moe mediator, and Ole Brandt had resigned."
    reading = read(
        text, ("resigned", "Departure", 0.9, ("person", "Brandt", 0.9), ("organization", "Union", 0.9))
    )
    assert "organization" not in {role for role, _, _ in roles_of(reading, "Departure")}


@pytest.mark.parametrize("word", ["dropped", "withdrawn"])
def test_a_charge_that_is_dropped_is_no_acquittal(read, word):
    text = f"A charge of fraud against Ole Brandt was {word} in June."
    assert not roles_of(read(text, (word, "Acquittal", 0.9, ("defendant", "Brandt", 0.9))), "Acquittal")
