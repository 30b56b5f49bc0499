"""The presets as files, and what each of them shows: it is trained, for the epochs it names, and looked at."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import SOURCE_TREE, Preset, collect, read
from visualdl.training.values.snapshot_request import SnapshotRequest

GOOD = {"name": "Wide", "text": "Look.", "experiment": {"width": 128}, "speed": 20, "epochs": 5}
PRESETS = {preset.name: preset for preset in collect().presets}


@pytest.fixture
def write(tmp_path):
    """Write a document as a preset's file; return the file."""

    def write(document, name="wide.json"):
        file = tmp_path / name
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return file

    return write


def test_a_file_holds_name_text_experiment_and_how_to_watch_it(write):
    assert read(write(GOOD)) == Preset("Wide", "Look.", Experiment(width=128), 20, 5)
    assert read(write({name: GOOD[name] for name in ("name", "text", "experiment")})).epochs is None


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "truncated"),
        ("[]", "Expected `object`"),
        ({"name": "Wide", "text": "Look."}, "experiment"),
        (GOOD | {"name": " "}, "name must not be empty"),
        (GOOD | {"text": ""}, "text must not be empty"),
        (GOOD | {"speed": 0}, "Speed must be a number from 1 to 10000, not 0"),
        (GOOD | {"epochs": 0}, "epochs must be 1 or more, not 0"),
        (GOOD | {"epochs": 1.5}, "epochs"),
        (GOOD | {"experiment": {"width": 129}}, "Width must be a whole number from 1 to 128, not 129"),
        (GOOD | {"experiment": {"widht": 12}}, "there is no 'widht'"),
        (GOOD | {"epoch": 3}, "there is no 'epoch'"),
    ],
)
def test_a_bad_file_gives_one_sentence(write, document, reason):
    with pytest.raises(ValueError, match=r"^wide.json is not a preset: [^\n]*\.$") as caught:
        read(write(document))
    assert reason in str(caught.value)


def test_a_file_that_is_not_there_gives_one_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"^The preset none.json could not be opened: No such file or directory\.$"):
        read(tmp_path / "none.json")


def test_good_files_are_offered_in_the_order_of_their_names_and_bad_ones_told_of(write, tmp_path):
    write(GOOD | {"name": "second"}, "2.json")
    write(GOOD | {"name": "first"}, "1.json")
    write("nonsense", "3.json")
    found = collect(tmp_path)
    assert [preset.name for preset in found.presets] == ["first", "second"]
    assert len(found.complaints) == 1
    assert "3.json is not a preset" in found.complaints[0]


def test_the_first_folder_that_has_any_is_taken(write, tmp_path):
    write(GOOD)
    assert collect(Path("/nowhere"), tmp_path, SOURCE_TREE).presets == (read(tmp_path / "wide.json"),)


def test_where_there_are_none_it_is_said_where_they_were_looked_for(tmp_path):
    found = collect(tmp_path / "a", tmp_path / "b")
    assert found.presets == ()
    assert found.complaints == (f"No presets were found in {tmp_path / 'a'} or {tmp_path / 'b'}.",)


def test_the_programs_own_are_all_good_and_all_different():
    found = collect()
    assert found.complaints == ()
    assert len(found.presets) == len(PRESETS) == len({preset.experiment for preset in found.presets}) == 12
    assert found.presets[0].experiment == Experiment()
    for preset in found.presets:
        assert 250 < len(preset.text) < 560
        assert preset.speed
        assert preset.epochs


# what they show


def trained(name, seed=None, **changes):
    """Train a preset, with its own seed or another, for its epochs; return the run."""
    preset = PRESETS[name]
    changes |= {} if seed is None else {"seed": seed}
    run = Watched(replace(preset.experiment, **changes))
    while run.epoch < preset.epochs and not run.problem:
        run.advance()
    return run


def errors(run):
    """Return training and test error in per cent."""
    evaluation = run.snapshot().evaluation
    return 100 * evaluation.train_error, 100 * evaluation.test_error


def gradient_norms(run):
    """Return the norms of the gradients of the first layer's and of the last layer's weights."""
    gradients = run.snapshot().gradients
    norms = [np.linalg.norm(gradient) for name, gradient in gradients.items() if name.endswith("weight")]
    return norms[0], norms[-1]


def silent_shares(run):
    """Return, of each hidden layer, which share of its neurons says 0 all over the square."""
    levels = run.snapshot(SnapshotRequest(neurons=(33,))).neurons.levels
    return [(maps == 128).all((1, 2)).mean() for maps in levels[1:-1]]


