"""Markdown and HTML become the words that a reader sees, in blocks.

Markdown goes through a CommonMark parser to HTML, so that what stands in either is treated alike: links and
images give their text, marks of notes and struck words are gone, code is left out, cells stand apart. The
text that comes out is the document's text; its offsets are not those of the file.
"""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.model import Block, BlockKind
from kg.read import margins
from kg.read.blocks import meant, named, special

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# A tag, with its attributes; quoted values may hold ">". The groups are atomic, so that no text is slow.
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?P<rest>(?>[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'|[\"'])*+)>"
)
COMMENT = re.compile(r"<(?=!--)|<[!?][^<>]*>")
ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
CLASS = re.compile(r"""\bclass\s*=\s*["']?([^"'>]*)""", re.I)
# What a .txt file must hold to be taken for HTML: tags that open or close what pages are made of.
KNOWN = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|a|div|span|table|t[rdh]|[uo]l|li|h[1-6]|su[pb]|html|body|head|title|script|style"
    r"|img|blockquote|font|center|hr|section|article|pre|code)(?:\s[^<>]*)?/?>",
    re.I,
)
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,24}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")
PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S
)

# The kind of block that an element makes; the innermost counts. None: nothing of it is read.
KINDS: Final[dict[str, BlockKind | None]] = {
    **{f"h{n}": "heading" for n in range(1, 7)},
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("nav", "footer", "form", "aside", "button", "address"), "aside"),
    "blockquote": "quote",
    **dict.fromkeys(
        ("pre", "script", "style", "head", "select", "textarea", "noscript", "svg", "math", "template"), None
    ),
}
# Elements that begin and end a block without saying of which kind.
PARTS = frozenset(
    "p div section article main header table thead tbody tfoot tr ul ol dl figure hr details summary body"
    " html center".split()
)
# What parts two blocks of such elements in the text; a blank line parts others.
PARTED = {"td": "\t", "th": "\t", **dict.fromkeys(("tr", "tbody", "thead", "tfoot", "li"), "\n")}
STRUCK = frozenset({"s", "del", "strike"})
HIDDEN_END = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style")}
# What is raised after a unit is its power; other raised signs are marks of notes.
POWER = re.compile(r"(?:\d|\b(?:[kcdmµ]?m|ft|mi|in|yd|s))$")
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# Several words, the first of them in small letters: typed on a command line.
COMMAND = re.compile(r"[a-z$./-]\S*\s+\S")
ORDINAL = re.compile(r"(?:st|nd|rd|th|er|e|o|a)", re.I)

WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
# A mark of a note that is a link as well: "Books.[1]" with "[1]: https://…" below, "Books.[[1]](#note)".
LINKED_MARK = re.compile(
    r"(?<=[^\s\[\]])"
    r"(?:\[\d{1,3}\](?:\([^()\s]*\))?(?![(:])|\[(?:\[\d{1,3}\]|\\\[\d{1,3}\\\])\]\([^()\s]*\))+"
)
OPEN_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,100}\]")
TASK = re.compile(r"\[([ xX])\][ \t]+")
# A run of #tags, which is no part of the sentence where it ends one or its line.
TAGS = re.compile(r"(?<!\S)(?:#[A-Za-z][\w/-]*+(?:[ \t]++|(?=[.!?\n])|$))++")
JOINED_NAME = re.compile(r"\b[A-Z][^\W\d_]*[a-z](?:_[A-Z][^\W\d_]*[a-z])+\b")
# The marks of notes that an encyclopedia leaves in what is copied from it.
NOTE_MARK = re.compile(
    r"(?<=[\w.,;:!?\"”’')\]%])\[(?:\d{1,3}(?:[,–-] ?\d{1,3})*|[a-z]|(?:note|nb|n) ?\d{1,3}"
    r"|(?:citation|clarification|page|quote|verification|attribution|better source) needed|needs update"
    r"|who|when|where|which|by whom|according to whom|dead link|original research|update|sic|edit)\?*\]",
    re.I,
)
SPACED_MARK = re.compile(r"[ \t]+\[(?:citation|clarification|page|better source) needed\]", re.I)


@dataclass(slots=True)
class Piece:
    """The words of one block, and what it is."""

    kind: BlockKind
    text: str
    before: str = "\n\n"
    broken: bool = False  # a break that its author made goes before it
    pages: tuple[tuple[int, int], ...] = ()  # where in it which page of the file begins


