"""Pages, tables, lines of JSON and archives: what comes out of each, and what is said of broken ones."""

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pytest

from kg import read
from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning
from kg.read import streams

PAGE = """<!doctype html><html lang="en"><head><title>Mill in Tarn burns - The Herald</title>
<meta name="author" content="Ada Moreau"><link rel="canonical" href="https://herald.example/mill">
<meta property="article:published_time" content="2023-02-09T08:00:00Z">
<script>var text = "<p>Nothing";</script></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Mill in Tarn burns</h1>
<p>Mayor <a href="/ek">Bo Ek</a> opened the <b>mill</b> in Tarn on Monday, two years after the flood.</p>
<ul><li>It had cost five million crowns.</li></ul>
<h2>What comes next</h2><p>Carl Ros founded Vik Ltd in the town in 2001, and it still owns the mill.</p>
</article><aside>Read also: Ten hats</aside><footer>Imprint. All rights reserved.</footer></body></html>"""
ROWS = [
    {
        "guid": n,
        "headline": f"Part {n}",
        "body": f"Bo Ek bought mill {n} in Tarn.",
        "pubDate": f"2023-02-0{n}",
    }
    for n in (1, 2, 3)
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def put(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def all_of(path, **settings):
    """Give the documents of a path, and what was said of the others."""
    said = []
    found = list(read.documents([path], config=ReadConfig(**settings), on_skip=lambda e: said.append(str(e))))
    return found, said


def zipped(members, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(members, mode="w"):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return data.getvalue()


class TestPages:
    def test_main_text_and_what_the_page_says_of_itself(self, tmp_path):
        ((page,), said) = all_of(put(tmp_path, "a.html", PAGE))
        assert not said
        assert page.title == "Mill in Tarn burns"
        assert page.published == dt.date(2023, 2, 9)
        assert page.uri == "https://herald.example/mill"
        assert page.meta["author"] == "Ada Moreau"
        assert page.lang == "en"
        parts = [(b.kind, page.text[b.start : b.end]) for b in page.blocks]
        assert ("item", "It had cost five million crowns.") in parts
        assert ("heading", "What comes next") in parts
        for beside in ("Home", "Ten hats", "Imprint", "Nothing"):
            assert beside not in page.text

    def test_a_short_page_is_read_as_it_stands(self, tmp_path):
        assert all_of(put(tmp_path, "a.htm", "<p>Rain fell on Tarn."))[0][0].text == "Rain fell on Tarn."

    def test_a_page_in_another_encoding(self, tmp_path):
        page = (
            '<html><head><meta charset="iso-8859-1"></head><p>The Café Élysée burned down in Tarn.</p></html>'
        )
        assert "Café Élysée" in all_of(put(tmp_path, "a.html", page.encode("latin-1")))[0][0].text

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "empty"),
            (b"Just words.", "rename it to end in .txt"),
            (b"<html><body><script>x</script></body></html>", "without a text of its own"),
            (
                b'<html lang="de"><p>Der Mann wohnt noch immer in dem alten Haus am Fluss.</p></html>',
                "in German",
            ),
        ],
    )
    def test_a_page_that_is_none_is_named(self, tmp_path, data, says):
        found, said = all_of(put(tmp_path, "a.html", data))
        assert not found
        assert "a.html" in said[0]
        assert says in said[0]

    @pytest.mark.parametrize("page", ["<div>" * 20_000 + "Rain fell.", "<p>" + "<b>x" * 20_000, "<" * 50_000])
    def test_a_page_without_end_is_read_or_named(self, tmp_path, page):
        found, said = all_of(put(tmp_path, "a.html", page))
        assert len(found) + len(said) == 1


