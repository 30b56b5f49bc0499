"""Numbers at the edge of what is allowed train, or end in a sentence; every picture of them can be made and drawn."""

import itertools

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.data.frame import Frame
from visualdl.data.own_data import OwnData, points_from
from visualdl.data.table_reader import read_text
from visualdl.experiment.experiment import Experiment
from visualdl.files.weights_file import TrainedNetwork, write
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.snapshot_request import SnapshotRequest
from visualdl.training.values.topology import Topology

EVERYTHING = SnapshotRequest(
    neurons=(33,), focus=Neuron(0, 0), plane=(Neuron(0, 0), Neuron(0, 0)), predictions=True, level_lines=True
)


def own(positions, labels, frame=None):
    return Experiment(depth=1, width=3).with_own(
        OwnData(np.array(positions, float), np.array(labels), ("a", "b"), frame=frame or Frame())
    )


LINE = [[0.5, place / 10] for place in range(10)]
HALVES = [0] * 5 + [1] * 5
EDGES = {
    "learning rate 10": Experiment(learning_rate=10, samples=50),
    "learning rate 10, squares": Experiment(learning_rate=10, depth=0, output_activation="Identity", samples=50),
    "batch 1": Experiment(batch_size=1, samples=50),
    "batch 1, normalised": Experiment(batch_size=1, samples=50, batch_norm="Yes"),
    "batch above the samples": Experiment(batch_size=1000, samples=50),
    "width 1": Experiment(width=1, depth=8),
    "depth 0": Experiment(depth=0),
    "50 samples, a tenth": Experiment(samples=50, training_share=10),
    "50 samples, nine tenths": Experiment(samples=50, training_share=90, noise=50),
    "six classes of 50": Experiment(dataset="Spiral", classes=6, samples=50, training_share=10, noise=50),
    "regression of five": Experiment(
        dataset="Plane", output_activation="Identity", samples=50, training_share=10, learning_rate=1e-5
    ),
    "100,000 points": Experiment(samples=100_000, training_share=90, depth=1, width=2, batch_size=1000),
    "identical points": own([[0.5, 0.5]] * 10, HALVES),
    "identical but for labels, far away": own([[1e100, -1e100]] * 10, HALVES, Frame((-1e100, -1e100), (1e100, 1e100))),
    "four points": own(LINE[:4], [0, 1, 0, 1]),
    "a constant feature": own(LINE, HALVES),
    "one point of a class": own(LINE, [1] + [0] * 9),
}


@pytest.mark.parametrize("name", EDGES)
def test_numbers_at_the_edge_train_and_are_pictured_or_end_in_a_sentence(name):
    run = Watched(EDGES[name])
    for _ in range(30):
        run.advance()
    snapshot = run.snapshot(EVERYTHING)
    assert np.isfinite(snapshot.boundary.outputs).all()
    assert snapshot.evaluation.is_finite()
    assert snapshot.problem.endswith(".") if snapshot.problem else snapshot.step == 30
    assert 0 <= snapshot.evaluation.test_error <= 1 or snapshot.experiment.task.is_regression


def test_the_window_draws_all_of_them_one_after_the_other(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    failures = []
    window.failed.connect(lambda *failure: failures.append(failure))
    window.show()
    for page, experiment in zip(["Network", "Hidden plane", "Confusion"] * len(EDGES), EDGES.values(), strict=False):
        window.show_page(page)
        window.want(experiment)
        window.train_step()
        qtbot.waitUntil(lambda: window._client.is_at_rest(), timeout=30_000)
        assert window.snapshot.experiment == window.experiment
        window.grab()
    assert not failures
    window.close()


LARGE = [
    Experiment(width=4, batch_norm="Yes", hidden_activation="Identity", output_activation="Identity"),
    Experiment(width=4, dataset="Plane", output_activation="Identity"),
    Experiment(width=4, dataset="Rings", classes=4, loss="Softmax cross-entropy"),
]


def test_large_weights_from_a_file_are_drawn(qtbot, tmp_path):
    window = MainWindow()
    qtbot.addWidget(window)
    failures = []
    window.failed.connect(lambda *failure: failures.append(failure))
    window.show()
    file, chance = tmp_path / "weights.safetensors", np.random.default_rng(1)
    for experiment, size in itertools.product(LARGE, [1e9, 1e35]):
        weights = {
            name: (size * chance.uniform(-1, 1, shape)).astype(np.float32)
            for name, shape in Topology.of(experiment).shapes.items()
        }
        write(file, TrainedNetwork(experiment, weights))
        window.open_weights(file)
        qtbot.waitUntil(lambda: window._client.is_at_rest(), timeout=30_000)
        assert all(np.array_equal(array, weights[name]) for name, array in window.snapshot.weights.items())
        for page in ["Network", "Hidden plane", "Confusion"]:
            window.show_page(page)
            window.train_step()
            qtbot.waitUntil(lambda: window._client.is_at_rest(), timeout=30_000)
            window.grab()
    assert not failures
    window.close()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("1,2,a\n3,4,a\n5,6,a\n7,8,a\n", "every label is 'a'; at least 2 classes are needed"),
        ("1,2,a\n3,nan,b\n5,6,a\n7,8,b\n", "line 2, column 2: 'nan' is not finite"),
        ("1,2,a\n3,4,b\n-inf,6,a\n7,8,b\n", "line 3, column 1: '-inf' is not finite"),
        ("1,2,a\n3,4,b\n1e999,6,a\n7,8,b\n", "line 3, column 1: '1e999' is too large"),
    ],
)
def test_data_that_nothing_can_be_learned_from_is_refused_in_a_sentence(rows, sentence):
    table = read_text(rows, header=False)
    with pytest.raises(ValueError, match=sentence):
        points_from(table, *table.columns)


def test_a_feature_that_is_the_same_at_all_points_says_so(qtbot):
    window = MainWindow(Experiment(features=("x1 - x2", "x1")).with_own(EDGES["a constant feature"].own))
    qtbot.addWidget(window)
    window.want(Experiment(features=("x1", "x2")).with_own(EDGES["identical points"].own))
    qtbot.waitUntil(lambda: window._client.is_at_rest() and window.snapshot is not None)
    assert window._message_bar.text() == "" or window._message_bar.text().endswith(".")
    window.train_step()
    qtbot.waitUntil(lambda: window.snapshot.step == 1)
    window.close()