@dataclass(slots=True)
class _Builder:
    """Takes tags and words, and gives pieces."""

    pieces: list[Piece] = field(default_factory=list)
    open: list[tuple[str, BlockKind | None]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    raised: list[str] | None = None
    struck: int = 0
    code: int = 0
    before: str = ""
    broken: bool = False

    def _part(self, by: str) -> None:
        """Keep the strongest of what parts two pieces."""
        self.before = max(self.before, by, key=("", "\t", "\n", "\n\n").index)

    def tag(self, name: str, rest: str, *, close: bool) -> None:
        if name == "br":
            self.flush(broken=True)
        elif name == "sup":
            self._raise(close=close)
        elif name in STRUCK:
            self.struck = max(0, self.struck + (-1 if close else 1))
        elif name == "code":
            self._code(close=close)
        elif name == "img":
            found = ALT.search(rest)
            if found and self.reads():
                self.data(html.unescape(found[1] or found[2] or ""), image=True)
        elif name in KINDS or name in PARTS:
            self._block(name, rest, close=close)

    def _code(self, *, close: bool) -> None:
        """Put what is typed, and is no name, in quotation marks, as its letters show it to a reader."""
        if not close:
            self.code = len(self.words)
            return
        typed = "".join(self.words[self.code :]).strip()
        if COMMAND.match(typed):
            self.words[self.code :] = [f"“{typed}”"]

    def _raise(self, *, close: bool) -> None:
        """Begin or end what is raised: a power or an ordinal is kept, the mark of a note is not."""
        if not close:
            self.raised = []
            return
        raised, self.raised = "".join(self.raised or ()).strip(), None
        last = self.words[-1] if self.words else ""
        if ORDINAL.fullmatch(raised):
            self.words.append(raised)
        elif POWER.search(last[-8:]) and re.fullmatch(r"[-−]?\d", raised) and not last[-5:].isdigit():
            self.words.append(raised.replace("−", "-").translate(RAISED))

    def _block(self, name: str, rest: str, *, close: bool) -> None:
        self.flush()
        self._part(PARTED.get(name, "\n\n"))
        if name == "hr":
            return
        if not close:
            found = CLASS.search(rest)
            note = name in ("section", "div", "ol") and found is not None and "footnote" in found[1]
            self.open.append((name, "aside" if note else KINDS.get(name, "paragraph")))
            return
        for i in range(len(self.open) - 1, max(-1, len(self.open) - 50), -1):
            if self.open[i][0] == name:
                del self.open[i:]
                break

    def reads(self) -> bool:
        return not self.struck and all(kind is not None for _, kind in self.open[-50:])

    def data(self, text: str, *, image: bool = False) -> None:
        if not self.reads():
            return
        if self.raised is not None:
            self.raised.append(text)
            return
        for i, part in enumerate(re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))):
            if i:
                self.flush()
                self._part("\n\n")
            part = part.replace("\0", "\ufffd")
            self.words.append(f"\0{part}\0" if image and part.strip() else part)

    def flush(self, *, broken: bool = False) -> None:
        """End a piece; what it is follows from the elements around it."""
        text = _tidy("".join(self.words))
        self.words = []
        if text.strip("\0"):
            kind = self._kind()
            if text[0] == text[-1] == "\0" and text.count("\0") == 2 and kind == "paragraph":
                kind = "caption"
            text = text.replace("\0", "")
            self.pieces.append(Piece(kind, text, self.before, self.broken))
            self.before, self.broken = "", False
        self.broken = broken

    def _kind(self) -> BlockKind:
        kinds = [kind for _, kind in self.open]
        if "aside" in kinds:
            return "aside"
        return next((kind for kind in reversed(kinds) if kind and kind != "paragraph"), "paragraph")


def without_marks(text: str) -> str:
    """Leave out the marks of notes, such as [1] and [citation needed], that stand in what is copied.

    >>> without_marks("Rain fell.[2][3] It stopped.[citation needed]")
    'Rain fell. It stopped.'
    """
    if "[" not in text:
        return text
    while (found := NOTE_MARK.sub("", text)) != text:
        text = found
    return SPACED_MARK.sub("", text)


def is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML.

    >>> is_page("<!DOCTYPE html><title>Rain</title>"), is_page("<p>Rain")
    (True, False)
    """
    return PAGE.match(text[:10_000]) is not None


def has_tags(text: str) -> bool:
    """Whether a text holds a tag that pages are made of."""
    return "<" in text and KNOWN.search(text) is not None


def is_marked_up(text: str) -> bool:
    """Whether a text that says it is plain holds HTML."""
    return "<" in text and sum(1 for _ in itertools.islice(KNOWN.finditer(text), 2)) == 2


def unescaped(text: str) -> str:
    """Give a plain text with its entities as characters.

    >>> unescaped("Smith &amp; Co."), unescaped("R&D; rain")
    ('Smith & Co.', 'R&D; rain')
    """
    if "&" not in text or ENTITY.search(text) is None:
        return text
    return ENTITY.sub(lambda m: html.unescape(m[0]).replace("\xa0", " "), text)


def read_html(text: str) -> list[Piece]:
    """Give the pieces of a text in HTML."""
    builder = _Builder()
    at = 0
    for start, end, match in _tags(text):
        if start > at:
            builder.data(html.unescape(text[at:start]))
        if match is not None:
            builder.tag(match["name"].lower(), match["rest"], close=bool(match["close"]))
        at = end
    builder.data(html.unescape(text[at:]))
    builder.flush()
    return builder.pieces


def _tags(text: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """Give where tags, comments and declarations stand; what scripts and styles hold goes with their tag."""
    at = text.find("<")
    while at >= 0:
        end = at + 1
        if text.startswith("<!--", at):
            end = text.find("-->", at) + 3
            end = end if end > 2 else len(text)
            yield at, end, None
        elif (found := TAG.match(text, at)) is not None:
            end = found.end()
            hidden = HIDDEN_END.get(found["name"].lower()) if not found["close"] else None
            if hidden is not None:
                closing = hidden.search(text, end)
                end = closing.end() if closing else len(text)
                yield at, end, None
            else:
                yield at, end, found
        elif (declared := COMMENT.match(text, at)) is not None:
            end = declared.end()
            yield at, end, None
        at = text.find("<", end)


def read_markdown(text: str) -> list[Piece]:
    """Give the pieces of a text in Markdown."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = read_html(_parser().render(LINKED_MARK.sub("", text)))
    kept: list[Piece] = []
    for piece in pieces:
        task = TASK.match(piece.text) if piece.kind == "item" else None
        if task is not None:
            # What is still to be done is not so.
            piece.kind = "aside" if task[1] == " " else "item"
            piece.text = piece.text[task.end() :]
        piece.text = _plain(piece.text)
        if piece.text:
            kept.append(piece)
    return kept


