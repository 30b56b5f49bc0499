"""The observer looks at any state of a run: the present one, a past one, or one from a file."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch

from minidl import Sequential
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network
from visualdl.training.model.objective import loss_of
from visualdl.training.pictures.activations import outputs_of
from visualdl.training.pictures.boundary import boundary_of
from visualdl.training.pictures.evaluation import evaluation_of
from visualdl.training.pictures.neuron_maps import pictures_of
from visualdl.training.pictures.predictions import predictions_of
from visualdl.training.samples.samples import Samples, samples_of
from visualdl.training.values.pictures import Boundary, Floats, Predictions
from visualdl.training.values.run_state import RunState
from visualdl.training.values.snapshot import Evaluation, Snapshot
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest


class NotFiniteError(ArithmeticError):
    """A state of which something, said in words, is not a finite number: there is nothing to see."""


@dataclass(frozen=True, eq=False)
class _Evaluated:
    """What was found of a state, of all samples or of the part that is shown."""

    state: RunState
    samples: Samples
    outputs: torch.Tensor
    evaluation: Evaluation


class Observer:
    """Makes snapshots of states. What it keeps between two of them saves time, and shows in none of them."""

    def __init__(self) -> None:
        self._state: RunState | None = None  # whose weights the network has
        self._experiment: Experiment | None = None  # whose samples and network there are
        self._network: Sequential | None = None
        self._samples: tuple[Samples, Samples] | None = None  # all of them, and the part that is shown
        self._evaluated: _Evaluated | None = None
        self._boundary: tuple[RunState, SnapshotRequest, Boundary] | None = None

    @torch.inference_mode()
    def observe(
        self,
        state: RunState,
        request: SnapshotRequest = ONLY_THE_RUN,
        *,
        exact: bool = True,
        evaluated: bool = True,
        finite: bool = True,
    ) -> Snapshot:
        """Return a moment, frozen, and what the request asks for.

        Its evaluation is that of all samples if it shall be `exact`, else that of those whose points it shows; if it
        need not be `evaluated`, it and the `predictions` may be of the state that was evaluated last, for the same
        experiment. Raises UnusableFeatureError where `samples_of` does and, if it shall be `finite`, NotFiniteError if
        the loss or a number of the network is not.
        """
        samples, part = self._samples_of(state.experiment)
        network = self._network_of(state)
        boundary = self._boundary_of(state, network, part, request)
        known = self._evaluated
        is_usable = known is not None and known.samples in (samples, part)
        looks_finite = _are_finite((*state.weights.values(), boundary.outputs))
        if known is None or not is_usable or ((evaluated or not looks_finite) and not self._is_known(state, exact)):
            known = self._evaluate(state, network, samples if exact else part)
            if finite and not known.evaluation.is_finite():
                raise NotFiniteError("the loss")
            if finite and not _are_finite(state.weights.values()):  # with a loss that is: tanh of infinity is 1
                raise NotFiniteError("a number of the network")
            self._evaluated = known

        def predictions() -> Predictions:
            return predictions_of(known.outputs, known.samples, len(state.experiment.class_names))

        done = -(-state.position // state.experiment.training.batch_size)
        left = -(-(samples.training - state.position) // state.experiment.training.batch_size)
        return Snapshot(
            experiment=state.experiment,
            step=state.step,
            epoch=state.epoch,
            batch=done,
            batches=done + left,
            evaluation=known.evaluation,
            boundary=boundary,
            weights=state.weights,
            gradients=state.gradients,
            locked=state.locked,
            data=part.data,
            problem=state.problem,
            evaluated=known.state is state,
            stopped=state.stopped,
            **pictures_of(request, network, part, predictions),
        )

    def _samples_of(self, experiment: Experiment) -> tuple[Samples, Samples]:
        if self._samples is None or experiment is not self._experiment:
            samples = samples_of(experiment)
            if self._samples is None or self._samples[0] is not samples:
                self._samples = samples, samples.part()
            self._network = None
            self._experiment = experiment
        return self._samples

    def _network_of(self, state: RunState) -> Sequential:
        """Return the network of a state, as in evaluation; it is good until the next call."""
        if self._network is None:
            self._network = build_network(state.experiment)
            self._network.evaluate()
            self._state = None
        if state is not self._state:
            for name, tensor in self._network.tensors().items():
                tensor.copy_(torch.tensor(state.weights[name]))
            self._state = state
        return self._network

    def _is_known(self, state: RunState, exact: bool) -> bool:
        known, (samples, part) = self._evaluated, self._samples or (None, None)
        return known is not None and known.state is state and (not exact or known.samples is samples or samples is part)

    def _evaluate(self, state: RunState, network: Sequential, samples: Samples) -> _Evaluated:
        outputs = outputs_of(network, samples.inputs).activations
        return _Evaluated(state, samples, outputs, evaluation_of(outputs, samples, loss_of(state.experiment.task)))

    def _boundary_of(
        self, state: RunState, network: Sequential, samples: Samples, request: SnapshotRequest
    ) -> Boundary:
        asked = request.of_output()
        if self._boundary is None or self._boundary[0] is not state or self._boundary[1] != asked:
            outputs = outputs_of(network, samples.input_grid.grid(request.resolution))
            task, scale = state.experiment.task, samples.data.scale
            self._boundary = state, asked, boundary_of(outputs, task, scale, level_lines=request.level_lines)
        return self._boundary[2]


def _are_finite(arrays: Iterable[Floats]) -> bool:
    return all(np.isfinite(array).all() for array in arrays)