class TestRows:
    def test_lines_of_json(self, tmp_path):
        found, said = all_of(put(tmp_path, "posts.jsonl", LINES))
        assert not said
        assert [d.source for d in found] == [f"posts.jsonl#row={n}" for n in (1, 2, 3)]
        first = found[0]
        assert (first.title, first.published, first.meta["id"]) == ("Part 1", dt.date(2023, 2, 1), "1")
        assert str(first.place(5)) == "row 1"

    def test_a_bad_line_is_named_and_the_others_come_through(self, tmp_path):
        lines = LINES.splitlines()
        data = "\n".join([lines[0], '{"body": ', "[1]", '{"headline": "x"}', lines[1], '{"body": "Cut'])
        found, said = all_of(put(tmp_path, "posts.jsonl", data))
        assert [d.source for d in found] == ["posts.jsonl#row=1", "posts.jsonl#row=5"]
        assert [s.partition("posts.jsonl#")[2].partition(":")[0] for s in said] == [
            "row=2", "row=3", "row=4", "row=6",
        ]  # fmt: skip
        assert "cut off" in said[-1]

    def test_many_faults_of_a_kind_are_counted(self, tmp_path):
        _, said = all_of(put(tmp_path, "posts.jsonl", LINES + "x\n" * 100))
        assert len(said) == 6
        assert "95 more rows: a line that is not JSON" in said[-1]

    @pytest.mark.parametrize(
        "shape",
        [
            lambda rows: rows,
            lambda rows: {"status": "ok", "tags": ["x"], "articles": rows},
            lambda rows: {"response": {"page": 1, "results": rows}, "links": [{"next": "2"}]},
        ],
    )
    def test_an_array_of_json(self, tmp_path, shape):
        found, said = all_of(put(tmp_path, "posts.json", json.dumps(shape(ROWS), indent=1)))
        assert not said
        assert [d.source for d in found] == [f"posts.json#row={n}" for n in (1, 2, 3)]
        assert (found[1].title, found[1].text) == ("Part 2", "Bo Ek bought mill 2 in Tarn.")
        assert str(found[2].place(5)) == "row 3"

    def test_one_object_of_json_is_one_document(self, tmp_path):
        one = {**ROWS[0], "authors": [{"name": "Ada Moreau"}, {"name": "Jon Hale"}]}
        (found,), said = all_of(put(tmp_path, "post.json", json.dumps(one)))
        assert (said, found.title, found.meta["author"]) == ([], "Part 1", "Ada Moreau, Jon Hale")

    def test_an_array_of_texts(self, tmp_path):
        found, _ = all_of(put(tmp_path, "posts.json", json.dumps([row["body"] for row in ROWS])))
        assert [d.text for d in found] == [row["body"] for row in ROWS]

    def test_lines_of_json_under_the_other_name(self, tmp_path):
        found, said = all_of(put(tmp_path, "posts.json", LINES))
        assert (len(found), said) == (3, [])

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ("", "the file is empty"),
            ("[]", "no rows in it"),
            ("[" * 100_000, "nested too deep"),
            ('[{"body": "Rain fell in Ulm."}, {"bo', "a truncated JSON file"),
            ('[{"body": "Rain fell in Ulm."}', "a truncated JSON file"),
            ("{'body': 'Rain'}", "no JSON: Expecting property name"),
            ('{"version": 2, "private": true}', "no column holds a text (there are: version, private)"),
        ],
    )
    def test_what_is_no_json_is_named(self, tmp_path, data, says):
        found, said = all_of(put(tmp_path, "posts.json", data))
        assert found == []
        assert says in said[0]

    def test_what_is_no_object_in_an_array_is_named_and_the_others_come_through(self, tmp_path):
        found, said = all_of(put(tmp_path, "posts.json", json.dumps([ROWS[0], 7, {"guid": 1}, ROWS[1]])))
        assert [d.source for d in found] == ["posts.json#row=1", "posts.json#row=4"]
        assert [s.rpartition("#")[2] for s in said] == [
            "row=2: no JSON object", "row=3: no text in column 'body'",
        ]  # fmt: skip

    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_a_table(self, tmp_path, mark):
        rows = [
            ["Day", "Story"],
            ["3 May 2021", f'"Bo Ek{mark} of Tarn{mark} left.\nHe came back."'],
            ["", ""],
        ]
        data = "\n".join(mark.join(row) for row in rows)
        ((one,), said) = all_of(put(tmp_path, "a.tsv" if mark == "\t" else "a.csv", data))
        assert not said
        assert one.text == f"Bo Ek{mark} of Tarn{mark} left.\nHe came back."
        assert one.published == dt.date(2021, 5, 3)

    def test_a_column_of_prose_is_found_without_its_name(self, tmp_path):
        data = "k,notes\n1,Bo Ek moved to Tarn and works there.\n2,Carl Ros founded Vik Ltd in Tarn.\n"
        assert len(all_of(put(tmp_path, "a.csv", data))[0]) == 2

    def test_columns_can_be_named(self, tmp_path):
        data = "text,wire\nx,Bo Ek moved to Tarn.\n"
        ((one,), _) = all_of(put(tmp_path, "a.csv", data), columns=("text=wire",))
        assert one.text == "Bo Ek moved to Tarn."
        _, said = all_of(tmp_path / "a.csv", columns=("text=wier",))
        assert "no column 'wier'; did you mean 'wire'?" in said[0]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_encodings_of_tables(self, tmp_path, encoding):
        text = "text\nThe Café Élysée in Tarn burned down.\n"
        path = put(tmp_path, "a.csv", text.encode(encoding))
        if encoding == "cp1252":
            with pytest.warns(ReadWarning, match="not UTF-8"):
                ((one,), _) = all_of(path)
        else:
            ((one,), _) = all_of(path)
        assert one.text == "The Café Élysée in Tarn burned down."

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("a.csv", b"", "empty"),
            ("a.csv", b"name,city\nHolt,Bergen\n", "no column holds a text"),
            ("a.csv", b"text\n", "no rows"),
            ("a.jsonl", b"\n\n", "no rows"),
            ("a.jsonl", b"%PDF-1.7 x", "a PDF file"),
            ("a.csv", b"\x00\x01\x02" * 99, "binary"),
        ],
    )
    def test_what_is_no_table_is_named(self, tmp_path, name, data, says):
        found, said = all_of(put(tmp_path, name, data))
        assert not found
        assert says in said[0]

    def test_rows_of_another_language_are_left_out(self, tmp_path):
        row = {"text": "Der Mann wohnt noch immer in dem alten Haus am Fluss.", "lang": "de"}
        found, said = all_of(put(tmp_path, "a.jsonl", LINES.replace("body", "text") + json.dumps(row)))
        assert len(found) == 3
        assert "#row=4: in German" in said[0]


