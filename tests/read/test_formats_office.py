"""Office documents, books and rich text, made here."""

import io
import zipfile

import pytest

from kg import read
from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning


def document(data, suffix):
    return read.READERS[suffix].read(data, read.Source(f"file{suffix}", f"/tmp/file{suffix}"), ReadConfig())


def saved(made):
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def said(found):
    return [(b.kind, found.text[b.start : b.end]) for b in found.blocks]


def place(found, words):
    return str(found.place(found.text.index(words)))


def packed(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def word():
    docx = pytest.importorskip("docx", reason="needs kg[docx]")
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "A bakery", "Anna Berg"
    made.add_heading("How the bakery came to Ghent", 1)
    paragraph = made.add_paragraph("Anna Berg bought ")
    paragraph.add_run("the old mill").bold = True
    paragraph.add_run(" of Tarn").font.strike = True
    paragraph.add_run(" in 2009.")
    paragraph.add_run("4").font.superscript = True
    made.add_paragraph("Jon Hale is the miller.", style="List Bullet")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Loaves", "400"
    made.add_paragraph("It stands beside the canal.")
    return made


def test_word():
    found = document(saved(word()), ".docx")
    assert (found.title, found.meta) == ("A bakery", {"author": "Anna Berg"})
    assert said(found) == [
        ("heading", "How the bakery came to Ghent"),
        ("paragraph", "Anna Berg bought the old mill in 2009."),
        ("item", "Jon Hale is the miller."),
        ("cell", "Loaves"),
        ("cell", "400"),
        ("paragraph", "It stands beside the canal."),
    ]


def test_word_with_changes_reads_what_is_left():
    docx = pytest.importorskip("docx", reason="needs kg[docx]")
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = docx.Document()
    made.element.body.insert(
        0,
        parse_xml(
            f"<w:p {space}><w:r><w:t>Jon Hale left </w:t></w:r>"
            "<w:del><w:r><w:delText>Tarn</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>Ulm</w:t></w:r></w:ins>"
            "<w:hyperlink><w:r><w:t xml:space='preserve'> for Bern</w:t></w:r></w:hyperlink>"
            "<w:r><w:t>.</w:t></w:r></w:p>"
        ),
    )
    assert said(document(saved(made), ".docx")) == [("paragraph", "Jon Hale left Ulm for Bern.")]


def test_opendocument():
    pytest.importorskip("odf", reason="needs kg[odt]")
    from odf import dc, style, table, text
    from odf.opendocument import OpenDocumentText

    made = OpenDocumentText()
    made.meta.addElement(dc.Title(text="A bakery"))
    raised = style.Style(name="T1", family="text")
    raised.addElement(style.TextProperties(textposition="super 58%"))
    made.automaticstyles.addElement(raised)
    made.text.addElement(text.H(outlinelevel=1, text="How the bakery came to Ghent"))
    paragraph = text.P(text="Anna Berg bought 4 km")
    paragraph.addElement(text.Span(stylename=raised, text="2"))
    paragraph.addText(" of land")
    note = text.Note(noteclass="footnote")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="So the register says."))
    note.addElement(body)
    paragraph.addElement(note)
    paragraph.addText(" in")
    paragraph.addElement(text.S())
    paragraph.addText("Tarn.")
    made.text.addElement(paragraph)
    items = text.List()
    item = text.ListItem()
    item.addElement(text.P(text="Jon Hale is the miller."))
    items.addElement(item)
    made.text.addElement(items)
    rows = table.Table()
    row = table.TableRow()
    for words in ("Loaves", "400"):
        cell = table.TableCell()
        cell.addElement(text.P(text=words))
        row.addElement(cell)
    rows.addElement(row)
    made.text.addElement(rows)
    stream = io.BytesIO()
    made.write(stream)
    found = document(stream.getvalue(), ".odt")
    assert found.title == "A bakery"
    assert said(found) == [
        ("heading", "How the bakery came to Ghent"),
        ("paragraph", "Anna Berg bought 4 km² of land in Tarn."),
        ("item", "Jon Hale is the miller."),
        ("cell", "Loaves"),
        ("cell", "400"),
    ]


