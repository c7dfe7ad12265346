"""One loaded model for all that a process builds, where tests are about what becomes of extractions."""

import contextlib

import pytest

import kg.extract


@contextlib.contextmanager
def one_extractor(config):
    """Have every extractor be one and the same, of this configuration, until the block ends."""
    extractor = kg.extract.Extractor(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.extract, "Extractor", lambda config, **how: extractor)
        yield
