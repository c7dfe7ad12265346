"""Open tuples of sentences: `tuples.toml` lists what each view must and must not give."""

import pathlib
import tomllib

import pytest

from kg.model import Block, Document

CASES = tomllib.loads((pathlib.Path(__file__).parent / "tuples.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_rows(case, extractor):
    assert set(case) <= {"text", "nary", "binary", "never"}
    text = case["text"]
    document = Document(id="0" * 16, source="test", text=text, blocks=(Block(0, len(text)),))
    for view in ("nary", "binary"):
        (rows,) = extractor.rows([document], view)
        found = {" | ".join((r.relation, *r.arguments)) for r in rows}
        missing = [line for line in case.get(view, ()) if line not in found]
        assert missing == [], found
        if view == "nary":
            assert not found & set(case.get("never", ())), found
