"""Whatever a caller gives that does not fit: one sentence names it and what was expected, and no error of torch's."""

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
import torch

import minidl
from minidl import (
    L1,
    SGD,
    Adam,
    BatchNorm1d,
    Constant,
    Cosine,
    Dropout,
    He,
    LeakyReLU,
    Linear,
    Loss,
    LossBinaryCrossEntropy,
    LossCrossEntropy,
    LossMSE,
    Module,
    Parameter,
    ReLU,
    Sequential,
    Softplus,
    StepDecay,
    WarmUp,
    stack,
)
from minidl.batches import Epoch, mini_batches
from minidl.datasets import disk
from minidl.standardization import Standardization
from minidl.targets import signed_targets

INTEGERS, DOUBLES = torch.ones(4, 3, dtype=torch.int64), torch.ones(4, 3, dtype=torch.float64)
FLOATS = torch.ones(4, 3)
ELEMENTWISE = [
    minidl.Identity,
    minidl.ReLU,
    minidl.LeakyReLU,
    minidl.ELU,
    minidl.SELU,
    minidl.Sigmoid,
    minidl.Tanh,
    minidl.Softplus,
    minidl.GELU,
    minidl.Dropout,
]
EVERY_MODULE = [*ELEMENTWISE, lambda: BatchNorm1d(3), lambda: Linear(3, 3)]
EVERY_LOSS = [LossMSE, LossBinaryCrossEntropy, LossCrossEntropy]


def raises(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


def a_parameter(value: torch.Tensor, gradient: torch.Tensor) -> list[Parameter]:
    return [Parameter(value, gradient)]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Linear(True, 3), "Linear needs in_features that is a whole number of at least 1, not True."),
        (lambda: Linear(2, 3, weights="he"), "Linear needs an Initialization for its weights, such as He(), not 'he'."),
        (
            lambda: Linear(2, 3, dtype=torch.int64),
            "Linear needs a dtype of floating-point numbers, not torch.int64.",
        ),
        (
            lambda: BatchNorm1d(2.5),
            "BatchNorm1d needs a feature count that is a whole number of at least 1, not 2.5.",
        ),
        (lambda: BatchNorm1d(3, "a"), "BatchNorm1d needs a finite epsilon of at least 0, not 'a'."),
        (lambda: BatchNorm1d(3, momentum=None), "BatchNorm1d needs a momentum from 0 to 1, not None."),
        (
            lambda: BatchNorm1d(3, dtype=torch.int32),
            "BatchNorm1d needs a dtype of floating-point numbers, not torch.int32.",
        ),
        (lambda: Dropout("a"), "Dropout needs a probability from 0 to 1, not 'a'."),
        (lambda: LeakyReLU("a"), "LeakyReLU needs a finite slope, not 'a'."),
        (lambda: Softplus("a"), "Softplus needs a finite beta above 0, not 'a'."),
        (lambda: Softplus(1.0, None), "Softplus needs a number as threshold, not None."),
        (lambda: Constant("a"), "Constant needs a finite value, not 'a'."),
        (lambda: He(gain="a"), "He needs a finite gain of at least 0, not 'a'."),
        (lambda: SGD([], "a"), "SGD needs a finite learning rate of at least 0, not 'a'."),
        (lambda: Adam([], betas=0.9), "Adam needs two betas, not 0.9."),
        (lambda: Adam([], betas=(0.9, 0.9, 0.9)), "Adam needs two betas, not (0.9, 0.9, 0.9)."),
        (lambda: Adam([], betas=("a", 0.9)), "Adam needs a first beta of at least 0 and below 1, not 'a'."),
        (
            lambda: SGD(Linear(2, 3), 0.1),
            "SGD needs a list of Parameters, such as a module's param(), not a Linear.",
        ),
        (
            lambda: SGD(Linear(2, 3).param()[0], 0.1),
            "SGD needs a list of Parameters, such as a module's param(), not a Parameter.",
        ),
        (lambda: L1([torch.ones(2)], 0.1), "L1 needs Parameters, not (2,) of torch.float32."),
        (
            lambda: SGD(a_parameter(torch.ones(2), torch.ones(1, 2)), 0.1),
            "SGD needs a floating-point value and a gradient of its shape and dtype, "
            "not (2,) of torch.float32 and (1, 2) of torch.float32.",
        ),
        (
            lambda: SGD(a_parameter(INTEGERS, INTEGERS), 0.1),
            "SGD needs a floating-point value and a gradient of its shape and dtype, "
            "not (4, 3) of torch.int64 and (4, 3) of torch.int64.",
        ),
        (
            lambda: SGD([Parameter(FLOATS.clone(), FLOATS), Parameter(FLOATS.clone(), FLOATS)], 0.1),
            "SGD takes every parameter once; one of 2 came twice.",
        ),
        (lambda: StepDecay(1, 2, 10.0), "StepDecay needs a factor from 0 to 1, not 10.0."),
        (lambda: StepDecay(1, 2)(-1), "StepDecay needs a finite time of at least 0, not -1."),
        (lambda: Cosine(1, 2)(math.nan), "Cosine needs a finite time of at least 0, not nan."),
        (lambda: WarmUp(Cosine(1, 2), 3)(-1), "WarmUp needs a finite time of at least 0, not -1."),
        (lambda: WarmUp(0.1, 3), "WarmUp needs a schedule that follows, not 0.1."),
        (lambda: ReLU().load_state(None), "ReLU needs a state of tensors by name, not a NoneType."),
        (
            lambda: Linear(1, 1, False).load_state({"weight": [1.0]}),
            "This state does not fit Linear: weight is a list instead of (1, 1) of torch.float32.",
        ),
        (lambda: stack(Linear(2, 3)), "stack needs a list of networks, not a Linear."),
        (lambda: stack([1]), "stack needs modules, not a int."),
        (lambda: stack([stack([ReLU(), ReLU()])]), "stack needs networks of one run, not one of 2 runs."),
        (
            lambda: next(mini_batches(FLOATS, FLOATS, 2.5)),
            "A mini-batch needs a sample count that is a whole number of at least 1, not 2.5.",
        ),
        (
            lambda: Epoch(FLOATS, FLOATS).take("a"),
            "A mini-batch needs a sample count that is a whole number of at least 1, not 'a'.",
        ),
        (lambda: Epoch(FLOATS, [1.0]), "An epoch needs targets with one row a sample, not a list."),
        (
            lambda: Epoch(torch.ones(()), FLOATS),
            "An epoch needs inputs with one row a sample, not () of torch.float32.",
        ),
        (lambda: disk(2.5), "A data set needs a sample count that is a whole number of at least 0, not 2.5."),
        (
            lambda: Standardization.of(INTEGERS),
            "Standardization needs at least 1 point, (samples, features) of floating-point numbers, "
            "not (4, 3) of torch.int64.",
        ),
        (
            lambda: Standardization.of(FLOATS).apply(torch.ones(4, 1)),
            "Standardization needs points of shape (..., 3), not (4, 1) of torch.float32.",
        ),
        (
            lambda: signed_targets(FLOATS),
            "signed_targets needs labels of shape (samples,) and torch.int64, not (4, 3) of torch.float32.",
        ),
        (
            lambda: signed_targets(INTEGERS),
            "signed_targets needs labels of shape (samples,) and torch.int64, not (4, 3) of torch.int64.",
        ),
    ],
)
def test_an_argument_that_does_not_fit_raises_a_sentence(make: Callable[[], object], message: str) -> None:
    with raises(message):
        make()


