"""Turtle written by merging fragments is Turtle written at once, to the byte."""

import dataclasses

import pytest
from small_graph import DOC_ID, DOCUMENT, EXTRACTION, RESOLUTION

from kg.export import stream
from kg.knowledge import KnowledgeGraph


@pytest.mark.parametrize("in_memory", [1, 7, 100, 10**6])
def test_same_bytes_whatever_the_fragments(tmp_path, monkeypatch, in_memory):
    monkeypatch.setattr(stream, "LINES_IN_MEMORY", in_memory)
    monkeypatch.setattr(stream, "TERMS_IN_MEMORY", in_memory)
    second = dataclasses.replace(DOCUMENT, id="ffff")
    other = dataclasses.replace(EXTRACTION, doc_id="ffff")
    links = dataclasses.replace(RESOLUTION, links={**RESOLUTION.links, "ffff": RESOLUTION.links[DOC_ID]})
    graph = KnowledgeGraph.from_records([DOCUMENT, second], [EXTRACTION, other], links)
    whole = graph.save(tmp_path / "whole.ttl").read_bytes()
    pairs = [(second, other), (DOCUMENT, EXTRACTION)]
    assert stream.stream_graph(pairs, links, tmp_path / "stream.ttl").read_bytes() == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["stream.ttl", "whole.ttl"]
