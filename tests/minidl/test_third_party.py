"""minidl against test material that nobody here wrote: PyTorch's own, in torch.testing._internal.

module_db has constructor arguments, inputs and reference functions of modules; op_db has samples of operations, among
them empty, non-contiguous, very large and infinite ones and nan; optim_db has optimiser configurations. Every case of
what minidl has is here. What minidl cannot run is left out, and why stands in LEFT_OUT: a test fails if anything
else is. Importing this material takes longer than the tests of it, so it comes when the first of them runs.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

import minidl
from minidl import Module, Parameter
from minidl.activations import Activation

DTYPES = (torch.float32, torch.float64)
Ours = Module | minidl.Loss
Case = tuple[str, Callable[[], None]]  # its name, and what compares


class LeftOutError(Exception):
    """Why minidl does not run a case: its subject, a colon, the reason."""


LEFT_OUT = {
    "batch_norm": {
        *("a momentum outside 0 to 1", "an input of 1 dimensions", "an input of 4 dimensions"),
        "no running statistics",
    },
    "binary_cross_entropy_with_logits": {"reduction 'none'", "weight", "pos_weight"},
    "cross_entropy": {"reduction 'none'", "weight", "ignore_index"},
    "dropout": {"a random mask"},
    "gelu": {"approximate"},
    "mse_loss": {"reduction 'none'"},
    "BatchNorm1d": {"momentum None", "track_running_stats", "bias"},
    "BCEWithLogitsLoss": {"reduction 'none'", "weight"},
    "CrossEntropyLoss": {"reduction 'none'", "weight", "ignore_index", "label_smoothing"},
    "MSELoss": {"reduction 'none'"},
    "Adam": {"maximize", "amsgrad"},
    "AdamW": {"maximize", "amsgrad"},
    "RMSprop": {"maximize"},
    "SGD": {"maximize", "dampening"},
}


def run_all(name: str, cases: Iterable[Case]) -> None:
    """Run every case; raise all failures together, each with its case's name.

    Some must run, and what is left out must be what LEFT_OUT has under `name`.
    """
    failures, left_out, passed = [], set(), 0
    for title, run in cases:
        try:
            run()
        except LeftOutError as reason:
            left_out.add(str(reason).partition(":")[0])
        except Exception as failure:
            failure.add_note(f"in the case {title}")
            failures.append(failure)
        else:
            passed += 1
    if failures:
        raise ExceptionGroup(f"cases of {name}", failures)
    assert passed
    assert left_out == LEFT_OUT.get(name, set())


# ---- From torch's arguments to minidl's


def arguments_of(cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the constructor's arguments by name, those with their default value left out."""
    bound = inspect.signature(cls).bind(*args, **kwargs).arguments
    defaults = {name: p.default for name, p in inspect.signature(cls).parameters.items()}
    return {name: value for name, value in bound.items() if value is not defaults[name]}


def refuse(arguments: dict[str, Any], reasons: dict[str, str]) -> None:
    for name, reason in reasons.items():
        if name in arguments:
            raise LeftOutError(f"{name}: {reason}")


NO_NONE = "reduction 'none': minidl's losses give one number"
NO_WEIGHT = "minidl's losses have no weights per class or element"


def loss_of(cls: Callable[..., minidl.Loss], arguments: dict[str, Any]) -> minidl.Loss:
    reduction = arguments.pop("reduction", "mean")
    if reduction == "none":
        raise LeftOutError(NO_NONE)
    refuse(
        arguments,
        {
            "weight": NO_WEIGHT,
            "pos_weight": NO_WEIGHT,
            "ignore_index": "minidl's cross-entropy counts every sample",
            "label_smoothing": "minidl's cross-entropy takes smoothed labels as probabilities instead",
        },
    )
    assert not arguments
    return cls(reduction)


def batch_norm_of(arguments: dict[str, Any], dtype: torch.dtype) -> Module:
    refuse(
        arguments,
        {
            "track_running_stats": "minidl's BatchNorm1d always keeps running statistics",
            "bias": "minidl's BatchNorm1d has scale and shift, or neither",
        },
    )
    if arguments.get("momentum", 0.1) is None:
        raise LeftOutError("momentum None: minidl's BatchNorm1d has no cumulative average")
    names = {"num_features": "features", "eps": "epsilon", "momentum": "momentum", "affine": "affine"}
    return minidl.BatchNorm1d(**{names[name]: value for name, value in arguments.items()}, dtype=dtype)


def gelu_of(arguments: dict[str, Any]) -> Module:
    if arguments.get("approximate", "none") != "none":
        raise LeftOutError("approximate: minidl's GELU is the exact one")
    return minidl.GELU()