def _plain(text: str) -> str:
    """Resolve what is no CommonMark but is written in Markdown."""
    text = OPEN_REFERENCE.sub(r"\1", without_marks(text))
    text = TAGS.sub(lambda m: "" if text[m.end() : m.end() + 1] in ("", *".!?\n") else m[0], text)
    text = JOINED_NAME.sub(lambda m: m[0].replace("_", " "), text)
    return _tidy(text)


def _tidy(text: str) -> str:
    text = text.replace("\xa0", " ").replace("\f", "\n").replace("↩︎", "").replace("↩", "")
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]{2,}", " ", text))
    return re.sub(r" (?=[.,;:!?](?:\s|$))", "", text).strip()


def compose(
    pieces: list[Piece],
    *,
    head: str = "",
    title: str | None = None,
    pages: list[tuple[int, int]] | None = None,
) -> tuple[str, tuple[Block, ...]]:
    """Give the text that pieces make behind a head, which stays as it is, and their blocks in it.

    To `pages` goes where in the text which page of the file begins.
    """
    parts = [head]
    blocks: list[Block] = []
    at = len(head)
    for piece in _rejoined(pieces):
        words = without_marks(piece.text)
        if not words:
            continue
        if blocks:
            parts.append(piece.before)
            at += len(piece.before)
        parts.append(words)
        if pages is not None:
            for offset, page in piece.pages:
                if not pages or pages[-1][1] != page:
                    pages.append((at + min(offset, len(words)), page))
        kind, begin, end = piece.kind, 0, len(words)
        if kind == "paragraph" and (marked := special(words)) is not None:
            kind, begin = marked[0], marked[1]
        begin += len(words[begin:]) - len(words[begin:].lstrip())
        if begin < end:
            blocks.append(Block(at + begin, at + end, kind))
        at += len(words)
    text = "".join(parts)
    return text, named(text, blocks, title=title)


def _rejoined(pieces: list[Piece]) -> Iterator[Piece]:
    """Join what a break parts in the middle of a sentence."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and piece.broken and held.kind == piece.kind:
            opens = next((c for c in piece.text if c.isalnum()), "A")
            if opens.islower() and not re.search(r"[.!?:]$", held.text):
                later = tuple((len(held.text) + 1 + at, page) for at, page in piece.pages)
                words = f"{held.text}\n{piece.text}"
                held = Piece(held.kind, words, held.before, held.broken, held.pages + later)
                continue
        if held is not None:
            yield held
        held = piece
        if piece.broken:
            held.before = "\n"
    if held is not None:
        yield held


@functools.cache
def _parser() -> MarkdownIt:
    # Loaded here because plain text needs no parser.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.inline.ruler.before("link", "wiki", _wiki)
    parser.core.ruler.after("block", "breaks", _breaks)
    return parser


def _wiki(state: Any, silent: bool) -> bool:
    """Read a wiki link: its label, or the page that it leads to; an embedded file gives nothing."""
    if not state.src.startswith(("[[", "![["), state.pos):
        return False
    found = WIKI.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        page = found[2].partition("#")[0].rpartition("/")[2].strip() or found[2].lstrip("#^")
        label = found[3] or page
        token = state.push("text", "", 0)
        token.content = "" if found[1] else label
    state.pos = found.end()
    return True


def _breaks(state: Any) -> None:
    """Make breaks of those line ends in a paragraph that were meant, as above the text and in a signature.

    A line end in Markdown is a space; lines that hold links are as long as their addresses, and tell nothing.
    """
    for token in state.tokens:
        if token.type != "inline" or "\n" not in token.content:
            continue
        lines = token.content.split("\n")
        width = max(map(len, lines))
        aside = margins.lines_beside(lines)
        joined = lines[0]
        for i, (before, line) in enumerate(itertools.pairwise(lines)):
            apart = aside[i] or aside[i + 1]
            if not apart and line.strip() and before.strip() and not re.search(r"[\[\]<>`*_]", before + line):
                apart = meant(before.rstrip(), line.strip(), width, first=i == 0)
            joined = joined.rstrip("\\ ") + "  \n" + line if apart else f"{joined}\n{line}"
        token.content = joined
