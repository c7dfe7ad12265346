"""Models that are loaded once for all that a process builds: to load one takes longer than to read a text."""

import contextlib
import copy
import functools

import pytest

import kg.extract
from kg.extract.parse import pipeline

load = pipeline.load


@functools.lru_cache(maxsize=8)
def _loaded(*args, **kwargs):
    return load(*args, **kwargs)


def _load(*args, further=(), **kwargs):
    if further:
        # Nobody knows what a component of others leaves in a model.
        return load(*args, further=further, **kwargs)
    nlp = copy.copy(_loaded(*args, **kwargs))
    # Whoever watches components, or adds one, does so on a list of its own.
    nlp._components = list(nlp._components)
    return nlp


@contextlib.contextmanager
def models_loaded_once():
    """Give what is loaded the model that was loaded before with the same settings, until the block ends.

    What a process forks has it, too. A model keeps nothing of what it has read, so that all stays as it was.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load", _load)
        yield


@contextlib.contextmanager
def one_extractor(config):
    """Have every extractor be one and the same, of this configuration, until the block ends."""
    extractor = kg.extract.Extractor(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.extract, "Extractor", lambda config, **how: extractor)
        yield
