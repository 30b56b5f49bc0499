"""What the tests of the views share: snapshots of a real run, and what a network's neurons say."""

import numpy as np
import pytest
import torch

import minidl
from visualdl.experiment import Experiment
from visualdl.training.pictures import HiddenPlane, Neuron
from visualdl.training.session import Session


def neuron_values(session, inputs, neuron):
    """The values of a neuron for normalised inputs, (samples,): after its layer's activation."""
    layer, signal = 0, inputs
    for module in session._network.modules:
        if layer == neuron.layer:
            break
        signal = module.forward(signal)
        layer += not isinstance(module, minidl.Linear)
    return signal[:, neuron.number].numpy()


@pytest.fixture
def plane_of():
    """Make the hidden plane of two neurons of a session's network."""

    @torch.inference_mode()
    def make(session: Session, neurons: tuple[Neuron, Neuron], side: int = 21) -> HiddenPlane:
        samples = session._samples
        grid, points = (
            np.stack([neuron_values(session, inputs, neuron) for neuron in neurons], axis=-1)
            for inputs in (samples.square.grid(side), samples.inputs[: samples.training])
        )
        return HiddenPlane(neurons, grid.reshape(side, side, 2), points, samples.data.train.labels)

    return make


@pytest.fixture(scope="session")
def trained():
    """A session of the paper's network after some training."""
    session = Session(Experiment())
    for _ in range(100):
        session.advance()
    return session
