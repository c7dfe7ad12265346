"""Files with bytes changed, lost and added give a document or an error that says so, and nothing else."""

import io
import logging
import random
import warnings

import document_files
import pytest

from kg import read
from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document

CHANGES = 25


def damaged(data, chance):
    """Give the bytes with some of them changed, cut out, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 40)]
            case _:
                changed[at : at + 4] = bytes(chance.randrange(256) for _ in range(4))
        if len(changed) < 40:
            break
    kept = chance.randrange(len(changed)) if chance.random() < 0.2 else len(changed)
    return bytes(changed[:kept])


@pytest.mark.parametrize("suffix", sorted(document_files.MAKERS))
def test_damage_is_told(suffix):
    logging.disable(logging.CRITICAL)
    data = document_files.example(suffix)
    chance = random.Random(suffix)
    reader = read.READERS[suffix]
    source = read.Source(f"a{suffix}", f"/tmp/a{suffix}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(CHANGES):
            changed = damaged(data, chance)
            try:
                if isinstance(reader, read.ManyReader):
                    found = list(reader.read_each(io.BytesIO(changed), source, ReadConfig()))
                else:
                    found = [reader.read(changed, source, ReadConfig())]
            except ReadError as error:
                found = [error]
            assert all(isinstance(each, Document | ReadError) for each in found)
    logging.disable(logging.NOTSET)
