"""PDF files, made here."""

import io

import pytest

from kg import read
from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning

pytest.importorskip("pypdf", reason="needs kg[pdf]")
canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="makes the files of these tests")


def pdf(*pages, **options):
    """Make a file of pages; a page is a list of (x, y, text) or (x, y, text, size)."""
    stream = io.BytesIO()
    made = canvas.Canvas(stream, **options)
    for page in pages:
        for x, y, text, *size in page:
            made.setFont("Helvetica", *(size or [11]))
            made.drawString(x, y, text)
        made.showPage()
    made.save()
    return stream.getvalue()


def column(x, lines, top=700):
    return [(x, top - 14 * i, line) for i, line in enumerate(lines)]


def document(data, name="report.pdf"):
    return read.READERS[".pdf"].read(data, read.Source(name, f"/tmp/{name}"), ReadConfig())


def said(document):
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"]


def place(document, words):
    return str(document.place(document.text.index(words)))


def test_lines_are_paragraphs_with_their_page():
    first = column(72, ["Anna Berg moved to Ghent in the spring of", "2019 and opened a bakery. It thrived."])
    second = column(72, ["Jon Hale bought the bakery in May 2021,", "and Anna Berg left for Oslo."])
    found = document(pdf(first, second))
    assert said(found) == [
        "Anna Berg moved to Ghent in the spring of 2019 and opened a bakery. It thrived.",
        "Jon Hale bought the bakery in May 2021, and Anna Berg left for Oslo.",
    ]
    assert place(found, "moved") == "page 1"
    assert place(found, "Oslo") == "page 2"


def test_a_sentence_goes_on_over_pages_and_its_word_is_whole():
    lines = ["The owners of the old mill sold it to the muni-"]
    found = document(pdf(column(72, lines, top=100), column(72, ["cipality of Tarn in 2004."])))
    assert said(found) == ["The owners of the old mill sold it to the municipality of Tarn in 2004."]
    assert place(found, "The owners") == "page 1"
    assert place(found, "Tarn") == "page 2"


def test_hyphens_that_words_have_stay():
    lines = [
        "The well-known baker Anna Berg met a well-",
        "known miller from the Anglo-",
        "Norman coast, and his gov-",
        "ernor.",
    ]
    (words,) = said(document(pdf(column(72, lines))))
    assert words == (
        "The well-known baker Anna Berg met a well-known miller from the Anglo-Norman coast, "
        "and his governor."
    )


def test_three_columns_by_row():
    columns = [
        ["Anna Berg founded a", "bakery in the spring of", "2009 with her brother", "in Ghent."],
        ["Jon Hale joined the", "firm in the summer of", "2015 and left it for a", "mill in Tarn."],
        ["Bo Ek bought all of it", "in May of the year 2021", "and has since then sold", "it again."],
    ]
    placed = [column(72 + 160 * i, lines) for i, lines in enumerate(columns)]
    found = document(pdf([line for row in zip(*placed, strict=True) for line in row]))
    assert said(found) == [" ".join(lines) for lines in columns]


def test_running_heads_and_page_numbers_are_left_out():
    pages = [
        [(72, 800, f"Tarn Courier, Annual Report {n}", 9), (300, 30, str(n), 9), *column(72, [text])]
        for n, text in enumerate(["Rain fell in Ulm.", "Snow fell in Bern.", "Fog lay over Brno."], start=1)
    ]
    found = document(pdf(*pages))
    assert "Courier" not in found.text
    assert said(found) == ["Rain fell in Ulm.", "Snow fell in Bern.", "Fog lay over Brno."]


LEFT = [
    "Anna Berg founded the bakery in",
    "Ghent in 2009 with her brother",
    "and her cousin, who had been a",
    "miller in Tarn.",
]
RIGHT = [
    "Jon Hale joined the firm later",
    "and became its chief executive",
    "after the summer of 2015, when",
    "it grew.",
]


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_are_read_one_after_the_other(by_row):
    left, right = column(72, LEFT), column(320, RIGHT)
    body = [line for pair in zip(left, right, strict=True) for line in pair] if by_row else [*left, *right]
    title = (72, 760, "A bakery and its people, as told by the two who have run it", 18)
    found = document(pdf([title, *body]))
    assert said(found) == [" ".join(LEFT), " ".join(RIGHT)]


