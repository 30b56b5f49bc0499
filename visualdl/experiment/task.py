"""A task is what a network is trained for: what its points carry, the loss that says how far off it is, its outputs."""

from typing import Any, NamedTuple

from visualdl.experiment.choices import Names
from visualdl.experiment.data_choices import DATA_SETS, OWN

SQUARED, BINARY, SOFTMAX = "Mean squared error", "Binary cross-entropy", "Softmax cross-entropy"


def _measures_values_alone(experiment: Any) -> str:
    if not experiment.task.is_regression:
        return ""
    return f"{experiment.data.dataset} has values: of these losses, only the squared error measures them."


LOSS = Names(
    "Loss",
    (SQUARED, BINARY, SOFTMAX),
    "How far outputs are from their targets, summed over the batch: what training makes smaller. Choosing one brings "
    "what suits it. The squared error, of the paper, has targets of ±1, and Tanh after the outputs; for a regression "
    "the values, and Identity. Both cross-entropies take logits, and so Identity: the binary one a single output "
    "for two classes, that of the softmax one for each class.",
    idle=_measures_values_alone,
)

COLORS = ("orange", "blue", "green", "pink", "yellow", "grey")
"""What classes are called that have no better names: the colours of their points, `gui.theme` has them."""


class Task(NamedTuple):
    """What three choices of an experiment say together, as its fields of the same names; and what own classes are."""

    dataset: str
    classes: int
    loss: str
    own_classes: tuple[str, ...] = ()

    @property
    def is_regression(self) -> bool:
        """Whether points carry values instead of classes."""
        return self.dataset != OWN and DATA_SETS[self.dataset].is_regression

    @property
    def class_names(self) -> tuple[str, ...]:
        """What classes 0, 1, ... are called; empty for a regression."""
        if self.is_regression:
            return ()
        if self.dataset == OWN:
            return self.own_classes
        data_set = DATA_SETS[self.dataset]
        if data_set.round:
            return "outside", "inside"
        return COLORS[: min(self.classes, data_set.most_classes)]

    @property
    def output_names(self) -> tuple[str, ...]:
        """What each output speaks for: a class, the value, or, where one output tells two classes apart, class 1."""
        if self.is_regression:
            return ("value",)
        return self.class_names[1:] if self.loss == BINARY else self.class_names

    @property
    def outputs(self) -> int:
        """How many outputs the network has."""
        return len(self.output_names)

    @property
    def error_name(self) -> str:
        """What the error is: the share of points misclassified, or of the values' variance left unexplained."""
        return "1 − R²" if self.is_regression else "error"

    @property
    def sentence(self) -> str:
        """What the outputs are, and what they should become."""
        if self.is_regression:
            return "Now one output learns the value of each point."
        if self.loss == BINARY:
            return f"Now one output learns the logit of “{self.class_names[1]}”: its targets are 1, and 0 for the rest."
        if self.loss == SOFTMAX:
            return f"Now {self.outputs} outputs learn the logits of the classes: the target is the number of the class."
        return f"Now {self.outputs} outputs learn +1 for the class of the point, −1 for the others."

    def check(self) -> None:
        """Raise ValueError, in a sentence, for a loss that cannot measure what the points carry."""
        if self.is_regression and self.loss != SQUARED:
            raise ValueError(f"{self.dataset} has values, not classes: its loss must be {SQUARED}, not {self.loss}.")
        if self.loss == BINARY and len(self.class_names) > 2:
            raise ValueError(f"{BINARY} tells 2 classes apart, not {len(self.class_names)}: {SOFTMAX} takes more.")


def implied_changes(task: Task, name: str, value: Any) -> dict[str, Any]:
    """Return what a choice of one of the task's fields makes of it, and what else it changes, so that all suit.

    A loss brings the output activation that suits it, and the binary one two classes; where there are more own ones, it
    becomes the softmax one. For data, see `changes_implied_by_data`.
    """
    wanted = task._replace(**{name: value})
    if name != "loss":
        return {name: value, **changes_implied_by_data(task, wanted)}
    implied: dict[str, Any] = {name: value}
    if value == BINARY and len(wanted.class_names) > 2:
        implied.update({"loss": SOFTMAX} if wanted.own_classes else {"classes": 2})
    return implied | _output_activation(task, wanted._replace(**implied))


def changes_implied_by_data(task: Task, wanted: Task) -> dict[str, Any]:
    """Return what other data changes in an experiment beside the data, so that all suit each other.

    Data that the loss cannot measure brings another one; from classes to values or back, the output activation goes
    along.
    """
    implied: dict[str, Any] = {}
    if wanted.is_regression:
        implied["loss"] = SQUARED
    elif wanted.loss == BINARY and len(wanted.class_names) > 2:
        implied["loss"] = SOFTMAX
    return implied | _output_activation(task, wanted._replace(**implied))


def implied_changes_sentence(before: Task, after: Task, name: str, value: Any) -> str:
    """Say what a choice of one of the fields has changed beside itself, where nobody would expect it; "" else."""
    if name == "loss" and after.loss != value:
        return f"{value} tells 2 classes apart, and the data has {len(after.class_names)}: {after.loss} it is."
    if name == "loss" and after.class_names != before.class_names:
        return f"{value} tells 2 classes apart: the data has 2 now, instead of {len(before.class_names)}."
    if name != "loss" and after.loss != before.loss:
        kind = "values" if after.is_regression else f"{len(after.class_names)} classes"
        return f"{before.loss} is not for {kind}: {after.loss} has taken its place."
    return ""


def _output_activation(task: Task, wanted: Task) -> dict[str, Any]:
    if wanted.loss == task.loss and wanted.is_regression == task.is_regression:
        return {}
    return {"output_activation": "Tanh" if wanted.loss == SQUARED and not wanted.is_regression else "Identity"}
