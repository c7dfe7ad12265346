"""Mails, mailboxes, feeds and archives of the web, made here."""

import datetime as dt
import io
import mailbox
from email.message import EmailMessage

import pytest

from kg import read
from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning

pytestmark = pytest.mark.usefixtures("models_once")


def document(data, suffix):
    return read.READERS[suffix].read(data, read.Source(f"file{suffix}", f"/tmp/file{suffix}"), ReadConfig())


def each(data, suffix):
    reader = read.READERS[suffix]
    source = read.Source(f"file{suffix}", f"/tmp/file{suffix}")
    return list(reader.read_each(io.BytesIO(data), source, ReadConfig()))


def said(found):
    return [found.text[b.start : b.end] for b in found.blocks if b.kind == "paragraph"]


def mail(text="Jon Hale bought the mill in Tarn.\n", subject="The mill"):
    made = EmailMessage()
    made["From"] = "Anna Berg <anna@mill.example>"
    made["To"] = "Bo Ek <bo@mill.example>"
    made["Date"] = "Fri, 03 May 2019 10:00:00 +0200"
    made["Subject"] = subject
    if text:
        made.set_content(text)
    return made


def test_mail():
    found = document(bytes(mail()), ".eml")
    assert (found.title, found.published.isoformat()) == ("The mill", "2019-05-03")
    assert found.meta["from"] == "Anna Berg <anna@mill.example>"
    assert said(found) == ["Jon Hale bought the mill in Tarn."]


def test_mail_says_nothing_of_what_it_quotes():
    text = (
        "Jon Hale bought the mill in Tarn.\n\nOn Thu, 2 May 2019, Bo Ek wrote:\n"
        "> Jon Hale sold the mill.\n\n-- \nAnna Berg\nThe Mill Ltd\n"
    )
    found = document(bytes(mail(text)), ".eml")
    assert said(found) == ["Jon Hale bought the mill in Tarn."]
    assert "sold" not in found.text
    assert "Ltd" not in found.text


@pytest.mark.parametrize(
    "earlier",
    [
        "-----Original Message-----\nFrom: Bo Ek\n",
        "From: Bo Ek <bo@mill.example>\nSent: Thursday, 2 May 2019 10:00\nTo: Anna Berg\nSubject: The mill\n",
    ],
)
def test_what_stands_below_a_reply_is_not_its_writers(earlier):
    text = f"Jon Hale bought the mill in Tarn.\n\n{earlier}\nI sold the mill.\n"
    found = document(bytes(mail(text)), ".eml")
    assert said(found) == ["Jon Hale bought the mill in Tarn."]
    assert "sold" not in found.text


def test_a_reply_in_html():
    made = mail("")
    made.set_content(
        "<div>Jon Hale bought the mill.</div><blockquote><p>I sold the mill.</p></blockquote>", subtype="html"
    )
    assert said(document(bytes(made), ".eml")) == ["Jon Hale bought the mill."]