def test_headings_in_bold_and_items_that_go_on():
    stream = io.BytesIO()
    made = canvas.Canvas(stream)
    made.setFont("Helvetica-Bold", 11)
    made.drawString(72, 700, "The bakery of Ghent")
    made.setFont("Helvetica", 11)
    lines = [
        (72, "Anna Berg founded the bakery of the old harbour in 2009."),
        (72, "• It sells bread, and rolls in the shape of small birds"),
        (78, "and cakes are sold on Sundays."),
        (72, "• It employs five people."),
    ]
    for number, (x, text) in enumerate(lines, start=1):
        made.drawString(x, 700 - 14 * number, text)
    made.save()
    found = document(stream.getvalue())
    assert [(b.kind, found.text[b.start : b.end]) for b in found.blocks] == [
        ("title", "The bakery of Ghent"),
        ("paragraph", "Anna Berg founded the bakery of the old harbour in 2009."),
        ("item", "It sells bread, and rolls in the shape of small birds and cakes are sold on Sundays."),
        ("item", "It employs five people."),
    ]


def test_another_language_is_told():
    lines = ["Anna Berg gründete die Bäckerei im alten Hafen von Gent und", "verkaufte sie an ihren Bruder."]
    with pytest.raises(ReadError, match="in German; English is read"):
        document(pdf(column(72, lines * 3)))


def test_what_is_raised_is_a_power_or_a_note():
    stream = io.BytesIO()
    made = canvas.Canvas(stream)
    line = made.beginText(72, 700)
    line.setFont("Helvetica", 11)
    line.textOut("The lake covers 40 km")
    for mark, after in (("2", " and feeds the mill."), ("7", " It is deep.")):
        line.setRise(4)
        line.setFont("Helvetica", 6)
        line.textOut(mark)
        line.setRise(0)
        line.setFont("Helvetica", 11)
        line.textOut(after)
    made.drawText(line)
    made.save()
    assert said(document(stream.getvalue())) == ["The lake covers 40 km² and feeds the mill. It is deep."]


def test_title_and_author():
    page = column(72, ["Rain fell in Ulm."])
    found = document(pdf(page, pageCompression=1))
    assert (found.title, found.meta) == (None, {})
    stream = io.BytesIO()
    made = canvas.Canvas(stream)
    made.setTitle("Weather in Ulm")
    made.setAuthor("Anna Berg")
    made.drawString(72, 700, "Rain fell in Ulm.")
    made.save()
    found = document(stream.getvalue())
    assert (found.title, found.meta) == ("Weather in Ulm", {"author": "Anna Berg"})


def test_encrypted():
    from reportlab.lib.pdfencrypt import StandardEncryption

    page = column(72, ["Rain fell in Ulm."])
    with pytest.raises(ReadError, match=r"report.pdf: encrypted; save it without a password"):
        document(pdf(page, encrypt=StandardEncryption("secret", ownerPassword="other")))
    # Anyone may open and read what only the owner may print.
    open_to_all = pdf(page, encrypt=StandardEncryption("", ownerPassword="other", canPrint=0))
    assert said(document(open_to_all)) == ["Rain fell in Ulm."]


def test_scanned_pages():
    with pytest.raises(ReadError, match="no text in its pages, which are scanned; run OCR"):
        document(pdf([], []))
    with pytest.warns(ReadWarning, match="page 2 holds no text; if scanned, run OCR"):
        found = document(pdf(column(72, ["Rain fell in Ulm."]), [], column(72, ["It stopped."])))
    assert place(found, "It stopped") == "page 3"


def test_truncated_and_misnamed():
    data = pdf(column(72, ["Rain fell in Ulm."]))
    with pytest.warns(ReadWarning, match="truncated: its end is missing"):
        assert said(document(data[:-200])) == ["Rain fell in Ulm."]
    with pytest.raises(ReadError, match="a truncated PDF file: its end is missing; get a complete copy"):
        document(data[:200])
    with pytest.raises(ReadError, match="the file is empty"):
        document(b"")
    with pytest.raises(ReadError, match=r"plain text, not a PDF file as its name says; rename it to \.txt"):
        document(b"Rain fell in Ulm.")
    with pytest.raises(ReadError, match=r"a rich text document, not a PDF file .*; rename it to \.rtf"):
        document(b"{\\rtf1 Rain}")


def test_the_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(ReadError, match=r"pypdf is not installed; pip install 'kg\[pdf\]'"):
        document(pdf(column(72, ["Rain fell in Ulm."])))
