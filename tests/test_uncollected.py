import gc

import pytest

from kg.uncollected import uncollected


def test_collecting_goes_on_afterwards_whatever_happens():
    @uncollected()
    def broken():
        assert not gc.isenabled()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        broken()
    assert gc.isenabled()


def test_one_within_another_leaves_it_to_the_outer():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
