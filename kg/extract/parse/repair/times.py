"""Repairs around times: what opens a sentence, and what stands behind a day."""

from __future__ import annotations

import re

from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

OPENERS = words("repair", "fronted", "openers")
WITHIN = words("repair", "fronted", "within")
MONTHS = words("times", "month", "names")
YEAR = re.compile(r"(?:1\d|20)\d\d(?:[/–-]\d{2}(?:\d\d)?)?")
OF_CHARGE, GUILTY = words("repair", "of_charge"), frozenset({"guilty"})
DAYS = words("times", "weekday", "names")
DAYS_OF_WEEK = words("times", "weekday", "several")
# Prepositions of what a day has nothing to do with.
BESIDE = frozenset({"in", "at", "near", "for", "with", "by", "after", "as"})
# What else may stand behind a time of day: "shortly before 5 a.m. on the bridge".
BESIDE_CLOCK = BESIDE | {"on", "outside", "inside", "off", "between", "along"}
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[ap]\.?m\.?)?|\d{1,2}[ap]\.?m\.?|[ap]\.?m\.?|noon|midnight|midday")
LONGEST = 12
# Times of day that need no article, and what stands before them.
HOURS = frozenset("dawn daybreak sunrise noon midday nightfall dusk sunset midnight evening night".split())
BY_HOUR = frozenset({"by", "at", "before", "after", "until", "towards", "toward"})


def name_behind_time(tree: Tree, i: int) -> bool:
    """ "During the summer of 1911 Karl Bern toured Cuba": the name is the subject, no part of the time.

    So it is behind a month or a day of the week: "In March Norwind sold its mill".
    """
    named = tree.lower[i] in MONTHS or tree.lower[i] in DAYS
    if i + 2 >= tree.n or tree.pos[i + 1] != "PROPN" or not (named or _is_year(tree, i)):
        return False
    start = _opening(tree, i)
    if start is None:
        return False
    last = i + 1
    while last + 1 < tree.n and tree.pos[last + 1] == "PROPN":
        last += 1
    verb = _verb_behind(tree, last)
    if verb is None or tree.head[verb] in range(start, last + 1):
        return False
    around = (*range(max(0, start - LONGEST), start), *range(last + 1, min(tree.n, verb + LONGEST)))
    if any(tree.head[k] == verb and tree.dep[k] in ("nsubj", "nsubjpass") for k in around):
        return False
    return _part(tree, start, i, last, verb)


def day_before_verb(tree: Tree, i: int) -> bool:
    """ "Prosecutors on 14 May charged Karl Moll": it was then that they did, whoever they are."""
    prep, verb = tree.head[i], i + 1
    if verb < tree.n and YEAR.fullmatch(tree.lower[verb]):
        verb += 1
    noun = tree.head[prep]
    if tree.lower[i] not in DAYS | MONTHS or tree.lower[prep] != "on" or not prep < i:
        return False
    if verb >= tree.n or tree.dep[noun] != "nsubj" or tree.head[noun] != verb or tree.tag[verb] != "VBD":
        return False
    tree.hang(prep, verb, "prep")
    return True


def _is_year(tree: Tree, i: int) -> bool:
    """Whether a year ends at a token, or two ("1911/12")."""
    if YEAR.fullmatch(tree.lower[i]):
        return True
    return i > 1 and tree.lower[i - 1] in ("-", "–", "/") and YEAR.fullmatch(tree.lower[i - 2]) is not None


def _opening(tree: Tree, i: int) -> int | None:
    """Give the preposition that opens a sentence and the time that ends with a year."""
    k = i - 1
    while k >= 0 and i - k < LONGEST:
        word = tree.lower[k]
        if word in OPENERS and _opens(tree, k):
            return k
        if not (word in WITHIN or word in MONTHS or word[0].isdigit()):
            return None
        k -= 1
    return None


def _opens(tree: Tree, k: int) -> bool:
    return k == 0 or bool(tree.doc[k].is_sent_start) or not tree.lower[k - 1][0].isalnum()


def _verb_behind(tree: Tree, last: int) -> int | None:
    """Give the verb whose finite form follows a name, an adverb between them or not."""
    k = last + 1
    if k < tree.n and tree.pos[k] == "ADV":
        k += 1
    if k >= tree.n or tree.tag[k] not in ("VBD", "VBZ", "VBP", "MD"):
        return None
    return tree.head[k] if tree.dep[k] in ("aux", "auxpass") and tree.head[k] > k else k


def _part(tree: Tree, start: int, i: int, last: int, verb: int) -> bool:
    """Hang a time and the name behind it on their verb, each by itself; whether they were not so."""
    changed = False
    name = range(i + 1, last + 1)
    if tree.head[last] != verb or tree.dep[last] not in ("nsubj", "nsubjpass"):
        passive = any(tree.head[k] == verb and tree.dep[k] == "auxpass" for k in range(last + 1, verb))
        tree.hang(last, verb, "nsubjpass" if passive else "nsubj")
        changed = True
    for k in name[:-1]:
        if tree.head[k] not in name:
            tree.hang(k, last, "compound")
            changed = True
    inside = range(start + 1, i + 1)
    if tree.head[start] != verb or any(
        tree.head[k] not in range(start, i + 1) for k in inside if not _opens_part(tree, k)
    ):
        _hang_time(tree, start, i, verb)
        changed = True
    return changed