@pytest.mark.parametrize("make", ELEMENTWISE)
@pytest.mark.parametrize(
    ("x", "given"),
    [
        (INTEGERS, "(4, 3) of torch.int64"),
        (FLOATS.to(torch.complex64), "(4, 3) of torch.complex64"),
        ([1.0], "a list"),
    ],
)
def test_modules_refuse_an_input_that_is_not_of_floating_point_numbers(
    make: type[Module], x: torch.Tensor, given: str
) -> None:
    with raises(f"{make.__name__} needs an input of floating-point numbers, not {given}."):
        make().forward(x)


@pytest.mark.parametrize(
    ("module", "shape"), [(Linear(3, 2), "(..., 3)"), (BatchNorm1d(3), "(N, 3) or (N, 3, L)")], ids=["Linear", "norm"]
)
def test_layers_refuse_an_input_that_is_no_tensor(module: Module, shape: str) -> None:
    with pytest.raises(ValueError, match=rf" needs an input of shape {re.escape(shape)}, not a list\.$"):
        module.forward([[1.0, 2.0, 3.0]])


@pytest.mark.parametrize("make", EVERY_MODULE)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(
    ("gradient", "given"),
    [(DOUBLES, "(4, 3) of torch.float64"), (INTEGERS, "(4, 3) of torch.int64"), ([1.0], "a list")],
)
def test_modules_refuse_an_output_gradient_of_another_dtype(
    make: Callable[[], Module], training: bool, gradient: torch.Tensor, given: str
) -> None:
    module = make()
    module.train(training)
    module.forward(torch.tensor([[1.0, 2.0, 3.0], [3.0, 1.0, 0.0], [2.0, 2.0, 2.0], [0.5, 0.0, 1.0]]))
    expected = "a gradient of its output's shape and dtype, (4, 3) of torch.float32"
    for backward in (module.backward, module.backward_parameters):
        with raises(f"{type(module).__name__}.backward needs {expected}, not {given}."):
            backward(gradient)
    assert not any(parameter.gradient.any() for parameter in module.param())


@pytest.mark.parametrize("make", EVERY_LOSS)
def test_losses_refuse_an_output_or_a_target_of_another_dtype(make: type[Loss]) -> None:
    name = make.__name__
    with raises(f"{name} needs an output of floating-point numbers, not (4, 3) of torch.int64."):
        make().forward(INTEGERS, INTEGERS)
    with raises(f"{name} needs an output of floating-point numbers, not a list."):
        make().forward([1.0], FLOATS)
    both = f"{name} needs an output and a target of one shape and dtype, not (4, 3) of torch.float32 and"
    with raises(f"{both} (4, 3) of torch.float64."):
        make().forward(FLOATS, DOUBLES)
    with raises(f"{both} a list."):
        make().forward(FLOATS, [1.0])


def test_a_module_may_not_come_twice_in_nested_rows_nor_hold_itself() -> None:
    shared, row = ReLU(), Sequential(Linear(2, 2))
    with raises("Sequential takes every module once; this ReLU came twice."):
        Sequential(shared, Sequential(Linear(2, 2), shared))
    with raises("Sequential takes every module once; this Sequential came twice."):
        row.add(row)
    with raises("Sequential takes every module once; this Sequential came twice."):
        row.add(Sequential(row))
    assert len(row.modules) == 1


def test_networks_of_two_kinds_do_not_stack() -> None:
    with raises("The network differs: ReLU, Tanh."):
        stack([ReLU(), minidl.Tanh()])
