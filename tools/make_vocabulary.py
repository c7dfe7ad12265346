"""Write what is made from the vocabulary's data files: the ontology, shapes, JSON-LD context, documentation.

python tools/make_vocabulary.py          writes kg/vocab/*.ttl, context.jsonld and docs/vocabulary.md
python tools/make_vocabulary.py --check  says which of them are not what the data files give
"""

from __future__ import annotations

import json
import pathlib
import sys

from kg.rdf.formats.turtle import turtle
from kg.rdf.ontology import ontology, shapes
from kg.vocab import Names, Term, context, relations, terms

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = Names()
TITLES = {
    "class": "Classes",
    "property": "Properties",
    "modality": "Modalities",
    "comparator": "Comparators",
    "relation": "Curated relations",
}
HEAD = """# Vocabulary

Made from `kg/vocab/data/` by `tools/make_vocabulary.py`; do not edit. The same data give the ontology
(`kg/vocab/kg.ttl`), the SHACL shapes (`kg/vocab/shapes.ttl`) and the JSON-LD context
(`kg/vocab/context.jsonld`). An export holds the part of the ontology that it uses.

| prefix | namespace |
|---|---|
"""
BASE = """
The first five stand under the base, `https://example.org/` unless `[rdf] base` says otherwise. What is read
from texts is in `rel:`, never in `kg:`, so that a verb cannot collide with the vocabulary: a relation that is
not in the table below is the lemma words of the text (`rel:advocate_for`), in the active voice.

## Reused terms

| term | of | says |
|---|---|---|
| `rdf:subject`, `rdf:predicate`, `rdf:object` | statement | the triple it is about |
| `prov:wasDerivedFrom` | statement | the sentence it was read from |
| `sem:hasBeginTimeStamp`, `sem:hasEndTimeStamp` | statement | first and last day that it holds, `xsd:date` |
| `sem:hasPlace` | statement | where |
| `nif:anchorOf`, `nif:beginIndex`, `nif:endIndex` | sentence, phrase | its text, and that text's offsets |
| `nif:referenceContext` | sentence, phrase | the document |
| `nif:sentence` | phrase | the sentence around it (`--provenance full`) |
| `gaf:denotedBy` | entity | where in a document it is spoken of |
| `rdfs:label`, `skos:altLabel` | entity | its name, and other names |
| `owl:sameAs` | entity | the same thing elsewhere |
| `schema:datePublished`, `schema:name`, `schema:url`, `schema:inLanguage` | document | its header |
"""


def documentation() -> str:
    """Give the page, term by term."""
    parts = [HEAD]
    parts += [f"| `{prefix}:` | `{namespace}` |\n" for prefix, namespace in NAMES.prefixes().items()]
    parts.append(BASE)
    for kind, title in TITLES.items():
        found = relations() if kind == "relation" else terms()
        parts.append(f"\n## {title}\n")
        parts += [_entry(term) for term in found.values() if term.kind == kind]
    return "".join(parts)


def _entry(term: Term) -> str:
    prefix = "rel" if term.kind == "relation" else "kg"
    lines = [f"\n### {prefix}:{term.name}\n\n{term.comment}\n"]
    if term.links:
        lines.append("\n")
    for prop in dict.fromkeys(name for name, _ in term.links):
        values = ", ".join(f"`{value}`" for value in term.linked(prop))
        lines.append(f"- `{prop}` {values}\n")
    return "".join(lines)


def files() -> dict[pathlib.Path, str]:
    """Give each file with what it is to hold."""
    vocab = ROOT / "kg" / "vocab"

    def text(triples) -> str:  # type: ignore[no-untyped-def]
        return "".join(turtle((" ".join(t) + " ." for t in triples), NAMES))

    return {
        vocab / "kg.ttl": text(ontology(NAMES)),
        vocab / "shapes.ttl": text(shapes(NAMES)),
        vocab / "context.jsonld": json.dumps({"@context": context(NAMES)}, indent=1) + "\n",
        ROOT / "docs" / "vocabulary.md": documentation(),
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with --check say which are out of date."""
    stale = []
    for path, text in files().items():
        if arguments == ["--check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(str(path.relative_to(ROOT)))
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name} is not what kg/vocab/data gives; run tools/make_vocabulary.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
