"""Markdown and HTML: the words that a reader sees, in blocks."""

import time

import pytest

from kg import read


def parts(text, *, markdown=True):
    document = read.document_from_text(text, markdown=markdown)
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def words(text):
    return read.document_from_text(text, markdown=True).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[Vera Holt](https://v.example/a_(b)) runs [Nordlys](/n "N").',
            "Vera Holt runs Nordlys.",
        ),
        (
            "Ida Holt ran Kestrel Books.[1] She left.[2][3]\n\n[1]: https://n.example\n[2]: /b\n[3]: /c",
            "Ida Holt ran Kestrel Books. She left.",
        ),
        ("Ida Holt left.[[1]](#note) Bo Ek[2](/n) stayed.", "Ida Holt left. Bo Ek stayed."),
        (
            "[Nordlys][1] hired [Ove Dahl].\n\n[1]: https://n.example\n[Ove Dahl]: /o",
            "Nordlys hired Ove Dahl.",
        ),
        (
            "[Nordlys][nowhere] hired Ove Dahl.",
            "Nordlys hired Ove Dahl.",
        ),
        (
            "[[Vera Holt]] joined [[Nordlys|the firm]] in [[places/Bergen#History]].",
            "Vera Holt joined the firm in Bergen.",
        ),
        (
            "![[plan.png]]Vera Holt *runs* __Nordlys__, `Kelda` and ***Ruvia***.",
            "Vera Holt runs Nordlys, Kelda and Ruvia.",
        ),
        (
            "Vera Holt wrote ~~Kelda~~ Ruvia.",
            "Vera Holt wrote Ruvia.",
        ),
        (
            r"Vera\_Holt met Ove&nbsp;Dahl at Caf&eacute; Kelda &amp; Co.",
            "Vera Holt met Ove Dahl at Café Kelda & Co.",
        ),
        (
            "Holt left Nordlys.[1] Dahl stayed.[2][3] Kelda closed.[citation needed]",
            "Holt left Nordlys. Dahl stayed. Kelda closed.",
        ),
        (
            "Holt left Nordlys.<sup>4</sup> It has 5 km<sup>2</sup> on the 3<sup>rd</sup> floor.",
            "Holt left Nordlys. It has 5 km² on the 3rd floor.",
        ),
        (
            "Vera Holt joined Nordlys #hiring #news.",
            "Vera Holt joined Nordlys.",
        ),
        (
            "Vera Holt runs <b>Nordlys</b><!-- not yet -->.",
            "Vera Holt runs Nordlys.",
        ),
        (
            "The firm hired\n[Ove Dahl](https://people.example/a/very/long/address) in\nBergen.",
            "The firm hired\nOve Dahl in\nBergen.",
        ),
    ],
)
def test_markup_gives_its_words(text, said):
    assert words(text) == said


def test_what_is_typed_is_no_sentence():
    assert words("Run `git push` for `Nordlys` and `kelda`.") == "Run “git push” for Nordlys and kelda."


def test_a_note_is_kept_apart():
    assert parts("Holt left Nordlys.[^1]\n\n[^1]: Dahl owns Kelda.") == [
        ("paragraph", "Holt left Nordlys."),
        ("aside", "Dahl owns Kelda."),
    ]


def test_cells_items_tasks_quotes_and_code():
    text = (
        "| Name | City |\n|---|---|\n| Vera Holt | Bergen |\n\n- Dahl runs **Kelda**\n"
        "- [ ] Holt calls Dahl\n"
        "- [x] Holt sold Ruvia\n\n```py\nDahl = 1\n```\n\n    indented = 2\n\n> Holt left.\n> She fell.\n"
    )
    assert parts(text) == [
        ("cell", "Name"),
        ("cell", "City"),
        ("cell", "Vera Holt"),
        ("cell", "Bergen"),
        ("item", "Dahl runs Kelda"),
        ("aside", "Holt calls Dahl"),
        ("item", "Holt sold Ruvia"),
        ("quote", "Holt left.\nShe fell."),
    ]


@pytest.mark.parametrize("markdown", [False, True])
def test_html_is_read_in_either(markdown):
    text = (
        "<p>Vera Holt runs <i>Nordlys</i>.</p>\n<table><tr><td>Dahl</td><td>owns</td></tr></table>\n"
        "<script>var x = 'Kelda</p>';</script><p>Smith &amp; Co. left.<br>Dahl stayed.</p>"
    )
    assert parts(text, markdown=markdown) == [
        ("paragraph", "Vera Holt runs Nordlys."),
        ("cell", "Dahl"),
        ("cell", "owns"),
        ("paragraph", "Smith & Co. left."),
        ("paragraph", "Dahl stayed."),
    ]


@pytest.mark.parametrize(
    "text", ["5 < 6 and 7 > 3, said Holt.", "AT&T and R&D left.", "if a<b then b>a fell."]
)
def test_signs_of_plain_text_stay(text):
    assert read.document_from_text(text).text == text


def test_marks_and_entities_of_plain_text_are_resolved():
    document = read.document_from_text("Smith &amp; Co. left.[1][2] He said “[it] rained”.")
    assert document.text == "Smith & Co. left. He said “[it] rained”."


ODD = ["[", "![a", "[a](b", "<", "<!--", "*a **b ", "`", "> ", "# H\n", "_", "- ", "|a", "[^a]",
       "^[a", "<a '", "&", "#a ", "[[a|", "A_b", "<b x=\"", "</p>", "<td>"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("markdown", [False, True])
def test_odd_markup_is_read_at_once(text, markdown):
    begun = time.process_time()
    read.document_from_text((text * 20_000)[:20_000], markdown=markdown)
    assert time.process_time() - begun < 2
