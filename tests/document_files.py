"""A small file of each kind that an extra reads, made by the library of its field."""

import io
import zipfile

import pytest

WORDS = "Anna Berg walked to Tarn."
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
CONTAINER = '<container xmlns="urn:x"><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'


def example(suffix):
    """Give the bytes of a file, or skip the test where its library is not installed."""
    made = MAKERS[suffix]()
    return made if isinstance(made, bytes) else made.encode()


def _saved(made, name="save"):
    stream = io.BytesIO()
    getattr(made, name)(stream)
    return stream.getvalue()


def pdf():
    pytest.importorskip("pypdf", reason="needs kg[pdf]")
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="makes the file")
    stream = io.BytesIO()
    made = canvas.Canvas(stream)
    made.drawString(72, 700, WORDS)
    made.save()
    return stream.getvalue()


def docx():
    made = pytest.importorskip("docx", reason="needs kg[docx]").Document()
    made.add_paragraph(WORDS)
    return _saved(made)


def odt():
    pytest.importorskip("odf", reason="needs kg[odt]")
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    made = OpenDocumentText()
    made.text.addElement(P(text=WORDS))
    return _saved(made, "write")


def pptx():
    made = pytest.importorskip("pptx", reason="needs kg[pptx]").Presentation()
    made.slides.add_slide(made.slide_layouts[1]).placeholders[1].text = WORDS
    return _saved(made)


def epub():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("a.opf", PACKAGE)
        archive.writestr("a.xhtml", f"<html><body><p>{WORDS}</p></body></html>")
    return stream.getvalue()


def rtf():
    pytest.importorskip("striprtf", reason="needs kg[rtf]")
    return rf"{{\rtf1\ansi {WORDS}\par}}"


def mail():
    return f"From: a@tarn.example\nDate: Fri, 03 May 2019 10:00:00 +0200\nSubject: A walk\n\n{WORDS}\n"


def mbox():
    return f"From a@tarn.example Fri May 03 10:00:00 2019\n{mail()}\n"


def feed():
    pytest.importorskip("feedparser", reason="needs kg[feed]")
    return (
        f'<rss version="2.0"><channel><item><title>A walk</title><description>{WORDS}</description>'
        "</item></channel></rss>"
    )


def warc():
    pytest.importorskip("warcio", reason="needs kg[warc]")
    return (
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Date: 2019-05-03T10:00:00Z\r\nWARC-Target-URI: https://tarn.example/\r\n"
        f"Content-Type: text/plain\r\n"
        f"Content-Length: {len(WORDS)}\r\n\r\n{WORDS}\r\n\r\n"
    )


def xlsx():
    made = pytest.importorskip("openpyxl", reason="needs kg[xlsx]").Workbook()
    for row in (("text", "title"), (WORDS, "A walk")):
        made.active.append(row)
    return _saved(made)


def parquet():
    pyarrow = pytest.importorskip("pyarrow", reason="needs kg[parquet]")
    from pyarrow import parquet as tables

    stream = io.BytesIO()
    tables.write_table(pyarrow.table({"text": [WORDS]}), stream)
    return stream.getvalue()


MAKERS = {
    ".pdf": pdf,
    ".docx": docx,
    ".odt": odt,
    ".pptx": pptx,
    ".epub": epub,
    ".rtf": rtf,
    ".eml": mail,
    ".mbox": mbox,
    ".rss": feed,
    ".atom": feed,
    ".warc": warc,
    ".xlsx": xlsx,
    ".parquet": parquet,
}