BUILDERS: dict[type, Callable[[dict[str, Any], torch.dtype], Ours]] = {
    torch.nn.Linear: lambda a, dtype: minidl.Linear(**a, dtype=dtype),
    torch.nn.BatchNorm1d: batch_norm_of,
    torch.nn.ReLU: lambda a, _: minidl.ReLU(**a),
    torch.nn.LeakyReLU: lambda a, _: minidl.LeakyReLU(a.get("negative_slope", 0.01)),
    torch.nn.ELU: lambda a, _: minidl.ELU(**a),
    torch.nn.SELU: lambda a, _: minidl.SELU(**a),
    torch.nn.Sigmoid: lambda a, _: minidl.Sigmoid(**a),
    torch.nn.Tanh: lambda a, _: minidl.Tanh(**a),
    torch.nn.Softplus: lambda a, _: minidl.Softplus(**a),
    torch.nn.GELU: lambda a, _: gelu_of(a),
    torch.nn.MSELoss: lambda a, _: loss_of(minidl.LossMSE, a),
    torch.nn.BCEWithLogitsLoss: lambda a, _: loss_of(minidl.LossBinaryCrossEntropy, a),
    torch.nn.CrossEntropyLoss: lambda a, _: loss_of(minidl.LossCrossEntropy, a),
}


# ---- What is compared


def compare(ours: Ours, inputs: list[Tensor], oracle: Callable[..., Tensor], parameters: list[Tensor]) -> None:
    """Compare output, input gradient and parameter gradients with autograd's, for contiguous tensors and others.

    `parameters` are the oracle's, in the order of ours; torch keeps W transposed.
    """
    x = inputs[0].detach().clone().requires_grad_()
    with torch.random.fork_rng():
        torch.manual_seed(0)
        expected = oracle(x, *inputs[1:])
        output_gradient = torch.randn_like(expected)
    expected_gradients = torch.autograd.grad(expected, [x, *parameters], output_gradient)
    from torch.testing._internal.common_utils import noncontiguous_like

    for changed in (torch.clone, noncontiguous_like):
        given = [changed(tensor.detach()) for tensor in inputs]
        before = [tensor.clone() for tensor in given]
        if isinstance(ours, Module):
            output = ours.forward(*given)
            gradients = [ours.backward(changed(output_gradient))]
            for value, gradient in ours.param():
                gradients.append(gradient.t().clone() if value.dim() == 2 else gradient.clone())
                gradient.zero_()
        else:
            output = ours.forward(*given)
            gradients = [ours.backward() * output_gradient]
        assert_close(output, expected.detach(), equal_nan=True)
        assert_close(given, before, rtol=0, atol=0, equal_nan=True)
        # Where an input is nan there is no derivative, and conventions differ: ReLU's is 0 here and 1 in torch.
        if isinstance(ours, Activation):
            gradients[0], expected_gradient = (
                g.masked_fill(x.isnan(), 0) for g in (gradients[0], expected_gradients[0])
            )
        else:
            expected_gradient = expected_gradients[0]
        assert_close(gradients[0], expected_gradient, equal_nan=True)
        for ours_gradient, theirs in zip(gradients[1:], expected_gradients[1:], strict=True):
            assert_close(ours_gradient, theirs, equal_nan=True)


def copy_parameters(ours: Ours, theirs: torch.nn.Module) -> list[Tensor]:
    parameters = list(theirs.parameters())
    if isinstance(ours, Module):
        for (value, _), parameter in zip(ours.param(), parameters, strict=True):
            value.copy_(parameter.detach().t() if parameter.dim() == 2 else parameter.detach())
    return parameters


# ---- module_db


def module_cases(cls: type, dtype: torch.dtype) -> Iterator[Case]:
    from torch.testing._internal.common_modules import module_db

    (info,) = (info for info in module_db if info.module_cls is cls)
    modes = (True, False) if info.train_and_eval_differ else (True,)
    for training in modes:
        with torch.random.fork_rng():
            torch.manual_seed(0)
            samples = info.module_inputs_func(info, device="cpu", dtype=dtype, requires_grad=False, training=training)
        for number, sample in enumerate(samples):
            mode = ("" if training else "evaluation-") if len(modes) > 1 else ""
            yield f"{mode}{number}-{sample.desc}", module_case(cls, sample, dtype, training)


def module_case(cls: type, sample: Any, dtype: torch.dtype, training: bool) -> Callable[[], None]:
    constructor, forward = sample.constructor_input, sample.forward_input

    def run() -> None:
        ours = BUILDERS[cls](arguments_of(cls, constructor.args, constructor.kwargs), dtype)
        if isinstance(ours, Module):
            ours.train(training)
        with torch.random.fork_rng():
            torch.manual_seed(0)
            theirs = cls(*constructor.args, **constructor.kwargs).to(dtype)
        theirs.train(training)
        parameters = copy_parameters(ours, theirs)
        inputs = [*forward.args, *forward.kwargs.values()]
        compare(ours, inputs, theirs, parameters)
        if sample.reference_fn is not None:
            with torch.no_grad():
                assert_close(ours.forward(*inputs), sample.reference_fn(theirs, *inputs))

    return run


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("cls", BUILDERS)
def test_modules_pass_module_db(cls: type, dtype: torch.dtype) -> None:
    run_all(cls.__name__, module_cases(cls, dtype))


