"""What the tests of the views share: snapshots of a real run, and the plane of two of its neurons."""

import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.pictures import HiddenPlane
from visualdl.training.values.snapshot_request import SnapshotRequest


@pytest.fixture
def plane_of():
    """Make the hidden plane of two neurons of a session's network."""

    def make(session: Watched, neurons: tuple[Neuron, Neuron]) -> HiddenPlane:
        return session.snapshot(SnapshotRequest(plane=neurons)).plane

    return make


@pytest.fixture(scope="session")
def trained():
    """A session of the paper's network after some training."""
    session = Watched(Experiment())
    for _ in range(100):
        session.advance()
    return session
