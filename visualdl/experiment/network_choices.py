"""How a network is built: its inputs, layers and loss, the catalogue of activations, and how weights start."""

from dataclasses import dataclass, replace
from typing import Any

from visualdl.data.features import PAPER_FEATURES, Feature, checked_features, feature_of
from visualdl.experiment.choices import Choices, Names, Range, chosen
from visualdl.experiment.data_choices import LAST_DRAW
from visualdl.experiment.task import LOSS, SQUARED


@dataclass(frozen=True)
class Activation:
    """An activation f, called the same in minidl and torch.nn, and what follows from its shape.

    `never_negative`: f(x) >= 0 everywhere. `never_zero`: f(x) > 0 everywhere; all others have the sign of x.
    `gain`: f(x) = gain x for all x >= 0, or None. `gain_of_pair`: f(x) - f(-x) = gain x for all x, or None.
    """

    name: str
    never_negative: bool = False
    never_zero: bool = False
    gain: float | None = None
    gain_of_pair: float | None = None


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("ReLU", never_negative=True, gain=1.0, gain_of_pair=1.0),
        Activation("LeakyReLU", gain=1.0, gain_of_pair=1.01),
        Activation("ELU", gain=1.0),
        Activation("SELU", gain=1.0507009873554804934193349852946),
        Activation("Sigmoid", never_negative=True, never_zero=True),
        Activation("Tanh"),
        Activation("Softplus", never_negative=True, never_zero=True, gain_of_pair=1.0),
        Activation("GELU", gain_of_pair=1.0),
        Activation("Identity", gain=1.0),
    )
}
"""The activations, by name."""


def needs_a_hidden_layer(experiment: Any) -> str:
    """Say why a choice of hidden layers has no effect in a network without any."""
    return "" if experiment.network.depth else "Needs a hidden layer: at depth 0 there is none."


DEPTH = Range("Depth", 0, 8, "How many hidden layers the network has.", "hidden layers", integer=True)

WIDTH = Range(
    "Width",
    1,
    128,
    "How many neurons each hidden layer has.",
    "neurons",
    integer=True,
    logarithmic=True,
    idle=needs_a_hidden_layer,
)

HIDDEN_ACTIVATION = Names(
    "Hidden activation", tuple(ACTIVATIONS), "The function after each hidden layer.", idle=needs_a_hidden_layer
)

OUTPUT_ACTIVATION = Names("Output activation", tuple(ACTIVATIONS), "The function after the last layer.")

INITIALIZATION = Names(
    "Initialization",
    ("Paper", "Xavier uniform", "Xavier normal", "He uniform", "He normal", "Zeros"),
    "How weights start. The paper draws weights and biases from ±1/√n, n being how many inputs a neuron has; Xavier "
    "and He have another spread, and biases of 0. From zeros, all neurons of a layer stay alike.",
)

BATCH_NORM = Names(
    "Batch norm",
    ("No", "Yes"),
    "Whether the sum of each hidden neuron is brought to mean 0 and deviation 1 over the batch. Pictures and curves "
    "use the mean and deviation seen so far, and so does a batch of a single point.",
    idle=needs_a_hidden_layer,
)

WEIGHT_DRAW = Range(
    "Weight draw",
    0,
    LAST_DRAW,
    "Which draw of initial weights it is that the seed gives: other weights, the same points.",
    integer=True,
)


@dataclass(frozen=True)
class Layer:
    """A hidden layer: how many neurons it has, and the name of the function after it."""

    width: int
    activation: str

    def __post_init__(self) -> None:
        WIDTH.check(self.width)
        HIDDEN_ACTIVATION.check(self.activation)


OF_EACH_LAYER = {"width": "width", "hidden_activation": "activation"}
"""The choices that are made for each hidden layer -> what they are called in a Layer."""


@dataclass(frozen=True)
class NetworkChoices(Choices):
    """The network that learns. Every difference but in layers that are not there takes a new one.

    Hidden layers that are all alike are `depth` times `width` and `hidden_activation`, and `layers` is empty. Where
    they differ, `layers` says each, and the other three follow from it: their number, the widest, the first function.
    So a network is written in one way only. `hidden` gives the layers either way, `with_hidden` takes them.
    `features` are the names of the inputs, as `visualdl.data.features` knows them, in their order.
    """

    depth: int = chosen(3, DEPTH)
    width: int = chosen(25, WIDTH)
    hidden_activation: str = chosen("ReLU", HIDDEN_ACTIVATION)
    output_activation: str = chosen("Tanh", OUTPUT_ACTIVATION)
    loss: str = chosen(SQUARED, LOSS)
    initialization: str = chosen("Paper", INITIALIZATION)
    batch_norm: str = chosen("No", BATCH_NORM)
    weight_draw: int = chosen(0, WEIGHT_DRAW)
    layers: tuple[Layer, ...] = ()
    features: tuple[str, ...] = PAPER_FEATURES

    def __post_init__(self) -> None:
        object.__setattr__(self, "features", checked_features(self.features))
        if self.layers:
            alike = len(set(self.layers)) == 1
            for name, value in (
                ("depth", len(self.layers)),
                ("width", max(layer.width for layer in self.layers)),
                ("hidden_activation", self.layers[0].activation),
                ("layers", () if alike else tuple(self.layers)),
            ):
                object.__setattr__(self, name, value)  # frozen from here on
        super().__post_init__()

    @property
    def hidden(self) -> tuple[Layer, ...]:
        """The hidden layers, from the input on."""
        return self.layers or (Layer(self.width, self.hidden_activation),) * self.depth

    @property
    def inputs(self) -> tuple[Feature, ...]:
        """The features that the network gets of each point."""
        return tuple(map(feature_of, self.features))

    @property
    def has_batch_norm(self) -> bool:
        """Whether the pre-activations of hidden neurons are normalized over the batch."""
        return self.batch_norm == "Yes"

    def with_hidden(self, layers: tuple[Layer, ...]) -> "NetworkChoices":
        """Return this network with other hidden layers."""
        return replace(self, depth=len(layers), layers=layers)

    def choose(self, name: str, value: Any) -> "NetworkChoices":
        """Return this network with another value of a choice.

        A width or activation is that of all hidden layers; a depth adds layers like the last one, or drops the last.
        """
        if self.layers and name == "depth":
            return self.with_hidden((self.layers + self.layers[-1:] * value)[:value])
        if self.layers and name in OF_EACH_LAYER:
            return self.with_hidden(tuple(replace(layer, **{OF_EACH_LAYER[name]: value}) for layer in self.layers))
        return replace(self, **{name: value})

    def is_built_like(self, other: "NetworkChoices") -> bool:
        """Say whether one network can go on as the other: they differ in nothing but layers that neither has."""
        if self.depth == other.depth == 0:
            other = replace(other, **{name: getattr(self, name) for name in OF_EACH_LAYER})
        return self == other
