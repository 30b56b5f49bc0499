"""Figures 1 and 2 as numbers: an activation and its derivative, as minidl computes them."""

from dataclasses import dataclass

import torch

import minidl
from visualdl.paper.results import Floats
from visualdl.training.values.read_only import frozen

POINTS = 1201  # so many that the step of a derivative looks upright


@dataclass(frozen=True, eq=False)
class FunctionCurve:
    """Y = f(X) and dY/dX at the places X, (points,) each."""

    name: str
    x: Floats
    y: Floats
    slope: Floats


@torch.inference_mode()
def function_curve(module: minidl.Module, low: float, high: float) -> FunctionCurve:
    """Return the curve of an activation from `low` to `high`, both included."""
    x = torch.linspace(low, high, POINTS, dtype=torch.float64)
    y = module.forward(x)
    return FunctionCurve(type(module).__name__, frozen(x), frozen(y), frozen(module.backward(torch.ones_like(y))))
