"""What the component behind the parser gives back to names, and that it makes no circle."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.parse.sentences import Closings


def read(words, tags, heads, deps):
    return Closings()(Doc(Vocab(), words=words.split(), tags=tags.split(), heads=heads, deps=deps.split()))


def test_the_number_of_a_ruler_hangs_on_the_name_and_the_name_on_the_verb():
    doc = read("Elizabeth I reigned long", "NNP PRP VBD RB", [2, 2, 2, 2], "dep nsubj ROOT advmod")
    assert (doc[0].dep_, doc[0].head.i, doc[1].dep_, doc[1].head.i) == ("nsubj", 2, "nummod", 0)


def test_a_verb_that_hangs_on_the_name_takes_no_subject_from_it():
    words, tags = "A World War I veteran who served", "DT NNP NNP PRP NN WP VBD"
    heads, deps = [2, 2, 2, 6, 2, 6, 4], "det compound ROOT nsubj appos nsubj relcl"
    doc = read(words, tags, heads, deps)
    assert [t.head.i for t in doc] == heads
    assert len(list(doc[4].subtree)) > 1