def _opens_part(tree: Tree, k: int) -> bool:
    return tree.lower[k] in OPENERS or tree.lower[k] in ("to", "through")


def _hang_time(tree: Tree, start: int, i: int, verb: int) -> None:
    """Hang a time on its verb, part by part: prepositions on the verb, what they go with on them."""
    above, label, k = verb, "prep", start
    while k <= i:
        if tree.lower[k] == "of":
            tree.hang(k, above, "prep")
            above, label, k = k, "pobj", k + 1
        elif tree.lower[k] == "and":
            tree.hang(k, above, "cc")
            label, k = "conj", k + 1
        elif k == start or _opens_part(tree, k):
            tree.hang(k, verb, "prep")
            above, label, k = k, "pobj", k + 1
        else:
            end = k
            while end < i and not _opens_part(tree, end + 1) and tree.lower[end + 1] not in ("and", "of"):
                end += 1
            top = next(
                (t for t in range(k, end + 1) if tree.lower[t].isalpha() and tree.pos[t] in NOUNS), end
            )
            for t in range(k, end + 1):
                if t != top:
                    tree.hang(t, top, "nummod" if tree.lower[t][0].isdigit() else "amod")
            tree.hang(top, above, label)
            above, k = top, end + 1


def phrase_behind_date(tree: Tree, i: int) -> bool:
    """ "was born on 3 June 1928 in Ulm": what hangs on the month belongs to the verb of the day.

    So does the day behind an hour ("opens at seven on Fridays"), and "of" to the noun: "the death in 2020 of
    her father".
    """
    day = _day_of(tree, tree.head[i])
    above, inner = tree.head[day], tree.first(i, "pobj")
    of = tree.lower[i] == "of"
    clock = CLOCK.fullmatch(tree.lower[day]) is not None or _is_hour(tree, day, inner)
    beside = tree.lower[i] in (BESIDE_CLOCK if clock else BESIDE)
    if day > i or tree.dep[day] != "pobj" or not (of or beside) or not (clock or _is_date(tree, day)):
        return False
    verb = tree.head[above]
    if inner is None or tree.dep[above] != "prep" or (_is_date(tree, inner) and not clock):
        return False
    if tree.pos[verb] not in (("NOUN",) if of else VERBS):
        return False
    tree.hang(i, verb, "prep")
    return True


def _day_of(tree: Tree, head: int) -> int:
    """Give the hour that "from" brings in where what is behind hangs on that: "from 8 p.m. on Friday"."""
    hour = tree.first(head, "pobj") if tree.dep[head] == "prep" else None
    return head if hour is None or not CLOCK.fullmatch(tree.lower[hour]) else hour


def _is_hour(tree: Tree, i: int, behind: int | None) -> bool:
    """Whether a bare number is an hour, since the days behind it say on which: "at nine at weekends"."""
    return behind is not None and tree.tag[i] == "CD" and tree.lower[behind] in DAYS | DAYS_OF_WEEK


def of_behind_date(tree: Tree, i: int) -> bool:
    """ "The death in January of the mayor", "was convicted on Friday of fraud": of what is before the day."""
    day = tree.head[i]
    above, inner = tree.head[day], tree.first(i, "pobj")
    if tree.lower[i] != "of" or inner is None or tree.dep[day] != "pobj" or not _is_date(tree, day):
        return False
    noun, verb = above - 1, tree.head[above]
    if tree.dep[above] != "prep" or noun < 0 or _is_date(tree, inner):
        return False
    if tree.lemma[verb] in OF_CHARGE or any(tree.lower[k] in GUILTY for k in tree.kids[verb]):
        tree.hang(i, verb, "prep")
        return True
    if tree.pos[noun] != "NOUN":
        return False
    tree.hang(above, noun, "prep")
    tree.hang(i, noun, "prep")
    return True


def day_before_subject(tree: Tree, i: int) -> bool:
    """ "On Saturday security forces killed two men": no Saturday forces; so "by dusk police had"."""
    prep = i - 1
    if prep < 0 or tree.dep[prep] != "prep":
        return False
    if tree.lower[i] not in DAYS and not _is_hour_before_subject(tree, i):
        return False
    if tree.dep[i] == "pobj":  # and so is the subject
        return any(_gives_subject(tree, prep, k) for k in tree.of(prep, "pobj") if k == i + 1)
    noun = tree.head[i]
    if noun <= i or tree.tag[noun] not in ("NN", "NNS", "NNP", "NNPS"):
        return False
    if tree.of(prep, "pobj", "pcomp") and not _gives_subject(tree, prep, noun):
        return False
    tree.hang(i, prep, "pobj")
    return True


