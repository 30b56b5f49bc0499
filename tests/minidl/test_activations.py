"""Activations at the edges: nan, infinities and kinks."""

import math

import pytest
import torch

from minidl import Module, ReLU, Tanh

EDGES = torch.tensor([-math.inf, -1e30, -1.0, -0.0, 0.0, 1e-40, 1.0, 1e30, math.inf, math.nan])


@pytest.mark.parametrize(("module", "oracle"), [(ReLU(), torch.relu), (Tanh(), torch.tanh)], ids=["ReLU", "Tanh"])
def test_edges_are_treated_as_torch_treats_them(module: Module, oracle) -> None:
    leaf = EDGES.clone().requires_grad_()
    expected = oracle(leaf)
    expected.backward(torch.full_like(EDGES, 3.0))
    torch.testing.assert_close(module.forward(EDGES), expected.detach(), equal_nan=True)
    torch.testing.assert_close(module.backward(torch.full_like(EDGES, 3.0)), leaf.grad, equal_nan=True)
