"""Modules in a row: the output of one is the input of the next."""

from collections.abc import Iterator

from torch import Tensor

from minidl.module import Module, Parameter


class Sequential(Module):
    """Y = f_k(... f_2(f_1(X))): a network from its layers. Source: the paper, section I.D.

    Input: what the first module takes; output: what the last one returns. Without modules it is the identity.
    Raises TypeError for anything that is not a Module, ValueError for a module that is in the row already,
    be it within another Sequential: it remembers only its latest forward, so its gradients would be wrong without a
    word.
    """

    def __init__(self, *modules: Module) -> None:
        self.modules: list[Module] = []
        self.add(*modules)

    def add(self, *modules: Module) -> None:
        """Append modules at the end."""
        for module in modules:
            if not isinstance(module, Module):
                raise TypeError(f"Sequential takes modules, not {module!r}.")
            present = {id(each) for each in _within(self)}
            for each in _within(module):
                if id(each) in present:
                    raise ValueError(f"Sequential takes every module once; this {type(each).__name__} came twice.")
            self.modules.append(module)

    def forward(self, x: Tensor) -> Tensor:
        """Return f_k(... f_1(X))."""
        for module in self.modules:
            x = module.forward(x)
        return x

    def backward(self, output_gradient: Tensor) -> Tensor:
        """The chain rule, from the last module to the first: the dL/dX of one is the dL/dY of the one before it."""
        for module in reversed(self.modules):
            output_gradient = module.backward(output_gradient)
        return output_gradient

    def backward_parameters(self, output_gradient: Tensor) -> None:
        """The chain rule, down to the parameters of the first module and no further."""
        for module in reversed(self.modules[1:]):
            output_gradient = module.backward(output_gradient)
        for module in self.modules[:1]:
            module.backward_parameters(output_gradient)

    def param(self) -> list[Parameter]:
        """Return the parameters of all modules, in order."""
        return [parameter for module in self.modules for parameter in module.param()]

    def tensors(self) -> dict[str, Tensor]:
        """Return the tensors of all modules by place and name: "0.weight", "0.bias", "2.weight", ..."""
        return {
            f"{place}.{name}": tensor
            for place, module in enumerate(self.modules)
            for name, tensor in module.tensors().items()
        }

    def train(self, training: bool = True) -> None:
        """Let every module compute as in training from now on; with False, as in evaluation."""
        super().train(training)
        for module in self.modules:
            module.train(training)


def _within(module: Module) -> Iterator[Module]:
    yield module
    if isinstance(module, Sequential):
        for each in module.modules:
            yield from _within(each)