# ---- op_db


def with_defaults(kwargs: dict[str, Any], **defaults: Any) -> dict[str, Any]:
    return {name: value for name, value in kwargs.items() if name not in defaults or value != defaults[name]}


def linear_of(sample: Any) -> tuple[Ours, list[Tensor]]:
    weight, *bias = sample.args
    bias = [each for each in [*bias, sample.kwargs.get("bias")] if each is not None]
    ours = minidl.Linear(weight.shape[1], weight.shape[0], bool(bias), dtype=weight.dtype)
    parameters = [each.detach().clone().requires_grad_() for each in [weight, *bias]]
    for (value, _), parameter in zip(ours.param(), parameters, strict=True):
        value.copy_(parameter.detach().t() if parameter.dim() == 2 else parameter.detach())
    return ours, parameters


def functional_batch_norm_of(sample: Any) -> tuple[Ours, list[Tensor]]:
    x, (mean, variance) = sample.input, sample.args[:2]
    options = {"training": False, "momentum": 0.1, "eps": 1e-5, **sample.kwargs}
    if x.dim() > 3 or x.dim() < 2:
        raise LeftOutError(f"an input of {x.dim()} dimensions: minidl's BatchNorm1d takes 2 or 3")
    if not 0 <= options["momentum"] <= 1:
        raise LeftOutError("a momentum outside 0 to 1: minidl refuses it")
    if mean is None:
        raise LeftOutError("no running statistics: minidl's BatchNorm1d always keeps them")
    weight, bias = options.get("weight"), options.get("bias")
    ours = minidl.BatchNorm1d(x.shape[1], options["eps"], options["momentum"], weight is not None, dtype=x.dtype)
    ours.running_mean.copy_(mean.detach())
    ours.running_variance.copy_(variance.detach())
    ours.train(options["training"])
    return ours, [each for each in (weight, bias) if each is not None]


def dropout_of(sample: Any) -> tuple[Ours, list[Tensor]]:
    p, training = sample.kwargs.get("p", 0.5), sample.kwargs.get("training", True)
    if training and 0 < p < 1:
        raise LeftOutError("a random mask: torch's generator and minidl's give different ones")
    ours = minidl.Dropout(p)
    ours.train(training)
    return ours, []


OPERATIONS: dict[str, Callable[[Any], tuple[Ours, list[Tensor]]]] = {
    "nn.functional.relu": lambda _: (minidl.ReLU(), []),
    "nn.functional.leaky_relu": lambda s: (minidl.LeakyReLU(*s.args, *s.kwargs.values()), []),
    "nn.functional.elu": lambda s: (minidl.ELU(**s.kwargs), []),
    "nn.functional.selu": lambda _: (minidl.SELU(), []),
    "sigmoid": lambda _: (minidl.Sigmoid(), []),
    "tanh": lambda _: (minidl.Tanh(), []),
    "nn.functional.softplus": lambda s: (minidl.Softplus(**s.kwargs), []),
    "nn.functional.gelu": lambda s: (gelu_of(s.kwargs), []),
    "nn.functional.linear": linear_of,
    "nn.functional.batch_norm": functional_batch_norm_of,
    "nn.functional.dropout": dropout_of,
    "nn.functional.mse_loss": lambda s: (loss_of(minidl.LossMSE, dict(s.kwargs)), []),
    "nn.functional.binary_cross_entropy_with_logits": lambda s: (
        loss_of(minidl.LossBinaryCrossEntropy, with_defaults(s.kwargs)),
        [],
    ),
    "nn.functional.cross_entropy": lambda s: (loss_of(minidl.LossCrossEntropy, with_defaults(s.kwargs)), []),
}


def operation_cases(name: str, dtype: torch.dtype) -> Iterator[Case]:
    from torch.testing._internal.common_methods_invocations import op_db

    (op,) = (op for op in op_db if op.name == name and not op.variant_test_name)  # the one variant is without cuDNN
    with torch.random.fork_rng():
        torch.manual_seed(0)
        samples = list(op.reference_inputs("cpu", dtype, requires_grad=False))
    for number, sample in enumerate(samples):
        yield f"{number}", operation_case(op, sample)


