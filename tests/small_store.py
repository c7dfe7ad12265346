"""A store made by hand, for tests of what is read from one."""

from kg.model import Claim, Extraction, Mention
from kg.read import document_from_text


def put(store, *numbers):
    """Put documents into a store whose extractions are made here, and bring the graph up to date."""
    with store._writing():
        for number in numbers:
            text = f"Person {number} met Anna Berg."
            document = document_from_text(text, source=f"{number}.txt", structure=False)
            there = len(f"Person {number}")
            person = Mention(0, there, f"Person {number}", "name", "Person", f"Person {number}", chain=0)
            other = Mention(there + 5, there + 14, "Anna Berg", "name", "Person", "Anna Berg", chain=1)
            claim = Claim(0, "meet", 1, text="met", start=0, end=len(text), rule="main-own", confidence=0.9)
            found = Extraction(document.id, f"{number}.txt", (person, other), (claim,), ((0, len(text)),))
            store.manifest.documents[document.id] = store._put_document(document, found)
            store.manifest.sources[f"text:{number}"] = (f"{number}.txt", document.id)
        store._commit()
        store._refresh()
