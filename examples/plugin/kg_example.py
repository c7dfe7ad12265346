"""Three plug-ins for kg. Subtitles and the rule are used where kg.toml names them:

[read]
readers = ["srt"]

[extract]
rules = ["example"]
"""

import json
import re

from kg.errors import ReadError
from kg.read import PLAIN, document_from_text
from kg.rules import Rule

CUE = re.compile(r"(?:\d+\s*\n)?\d+:\d+:\d+[,.]\d+ --> .*\n((?:.+\n?)+)")


class Subtitles:
    """Reads what is said in a file of subtitles (.srt) as one paragraph a speaker."""

    def read(self, data, source, config):
        # kg's own reader knows encodings, and what is no text at all.
        text = PLAIN.read(data, source, config).text.replace("\r\n", "\n")
        cues = [" ".join(cue.split()) for cue in CUE.findall(text)]
        if not cues:
            raise ReadError("no subtitles in this file", where=source.shown)
        spoken = "\n\n".join(" ".join(cues).split(" - "))
        return document_from_text(spoken, source=source.name, lang=config.lang)


RULES = (
    Rule(
        "named-after",
        relation="named_after",
        # spaCy's DependencyMatcher: a verb with its passive subject, and "after" with what stands behind it.
        pattern=[
            {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": {"IN": ["name", "call", "christen"]}}},
            {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "subject", "RIGHT_ATTRS": {"DEP": "nsubjpass"}},
            {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "after", "RIGHT_ATTRS": {"LOWER": "after"}},
            {"LEFT_ID": "after", "REL_OP": ">", "RIGHT_ID": "object", "RIGHT_ATTRS": {"DEP": "pobj"}},
        ],
        reads="The Curie Institute was named after Marie Curie.",
        spares="The Curie Institute was closed after the war.",
    ),
)


def write_dot(graph, path):
    """Write the asserted facts between entities for Graphviz."""
    names = {entity.id: json.dumps(entity.label, ensure_ascii=False) for entity in graph.entities}
    lines = {
        f"  {names[f.subject.id]} -> {names[f.object.id]} [label={json.dumps(f.relation)}];\n"
        for f in graph.facts(asserted=True)
        if getattr(f.object, "id", None) in names
    }
    path.write_text("digraph {\n" + "".join(sorted(lines)) + "}\n", encoding="utf-8", newline="\n")