MEMBERS = {"a.html": PAGE, "sub/posts.jsonl": LINES, "c.md": "**Bo Ek** left Tarn."}
NAMES = {"a.html", "c.md", *(f"sub/posts.jsonl#row={n}" for n in (1, 2, 3))}


class TestArchives:
    @pytest.mark.parametrize(
        ("name", "pack"),
        [
            ("r.zip", zipped),
            ("r.tar", tarred),
            ("r.tar.gz", lambda m: tarred(m, "w:gz")),
            ("r.tgz", lambda m: tarred(m, "w:gz")),
            ("r.tar.bz2", lambda m: tarred(m, "w:bz2")),
            ("r.tar.xz", lambda m: tarred(m, "w:xz")),
        ],
    )
    def test_documents_are_named_by_archive_and_member(self, tmp_path, name, pack):
        found, said = all_of(put(tmp_path, name, pack(MEMBERS)))
        assert not said
        assert {d.source for d in found} == {f"{name}#{member}" for member in NAMES}

    @pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
    def test_a_packed_file_keeps_its_name(self, tmp_path, pack):
        suffix = {gzip: "gz", bz2: "bz2", lzma: "xz"}[__import__("sys").modules[pack.__module__]]
        found, _ = all_of(put(tmp_path, f"posts.jsonl.{suffix}", pack(LINES.encode())))
        assert [d.source for d in found] == [f"posts.jsonl.{suffix}#row={n}" for n in (1, 2, 3)]
        ((one,), _) = all_of(put(tmp_path, f"note.{suffix}", pack(b"Bo Ek left Tarn.")))
        assert (one.source, one.text) == (f"note.{suffix}", "Bo Ek left Tarn.")

    def test_archives_in_archives_are_read_so_deep(self, tmp_path):
        data = zipped({"a.txt": "Bo Ek left Tarn."})
        for _ in range(2):
            data = zipped({"in.zip": data})
        ((one,), _) = all_of(put(tmp_path, "r.zip", data))
        assert one.source == "r.zip#in.zip#in.zip#a.txt"
        for _ in range(3):
            data = zipped({"in.zip": data})
        found, said = all_of(put(tmp_path, "r.zip", data))
        assert not found
        assert "too deep" in said[0]

    def test_what_nobody_reads_is_named_once(self, tmp_path):
        data = zipped({"a.txt": "Bo Ek left Tarn.", "b.png": "x", "__MACOSX/a.txt": "x", ".b.txt": "x"})
        with pytest.warns(ReadWarning, match=r"1 file left out that is not read \(1 \.png\): b\.png"):
            found, said = all_of(put(tmp_path, "r.zip", data))
        assert (len(found), said) == (1, [])

    @pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt"])
    @pytest.mark.parametrize("pack", [zipped, tarred])
    def test_a_name_that_leads_out_is_left_out(self, tmp_path, name, pack):
        members = {name: "Bo Ek left Tarn.", "b.txt": "Carl Ros left Tarn."}
        found, said = all_of(put(tmp_path, "r.zip" if pack is zipped else "r.tar", pack(members)))
        assert [d.text for d in found] == ["Carl Ros left Tarn."]
        assert "its name leads out of the archive" in said[0]

    def test_a_bomb_is_named_and_its_neighbours_come_through(self, tmp_path, monkeypatch):
        monkeypatch.setattr(streams, "MEMBER_AT_LEAST", 2**18)
        members = {"a.txt": "Bo Ek left Tarn.", "bomb.txt": "0" * 2**21, "c.txt": "Carl Ros left Tarn."}
        found, said = all_of(put(tmp_path, "r.zip", zipped(members)))
        assert [d.source for d in found] == ["r.zip#a.txt", "r.zip#c.txt"]
        assert len(said) == 1
        assert "r.zip#bomb.txt: unpacks to more than 200 times its size; unpack it yourself" in said[0]

    @pytest.mark.parametrize("name", ["r.zip", "r.tar.gz", "r.txt.gz"])
    def test_a_bomb_of_bombs_ends(self, tmp_path, monkeypatch, name):
        monkeypatch.setattr(streams, "GROWS_AT_LEAST", 2**20)
        texts = {f"{n}.txt": "0" * 2**20 for n in range(9)}
        data = gzip.compress(b"0" * 2**24, mtime=0)
        if name == "r.zip":
            data = zipped({f"{n}.zip": zipped(texts) for n in range(9)})
        elif name == "r.tar.gz":
            data = tarred(texts, "w:gz")
        _, said = all_of(put(tmp_path, name, data))
        assert "unpacks to more than 200 times its size" in said[-1]

    def test_too_many_members(self, tmp_path, monkeypatch):
        monkeypatch.setattr(streams, "MOST_MEMBERS", 3)
        monkeypatch.setattr(streams.Budget, "of", classmethod(lambda cls, s, where: cls(where, 10**9, 3)))
        found, said = all_of(put(tmp_path, "r.zip", zipped({f"{n}.txt": f"Ek left {n}." for n in range(9)})))
        assert len(found) == 3
        assert "holds more than 3 files" in said[0]

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("r.zip", b"", "empty"),
            ("r.gz", b"", "empty"),
            ("r.tar", b"", "empty"),
            ("r.zip", b"Bo Ek left Tarn.", "plain text, not a .zip file as its name says"),
            ("r.gz", b"Bo Ek left Tarn.", "plain text, not a .gz file as its name says"),
            ("r.tar", b"Bo Ek left Tarn.", "plain text, not a tar archive"),
            ("r.zip", tarred(MEMBERS), "a tar archive, not a .zip file as its name says; rename it to .tar"),
            ("r.zip", zipped(MEMBERS)[:300], "damaged, or cut off"),
            ("r.tar.gz", tarred(MEMBERS, "w:gz")[:200], "damaged, or cut off"),
            ("r.txt.gz", gzip.compress(b"Bo Ek left Tarn. " * 99, mtime=0)[:-12], "damaged, or cut off"),
            ("r.txt.xz", lzma.compress(b"Bo Ek left Tarn. " * 99)[:-12], "damaged, or cut off"),
            ("r.zip", zipped({}), "nothing in it"),
            ("r.txt", zipped({"a.txt": "x"}), "rename it to end in .zip"),
        ],
    )
    def test_what_is_broken_is_named_with_a_remedy(self, tmp_path, name, data, says):
        found, said = all_of(put(tmp_path, name, data))
        assert not found
        assert name in said[0]
        assert says in said[0]

    def test_an_encrypted_member_is_named(self, tmp_path):
        data = bytearray(zipped({"a.txt": "Bo Ek left Tarn."}))
        for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(sign) + at] |= 1
        _, said = all_of(put(tmp_path, "r.zip", bytes(data)))
        assert "r.zip#a.txt: encrypted; unpack it with its password first" in said[0]

    def test_links_and_devices_of_a_tar_are_passed_over(self, tmp_path):
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w") as archive:
            for name, kind in (
                ("a.txt", tarfile.SYMTYPE),
                ("b.txt", tarfile.CHRTYPE),
                ("c.txt", tarfile.LNKTYPE),
            ):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, "/etc/passwd"
                archive.addfile(info)
        found, said = all_of(put(tmp_path, "r.tar", data.getvalue()))
        assert not found
        assert "no documents in it" in said[0]


def test_too_large_a_file_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "LARGEST", 2**20)
    found, said = all_of(put(tmp_path, "a.txt", b"Rain fell. " * 2**17))
    assert not found
    assert "larger than 1 MiB; split it into smaller files" in said[0]


def test_reading_one_document_of_a_file_of_several_gives_the_first(tmp_path):
    path = put(tmp_path, "posts.jsonl", LINES)
    assert read.read(read.find([path])[0]).source == "posts.jsonl#row=1"
    with pytest.raises(ReadError, match="no rows"):
        read.read(read.find([put(tmp_path, "b.jsonl", "\n")])[0])