def is_one_straight_line(run):
    """Say whether the decision boundary is straight, if there is any in the square."""
    contour = run.snapshot().boundary.contour
    if not contour:
        return True
    points = np.concatenate(contour)
    across = np.linalg.svd(points - points.mean(0), full_matrices=False)[1][1]
    return across / len(points) ** 0.5 < 0.005  # of the square's side


own_and_two_other_seeds = pytest.mark.parametrize("seed", [None, 3, 4])


@own_and_two_other_seeds
def test_the_paper_finds_the_disk(seed):
    train, test = errors(trained("The paper", seed))
    assert max(train, test) < 12
    assert abs(train - test) < 3


@own_and_two_other_seeds
def test_too_high_a_learning_rate_ends_without_a_number(seed):
    assert "the loss is not finite" in trained("Too high a learning rate", seed).problem
    tamed = trained("Too high a learning rate", seed, learning_rate=0.001)
    assert max(errors(tamed)) < 20


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_relus_die_and_do_not_come_back(seed):
    run = trained("Dying ReLUs", seed)
    assert silent_shares(run)[-1] > 0.9
    assert min(errors(run)) > 40
    leaky = trained("Dying ReLUs", seed, hidden_activation="LeakyReLU")
    assert max(silent_shares(leaky)) < 0.1
    assert min(errors(leaky)) > 40
    before = silent_shares(run)
    for _ in range(20):
        run.advance()
    assert silent_shares(run) == before


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_gradients_vanish_on_their_way_back_through_eight_layers(seed):
    run = trained("Vanishing gradients", seed)
    first, last = gradient_norms(run)
    assert first < last / 4
    assert min(errors(run)) > 42
    assert max(errors(trained("Vanishing gradients", seed, depth=3))) < 40
    assert max(errors(trained("Vanishing gradients", seed, initialization="Xavier uniform"))) < 12


@pytest.mark.parametrize("seed", [None, 0, 2])
def test_xor_needs_a_hidden_layer(seed):
    without, hidden = trained("XOR, no hidden layer", seed), trained("XOR with a hidden layer", seed)
    assert min(errors(without)) > (33 if seed is not None else 45)
    assert is_one_straight_line(without)
    assert max(errors(hidden)) < 5
    assert replace(hidden.experiment, depth=0, width=25) == without.experiment


@pytest.mark.parametrize("seed", [None, 1])
def test_noise_is_learned_by_heart_and_a_penalty_narrows_the_gap(seed):
    train, test = errors(trained("Overfitting noise", seed))
    smooth_train, smooth_test = errors(trained("Overfitting, with L2", seed))
    assert train < 15
    assert test > train + 15
    assert smooth_train > train
    assert smooth_test < test
    assert smooth_test - smooth_train < 0.6 * (test - train)


def test_the_same_points_are_learned_with_and_without_the_penalty():
    with_l2 = PRESETS["Overfitting, with L2"].experiment
    assert with_l2.changes_from(PRESETS["Overfitting noise"].experiment) == ("penalty", "penalty_rate")


@pytest.mark.parametrize("seed", [None, 1])
def test_the_spiral_needs_more_than_one_layer(seed):
    assert max(errors(trained("The spiral", seed))) < 5
    assert min(errors(trained("The spiral", seed, depth=1))) > 15


@own_and_two_other_seeds
def test_one_neuron_a_layer_draws_one_straight_line(seed):
    run = trained("One neuron wide", seed)
    assert is_one_straight_line(run)
    assert min(errors(run)) > 30


def test_a_wider_network_closes_the_line():
    assert not is_one_straight_line(trained("One neuron wide", width=4))


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_linear_network_draws_one_straight_line_and_relus_bend_it(seed):
    run = trained("A linear network", seed)
    assert is_one_straight_line(run)
    assert 8 < min(errors(run)) <= max(errors(run)) < 16
    bent = trained("A linear network", seed, hidden_activation="ReLU")
    assert not is_one_straight_line(bent)
    assert max(errors(bent)) < 8


@own_and_two_other_seeds
def test_a_linear_network_on_squares_closes_the_line_that_one_on_places_cannot_bend(seed):
    squares = trained("Linear, on squares", seed)
    assert max(errors(squares)) < 3
    (line,) = [line for line in squares.snapshot().boundary.contour if len(line) > 20]
    distances = np.linalg.norm(line - 0.5, axis=1)
    assert np.allclose(line[0], line[-1])
    assert distances.min() > 0.36
    assert distances.max() < 0.44, "a circle, whose radius is 0.4"
    places = trained("Linear, on squares", seed, features=("x1", "x2"))
    assert is_one_straight_line(places)
    assert min(errors(places)) > 30


def test_the_line_around_the_disk_is_there_after_two_epochs():
    run = Watched(PRESETS["Linear, on squares"].experiment)
    while run.epoch < 2:
        run.advance()
    assert max(errors(run)) < 5
