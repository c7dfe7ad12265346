"""Reading: which files are found, how they are decoded, what stands in header and blocks."""

import codecs
import datetime as dt
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import read
from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning


def parts(document):
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def read_text(text, **options):
    return read.document_from_text(text, **options)


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


DASHED = (
    "Vero – Spain's largest maker of household fans – has bought Aire for 3 million.",
    "The Plan – A short history of the town that was lost to the sea.",
    "Prices – they rose in May by 3 per cent in all of the towns.",
)


class TestHeader:
    def test_date_before_the_text_on_the_same_line(self):
        document = read_text(" date 2024-03-28 The river rose.\n\nIt fell again.")
        assert document.published.isoformat() == "2024-03-28"
        assert document.meta == {"date": "2024-03-28"}
        assert parts(document) == [
            ("header", "date 2024-03-28"),
            ("paragraph", "The river rose."),
            ("paragraph", "It fell again."),
        ]

    def test_a_sentence_about_a_date_is_text(self):
        assert parts(read_text("Date 2024-03-28 was a Thursday.")) == [
            ("paragraph", "Date 2024-03-28 was a Thursday.")
        ]

    def test_key_value_lines(self):
        document = read_text(
            "Title: Floods in Ghent\nDate: 5 May 2021\nURL: https://news.example/1\nLang: EN\n\n"
            "The river rose.\n"
        )
        assert document.title == "Floods in Ghent"
        assert document.published.isoformat() == "2021-05-05"
        assert document.uri == "https://news.example/1"
        assert document.lang == "en"
        assert parts(document) == [
            ("header", "Title:"),
            ("title", "Floods in Ghent"),
            ("header", "Date: 5 May 2021\nURL: https://news.example/1\nLang: EN"),
            ("paragraph", "The river rose."),
        ]

    def test_header_directly_above_the_text(self):
        document = read_text("Date: 2021-05-05\nThe river rose.")
        assert parts(document) == [("header", "Date: 2021-05-05"), ("paragraph", "The river rose.")]

    @pytest.mark.parametrize(
        "text",
        [
            "Anna: Hello.\nBert: Good day.\nAnna: Rain again.",
            "LONDON: The minister resigned.",
            "Note: this is new.",
        ],
    )
    def test_dialogue_and_datelines_are_text(self, text):
        document = read_text(text)
        assert document.meta == {}
        assert [kind for kind, _ in parts(document)] == ["paragraph"]

    @pytest.mark.parametrize(
        ("text", "body", "meta"),
        [
            ("LIMA, 3 May 2024 - Rain fell.", "Rain fell.", {"dateline": "LIMA", "date": "3 May 2024"}),
            ("OSLO (AP) _ Rain fell.", "Rain fell.", {"dateline": "OSLO", "agency": "AP"}),
            (
                "Oslo, Norway (Reuters) — “Rain fell.”",
                "“Rain fell.”",
                {"dateline": "Oslo, Norway", "agency": "Reuters"},
            ),
            ("NEW DELHI -- Rain fell.", "Rain fell.", {"dateline": "NEW DELHI"}),
            (
                "Vila Real – The council met on Monday and chose a mayor.",
                "The council met on Monday and chose a mayor.",
                {"dateline": "Vila Real"},
            ),
        ],
    )
    def test_a_dateline_is_metadata(self, text, body, meta):
        document = read_text("Storm season begins\n\n" + text + "\n\nIt stopped.")
        assert document.meta == meta
        assert ("paragraph", body) in parts(document)

    @pytest.mark.parametrize(
        "text", ["IBM-built machines failed.", "Rain - in May - fell.", "A - B. It fell.", *DASHED]
    )
    def test_a_sentence_with_a_dash_has_no_dateline(self, text):
        assert read_text(text + " It stopped.").meta == {}

    def test_a_dateline_gives_the_day(self):
        assert read_text("LIMA, 3 May 2024 - Rain fell.").published == dt.date(2024, 5, 3)

    def test_yaml_front_matter(self):
        document = read_text(
            '---\ntitle: "Floods in Ghent"\ndate: 2021-05-05\ntags: [water, city]\nnested: {a: 1}\n---\n\n'
            "Text here.",
            markdown=True,
        )
        assert document.title == "Floods in Ghent"
        assert document.published.isoformat() == "2021-05-05"
        assert document.meta["tags"] == "water, city"
        assert ("title", "Floods in Ghent") in parts(document)
        assert parts(document)[-1] == ("paragraph", "Text here.")

    @pytest.mark.parametrize(
        "matter",
        [
            "a: [" * 3000,
            "title: 'x\ndate: 2021-05-05",
            "d: 2024-99-99",
            "? [a]\n: b",
            "- 1\n- 2",
            "&a [*a, *a]",
        ],
    )
    def test_odd_front_matter_is_survived(self, matter):
        document = read_text(f"---\n{matter}\n---\nThe river rose.")
        assert document.text[document.blocks[-1].start : document.blocks[-1].end].endswith("The river rose.")

    def test_title_line_above_a_date_line(self):
        document = read_text("Floods in Ghent\nMarch 28, 2024\n\nThe river rose.")
        assert document.title == "Floods in Ghent"
        assert document.published.isoformat() == "2024-03-28"
        assert [kind for kind, _ in parts(document)] == ["title", "header", "paragraph"]

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2024-03-28", "2024-03-28"),
            ("2024-03-28T10:15:00Z", "2024-03-28"),
            ("2024/3/8", "2024-03-08"),
            ("20240328", "2024-03-28"),
            ("Thu, 28 Mar 2024 10:15:00 GMT", "2024-03-28"),
            ("March 28th, 2024", "2024-03-28"),
            ("28.03.2024", "2024-03-28"),
            ("Sept. 1, 2024", "2024-09-01"),
            ("03/04/2024", None),
            ("2024-13-45", None),
            ("2024", None),
            ("May", None),
        ],
    )
    def test_dates(self, text, day):
        found = read.header.parse_date(text)
        assert (found.isoformat() if found else None) == day


