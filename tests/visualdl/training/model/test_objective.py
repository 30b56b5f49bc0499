"""What a network is trained for: every loss takes torch's steps, and every kind of data is learned."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED, Task
from visualdl.files.weights_file import TrainedNetwork, read, write
from visualdl.training.engine.engine import Engine
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.model import objective
from visualdl.training.model.weight_transfer import can_transfer_weights
from visualdl.training.pictures.evaluation import evaluate
from visualdl.training.random_streams import generator
from visualdl.training.seeds.seed_runs import SeedRuns

SMALL = {"depth": 1, "width": 6, "samples": 200, "batch_size": 20}
TASKS = [
    {"dataset": "Moons"},
    {"dataset": "Moons", "loss": BINARY, "output_activation": "Identity"},
    {"dataset": "Moons", "loss": SOFTMAX, "output_activation": "Identity"},
    {"dataset": "Rings", "classes": 4},
    {"dataset": "Rings", "classes": 6, "loss": SOFTMAX, "output_activation": "Identity"},
    {"dataset": "Plane", "output_activation": "Identity"},
]
SEVERAL = [
    Experiment(dataset=dataset, classes=classes, loss=loss, **SMALL)
    for dataset in ("Gaussians", "Spiral", "Rings")
    for classes in range(2, 7)
    for loss in (SQUARED, SOFTMAX)
]


def torch_loss(experiment, outputs, truth):
    """Return the loss per sample by torch, from the truth itself."""
    functions = torch.nn.functional
    if experiment.task.is_regression:
        total = functions.mse_loss(outputs[:, 0], truth, reduction="sum")
    elif experiment.loss == BINARY:
        total = functions.binary_cross_entropy_with_logits(outputs[:, 0], truth.float(), reduction="sum")
    elif experiment.loss == SOFTMAX:
        total = functions.cross_entropy(outputs, truth, reduction="sum")
    else:
        total = functions.mse_loss(outputs, 2.0 * functions.one_hot(truth, outputs.shape[1]) - 1, reduction="sum")
    return total


@pytest.mark.parametrize("choices", TASKS, ids=str)
def test_a_whole_session_takes_the_steps_of_torch(choices):
    experiment = Experiment(**SMALL, **choices)
    run = Watched(experiment)
    samples = run._samples
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 6),
        torch.nn.ReLU(),
        torch.nn.Linear(6, experiment.task.outputs),
        torch.nn.Tanh() if experiment.output_activation == "Tanh" else torch.nn.Identity(),
    )
    start = run.snapshot().weights
    with torch.no_grad():
        for layer in (0, 2):
            model[layer].weight.copy_(torch.tensor(start[f"{layer}.weight"].T.copy()))
            model[layer].bias.copy_(torch.tensor(start[f"{layer}.bias"]))
    optimizer = torch.optim.SGD(model.parameters(), experiment.learning_rate)
    points, truth = samples.inputs.clone(), samples.truth.clone()
    for epoch in range(2):
        order = torch.randperm(100, generator=generator(experiment.seed, "order", epoch))
        for rows in order.split(experiment.batch_size):
            optimizer.zero_grad()
            torch_loss(experiment, model(points[rows]), truth[rows]).backward()
            optimizer.step()
            run.advance()
    snapshot = run.snapshot()
    for layer in (0, 2):
        weights, biases = model[layer].weight.detach().T, model[layer].bias.detach()
        np.testing.assert_allclose(snapshot.weights[f"{layer}.weight"], weights, rtol=2e-4, atol=2e-6)
        np.testing.assert_allclose(snapshot.weights[f"{layer}.bias"], biases, rtol=2e-4, atol=2e-6)
    with torch.no_grad():
        outputs = model(points)
        losses = [torch_loss(experiment, outputs[part], truth[part]) / 100 for part in (slice(100), slice(100, None))]
    evaluation = snapshot.evaluation
    assert [evaluation.train_loss, evaluation.test_loss] == pytest.approx([float(each) for each in losses], rel=1e-4)


@pytest.mark.parametrize("experiment", SEVERAL, ids=lambda each: f"{each.dataset}-{each.classes}-{each.loss[:3]}")
def test_any_number_of_classes_trains_and_is_pictured(experiment):
    run = Watched(experiment)
    for _ in range(6):
        run.advance()
    snapshot = run.snapshot()
    assert run.problem == ""
    assert snapshot.weights["2.bias"].shape == (experiment.classes,)
    assert sorted(set(snapshot.data.train.labels)) == list(range(experiment.classes))
    boundary = snapshot.boundary
    if experiment.classes == 2:
        assert boundary.predicted_classes is None
    else:
        assert set(np.unique(boundary.predicted_classes)) <= set(range(experiment.classes))
        assert np.array_equal(boundary.shades // 42, boundary.predicted_classes)


def trained(experiment, epochs):
    run = Watched(experiment)
    while run.epoch < epochs and not run.problem:
        run.advance()
    return run.snapshot()


def test_a_spiral_of_three_classes_is_learned_by_the_softmax():
    spiral = Experiment(dataset="Spiral", samples=600, depth=2, optimizer="Adam", batch_size=30)
    snapshot = trained(spiral.choose("classes", 3).choose("loss", SOFTMAX), 40)
    assert snapshot.evaluation.test_error < 0.05


@pytest.mark.parametrize(("dataset", "most"), [("Plane", 0.001), ("Multi-Gaussian", 0.1)])
def test_a_regression_learns_its_values(dataset, most):
    experiment = Experiment(depth=2, optimizer="Adam", learning_rate=0.005).choose("dataset", dataset)
    snapshot = trained(experiment, 30)
    assert snapshot.evaluation.test_error < most
    ticks = np.linspace(0, 1, 65)
    if dataset == "Plane":
        expected = 1.2 * (ticks[:, None] + ticks - 1)
        np.testing.assert_allclose(snapshot.boundary.outputs, expected, atol=0.1)
        assert snapshot.boundary.scale == snapshot.data.scale == pytest.approx(1.2, abs=0.1)


def test_the_error_of_values_is_what_their_variance_keeps_unexplained():
    values = torch.tensor([0.0, 1.0, 2.0, 5.0, 5.0])
    outputs = torch.tensor([[0.0], [1.0], [3.0], [5.0], [7.0]])
    loss = objective.loss_of(Task("Plane", 2, SQUARED))
    found = evaluate(outputs, values[:, None], values, 3, loss)
    assert found.tolist() == pytest.approx([1 / 3, 2, 0.5, 2])  # those of the test set do not vary: mean of 0 and 4


@pytest.mark.parametrize("choices", TASKS, ids=str)
def test_each_of_many_runs_does_what_it_does_alone_and_torch_beside_it(choices):
    training = SeedsJob(Experiment(**SMALL, **choices), 3, True, lambda: 0.0)
    singles = [Watched(Experiment(**SMALL, **choices, seed=seed)) for seed in (0, 1, 2)]
    for _ in range(7):
        training.work()
        for single in singles:
            single.advance()
    seeds = training.snapshot()
    for index, single in enumerate(singles):
        for name, value in vars(single.snapshot().evaluation).items():
            assert getattr(seeds.minidl, name)[-1, index] == pytest.approx(value, rel=1e-3, abs=0.011)
    np.testing.assert_allclose(seeds.torch.train_loss[-1], seeds.minidl.train_loss[-1], rtol=1e-3)
    np.testing.assert_allclose(seeds.torch.test_error[-1], seeds.minidl.test_error[-1], rtol=1e-3, atol=0.011)


@pytest.mark.parametrize("choices", TASKS, ids=str)
def test_what_runs_say_together_is_what_each_of_them_says(choices):
    experiment = Experiment(**SMALL, **choices)
    runs = SeedRuns(experiment, 3)
    boundaries = [Watched(Experiment(**SMALL, **choices, seed=seed)).snapshot().boundary for seed in (0, 1, 2)]
    agreement = runs.agreement(65)
    if experiment.task.is_regression:
        median = np.median([each.outputs for each in boundaries], axis=0)
        np.testing.assert_allclose(agreement.shares, median, atol=1e-5)
        assert agreement.scale > 0.5
    elif boundaries[0].predicted_classes is None:
        shares = np.mean([each.outputs > 0 for each in boundaries], axis=0)
        assert np.mean(np.abs(agreement.shares - shares) > 1e-6) < 0.01
    else:
        said = np.array([each.predicted_classes for each in boundaries])
        counts = np.array([(said == each).sum(0) for each in range(experiment.classes)])
        assert np.mean(agreement.predicted_classes != counts.argmax(0)) < 0.01
        assert np.mean(np.abs(agreement.shares - counts.max(0) / 3) > 1e-6) < 0.01
        assert np.array_equal(agreement.shades // 42, agreement.predicted_classes)


@pytest.mark.parametrize("choices", TASKS, ids=str)
def test_weights_and_task_come_back_from_a_file(tmp_path, choices):
    snapshot = trained(Experiment(**SMALL, **choices), 1)
    write(tmp_path / "a.safetensors", TrainedNetwork(snapshot.experiment, snapshot.weights))
    network = read(tmp_path / "a.safetensors")
    assert network.experiment == snapshot.experiment
    assert all(np.array_equal(network.weights[name], snapshot.weights[name]) for name in snapshot.weights)


def test_two_outputs_and_one_are_as_sure_as_the_probability_that_they_stand_for():
    logits = torch.tensor([[0.0], [2.0], [-3.0]])
    pairs = torch.cat([torch.zeros(3, 1), logits], dim=1)
    expected = 2 * torch.sigmoid(logits[:, 0]) - 1
    torch.testing.assert_close(objective.confidence(Task("Disk", 2, BINARY), logits), expected)
    torch.testing.assert_close(objective.confidence(Task("Disk", 2, SOFTMAX), pairs), expected)
    torch.testing.assert_close(objective.confidence(Task("Disk", 2, SQUARED), pairs), logits[:, 0] / 2)
    three = torch.tensor([[1.0, 3.0, 2.0]])
    assert objective.confidence_of_predicted_class(Task("Rings", 3, SQUARED), three).tolist() == [0.5]
    probability = torch.softmax(three, 1)[0, 1].item()
    assert objective.confidence_of_predicted_class(Task("Rings", 3, SOFTMAX), three).item() == pytest.approx(
        probability
    )
    assert objective.predicted_classes(three).tolist() == [1]


@pytest.mark.parametrize(
    ("before", "name", "value", "keeps"),
    [
        (Experiment(), "loss", SOFTMAX, True),
        (Experiment(), "loss", BINARY, False),
        (Experiment(dataset="Rings"), "classes", 3, False),
        (Experiment(classes=3), "dataset", "Rings", False),
        (Experiment(dataset="Rings", classes=3), "dataset", "Spiral", True),
        (Experiment(loss=BINARY, output_activation="Identity"), "dataset", "Plane", False),
    ],
)
def test_weights_are_kept_where_as_many_outputs_go_on_to_say_classes(before, name, value, keeps):
    before = replace(before, depth=1, width=4)
    after = before.choose(name, value)
    assert can_transfer_weights(before, after) is keeps
    engine = Engine(before, lambda: 0.0)
    engine.advance_step()
    anew = after.needs_new_network(before)
    engine.change(after, keep_weights=True)
    snapshot = engine.frame().snapshot
    assert (snapshot.experiment, snapshot.step) == (after, 0 if anew and not keeps else 1)
    engine.advance_step()
    assert engine.frame().snapshot.problem == ""


def test_with_another_loss_the_weights_that_are_kept_are_the_same():
    run = Watched(Experiment(**SMALL))
    run.advance()
    before = run.snapshot()
    run.change(run.experiment.choose("loss", SOFTMAX))
    for name, weight in before.weights.items():
        assert np.array_equal(weight, run.snapshot().weights[name])
    run.advance()
    texts = [change.text for change in run.curves().changes]
    assert "Loss Mean squared error → Softmax cross-entropy" in texts
