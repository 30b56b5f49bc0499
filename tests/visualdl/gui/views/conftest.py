"""What the tests of the views share: snapshots of a real run, and the plane of two of its neurons."""

import pytest

from visualdl.experiment import Experiment
from visualdl.training.pictures import HiddenPlane, Look, Neuron
from visualdl.training.session import Session


@pytest.fixture
def plane_of():
    """Make the hidden plane of two neurons of a session's network."""

    def make(session: Session, neurons: tuple[Neuron, Neuron]) -> HiddenPlane:
        return session.snapshot(Look(plane=neurons)).plane

    return make


@pytest.fixture(scope="session")
def trained():
    """A session of the paper's network after some training."""
    session = Session(Experiment())
    for _ in range(100):
        session.advance()
    return session