class TestBlocks:
    def test_wrapped_lines_are_one_paragraph(self):
        text = (
            "The river rose through the night and\r\nflooded the cellars of the town,\r\nwhich stood empty."
        )
        assert parts(read_text(text)) == [("paragraph", text)]

    def test_a_paragraph_a_line(self):
        long = (
            "The river rose through the night and flooded the cellars of the old town, which stood empty. "
            * 2
        )
        assert [kind for kind, _ in parts(read_text(f"{long}\n{long}\n{long}"))] == ["paragraph"] * 3

    def test_title_and_headings_between_blank_lines(self):
        document = read_text("Floods in Ghent\n\nThe river rose.\n\nWhat the mayor says\n\nHe waits.\n")
        assert document.title == "Floods in Ghent"
        assert [kind for kind, _ in parts(document)] == ["title", "paragraph", "heading", "paragraph"]

    def test_heading_directly_above_its_paragraph(self):
        body = "The river rose through the night and flooded the cellars of the old town, which stood empty."
        assert parts(read_text(f"It rained.\n\nFears and Hopes of the Town\n{body}"))[1:] == [
            ("heading", "Fears and Hopes of the Town"),
            ("paragraph", body),
        ]

    def test_a_lone_line_without_a_stop_is_a_paragraph(self):
        assert parts(read_text("The river rose")) == [("paragraph", "The river rose")]

    def test_lists_quotes_and_captions(self):
        document = read_text(
            "Seen:\n- a boat\n- a house\n  with a roof\n1. first\n\n> He waits.\n\nFigure 2: The bridge\n"
        )
        assert parts(document) == [
            ("paragraph", "Seen:"),
            ("item", "a boat"),
            ("item", "a house\n  with a roof"),
            ("item", "first"),
            ("quote", "He waits."),
            ("caption", "The bridge"),
        ]

    def test_markdown(self):
        document = read_text(
            "# Floods #\n\nThe river rose.\n\nAfter\n-----\n\n```py\nx = 1\n```\n\n"
            "![The bridge](b.png)\n\n<!-- not\nread -->\n| a | b |\n|---|---|\n\n***\nEnd.",
            markdown=True,
        )
        assert document.title == "Floods"
        assert parts(document) == [
            ("title", "Floods"),
            ("paragraph", "The river rose."),
            ("heading", "After"),
            ("caption", "The bridge"),
            ("cell", "a"),
            ("cell", "b"),
            ("paragraph", "End."),
        ]

    def test_an_open_fence_swallows_no_earlier_text(self):
        assert parts(read_text("The river rose.\n\n```\ncode", markdown=True)) == [
            ("paragraph", "The river rose.")
        ]

    @given(
        st.text(alphabet=st.sampled_from("aB. \n\r\t-#>:|*`1!\u2028\x00é") | st.characters(), max_size=300),
        st.booleans(),
    )
    def test_blocks_are_in_order_trimmed_and_lose_no_letter_of_plain_text(self, text, markdown):
        document = read_text(text, markdown=markdown)
        last = 0
        for block in document.blocks:
            words = document.text[block.start : block.end]
            assert last <= block.start < block.end <= len(document.text)
            assert words == words.strip()
            last = block.end

    @given(
        st.lists(
            st.sampled_from(["Rain fell on Ghent.", "The old town", "a b c", "It rose. It fell."]), min_size=1
        )
    )
    def test_every_word_of_plain_text_is_in_a_block(self, lines):
        document = read_text("\n\n".join(lines))
        assert " ".join(words for _, words in parts(document)).split() == " ".join(lines).split()

    @pytest.mark.parametrize(
        "text",
        ["x" * 1_000_000, "word " * 200_000, " \n" * 100_000, "- " * 200_000, "#" * 300_000,
         "Key: v\n" * 50_000, "---\n" * 50_000, "(" * 200_000, "a\u0301" * 100_000],
        ids=lambda t: repr(t[:4]),
    )  # fmt: skip
    def test_hostile_texts_take_linear_time(self, text):
        assert read_text(text).text == text
        assert len(read_text(text, markdown=True).text) <= len(text)


