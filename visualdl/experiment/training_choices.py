"""How a network learns: the catalogue of optimizers, and what an experiment chooses of steps and of stopping."""

from dataclasses import dataclass
from typing import Any

from visualdl.experiment.choices import Choices, Names, Range, chosen
from visualdl.experiment.network_choices import needs_a_hidden_layer

MOMENTUM = 0.9


@dataclass(frozen=True)
class Optimizer:
    """An optimizer: the name that a user reads, its class and options in minidl, and in torch.optim alike."""

    name: str
    kind: str
    options: tuple[tuple[str, Any], ...] = ()


OPTIMIZERS = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer("SGD", "SGD"),
        Optimizer("Momentum", "SGD", (("momentum", MOMENTUM),)),
        Optimizer("Nesterov", "SGD", (("momentum", MOMENTUM), ("nesterov", True))),
        Optimizer("Adam", "Adam"),
        Optimizer("AdamW", "AdamW"),
        Optimizer("RMSprop", "RMSprop"),
    )
}
"""The optimizers, by name."""


def _needs_a_schedule(experiment: Any) -> str:
    return "" if experiment.training.schedule != "Constant" else "Needs a schedule: now the learning rate is constant."


def _needs_a_penalty(experiment: Any) -> str:
    return "" if experiment.training.penalty != "None" else "Needs a penalty: now there is none."


def _needs_a_stop(experiment: Any) -> str:
    never = "Needs something to stop for: now training never stops by itself."
    return "" if experiment.stopping.stop_when != "Never" else never


BATCH_SIZE = Range(
    "Batch size",
    1,
    1000,
    "How many training points each step looks at. The loss is a sum over them, so a larger batch also takes larger "
    "steps.",
    "points",
    integer=True,
    logarithmic=True,
)

LEARNING_RATE = Range(
    "Learning rate",
    1e-5,
    10,
    "How far each step follows the gradient. Too low learns slowly, too high never settles.",
    logarithmic=True,
)

OPTIMIZER = Names(
    "Optimizer",
    tuple(OPTIMIZERS),
    "How a step is made from the gradient. SGD follows it; momentum, 0.9 of it, remembers the steps before; the last "
    "three give every weight a step length of its own, for which a learning rate of 0.001 is usual.",
)

SCHEDULE = Names(
    "Schedule",
    ("Constant", "Step decay", "Cosine", "Warm-up"),
    "How the learning rate goes on. Step decay halves it every so many epochs, cosine lets it fall smoothly to a "
    "hundredth over so many epochs, warm-up lets it rise from a tenth over so many epochs. Epochs count from the start "
    "of the run.",
)

SCHEDULE_EPOCHS = Range(
    "Schedule epochs",
    1,
    10_000,
    "How many epochs the schedule takes, or, with step decay, waits between two steps.",
    integer=True,
    logarithmic=True,
    idle=_needs_a_schedule,
)

PENALTY = Names(
    "Penalty",
    ("None", "L1", "L2"),
    "What large weights cost: their size, or half their square; biases are free. It acts on what is learned, and is "
    "not part of the loss on show.",
)

PENALTY_RATE = Range(
    "Penalty rate",
    1e-5,
    10,
    "How much the penalty counts. The loss is a sum over the batch, the penalty is added to it once.",
    logarithmic=True,
    idle=_needs_a_penalty,
)

DROPOUT = Range(
    "Dropout",
    0,
    0.9,
    "The chance that a hidden neuron is left out of a step; the others speak louder meanwhile. Pictures and curves "
    "show all neurons.",
    idle=needs_a_hidden_layer,
)

STOP_WHEN = Names(
    "Stop when",
    ("Never", "Epochs", "Test error below", "Loss plateau"),
    "When training pauses by itself, at the end of an epoch: after so many epochs, once the test error is below so "
    "many per cent, or once the training loss has not fallen by a thousandth for so many epochs. Training can go on "
    "from there. Seeds go on in any case.",
)

STOP_AT = Range(
    "Stop at",
    0.1,
    100_000,
    "How many epochs, or what per cent of error: see what to stop for.",
    logarithmic=True,
    idle=_needs_a_stop,
)

STOP_UNITS = {"Epochs": "epochs", "Test error below": "%", "Loss plateau": "epochs"}
"""What to stop for -> the unit of the number to stop at."""

USUAL_STOPS = {"Epochs": 100.0, "Test error below": 5.0, "Loss plateau": 20.0}
"""What to stop for -> the number that stands there when it is chosen."""


@dataclass(frozen=True)
class TrainingChoices(Choices):
    """What steers the steps, from the next one on."""

    batch_size: int = chosen(50, BATCH_SIZE)
    learning_rate: float = chosen(0.01, LEARNING_RATE)
    optimizer: str = chosen("SGD", OPTIMIZER)
    schedule: str = chosen("Constant", SCHEDULE)
    schedule_epochs: int = chosen(10, SCHEDULE_EPOCHS)
    penalty: str = chosen("None", PENALTY)
    penalty_rate: float = chosen(0.1, PENALTY_RATE)
    dropout: float = chosen(0.0, DROPOUT)


@dataclass(frozen=True)
class StoppingChoices(Choices):
    """When training pauses by itself."""

    stop_when: str = chosen("Never", STOP_WHEN)
    stop_at: float = chosen(10.0, STOP_AT)