def test_slides():
    pptx = pytest.importorskip("pptx", reason="needs kg[pptx]")
    made = pptx.Presentation()
    for title, line, note in (
        ("The bakery", "Anna Berg founded it in 2009.", ""),
        ("The mill", "It stands in Tarn.", "Jon Hale bought the mill in 2015."),
    ):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = line
        if note:
            slide.notes_slide.notes_text_frame.text = note
    found = document(saved(made), ".pptx")
    assert [words for _, words in said(found)] == [
        "The bakery",
        "Anna Berg founded it in 2009.",
        "The mill",
        "It stands in Tarn.",
        "Jon Hale bought the mill in 2015.",
    ]
    assert place(found, "founded") == "slide 1"
    assert place(found, "bought") == "slide 2"


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The mill</dc:title>
<dc:creator>Anna Berg</dc:creator><dc:language>en-GB</dc:language><dc:date>2019-05-03</dc:date></metadata>
<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/one%20.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>"""


def page(title, words):
    return (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    )


def book(**more):
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE,
        "OEBPS/nav.xhtml": page("Contents", "The flood"),
        "OEBPS/text/one .xhtml": page("The fire", "The mill of <i>Tarn</i> burnt in 1904."),
        "OEBPS/text/two.xhtml": page("The flood", "Jon Hale &amp; Anna Berg built it."),
        **more,
    }


def test_book():
    found = document(packed(book()), ".epub")
    assert (found.title, found.meta, found.lang) == ("The mill", {"author": "Anna Berg"}, "en")
    assert found.published.isoformat() == "2019-05-03"
    assert [words for _, words in said(found)] == [
        "The flood",
        "Jon Hale & Anna Berg built it.",
        "The fire",
        "The mill of Tarn burnt in 1904.",
    ]
    assert place(found, "burnt") == "chapter 2"


def test_books_that_are_locked_or_declare_entities():
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<CipherReference URI="OEBPS/text/two.xhtml"/></encryption>'
    )
    with pytest.raises(ReadError, match="encrypted"):
        document(packed(book(**{"META-INF/encryption.xml": locked})), ".epub")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + CONTAINER
    with pytest.raises(ReadError, match="declares entities of its own"):
        document(packed(book(**{"META-INF/container.xml": bomb})), ".epub")
    lost = book()
    del lost["OEBPS/text/two.xhtml"]
    with pytest.raises(ReadError, match="no whole EPUB book"):
        document(packed(lost), ".epub")


RICH = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Times;}{\info{\title A bakery}{\author Anna Berg}}"
    r"\f0\pard Jon Hale bought {\b the mill} of Andr\'e9 in\~2009.\par It stands in Tarn.\par}"
)


def test_rich_text():
    pytest.importorskip("striprtf", reason="needs kg[rtf]")
    found = document(RICH.encode(), ".rtf")
    assert (found.title, found.meta) == ("A bakery", {"author": "Anna Berg"})
    assert [w for _, w in said(found)] == ["Jon Hale bought the mill of André in 2009.", "It stands in Tarn."]
    with pytest.warns(ReadWarning, match="truncated: its end is missing; what is there is read"):
        document(RICH[:-20].encode(), ".rtf")
    with pytest.raises(ReadError, match=r"plain text, not a rich text file as its name says"):
        document(b"Rain fell.", ".rtf")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pptx", ".epub"])
def test_what_is_no_such_archive(suffix):
    with pytest.raises(ReadError, match="the file is empty"):
        document(b"", suffix)
    with pytest.raises(ReadError, match=r"plain text, not an? .* as its name says; rename it to \.txt"):
        document(b"Rain fell in Ulm.", suffix)
    with pytest.raises(
        ReadError, match=r"encrypted, or in the format of before 2007.*; save it without a password"
    ):
        document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), suffix)
    with pytest.raises(ReadError, match=r"a PDF file, not an? \w+.* as its name says; rename it to \.pdf"):
        document(b"%PDF-1.7 x", suffix)
    with pytest.raises(ReadError, match=r"an Excel workbook, not an? .* rename it to \.xlsx"):
        document(packed({"xl/workbook.xml": "<x/>"}), suffix)
    with pytest.raises(ReadError, match=r"a truncated .*: its end is missing; get a complete copy"):
        document(packed({"word/document.xml": "<x/>" * 900})[:-40], suffix)
    with pytest.raises(ReadError, match=r"unpacks to \d+ MiB"):
        document(packed({"word/document.xml": bytes(40 * 2**20)}), suffix)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pptx", ".xlsx"])
def test_entities_are_refused(tmp_path, suffix):
    parts = {".docx": "word/document.xml", ".odt": "content.xml", ".pptx": "ppt/presentation.xml"}
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    data = packed({parts.get(suffix, "xl/workbook.xml"): bomb})
    kept = tmp_path / f"a{suffix}"
    kept.write_bytes(data)
    with pytest.raises(ReadError, match="declares entities of its own; save its text as"):
        list(read.documents(kept))


def test_empty_documents():
    docx = pytest.importorskip("docx", reason="needs kg[docx]")
    with pytest.raises(ReadError, match="the Word document holds no text"):
        document(saved(docx.Document()), ".docx")


@pytest.mark.parametrize(
    ("suffix", "library", "name", "data"),
    [
        (".docx", "docx", "python-docx", {"word/document.xml": "<x/>"}),
        (".odt", "odf.opendocument", "odfpy", {"content.xml": "<x/>"}),
        (".pptx", "pptx", "python-pptx", {"ppt/presentation.xml": "<x/>"}),
    ],
)
def test_the_missing_library_is_named(monkeypatch, suffix, library, name, data):
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(ReadError, match=rf"{name} is not installed; pip install 'kg\[{suffix[1:]}\]'"):
        document(packed(data), suffix)