class TestText:
    def test_id_is_of_the_content(self, tmp_path):
        a, b = put(tmp_path, "a.txt", "Rain fell."), put(tmp_path, "x/b.md", "Rain fell.")
        ids = {d.id for d in read.documents([a, b])}
        assert ids == {read.document_id("Rain fell.")}

    def test_lone_surrogates_become_replacement_characters_in_place(self):
        document = read_text("a\ud800b \udfff.")
        assert document.text == "a\ufffdb \ufffd."

    def test_line_ends_are_kept(self, tmp_path):
        (document,) = read.documents([put(tmp_path, "a.txt", b"One.\r\n\r\nTwo.\r\rThree.")])
        assert document.text == "One.\r\n\r\nTwo.\r\rThree."
        assert [words for _, words in parts(document)] == ["One.", "Two.", "Three."]

    def test_without_structure_all_is_one_paragraph(self):
        assert parts(read_text("Title: x\n\n- y", structure=False)) == [("paragraph", "Title: x\n\n- y")]

    def test_lines(self):
        documents = list(read.lines("One.\r\n\n Two. \n", source="s"))
        assert [(d.text, d.source) for d in documents] == [("One.", "s:1"), (" Two. ", "s:3")]


class TestDecode:
    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            (codecs.BOM_UTF8 + "Café.".encode(), None),
            (codecs.BOM_UTF16_LE + "Café.".encode("utf-16-le"), "utf-16-le"),
            (codecs.BOM_UTF16_BE + "Café.".encode("utf-16-be"), "utf-16-be"),
            (codecs.BOM_UTF32_LE + "Café.".encode("utf-32-le"), "utf-32-le"),
            ("charset: iso-8859-15\n\nCafé €.".encode("iso-8859-15"), "iso8859-15"),
            ("Café in the old town.".encode("utf-16-le"), "utf-16-le"),
            ("Café in the old town.".encode("utf-16-be"), "utf-16-be"),
            ("Café in the old town.".encode("utf-32-le"), "utf-32-le"),
            ("Café in the old town.".encode("utf-32-be"), "utf-32-be"),
        ],
    )
    def test_marks_and_declarations(self, tmp_path, data, encoding):
        (document,) = read.documents([put(tmp_path, "a.txt", data)])
        assert "Café" in document.text
        assert not document.text.startswith("\ufeff")
        assert document.meta.get("encoding") == encoding

    @pytest.mark.parametrize(
        "codec",
        [
            "zlib",
            "bz2",
            "rot13",
            "hex",
            "base64",
            "uu",
            "quopri",
            "idna",
            "undefined",
            "unicode_escape",
            "no",
        ],
    )
    def test_a_codec_that_is_no_encoding_is_passed_over(self, tmp_path, codec):
        path = put(
            tmp_path,
            "a.txt",
            f"charset: {codec}\n\n".encode() + "Café Élysée in the old town.".encode("cp1252"),
        )
        with pytest.warns(ReadWarning, match=r"a\.txt: not UTF-8; read as cp1252.*; save it as UTF-8"):
            (document,) = read.documents([path])
        assert "Café Élysée" in document.text

    def test_configured_fallback(self, tmp_path):
        path = put(tmp_path, "a.txt", "Žižka rode.".encode("cp1250"))
        (document,) = read.documents([path], config=ReadConfig(encoding="cp1250"))
        assert document.text == "Žižka rode."

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            (
                "“Café Élysée” – the naïve façade of 1990’s Málaga drew "
                "visitors from all over the continent, summer after summer, and still does.",
                "cp1252",
            ),
            ("Президент России заявил, что переговоры будут продолжены в Москве. " * 5, "cp1251"),
        ],
    )
    def test_detected_encoding_warns_with_the_file(self, tmp_path, text, encoding):
        path = put(tmp_path, "a.txt", text.encode(encoding))
        with pytest.warns(ReadWarning, match=r"a\.txt: not UTF-8; read as "):
            found, _ = read.decode(path.read_bytes(), str(path))
        assert found == text

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"%PDF-1.7 text", "PDF"),
            (b"PK\x03\x04word", "zip"),
            (bytes(range(256)) * 20, "binary"),
            (b"\x00" * 100, "binary"),
            (b"", "empty"),
            (b" \n\t", "empty"),
            (codecs.BOM_UTF8, "empty"),
        ],
    )
    def test_what_is_no_text_is_named_and_left_out(self, tmp_path, data, reason):
        skipped = []
        bad, good = put(tmp_path, "bad.txt", data), put(tmp_path, "good.txt", "Rain fell.")
        documents = list(read.documents([bad, good], on_skip=skipped.append))
        assert [d.source for d in documents] == ["good.txt"]
        assert reason in str(skipped[0])
        assert "bad.txt" in str(skipped[0])
        with pytest.raises(ReadError, match=reason):
            list(read.documents([bad]))

    def test_a_text_with_a_stray_nul_is_text(self, tmp_path):
        (document,) = read.documents([put(tmp_path, "a.txt", b"Rain\x00 fell." + b" And fell." * 50)])
        assert document.text.startswith("Rain\x00 fell.")