def operation_case(op: Any, sample: Any) -> Callable[[], None]:
    def run() -> None:
        ours, parameters = OPERATIONS[op.name](sample)
        parameters = [parameter.detach().clone().requires_grad_() for parameter in parameters]
        inputs = [sample.input]
        if not isinstance(ours, Module):
            inputs.append(sample.args[0])

        def oracle(x: Tensor, *target: Tensor) -> Tensor:
            if op.name == "nn.functional.linear":
                return torch.nn.functional.linear(x, *parameters)
            if op.name == "nn.functional.batch_norm":
                statistics = [each.detach().clone() for each in sample.args[:2]]
                options = {name: value for name, value in sample.kwargs.items() if name not in ("weight", "bias")}
                return torch.nn.functional.batch_norm(x, *statistics, *(parameters or [None, None]), **options)
            return op(x, *(target or sample.args), **sample.kwargs)

        if isinstance(ours, minidl.BatchNorm1d):
            with torch.no_grad():
                for (value, _), parameter in zip(ours.param(), parameters, strict=True):
                    value.copy_(parameter)
        compare(ours, inputs, oracle, parameters)

    return run


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", OPERATIONS)
def test_modules_pass_op_db(name: str, dtype: torch.dtype) -> None:
    run_all(name.rpartition(".")[2], operation_cases(name, dtype))


# ---- optim_db

OPTIMIZERS: dict[type, Callable[..., minidl.Optimizer]] = {
    torch.optim.SGD: minidl.SGD,
    torch.optim.Adam: minidl.Adam,
    torch.optim.AdamW: minidl.AdamW,
    torch.optim.RMSprop: minidl.RMSprop,
}
NAMES = {"eps": "epsilon"}


def optimizer_of(cls: type, kwargs: dict[str, Any], parameters: list[Parameter]) -> minidl.Optimizer:
    refuse(
        kwargs,
        {
            "maximize": "minidl minimises: change the sign of the loss",
            "amsgrad": "minidl has Adam as first published",
            "dampening": "minidl's SGD has momentum without dampening",
        },
    )
    kwargs = {"lr": 1e-3, **kwargs} if cls is torch.optim.SGD else kwargs  # minidl's SGD has no default rate
    return OPTIMIZERS[cls](parameters, **{NAMES.get(name, name): value for name, value in kwargs.items()})


def optimizer_information(cls: type) -> Any:
    from torch.testing._internal.common_optimizers import optim_db

    (info,) = (info for info in optim_db if info.optim_cls is cls)
    return info


def optimizer_cases(cls: type, dtype: torch.dtype) -> Iterator[Case]:
    for number, sample in enumerate(optimizer_information(cls).optim_inputs_func("cpu", dtype)):
        yield f"{number}-{sample.desc}", optimizer_case(cls, sample.kwargs, dtype)


def optimizer_case(cls: type, kwargs: dict[str, Any], dtype: torch.dtype) -> Callable[[], None]:
    def run() -> None:
        generator = torch.Generator().manual_seed(0)
        starts = [torch.randn(shape, generator=generator, dtype=dtype) for shape in ((3, 2), (2,), (), (2, 1, 4))]
        theirs = [start.clone().requires_grad_() for start in starts]
        ours = [Parameter(start.clone(), torch.zeros_like(start)) for start in starts]
        optimizer, oracle = optimizer_of(cls, kwargs, ours), cls(theirs, **kwargs)
        for _ in range(10):
            for parameter, twin in zip(ours, theirs, strict=True):
                twin.grad = torch.randn(twin.shape, generator=generator, dtype=dtype)
                parameter.gradient.copy_(twin.grad)
            oracle.step()
            optimizer.step()
            for parameter, twin in zip(ours, theirs, strict=True):
                assert_close(parameter.value, twin.detach())

    return run


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("cls", OPTIMIZERS)
def test_optimizers_pass_optim_db_for_ten_steps(cls: type, dtype: torch.dtype) -> None:
    run_all(cls.__name__, optimizer_cases(cls, dtype))


@pytest.mark.parametrize("cls", OPTIMIZERS)
def test_optimizers_refuse_the_bad_arguments_of_optim_db(cls: type) -> None:
    parameter = Parameter(torch.zeros(3), torch.zeros(3))
    refused = 0
    for error in optimizer_information(cls).optim_error_inputs_func("cpu", torch.float32):
        sample = error.optimizer_error_input
        takes_tensors = any(isinstance(each, Tensor) for each in sample.kwargs.get("betas", ()))
        if sample.params is not None or "foreach" in sample.kwargs or takes_tensors:
            continue  # parameter groups, names, foreach, betas as tensors: minidl has none of them
        with pytest.raises(ValueError, match=r" needs .*\.$"):
            optimizer_of(cls, sample.kwargs, [parameter])
        refused += 1
    assert refused > 1
