"""A session is one run: it owns network, data and optimiser, advances by mini-batches, and gives snapshots."""

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from minidl import Sequential
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network, gradients_of
from visualdl.training.model.objective import loss_of
from visualdl.training.model.topology import linear_names
from visualdl.training.model.training_step import TrainingStep
from visualdl.training.model.weight_transfer import kept_parameters, transfer_weights
from visualdl.training.pictures.activations import outputs_of
from visualdl.training.pictures.boundary import boundary_of
from visualdl.training.pictures.evaluation import evaluation_of
from visualdl.training.pictures.neuron_maps import look_at
from visualdl.training.pictures.predictions import predictions_of
from visualdl.training.run.changes import changes_of
from visualdl.training.run.history import History
from visualdl.training.run.stopping import Stopping
from visualdl.training.run.weight_edits import Edits, label_of
from visualdl.training.samples.samples import Samples, samples_of
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.pictures import Boundary, Floats, Predictions
from visualdl.training.values.read_only import frozen_by_name
from visualdl.training.values.run_state import Checkpoint
from visualdl.training.values.snapshot import Curves, Evaluation, Snapshot
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest


class Run:
    """One run of an experiment, from its initial weights on, or from a checkpoint that an earlier run has reached.

    The same experiment gives the same run, bit for bit, on the same machine. Not thread-safe: one thread owns it.
    With the `history` of an earlier run, its curves go on.
    """

    @torch.inference_mode()
    def __init__(
        self, experiment: Experiment, run: int = 0, checkpoint: Checkpoint | None = None, history: History | None = None
    ) -> None:
        self.experiment = experiment
        self.run = run
        self.step = checkpoint.step if checkpoint else 0
        self.epoch = checkpoint.epoch if checkpoint else 0
        self.problem = ""
        self.refusal = ""  # why it cannot go on as was asked for last; whoever asks sets it, and takes it back
        self.stopped = ""  # why training should pause here, until it goes on or changes
        self._look = ONLY_THE_RUN  # what the latest snapshot shows beside the run
        self._is_exact = True  # whether its evaluation is that of all samples
        self._take_samples(experiment)
        self._network = build_network(experiment)
        if checkpoint:
            self._network.load_state({name: torch.tensor(array) for name, array in checkpoint.weights.items()})
        self._loss = loss_of(experiment.task)
        self._learner = TrainingStep(self._network, experiment, (experiment.seed,))
        self._stopping = Stopping(experiment)
        tensors = self._network.tensors()
        self._edits = Edits({name: tensors[name] for name in linear_names(tensors)})
        self._start_epoch()
        self._order.position = checkpoint.position if checkpoint else 0
        self._history = History() if history is None else history
        outputs, samples = self._outputs(), self._samples
        evaluation = evaluation_of(outputs, samples, self._loss)
        if history is None:
            self._history.record(self._exact_epoch(), evaluation)
        self._answered = outputs, samples
        self._latest = self._take_snapshot(evaluation, self._curves(evaluation))
        self._seen, self._unseen = self._shown, False
        self._sound = self._latest, self._seen, self._look

    @torch.inference_mode()
    def change(self, experiment: Experiment, *, continues: bool = False) -> None:
        """Go on with what acts between two batches, other data too, from the next mini-batch on.

        With other data the epoch that is under way begins anew: epochs count whole passes. `continues` says that this
        is one change with the last one, as while a slider is dragged.

        Raises ValueError for an experiment that needs a new network: that is another session. Where `samples_of` raises
        UnusableFeatureError, so does this, and nothing has changed.
        """
        if experiment.needs_new_network(self.experiment):
            raise ValueError(f"Only a new session can take over {', '.join(experiment.changes_from(self.experiment))}.")
        if experiment.needs_new_data(self.experiment):
            self._take_samples(experiment)
            self._start_epoch()
            if self.step == 0 and not self.problem:
                self._history.begin_again(self._evaluate())
        self._record_changes(experiment, continues=continues)
        self.experiment = experiment
        self._learner.change(experiment)
        self._stopping.change(experiment)
        self.stopped = ""
        self._unseen = True

    @torch.inference_mode()
    def set_number(self, place: ParameterIndex, value: float, *, continues: bool = False) -> None:
        """Set a weight or bias, locked or not, between two batches. Once there is a `problem` it does nothing.

        `continues` is as in `change`. Raises ValueError for a place that does not exist, or a value out of bounds.
        """
        if self.problem:
            return
        before = self._edits.number(place)
        self._edits.set_number(place, value)
        label = f"{label_of(place, linear_names(self._network.tensors()))}:"
        self._history.record_change(self._exact_epoch(), label, f"{before:.3g}", f"{value:.3g}", continues=continues)
        self._unseen = True

    @torch.inference_mode()
    def set_locked(self, place: ParameterIndex, locked: bool) -> None:
        """Keep a weight or bias from learning, or let it learn again; raise ValueError for one that does not exist."""
        if not self.problem:
            self._edits.set_locked(place, locked)
            self._unseen = True

    @torch.inference_mode()
    def grown(self, experiment: Experiment, run: int, *, continues: bool = False) -> "Run":
        """Return the run that goes on from here with another network, which keeps what this one has learned.

        Step, epoch and curves go on, and the locks of numbers that mean the same there (see `growing.kept_parameters`).
        This session is over then. `continues` is as in `change`. Raises ValueError unless the network is all that
        changes (see `growing.can_transfer_weights`).
        """
        before = frozen_by_name(self._network.tensors())
        weights = transfer_weights(before, self.experiment, experiment)
        position = 0 if experiment.needs_new_data(self.experiment) else self._order.position  # as in `change`
        checkpoint = Checkpoint(weights, self.step, self.epoch, position)
        session = Run(experiment, run, checkpoint, self._history)
        self._record_changes(experiment, continues=continues)  # only now: the other network may be refused
        self._stopping.change(experiment)
        session._stopping, session._unseen = self._stopping, True
        for place in kept_parameters(self._edits.locked, before, self.experiment, experiment):
            session.set_locked(place, True)
        return session

    @torch.inference_mode()
    def advance(self, most: int = 1) -> None:
        """Learn from one mini-batch, or from `most`, and no further than to the end of the epoch.

        Once there is a `problem`, and while there is a `refusal`, it does nothing.
        """
        epoch = self.epoch
        while most > 0 and epoch == self.epoch and not (self.problem or self.refusal):
            self._learn_from_batch()
            most -= 1

    def _learn_from_batch(self) -> None:
        self.stopped = ""
        epoch = self._exact_epoch()
        inputs, targets = self._order.take(self.experiment.batch_size)
        loss = self._loss.forward(self._learner.forward(inputs, self.step, epoch), targets)
        if not math.isfinite(loss.item()):
            self._stop()
            return
        self._learner.learn(self._loss.backward())
        self._edits.restore()
        self.step += 1
        self._unseen = True
        if not self._order.remaining:
            self._finish_epoch()

    @torch.inference_mode()
    def snapshot(self, look: SnapshotRequest = ONLY_THE_RUN, *, exact: bool = True, evaluated: bool = True) -> Snapshot:
        """Return this moment, frozen, and what `look` asks for.

        Its evaluation is that of all samples if it shall be `exact`, else that of those whose points it shows; if it
        need not be `evaluated`, it and the `answers` may be of an earlier moment. Once there is a `problem`, this is
        the last moment that was evaluated and finite.
        """
        known = not self._unseen and (self._latest.evaluated or not evaluated) and (self._is_exact or not exact)
        if not self.problem and not known:
            self._look_again(exact=exact, evaluated=evaluated)
        if look != self._look:
            self._look_elsewhere(look)
        problem = self.problem or self.refusal
        return replace(self._latest, run=self.run, experiment=self.experiment, problem=problem, stopped=self.stopped)

    def _take_samples(self, experiment: Experiment) -> None:
        self._samples = samples_of(experiment)
        self._shown = self._samples.part()

    def _start_epoch(self) -> None:
        self._order = self._samples.epoch(self.epoch)

    def _finish_epoch(self) -> None:
        self.epoch += 1
        self._start_epoch()
        evaluation = None
        if self._history.wants(self.epoch) or self._stopping.needs_evaluation:
            evaluation = self._evaluate()
            if not evaluation.is_finite():
                self._stop()
                return
            if self._history.wants(self.epoch):
                self._history.record(self.epoch, evaluation)
        self.stopped = self._stopping.after_epoch(self.epoch, evaluation)

    def _stop(self, what: str = "the loss") -> None:
        """Say what is not finite, and go back to the latest moment at which all is known to be so."""
        self._latest, self._seen, self._look = self._sound
        self.problem = (
            f"Training stopped in epoch {self.epoch + 1}, at step {self.step}: {what} is not finite. "
            f"Try a learning rate below {self.experiment.learning_rate:g} or a smaller batch, then Reset."
        )

    def _exact_epoch(self) -> float:
        return self.epoch + self._order.position / self._samples.training

    def _record_changes(self, experiment: Experiment, *, continues: bool) -> None:
        for change in changes_of(self.experiment, experiment):
            self._history.record_change(self._exact_epoch(), *change, continues=continues)

    def _evaluate(self) -> Evaluation:
        """Return the evaluation of all samples."""
        return evaluation_of(self._outputs(), self._samples, self._loss)

    def _outputs(self) -> Tensor:
        return outputs_of(self._network, self._samples.inputs).values

    def _answers(self) -> Predictions:
        outputs, samples = self._answered
        return predictions_of(outputs, samples, len(self._latest.experiment.class_names))

    def _look_again(self, *, exact: bool, evaluated: bool) -> None:
        if evaluated:
            samples = self._samples if exact else self._shown
            outputs = outputs_of(self._network, samples.inputs).values
            evaluation = evaluation_of(outputs, samples, self._loss)
            if not evaluation.is_finite():
                self._stop()
                return
            latest = self._take_snapshot(evaluation, self._curves(evaluation))
            if not _are_finite(latest.weights.values()):  # with a loss that is: tanh of infinity is 1
                self._stop("a number of the network")
                return
            self._is_exact = exact or self._shown is self._samples
            self._answered = outputs, samples
            self._latest = latest
            self._sound = self._latest, self._shown, self._look.of_output()
        else:
            latest = self._take_snapshot(self._latest.evaluation, self._latest.curves)
            if not _are_finite((*latest.weights.values(), latest.boundary.outputs)):
                self._look_again(exact=exact, evaluated=True)  # which finds out whether training can go on
                return
            self._latest = replace(latest, evaluated=False)
        self._look, self._seen, self._unseen = self._look.of_output(), self._shown, False

    def _look_elsewhere(self, look: SnapshotRequest) -> None:
        """Show the moment of the latest snapshot in another way."""
        before, self._look = self._look, look
        network = self._network_then()
        if look.of_output() != before.of_output():
            self._latest = replace(
                self._latest, boundary=self._boundary(look, network, self._seen, self._latest.experiment)
            )
        self._latest = replace(self._latest, **look_at(look, network, self._seen, self._answers))

    def _network_then(self) -> Sequential:
        """Return the network at the moment of the latest snapshot; once there is a problem, it has gone on since."""
        if not self.problem:
            return self._network
        network = build_network(self.experiment)
        network.load_state({name: torch.tensor(array) for name, array in self._latest.weights.items()})
        network.evaluate()
        return network

    def _boundary(
        self, look: SnapshotRequest, network: Sequential, samples: Samples, experiment: Experiment
    ) -> Boundary:
        outputs = outputs_of(network, samples.square.grid(look.resolution))
        return boundary_of(outputs, experiment.task, samples.data.scale, level_lines=look.level_lines)

    def _curves(self, evaluation: Evaluation) -> Curves:
        return self._history.curves(self._exact_epoch(), evaluation)

    def _take_snapshot(self, evaluation: Evaluation, curves: Curves) -> Snapshot:
        position, batch_size = self._order.position, self.experiment.batch_size
        batches_done = math.ceil(position / batch_size)
        return Snapshot(
            run=self.run,
            experiment=self.experiment,
            step=self.step,
            epoch=self.epoch,
            batch=batches_done,
            batches=batches_done + math.ceil(self._order.remaining / batch_size),
            evaluation=evaluation,
            curves=curves,
            boundary=self._boundary(self._look, self._network, self._shown, self.experiment),
            weights=frozen_by_name(self._network.tensors()),
            gradients=frozen_by_name(gradients_of(self._network)),
            locked=self._edits.locked,
            data=self._shown.data,
        )


def _are_finite(arrays: Iterable[Floats]) -> bool:
    return all(np.isfinite(array).all() for array in arrays)
