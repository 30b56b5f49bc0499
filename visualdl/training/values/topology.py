"""The topology of a network: how many neurons each layer has, and what layers, neurons and parameters are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.parameter_index import Neuron, ParameterIndex

NORMALIZATION = ("scale", "shift", "running_mean", "running_variance")


@dataclass(frozen=True)
class Topology:
    """A network from `inputs` to `outputs`, which are their names, with so many neurons in each `hidden` layer.

    Layers are numbered as in `Neuron`. Linear layers stand at the even places of the network, so that layer k has the
    weights "2(k - 1).weight" and the biases "2(k - 1).bias" whatever else is chosen. What makes its pre-activations
    into its activations stands at the odd place behind it: the activation, or, in a row of their own, normalization,
    activation and dropout.
    """

    inputs: tuple[str, ...]
    hidden: tuple[int, ...]
    outputs: tuple[str, ...]
    has_batch_norm: bool = False

    @classmethod
    def of(cls, experiment: Experiment) -> "Topology":
        """Return the topology of the experiment's network."""
        inputs = tuple(feature.symbol for feature in experiment.network.inputs)
        widths = tuple(layer.width for layer in experiment.network.hidden)
        return cls(inputs, widths, experiment.task.output_names, experiment.network.has_batch_norm)

    @property
    def last(self) -> int:
        """The layer of the outputs."""
        return len(self.hidden) + 1

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """How many neurons each layer has, from the inputs to the outputs."""
        return len(self.inputs), *self.hidden, len(self.outputs)

    @cached_property
    def tensors(self) -> tuple[tuple[str, ...], ...]:
        """The names, as in `minidl.Module.state`, of the tensors of each layer after the inputs.

        They are its weights, then what each of its neurons has one number of, the biases first.
        """
        found = []
        for place in range(0, 2 * self.last, 2):
            normalization = NORMALIZATION if self.has_batch_norm and place < 2 * len(self.hidden) else ()
            found.append((f"{place}.weight", f"{place}.bias", *(f"{place + 1}.0.{name}" for name in normalization)))
        return tuple(found)

    @cached_property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """The shape of every tensor: (neurons of the layer before, neurons) of weights, (neurons,) of all others."""
        found: dict[str, tuple[int, ...]] = {}
        for ends, (weight, *others) in zip(pairwise(self.widths), self.tensors, strict=True):
            found |= {weight: ends, **dict.fromkeys(others, ends[1:])}
        return MappingProxyType(found)

    def has(self, index: Neuron | ParameterIndex) -> bool:
        """Say whether there is such a neuron, weight or bias."""
        if isinstance(index, Neuron):
            return 0 <= index.layer <= self.last and 0 <= index.number < self.widths[index.layer]
        if index.name not in self._layers or len(index.position) != len(self.shapes[index.name]):
            return False
        return all(0 <= at < size for at, size in zip(index.position, self.shapes[index.name], strict=True))

    def check(self, place: ParameterIndex) -> None:
        """Raise ValueError, in a sentence, for a place of which the network has no weight or bias."""
        if place.name not in self._layers:
            raise ValueError(f"This network has no {place.name!r}; it has {', '.join(self._layers)}.")
        if not self.has(place):
            shape = self.shapes[place.name]
            raise ValueError(f"{place.name} has the shape {shape}, so there is no position {place.position} in it.")

    def bias(self, neuron: Neuron) -> ParameterIndex | None:
        """Return the place of a neuron's bias; None for an input, which has none."""
        return ParameterIndex(self.tensors[neuron.layer - 1][1], (neuron.number,)) if neuron.layer else None

    def incoming(self, neuron: Neuron, source: int) -> ParameterIndex | None:
        """Return the place of the weight from a neuron of the layer before; None for an input, which has no such."""
        return ParameterIndex(self.tensors[neuron.layer - 1][0], (source, neuron.number)) if neuron.layer else None

    def ends(self, place: ParameterIndex) -> tuple[Neuron | None, Neuron]:
        """Return from where to where a number leads: a weight from neuron to neuron, a bias from None.

        Raises ValueError as `check` does.
        """
        self.check(place)
        layer = self._layers[place.name]
        source = Neuron(layer - 1, place.position[0]) if place.kind == "weight" else None
        return source, Neuron(layer, place.position[-1])

    def layer_name(self, layer: int) -> str:
        """Return what a layer is called: inputs, layer 1, outputs."""
        return {0: "inputs", self.last: "outputs"}.get(layer, f"layer {layer}")

    def neuron_name(self, neuron: Neuron) -> str:
        """Return what a neuron is called: input x₁, layer 2, neuron 7, output 2 (inside)."""
        if neuron.layer == 0:
            return f"input {self.inputs[neuron.number]}"
        if neuron.layer == self.last:
            return f"output {neuron.number + 1} ({self.outputs[neuron.number]})"
        return f"layer {neuron.layer}, neuron {neuron.number + 1}"

    def ends_name(self, place: ParameterIndex) -> str:
        """Return between which neurons a weight stands, or whose bias it is. Raises ValueError as `check` does."""
        return " → ".join(self.neuron_name(neuron) for neuron in self.ends(place) if neuron is not None)

    def parameter_name(self, place: ParameterIndex) -> str:
        """Return what a number is called in few words: Weight 2 → 3, layer 1. Raises ValueError as `check` does."""
        _, target = self.ends(place)
        numbers = " → ".join(str(at + 1) for at in place.position)
        return f"{place.kind.capitalize()} {numbers}, {self.layer_name(target.layer)}"

    @cached_property
    def _layers(self) -> Mapping[str, int]:
        """The layer that has the weights or biases of a name."""
        return {name: layer for layer, names in enumerate(self.tensors, start=1) for name in names[:2]}