def test_mail_in_html_and_its_attachments():
    made = mail("")
    made.set_content("<p>Jon Hale bought <b>the mill</b>.</p><p>It stands in Tarn.</p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="deed.pdf")
    with pytest.warns(ReadWarning, match="not read what is attached: deed.pdf; save it to read it"):
        found = document(bytes(made), ".eml")
    assert said(found) == ["Jon Hale bought the mill.", "It stands in Tarn."]
    assert found.meta["attachments"] == "deed.pdf"


def test_mails_that_cannot_be_read():
    with pytest.raises(ReadError, match="the file is empty"):
        document(b"", ".eml")
    with pytest.raises(ReadError, match=r"plain text, not a mail as its name says; rename it to \.txt"):
        document(b"Rain fell in Ulm.\n", ".eml")
    with pytest.raises(ReadError, match="encrypted; decrypt it in a mail program"):
        document(bytes(mail("-----BEGIN PGP MESSAGE-----\nabc\n")), ".eml")
    # No page was scanned here.
    with pytest.raises(ReadError, match=r"holds no text$"):
        document(bytes(mail("\n")), ".eml")
    odd = b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=nonesuch\n\nRain fell in Ulm.\n"
    assert said(document(odd, ".eml")) == ["Rain fell in Ulm."]


def test_mailbox(tmp_path):
    box = mailbox.mbox(tmp_path / "a.mbox")
    box.add(mail("Jon Hale bought the mill.\nFrom here it is far to Tarn.\n", "One"))
    box.add(mail("\n", "Two"))
    box.add(mail("Bo Ek left for Oslo.\n", "Three"))
    box.close()
    one, two, three = each((tmp_path / "a.mbox").read_bytes(), ".mbox")
    assert (one.source, one.title) == ("file.mbox#message=1", "One")
    assert "From here it is far" in one.text
    assert isinstance(two, ReadError)
    assert str(three.place(0)) == "message 3"
    with pytest.raises(ReadError, match=r"a mail, not a mailbox as its name says; rename it to \.eml"):
        each(bytes(mail()), ".mbox")
    with pytest.raises(ReadError, match="the mailbox is empty"):
        each(b"", ".mbox")


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tarn Courier</title><language>en-gb</language>
<item><title>Mill sold</title>
<link>https://tarn.example/1</link><pubDate>Fri, 03 May 2019 08:00:00 GMT</pubDate>
<dc:creator>Anna Berg</dc:creator><description>In short.</description>
<content:encoded>
<![CDATA[<p>Jon Hale bought the mill.</p><p>It stands in Tarn.</p>]]></content:encoded></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn</title><entry><title>Mill burnt</title>
<link href="https://tarn.example/2"/><updated>2020-01-02T03:04:05Z</updated>
<summary>The mill of Tarn burnt.</summary></entry></feed>"""


def test_feeds():
    pytest.importorskip("feedparser", reason="needs kg[feed]")
    found, empty = each(RSS.encode(), ".rss")
    assert (found.title, found.uri, found.lang) == ("Mill sold", "https://tarn.example/1", "en")
    assert (found.published.isoformat(), found.meta["author"]) == ("2019-05-03", "Anna Berg")
    assert said(found) == ["Jon Hale bought the mill.", "It stands in Tarn."]
    assert (found.source, str(found.place(3))) == ("file.rss#entry=1", "entry 1")
    assert isinstance(empty, ReadError)
    assert "OCR" not in str(empty)
    (found,) = each(ATOM.encode(), ".atom")
    assert (found.title, found.published.isoformat()) == ("Mill burnt", "2020-01-02")


def test_feeds_that_cannot_be_read():
    pytest.importorskip("feedparser", reason="needs kg[feed]")
    with pytest.raises(ReadError, match="the file is empty"):
        each(b"", ".rss")
    with pytest.raises(ReadError, match=r"plain text, not a feed as its name says"):
        each(b"Rain fell in Ulm.", ".rss")
    with pytest.raises(ReadError, match="declares entities of its own"):
        each(b'<!DOCTYPE x [<!ENTITY a "b">]>' + ATOM.encode(), ".atom")
    with pytest.raises(ReadError, match="the feed has no entries"):
        each(b'<rss version="2.0"><channel><title>Tarn</title></channel></rss>', ".rss")
    with pytest.warns(ReadWarning, match="truncated: its end is missing"):
        assert each(RSS[:-80].encode(), ".rss")[0].title == "Mill sold"


def crawl(*pages, gzip=True):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzip)
    for status, kind, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        address = f"https://tarn.example/{len(body)}"
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return stream.getvalue()


PROSE = (
    "Tarn had no mill for a hundred years. Jon Hale bought the old mill of Tarn in May 2019, and he has lived"
    " beside the canal ever since then."
)
HTML = f"<html><head><title>Mill</title></head><body><article><p>{PROSE}</p></article></body></html>"


# The writer of these files leaves its buffers to be closed by themselves.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("gzip", [True, False])
def test_archives_of_the_web(gzip):
    pytest.importorskip("warcio", reason="needs kg[warc]")
    data = crawl(
        ("200 OK", "text/html; charset=utf-8", HTML.encode()),
        ("404 Not Found", "text/html", b"<p>There is no such page.</p>"),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/plain", b"Bo Ek left for Oslo."),
        gzip=gzip,
    )
    page, text = each(data, ".warc")
    assert said(page) == [PROSE]
    assert page.uri == f"https://tarn.example/{len(HTML)}"
    assert str(page.place(0)) == "entry 1"
    assert (text.source, said(text)) == ("file.warc#entry=4", ["Bo Ek left for Oslo."])
    with pytest.raises(ReadError, match="the file is empty"):
        each(b"", ".warc")
    with pytest.raises(ReadError, match=r"plain text, not a web archive as its name says"):
        each(b"Rain fell in Ulm.\n" * 9, ".warc")
    with pytest.warns(ReadWarning, match="truncated"):
        each(data[:-12], ".warc")


@pytest.mark.parametrize(
    ("suffix", "library", "name", "extra"),
    [(".rss", "feedparser", "feedparser", "feed"), (".warc", "warcio.archiveiterator", "warcio", "warc")],
)
def test_the_missing_library_is_named(monkeypatch, suffix, library, name, extra):
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(ReadError, match=rf"{name} is not installed; pip install 'kg\[{extra}\]'"):
        each(RSS.encode(), suffix)


ROWS = [
    ("Headline", "Body", "Published"),
    ("Mill sold", "Jon Hale bought the mill.", dt.date(2019, 5, 3)),
    ("Mill burnt", "The mill of Tarn burnt.", dt.date(2020, 1, 2)),
]


def workbook(**sheets):
    openpyxl = pytest.importorskip("openpyxl", reason="needs kg[xlsx]")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    made.close()
    return stream.getvalue()


def test_workbooks():
    first, second = each(workbook(News=ROWS), ".xlsx")
    assert (first.title, said(first), first.published.isoformat()) == (
        "Mill sold",
        ["Jon Hale bought the mill."],
        "2019-05-03",
    )
    assert (second.source, str(second.place(0))) == ("file.xlsx#row=3", "row 3")
    found = each(workbook(News=ROWS, Prices=[("Loaf", "Price"), ("rye", 4)]), ".xlsx")
    assert [d.source for d in found[:2]] == ["file.xlsx#sheet=News#row=2", "file.xlsx#sheet=News#row=3"]
    assert "no column holds a text (there are: Loaf, Price)" in str(found[2])


def parquet():
    pyarrow = pytest.importorskip("pyarrow", reason="needs kg[parquet]")
    from pyarrow import parquet

    stream = io.BytesIO()
    columns = {name: [row[i] for row in ROWS[1:]] for i, name in enumerate(ROWS[0])}
    parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


def test_parquet():
    first, second = each(parquet(), ".parquet")
    assert (first.title, first.published.isoformat(), first.source) == (
        "Mill sold",
        "2019-05-03",
        "file.parquet#row=1",
    )
    assert said(second) == ["The mill of Tarn burnt."]


def test_tables_that_cannot_be_read():
    for suffix, data in ((".xlsx", workbook(News=ROWS)), (".parquet", parquet())):
        with pytest.raises(ReadError, match="the file is empty"):
            each(b"", suffix)
        with pytest.raises(ReadError, match=r"plain text, not an? .* as its name says; rename it to \.txt"):
            each(b"Rain fell in Ulm.", suffix)
        with pytest.raises(ReadError, match=r"a truncated .*: its end is missing"):
            each(data[:-60], suffix)
    with pytest.raises(ReadError, match="encrypted"):
        each(b"PARE" + bytes(60), ".parquet")
