"""The garbage collector rests while something is loaded, and is afterwards as it was."""

import gc

import pytest

from visualdl.process.loading import without_collecting


def load(error):
    with without_collecting():
        assert not gc.isenabled()
        raise error


def test_it_rests_and_goes_on_even_after_an_error():
    with pytest.raises(ImportError):
        load(ImportError())
    assert gc.isenabled()


def test_who_has_none_gets_none():
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
