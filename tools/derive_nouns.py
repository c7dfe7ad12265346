"""Derive kg/extract/lexicon/data/en/nouns.tsv, the classes of common nouns, from WordNet's files.

    python tools/derive_nouns.py WORDNET_DICT_FOLDER > kg/extract/lexicon/data/en/nouns.tsv

Each sense of a noun belongs to the class of the nearest of a few chosen synsets above it; a noun gets the
class of most of its uses in WordNet's tagged texts, where that is a clear majority.
"""

import collections
import pathlib
import sys

# The first word and the file of a synset, and the class of all below it; the nearest wins.
ROOTS = {
    ("person", 3): "Person",
    ("group", 3): "Group",
    ("location", 3): "Location",
    ("organization", 14): "Organization",
    ("social_group", 14): "Group",
    ("people", 14): "Group",
    ("gathering", 14): "Group",
    ("ethnic_group", 14): "Group",
    ("family", 14): "Group",
    ("body", 14): "Group",
    ("unit", 14): "Organization",
    ("military_unit", 14): "Organization",
    ("enterprise", 14): "Organization",
    ("institution", 14): "Organization",
    ("government", 14): "Organization",
    ("administration", 14): "Organization",
    ("polity", 14): "Organization",
    ("political_system", 14): "Concept",
    ("team", 14): "Organization",
    ("location", 15): "Location",
    ("body_of_water", 17): "Location",
    ("geological_formation", 17): "Location",
    ("land", 17): "Location",
    ("district", 15): "Location",
    ("country", 15): "GPE",
    ("state", 15): "GPE",
    ("municipality", 15): "GPE",
    ("structure", 6): "Facility",
    ("way", 6): "Facility",
    ("facility", 6): "Facility",
    ("establishment", 6): "Facility",
    ("instrumentality", 6): "Product",
    ("device", 6): "Product",
    ("conveyance", 6): "Product",
    ("weapon", 6): "Product",
    ("creation", 6): "Work",
    ("product", 6): "Product",
    ("commodity", 6): "Product",
    ("clothing", 6): "Product",
    ("drug", 6): "Product",
    ("covering", 6): "Product",
    ("publication", 10): "Work",
    ("publication", 6): "Work",
    ("written_communication", 10): "Work",
    ("music", 10): "Work",
    ("show", 10): "Work",
    ("law", 10): "Law",
    ("law", 14): "Law",
    ("legal_document", 10): "Law",
    ("language", 10): "Language",
    ("social_event", 11): "Event",
    ("happening", 11): "Event",
    ("event", 3): "Concept",
    ("group_action", 4): "Event",
    ("social_event", 4): "Event",
    ("attack", 4): "Event",
    ("crime", 4): "Event",
    ("operation", 4): "Event",
    ("happening", 4): "Event",
    ("position", 4): "Position",
    ("disaster", 11): "Event",
}

