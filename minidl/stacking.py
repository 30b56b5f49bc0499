"""Many runs at once: K networks of one architecture as one network whose tensors have a leading run dimension.

A small tensor operation costs its call, not its arithmetic, so ten networks in one pass take little longer than one.
"""

import copy
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import torch
from torch import Tensor

from minidl.checks import described
from minidl.module import Module

M = TypeVar("M", bound=Module)
Combine = Callable[[list[Any]], Any]


def stack(networks: Sequence[M]) -> M:
    """Return one network that computes what all of them compute: input (K, ...), output (K, ...), row k from network k.

    Values, gradients and random generators are copies. Give its parameters to one optimiser and use a loss with
    `runs=True`: then each of the K learns what it learns alone, up to the rounding of batched products. Raises
    ValueError for no networks, for stacked ones, and for networks that differ in anything but their numbers.
    """
    if not isinstance(networks, Sequence):
        raise ValueError(f"stack needs a list of networks, not {described(networks)}.")
    if not networks:
        raise ValueError("stack needs at least 1 network, not 0.")
    for network in networks:
        if not isinstance(network, Module):
            raise ValueError(f"stack needs modules, not {described(network)}.")
        if network.runs is not None:
            raise ValueError(f"stack needs networks of one run, not one of {network.runs} runs.")
    together: M = _combined("The network", list(networks), _stacked)
    together.runs = len(networks)
    return together


def unstack(network: M) -> list[M]:
    """Return the K networks that a network from `stack` holds, as copies. Raises ValueError for any other network."""
    if network.runs is None:
        raise ValueError(f"unstack needs a network that stack made, not a {type(network).__name__} of one run.")
    networks = [twin([network], partial(_row, run)) for run in range(network.runs)]
    for each in networks:
        each.runs = None
    return networks


def twin(modules: Sequence[M], combine: Combine) -> M:
    """Return a module like the first, each tensor or generator being `combine` of all modules' ones in that place.

    What `forward` kept is left out. Raises ValueError if the modules differ in anything else.
    """
    result = copy.copy(modules[0])
    attributes = [{"training": module.training, **vars(module)} for module in modules]
    for name in attributes[0]:
        values = [each.get(name) for each in attributes]
        where = f"{type(modules[0]).__name__}.{name}"
        setattr(result, name, _forgotten(values[0]) if name.startswith("_") else _combined(where, values, combine))
    return result


def _combined(where: str, values: list[Any], combine: Combine) -> Any:
    first = values[0]
    if any(type(value) is not type(first) for value in values):
        raise ValueError(f"{where} differs: {', '.join(type(value).__name__ for value in values)}.")
    if isinstance(first, Module):
        return twin(values, combine)
    if isinstance(first, list):
        if any(len(value) != len(first) for value in values):
            raise ValueError(f"{where} differs: {', '.join(str(len(value)) for value in values)} modules.")
        return [_combined(f"{where}[{i}]", list(each), combine) for i, each in enumerate(zip(*values, strict=True))]
    if isinstance(first, Tensor):
        described = [f"{tuple(value.shape)} of {value.dtype}" for value in values]
        if len(set(described)) > 1:
            raise ValueError(f"{where} differs: {', '.join(described)}.")
        return combine(values)
    if isinstance(first, torch.Generator) or _are_generators(first):
        return combine(values)
    if any(value != first for value in values):
        raise ValueError(f"{where} differs: {', '.join(map(repr, values))}.")
    return copy.deepcopy(first)


def _stacked(values: list[Any]) -> Any:
    if isinstance(values[0], Tensor):
        return torch.stack(values)
    return tuple(value.clone_state() for value in values)


def _row(run: int, values: list[Any]) -> Any:
    value = values[0]
    return value[run].clone() if isinstance(value, Tensor) else value[run].clone_state()


def _are_generators(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], torch.Generator)


def _forgotten(value: Any) -> Any:
    return None if isinstance(value, Tensor) else value