class TestSources:
    @pytest.fixture
    def corpus(self, tmp_path):
        for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", ".git/d.txt"):
            put(tmp_path, name, f"Text of {name}.")
        return tmp_path

    def test_folder(self, corpus):
        assert [s.name for s in read.find(corpus)] == ["a.md", "b.txt", "sub/c.txt"]

    def test_names_do_not_depend_on_where_the_folder_is(self, corpus, monkeypatch):
        monkeypatch.chdir(corpus.parent)
        assert [s.name for s in read.find(f"{corpus.name}/")] == [s.name for s in read.find(corpus)]

    def test_glob(self, corpus):
        assert [s.name for s in read.find(f"{corpus}/**/*.txt")] == ["b.txt", "sub/c.txt"]

    def test_order_of_arguments_does_not_matter_and_no_file_comes_twice(self, corpus):
        names = [corpus / "b.txt", corpus, corpus / "sub" / "c.txt"]
        assert read.find(names) == read.find(names[::-1])
        assert len(read.find(names)) == 3

    def test_a_file_named_outright_may_have_any_suffix(self, corpus):
        put(corpus, "e.rst", "Rain fell.")
        assert [s.name for s in read.find(corpus / "e.rst")] == ["e.rst"]

    def test_a_file_whose_name_is_a_pattern(self, corpus):
        path = put(corpus, "x[1].txt", "Rain.")
        assert [s.path for s in read.find(path)] == [str(path)]

    def test_standard_input(self, monkeypatch):
        import io

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Rain fell.")))
        (document,) = read.documents(["-"])
        assert (document.source, document.text) == ("stdin", "Rain fell.")

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("gone.txt", "no such file"),
            ("*.foo", "no file matches"),
            ("https://x.example/a", "web"),
            ("a\0b", "NUL"),
            ("/dev/zero", "not a regular file"),
        ],
    )
    def test_what_cannot_be_found(self, name, reason, corpus, monkeypatch):
        monkeypatch.chdir(corpus)
        skipped = []
        documents = list(read.documents([name, "b.txt"], on_skip=skipped.append))
        assert [d.source for d in documents] == ["b.txt"]
        assert reason in str(skipped[0])

    def test_empty_folder(self, tmp_path):
        with pytest.raises(ReadError, match="no documents in this folder"):
            read.find(tmp_path)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_no_permission(self, tmp_path):
        path = put(tmp_path, "a.txt", "Rain.")
        path.chmod(0)
        with pytest.raises(ReadError, match="no permission"):
            list(read.documents(path))

    def test_a_dangling_link_and_a_loop(self, tmp_path):
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
        (tmp_path / "self").symlink_to(tmp_path)
        put(tmp_path, "a.txt", "Rain.")
        skipped = []
        assert [d.source for d in read.documents(tmp_path, on_skip=skipped.append)] == ["a.txt"]
        assert len(skipped) == 1

    def test_files_that_nobody_reads_are_named_once(self, corpus):
        for name in ("a.xyz", "b.xyz", "sub/c.rst", "noext", "kg.toml"):
            put(corpus, name, "x")
        with pytest.warns(ReadWarning) as said:
            found = read.find(corpus)
        assert [s.name for s in found] == ["a.md", "b.txt", "sub/c.txt"]
        (warning,) = said
        assert "4 files left out that are not read (2 .xyz, 1 .rst, 1 without suffix)" in str(warning.message)
        assert "a.xyz, b.xyz, noext, sub/c.rst" in str(warning.message)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_named_pipe_is_left_out(self, corpus):
        os.mkfifo(corpus / "pipe.txt")
        skipped = []
        assert len(list(read.documents(corpus, on_skip=skipped.append))) == 3
        assert "a named pipe, not a regular file" in str(skipped[0])

    def test_what_a_shell_passes_is_read(self):
        out, into = os.pipe()
        os.write(into, b"Rain fell.")
        os.close(into)
        try:
            (document,) = read.documents(f"/dev/fd/{out}")
        finally:
            os.close(out)
        assert document.text == "Rain fell."

    def test_a_name_forges_no_line(self, tmp_path):
        path = put(tmp_path, "a\nleft out: b.txt", b"")
        with pytest.raises(ReadError) as error:
            list(read.documents(path))
        assert "a\\nleft out: b.txt: the file is empty" in str(error.value)

    @pytest.mark.parametrize(
        ("name", "content", "kind"),
        [
            ("a.txt", "<!DOCTYPE html>\n<html><p>Rain fell.</p></html>", "a page of HTML"),
            ("a.txt", '{"text": "Rain fell."}\n{"text": "It stopped."}', "data in JSON"),
            ("a.txt", '[{"text": "Rain fell."}]', "data in JSON"),
            ("a.txt", '<?xml version="1.0"?><a>Rain fell.</a>', "XML"),
        ],
    )
    def test_what_is_no_prose_is_named(self, tmp_path, name, content, kind):
        with pytest.raises(ReadError, match=f"{kind}, not prose; (save its text|rename it)"):
            list(read.documents(put(tmp_path, name, content)))


class TestLineEnds:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_are_alike(self, end):
        text = "---\ntitle: Floods\ndate: 2021-05-05\n---\n\nIt rose. It fell\nagain today.\n\nIt stopped.\n"
        document = read_text(text.replace("\n", end))
        assert (document.title, document.published) == ("Floods", dt.date(2021, 5, 5))
        assert [" ".join(words.split()) for kind, words in parts(document) if kind == "paragraph"] == [
            "It rose. It fell again today.",
            "It stopped.",
        ]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_of_a_dated_line_and_of_lines(self, end):
        assert read_text(f"date 2021-05-05{end}Rain fell.").published == dt.date(2021, 5, 5)
        assert [d.text for d in read.lines(f"One.{end}Two.")] == ["One.", "Two."]
