"""Sequential: what it takes."""

import pytest
import torch

from minidl import Linear, ReLU, Sequential


def test_add_appends_and_param_keeps_the_order() -> None:
    first, last = Linear(2, 3), Linear(3, 1)
    network = Sequential(first)
    network.add(ReLU(), last)
    assert [p.value.data_ptr() for p in network.param()] == [p.value.data_ptr() for p in first.param() + last.param()]
    assert network.forward(torch.zeros(5, 2)).shape == (5, 1)


def test_what_is_not_a_module_raises_a_sentence() -> None:
    with pytest.raises(TypeError, match=r"^Sequential takes modules, not 'ReLU'\.$"):
        Sequential("ReLU")


def test_one_module_in_two_places_raises_a_sentence() -> None:
    shared = ReLU()
    with pytest.raises(ValueError, match=r"^Sequential takes every module once; this ReLU came twice\.$"):
        Sequential(Linear(2, 2), shared, Linear(2, 2), shared)
