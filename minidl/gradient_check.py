"""Is a backward right? Compare it with central differences: change every number a little and see what happens."""

import copy
from typing import Any

import torch
from torch import Tensor

from minidl.module import Module
from minidl.stacking import twin

STEP = 1e-6  # of a number near 1: rounding costs about 1e-16 / STEP, the curve about STEP^2, both near 1e-10
FLOOR = 1e-3  # an error counts relative to its own slope, or to this share of the largest slope of all


def gradient_check(module: Module, x: Tensor) -> dict[str, float]:
    """Return the worst relative error of `backward`, for "input" and for every parameter by its name in `tensors()`.

    For L = sum_ij R_ij Y_ij with fixed random R, every number v is moved by +-h: the slope
    (L(v + h) - L(v - h)) / (2 h) is compared with the gradient g, as |g - slope| / max(|g|, |slope|), small ones as
    if they were a thousandth of the largest of all. Computes in float64 on a copy, so `module` stays as it is.
    A right backward gives 1e-6 or less, away from kinks such as ReLU's at 0; without numbers to move, 0.
    Raises ValueError if the module gives two outputs for one input, as Dropout does in training.
    """
    module = twin([module], _as_float64)
    x = _as_float64([x])
    output = module.forward(x)
    if not torch.equal(output.nan_to_num(), module.forward(x).nan_to_num()):
        raise ValueError(f"{type(module).__name__} gives two outputs for one input; check it in evaluation mode.")
    weights = torch.randn(output.shape, dtype=output.dtype, generator=torch.Generator().manual_seed(0))
    for parameter in module.param():
        parameter.gradient.zero_()
    module.forward(x)
    gradients = {"input": (x, module.backward(weights))}
    names = {id(tensor): name for name, tensor in module.tensors().items()}
    for value, gradient in module.param():
        gradients[names[id(value)]] = (value, gradient.clone())
    slopes = {name: _slopes(module, x, weights, place) for name, (place, _) in gradients.items()}
    largest = max((slope.abs().max().item() for slope in slopes.values() if slope.numel()), default=0.0)
    floor = max(FLOOR * largest, 1e-12)
    return {name: _worst(gradient, slopes[name], floor) for name, (_, gradient) in gradients.items()}


def _as_float64(values: list[Any]) -> Any:
    """Copy a tensor, in float64 and contiguous; copy a generator, or a tuple of them."""
    value = values[0]
    if isinstance(value, Tensor):
        return value.to(torch.float64, copy=True, memory_format=torch.contiguous_format)
    return copy.deepcopy(value)


def _slopes(module: Module, x: Tensor, weights: Tensor, place: Tensor) -> Tensor:
    """Return dL/d(number) for every number of `place`, which is the input or a parameter, by central differences."""
    slopes, numbers = torch.empty_like(place), place.view(-1)
    for index, number in enumerate(numbers.tolist()):
        step, losses = STEP * max(1.0, abs(number)), []
        for moved in (number + step, number - step):
            numbers[index] = moved
            losses.append((module.forward(x) * weights).sum().item())
        numbers[index] = number
        slopes.view(-1)[index] = (losses[0] - losses[1]) / (2 * step)
    return slopes


def _worst(gradient: Tensor, slopes: Tensor, floor: float) -> float:
    if not slopes.numel():
        return 0.0
    size = torch.maximum(gradient.abs(), slopes.abs()).clamp(min=floor)
    return ((gradient - slopes).abs() / size).max().item()
