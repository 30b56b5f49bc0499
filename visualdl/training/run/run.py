"""A run: one network that learns, step by step. It is its first state and its events, and nothing else."""

import math
from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from minidl import Sequential
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network, gradients_of
from visualdl.training.model.objective import loss_of
from visualdl.training.model.training_step import TrainingStep
from visualdl.training.model.weight_transfer import kept_parameters, transfer_weights
from visualdl.training.pictures.activations import outputs_of
from visualdl.training.pictures.evaluation import evaluation_of
from visualdl.training.run.changes import ChangeMarks
from visualdl.training.run.history import History
from visualdl.training.run.stopping import Stopping
from visualdl.training.run.weight_edits import Edits
from visualdl.training.samples.samples import samples_of
from visualdl.training.values.events import (
    DataReplaced,
    Event,
    ExperimentChanged,
    NetworkGrown,
    NumberLocked,
    NumberSet,
    event_of,
)
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.read_only import frozen_by_name
from visualdl.training.values.run_state import RunState
from visualdl.training.values.snapshot import Curves, Evaluation
from visualdl.training.values.topology import Topology


class Run:
    """One run of an experiment, from its initial weights on, or with `resume` from any state of a run on.

    The same experiment and events give the same states, bit for bit, on the same machine. Not thread-safe: one thread
    owns it. `experiment`, `step`, `epoch`, `problem` and `stopped` are as in its `state`. Raises UnusableFeatureError
    where `samples_of` does.
    """

    @torch.inference_mode()
    def __init__(self, experiment: Experiment) -> None:
        self._build(experiment)
        self._begin()

    @classmethod
    @torch.inference_mode()
    def resume(cls, state: RunState) -> "Run":
        """Return a run that goes on from a state as the one whose state it was would have."""
        run = cls.__new__(cls)
        run._build(state.experiment)
        run._take_up(state)
        run._begin()
        return run

    @property
    def events(self) -> tuple[Event, ...]:
        """What has been done to the run since it began, or was resumed."""
        return tuple(self._events)

    @property
    def exact_epoch(self) -> float:
        """How many passes over the data there were, the one under way as a fraction."""
        return float(self.epoch + self._order.position / self._samples.training)

    @property
    def batches_left(self) -> int:
        """How many mini-batches the epoch still has."""
        return -(-self._order.remaining // self.experiment.training.batch_size)

    @torch.inference_mode()
    def state(self) -> RunState:
        """Return all that the run is now."""
        return RunState(
            experiment=self.experiment,
            weights=frozen_by_name(self._network.tensors()),
            step=self.step,
            epoch=self.epoch,
            position=self._order.position,
            gradients=frozen_by_name(gradients_of(self._network)),
            optimizer=frozen_by_name(self._training_step.optimizer.state()),
            locked=self._edits.locked,
            stopping=self._stopping.state,
            problem=self.problem,
            stopped=self.stopped,
        )

    def number(self, index: ParameterIndex) -> float:
        """Return a weight or bias; raise ValueError for one that does not exist."""
        return self._edits.number(index)

    def curves(self, evaluation: Evaluation) -> Curves:
        """Return the run up to now, where its evaluation is this one."""
        return self._history.curves(self.exact_epoch, evaluation, self._marks.all())

    @torch.inference_mode()
    def advance(self, steps: int = 1) -> None:
        """Learn from so many mini-batches. It ends before its time at a `problem`, and where it `stopped` by itself."""
        for _ in range(steps):
            if self.problem:
                return
            self._learn_from_batch()
            if self.stopped:
                return

    @torch.inference_mode()
    def apply(self, event: Event) -> None:
        """Do what an event says, from the next mini-batch on. Once there is a `problem`, numbers stay as they are.

        Raises ValueError, and does nothing, for an event of another step, for an experiment that takes another kind
        of event or a new run, and for a number that does not exist or may not be; UnusableFeatureError as `samples_of`
        does.
        """
        if event.step != self.step:
            raise ValueError(f"This run is at step {self.step}: it can't be acted on before step {event.step}.")
        if isinstance(event, ExperimentChanged):
            self._change(event)
        elif self.problem:
            return
        elif isinstance(event, NumberSet):
            self._edits.set_number(event.index, event.value)
        elif isinstance(event, NumberLocked):
            self._edits.set_locked(event.index, event.locked)
        self._events.append(event)
        self._marks.add(event, self.exact_epoch)

    def _build(self, experiment: Experiment) -> None:
        """Make the run of an experiment as it is before its first step."""
        self.experiment = experiment
        self.step, self.epoch = 0, 0
        self.problem, self.stopped = "", ""
        self._samples = samples_of(experiment)
        self._set_network(build_network(experiment))
        self._loss = loss_of(experiment.task)
        self._stopping = Stopping(experiment)
        self._start_epoch()

    def _take_up(self, state: RunState) -> None:
        self.step, self.epoch = state.step, state.epoch
        self.problem, self.stopped = state.problem, state.stopped
        self._network.load_state(_tensors(state.weights))
        for name, gradient in gradients_of(self._network).items():
            if name in state.gradients:
                gradient.copy_(torch.tensor(state.gradients[name]))
        if state.optimizer:
            self._training_step.optimizer.load_state(_tensors(state.optimizer))
        for index in state.locked:
            self._edits.set_locked(index, True)
        self._stopping = Stopping(state.experiment, state.stopping)
        self._start_epoch(state.position)

    def _begin(self) -> None:
        """Begin to remember what was done and how good it was."""
        self._events: list[Event] = []
        self._marks = ChangeMarks(self.experiment)
        self._history = History()
        self._history.record(self.exact_epoch, self._evaluate())

    def _set_network(self, network: Sequential) -> None:
        self._network = network
        self._training_step = TrainingStep(network, self.experiment, (self.experiment.seed,))
        self._edits = Edits(network.tensors(), Topology.of(self.experiment))

    def _start_epoch(self, position: int = 0) -> None:
        self._order = self._samples.epoch(self.epoch)
        self._order.position = position

    def _learn_from_batch(self) -> None:
        self.stopped = ""
        epoch = self.exact_epoch
        inputs, targets = self._order.take(self.experiment.training.batch_size)
        loss = self._loss.forward(self._training_step.forward(inputs, self.step, epoch), targets)
        if not math.isfinite(loss.item()):
            self.problem = problem_of(self.state(), "the loss")
            return
        self._training_step.learn(self._loss.backward())
        self._edits.restore()
        self.step += 1
        if not self._order.remaining:
            self._finish_epoch()

    def _finish_epoch(self) -> None:
        self.epoch += 1
        self._start_epoch()
        evaluation = None
        if self._history.wants(self.epoch) or self._stopping.needs_evaluation:
            evaluation = self._evaluate()
            if self._history.wants(self.epoch):
                self._history.record(self.epoch, evaluation)
        self.stopped = self._stopping.after_epoch(self.epoch, evaluation)

    def _evaluate(self) -> Evaluation:
        """Return the evaluation of all samples."""
        outputs = outputs_of(self._network, self._samples.inputs).activations
        return evaluation_of(outputs, self._samples, self._loss)

    def _change(self, event: ExperimentChanged) -> None:
        before, after = self.experiment, event.experiment
        kind = type(event_of(self.step, before, after))
        if type(event) is not kind:
            changed = ", ".join(after.changes_from(before)) or "nothing"
            raise ValueError(f"A change of {changed} is {kind.__name__}, not {type(event).__name__}.")
        if isinstance(event, NetworkGrown):
            self._grow(before, after)
        elif isinstance(event, DataReplaced):
            self._samples = samples_of(after)
            self._start_epoch()
            if self.step == 0 and not self.problem:
                self._history.begin_again(self._evaluate())
        self.experiment = after
        self._training_step.change(after)
        self._stopping.change(after)
        self.stopped = ""

    def _grow(self, before: Experiment, after: Experiment) -> None:
        """Go on with another network, which keeps what this one has learned, and the locks that mean the same there."""
        samples = samples_of(after)
        weights = frozen_by_name(self._network.tensors())
        network = build_network(after)
        network.load_state(_tensors(transfer_weights(weights, before, after)))
        locked = kept_parameters(self._edits.locked, weights, before, after)
        position = 0 if after.needs_new_data(before) else self._order.position
        self.experiment, self._samples, self._loss = after, samples, loss_of(after.task)
        self._set_network(network)
        for index in locked:
            self._edits.set_locked(index, True)
        self._start_epoch(position)


def replay(experiment: Experiment, events: tuple[Event, ...], step: int) -> RunState:
    """Return the state at a `step` of the run that these `events` have made of an `experiment`.

    Events at that step have acted. Raises ValueError for a step that the run does not reach, for it has a problem.
    """
    run = Run(experiment)
    for event in events:
        if event.step > step:
            break
        advance_to(run, event.step)
        run.apply(event)
    advance_to(run, step)
    return run.state()


def advance_to(run: Run, step: int) -> None:
    """Let a run learn up to a step, whatever it stops for; raise ValueError if it does not reach it."""
    while run.step < step and not run.problem:
        run.advance(step - run.step)
    if run.step != step:
        raise ValueError(f"This run is at step {run.step}, and can't be taken to step {step}. {run.problem}".rstrip())


def problem_of(state: RunState, what: str) -> str:
    """Say that training cannot go on from a state, for something is not finite, and what helps."""
    return (
        f"Training stopped in epoch {state.epoch + 1}, at step {state.step}: {what} is not finite. "
        f"Try a learning rate below {state.experiment.training.learning_rate:g} or a smaller batch, then Reset."
    )


def _tensors(arrays: Mapping[str, np.ndarray]) -> dict[str, Tensor]:
    return {name: torch.tensor(array) for name, array in arrays.items()}