# News uses a noun differently from the texts that WordNet tagged, or the noun is newer.
NEWS = {
    "GPE": "kibbutz village town city county nation country republic kingdom municipality colony",
    "Facility": "runway quarry venue spa hangout gallery lodge residence bakery mansion workshop subway "
    "pharmacy café dairy shipyard steelworks "
    "railway railroad lounge cinema accommodation avenue",
    "Location": "region area territory zone border coast province district neighborhood neighbourhood "
    "countryside outskirts place site west east north south settlement forest desert center "
    "centre vicinity landscape middle moor pasture",
    "Organization": "bank party ministry military navy coalition alliance cabinet parliament senate congress "
    "court club league union firm startup company administration authority union bureau "
    "department office opposition watchdog regulator broadcaster newspaper airline university "
    "college school government regime army police insurer lender automaker carmaker retailer "
    "supplier battalion brigade cartel militia hospital charity committee commission council "
    "agency subsidiary counterparty franchise garrison press daily consultancy nonprofit "
    "shipbuilder conglomerate multinational start-up co-operative non-profit treasury exchequer steelmaker "
    "drugmaker chipmaker planemaker aircraft-maker bikemaker truckmaker phonemaker toymaker tyremaker "
    "cement-maker papermaker",
    "Group": "force troop group gang faction crowd community public population crew squad family couple "
    "minority majority electorate",
    "Event": "ceasefire truce crisis conflict clash strike airstrike bombing shelling offensive invasion "
    "raid protest demonstration riot coup election referendum vote summit meeting talk "
    "negotiation conference earthquake flood wildfire hurricane pandemic outbreak crash "
    "accident explosion blast shooting massacre genocide evacuation deployment siege blockade "
    "acquisition merger takeover trial festival tournament match game ceremony wedding funeral "
    "escalation withdrawal rescue war battle assault incident hunt launch convention feast "
    "tryst impeachment",
    "Person": "spokesman spokeswoman spokesperson lawmaker gunman militant insurgent jihadist "
    "whistleblower ceo cofounder co-founder frontrunner midfielder striker goalkeeper refugee "
    "migrant evacuee settler footballer blogger youtuber influencer policeman policewoman "
    "director-general vice-president teen teenager founder admin sysadmin webadmin barista "
    "physio mum cabbie medic carer vlogger gamer coworker headteacher postdoc grad alum "
    "moderator driver operator streamer podcaster childminder co-owner co-author postgrad sarge "
    "stepmom stepdad sous-chef postie au-pair frontliner",
    "Product": "drone smartphone app software vaccine missile tank aircraft jet helicopter rocket bomb "
    "antique burger taco fry screw browser server loader excavator digger bulldozer backhoe "
    "trailer crawler table package van cream processor battery barrel pipe cab tube furnace "
    "coil scoreboard pant ticket cheque",
    "Law": "treaty law bill act constitution resolution agreement accord decree statute amendment pact",
    "Work": "film movie song album book novel report article study documentary series sequel episode "
    "manifesto soundtrack show memoir poetry painting artwork drawing sculpture poem trilogy "
    "tetralogy brief",
    "Concept": "return option rank economy ancestry vegetation category class variety traffic following "
    "factor instance approach elevation success inception hiatus management supervision seat "
    "round throne cover staple share fossil genre sport discipline origin heaven trend outline "
    "exile collection mythology data column gene row combination sequence spectrum array "
    "hierarchy ecosystem aviation cubism chunk batch grade ordering alignment governance tech "
    "sentence phrase clause half spell whale badger chameleon wasp rip dry antecedent peel "
    "abomination referral top bottom interface short cell heel angle itinerary upgrade latitude "
    "setting forefront midst requirement commitment responsibility finance roll outcome "
    "obligation noise crop default fate coincidence commerce retail farming agriculture "
    "transportation destiny karma mercy obedience compliance address innovation max output buck "
    "local cure setup setoff obstruction header teeth litter set pop",
}


PERSONAL = ("er", "or", "ist", "ian", "ee", "man", "woman", "eer", "ess")


def main(folder: pathlib.Path) -> None:
    words, above, files = {}, {}, {}
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split()
        offset, file, count = fields[0], int(fields[1]), int(fields[3], 16)
        words[offset] = [w.lower() for w in fields[4 : 4 + 2 * count : 2]]
        rest = fields[4 + 2 * count :]
        pointers = int(rest[0])
        above[offset] = [rest[i + 1] for i in range(1, 4 * pointers, 4) if rest[i] in ("@", "@i")]
        files[offset] = file

    def root(offset: str) -> str:
        level, seen = [offset], set()
        while level:
            for o in level:
                for word in words[o][:2]:
                    if (word, files[o]) in ROOTS:
                        return ROOTS[word, files[o]]
            seen.update(level)
            level = [a for o in level for a in above[o] if a not in seen]
        return "Concept"

    kinds: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, offset, number, tagged = line.split()
        lemma, sense = key.split("%")
        if (
            not sense.startswith("1:")
            or "_" in lemma
            or not lemma.replace("-", "").isalpha()
            or len(lemma) < 3
        ):
            continue
        # A noun that was never tagged is mostly used in its first sense.
        kinds[lemma][root(offset)] += int(tagged) + (0.6 if number == "1" else 0.3 / int(number))

    print("# Classes of common nouns, derived from WordNet 3.1 (Princeton University, WordNet licence).")
    news = {lemma: kind for kind, lemmas in NEWS.items() for lemma in lemmas.split()}
    for lemma in sorted(kinds.keys() | news.keys()):
        if lemma in news:
            print(f"{lemma}\t{news[lemma]}\t0.90")
            continue
        kind, most = kinds[lemma].most_common(1)[0]
        share = most / sum(kinds[lemma].values())
        # Words that merely look like persons are kept, for what looks so and is not here is one.
        if share >= 0.5 and (kind != "Concept" or lemma.endswith(PERSONAL)):
            print(f"{lemma}\t{kind}\t{0.5 + share / 2 * 0.9:.2f}")


main(pathlib.Path(sys.argv[1]))