def _is_hour_before_subject(tree: Tree, i: int) -> bool:
    """Whether a time of day opens a sentence before its subject: "By dawn rescuers had reached them"."""
    noun = tree.head[i]
    opens = tree.dep[i] == "compound" and _opens(tree, i - 1) and tree.lower[i - 1] in BY_HOUR
    return opens and tree.lower[i] in HOURS and tree.dep[noun] in ("nsubj", "nsubjpass") and noun == i + 1


def _gives_subject(tree: Tree, prep: int, noun: int) -> bool:
    """Hang a noun behind a day on the verb right behind it that has no subject; whether it was one."""
    verb = tree.head[prep]
    if tree.head[noun] != prep or not _opens(tree, prep) or tree.tag[noun] not in ("NNS", "NNPS"):
        return False
    subjects = tree.of(verb, "nsubj", "nsubjpass", "csubj", "expl")
    before = {k: tree.left[k] - 1 for k in subjects}
    joined = [k for k, at in before.items() if tree.head[at] == noun and tree.lower[at] == "and"]
    if joined != subjects or not _stands_before(tree, max(tree.subtree(joined[0] if joined else noun)), verb):
        return False
    tree.hang(noun, verb, "nsubjpass" if tree.of(verb, "auxpass") else "nsubj")
    for k in joined:
        tree.hang(k, noun, "conj")
    return True


def _stands_before(tree: Tree, last: int, verb: int) -> bool:
    """Whether a finite verb follows a token, adverbs and auxiliaries between them or not."""
    between = [tree.pos[k] for k in range(last + 1, verb)]
    if last >= verb or not set(between) <= {"AUX", "ADV"}:
        return False
    return tree.tag[verb] in ("VBD", "VBZ", "VBP") or "AUX" in between


def date_of_next_verb(tree: Tree, i: int) -> bool:
    """ "Had gone to Ulm and, on 5 June, met the minister": the day is that of the verb behind it."""
    before = i - 2 if i > 1 and tree.lower[i - 1] == "," else i - 1
    inner = tree.first(i, "pobj")
    if before < 0 or tree.lower[before] != "and" or inner is None or not _is_date(tree, inner):
        return False
    verb = max(tree.subtree(i)) + 1
    if verb < tree.n and tree.lower[verb] == ",":
        verb += 1
    if verb >= tree.n or tree.tag[verb] not in ("VBD", "VBN") or tree.dep[verb] != "conj":
        return False
    if tree.head[i] == verb or tree.head[i] > i:
        return False
    tree.hang(i, verb, "prep")
    return True


def phrase_behind_amount(tree: Tree, i: int) -> bool:
    """ "Fell from 61 per cent at last year's election to 48": it was 61 then, and did not fall then."""
    verb = tree.head[i]
    amount = next(
        (k for k in range(i - 1, verb, -1) if tree.dep[k] == "pobj" and tree.right[k] == i - 1), None
    )
    if amount is None or tree.lower[i] not in ("at", "in", "on") or tree.pos[verb] not in VERBS:
        return False
    if any(_is_date(tree, k) for k in tree.of(i, "pobj")):
        return False  # read as it stands
    start, behind = tree.head[amount], tree.right[i] + 1
    if tree.lower[start] != "from" or tree.head[start] != verb or tree.lower[behind : behind + 1] != ["to"]:
        return False
    if not any(tree.tag[k] == "CD" for k in (amount, *tree.kids[amount])):
        return False
    tree.hang(i, amount, "prep")
    return True


def phrase_before_infinitive(tree: Tree, i: int) -> bool:
    """ "Met the union's head, Karl Moll, on Tuesday to discuss pay": they met on it, and did not plan it."""
    purpose, inner = tree.head[i], tree.first(i, "pobj")
    verb = tree.head[purpose]
    to = tree.first(purpose, "aux")
    if to is None or tree.lower[to] != "to" or not i < to < purpose or inner is None:
        return False
    if tree.right[i] != to - 1 or tree.pos[verb] not in VERBS or not verb < i:
        return False
    if tree.dep[purpose] not in ("advcl", "xcomp"):
        return False
    tree.hang(i, verb, "prep")
    return True


def subject_behind_date(tree: Tree, i: int) -> bool:
    """ "On Friday, 5 May 2023, a farmer, Ole Moe, struck the gate": who acts renames no day."""
    day, start = tree.head[i], tree.left[i]
    own = any(tree.lower[k] in ("a", "an", "the", "two", "three", "several") for k in tree.kids[i])
    if not _is_date(tree, day) or tree.pos[i] not in NOUNS or not own or tree.lower[start - 1] != ",":
        return False
    verb = next((k for k in tree.above(day) if tree.pos[k] in VERBS), None)
    if verb is None or verb < i or tree.first(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None:
        return False
    tree.hang(i, verb, "nsubjpass" if tree.of(verb, "auxpass") else "nsubj")
    return True


def _is_date(tree: Tree, i: int) -> bool:
    return tree.lower[i] in MONTHS or _is_year(tree, i) or tree.lower[i] in DAYS
