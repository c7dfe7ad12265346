"""What mkdocs asks while it builds the site: links out of docs/ become the names of files."""

from __future__ import annotations

import re
from typing import Any

# A link of Markdown to a file beside docs/; on the site there is none, in a clone it lies under that name.
OUT = re.compile(r"\[([^\]]+)\]\((?:\.\./)+((?!\.\./)[^)\s]+)\)")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Name the files that the site has not, in the place of a link to them.

    >>> on_page_markdown("[how](../examples/affair) it", None)
    'how (`examples/affair`) it'
    """
    depth = page.file.src_uri.count("/") if page else 0
    return OUT.sub(lambda link: _named(link, depth), markdown)


def _named(link: re.Match[str], depth: int) -> str:
    ups = link[0].rpartition("(")[2].count("../")
    if ups <= depth:
        return link[0]
    words, name = link[1].strip("`"), link[2].partition("#")[0]
    return f"`{name}`" if words in name else f"{link[1]} (`{name}`)"
