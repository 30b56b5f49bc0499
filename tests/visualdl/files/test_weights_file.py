"""A network in a file: comes back exactly as it went, and whatever is no network is refused in one sentence."""

import json
import struct

import numpy as np
import pytest
from safetensors.numpy import save

from tests.visualdl.watched import Watched
from visualdl.data.frame import Frame
from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment
from visualdl.files.weights_file import TrainedNetwork, read, write
from visualdl.training.values.run_state import RunState
from visualdl.training.values.topology import Topology


def trained(experiment):
    run = Watched(experiment)
    for _ in range(30):
        run.advance()
    snapshot = run.snapshot()
    return snapshot, TrainedNetwork(experiment, snapshot.weights)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment(depth=0, seed=9),
        Experiment(depth=8, width=1, hidden_activation="Tanh"),
        Experiment(width=5, batch_norm="Yes", dropout=0.2, optimizer="Adam"),
    ],
)
def test_a_network_comes_back_with_the_same_function(tmp_path, experiment):
    file = tmp_path / "network.safetensors"
    snapshot, network = trained(experiment)
    write(file, network)
    back = read(file)
    assert back.experiment == experiment
    again = Watched(state=RunState(back.experiment, back.weights)).snapshot()
    assert np.array_equal(again.boundary.outputs, snapshot.boundary.outputs)
    assert again.step == 0


def test_a_run_does_not_learn_into_the_weights_that_it_was_given(tmp_path):
    snapshot, _ = trained(Experiment())
    before = {name: array.copy() for name, array in snapshot.weights.items()}
    run = Watched(state=RunState(Experiment(), snapshot.weights))
    run.advance()
    assert all(np.array_equal(before[name], array) for name, array in snapshot.weights.items())
    assert not np.array_equal(run.snapshot().weights["0.weight"], before["0.weight"])


def content(experiment="paper", **changed):
    weights = {name: np.zeros(shape, np.float32) for name, shape in Topology.of(Experiment()).shapes.items()}
    weights.update(changed)
    weights = {name: array for name, array in weights.items() if array is not None}
    metadata = {"experiment": Experiment().to_json() if experiment == "paper" else experiment}
    return save(weights, metadata=metadata if experiment is not None else None)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a safetensors file"),
        (b"no tensors at all, but a longer text", "not a safetensors file"),
        (struct.pack("<Q", 2**60) + b"{}", "not a safetensors file"),
        (content()[:-10], "not a safetensors file"),
        (content(None), "not the experiment"),
        (content("{"), "not an experiment"),
        (content(json.dumps({"depth": 99})), "Depth must be a whole number from 0 to 8, not 99"),
        (content(**{"0.bias": None}), "lacks 0.bias"),
        (content(**{"9.bias": np.zeros(2, np.float32)}), "holds '9.bias'"),
        (content(**{"0.bias": np.zeros(24, np.float32)}), r"0.bias is \(24,\) of float32, not \(25,\)"),
        (content(**{"0.bias": np.zeros(25, np.float64)}), "of float64"),
        (content(**{"0.bias": np.full(25, np.nan, np.float32)}), "not finite"),
    ],
)
def test_what_is_no_network_is_refused_in_one_sentence(tmp_path, data, sentence):
    file = tmp_path / "network.safetensors"
    file.write_bytes(data)
    with pytest.raises(ValueError, match=sentence) as refusal:
        read(file)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith("network.safetensors")


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(ValueError, match=f"{tmp_path.name} is not a file."):
        read(tmp_path)


def test_a_file_that_is_far_too_large_is_not_read(tmp_path):
    file = tmp_path / "large.safetensors"
    with file.open("wb") as stream:
        stream.truncate(2**30)  # sparse: takes no room
    with pytest.raises(ValueError, match="too large"):
        read(file)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "network.safetensors"
    _, network = trained(Experiment())
    write(file, network)
    old = file.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(file, TrainedNetwork(Experiment(depth=1), network.weights))
    assert file.read_bytes() == old
    assert list(tmp_path.iterdir()) == [file]


def test_own_points_are_saved_with_the_weights_and_come_back(tmp_path):
    positions = np.random.default_rng(0).normal(size=(500, 2))
    own = OwnData(positions, np.arange(500) % 2, ("äpfel", "birnen"), frame=Frame((-9.0, -9.0), (9.0, 9.0)))
    run = Watched(Experiment(depth=1, width=3).with_own(own))
    file = tmp_path / "network.safetensors"
    write(file, TrainedNetwork(run.experiment, run.snapshot().weights))
    assert read(file).experiment == run.experiment
    assert file.stat().st_size < 100 * len(own), "some 50 bytes for each point"
