"""Own points are part of an experiment: equal by value, written without loss, refused where nothing can be learned."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.data.frame import Frame
from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED

numbers = st.floats(-1e100, 1e100)
names = st.text(min_size=1, max_size=9)


@st.composite
def own_data(draw):
    labels = draw(st.permutations([0, 1, *draw(st.lists(st.integers(0, 1), min_size=2, max_size=20))]))
    positions = draw(st.lists(st.tuples(numbers, numbers), min_size=len(labels), max_size=len(labels)))
    classes = tuple(draw(st.lists(names, min_size=2, max_size=2, unique=True)))
    return OwnData(
        np.array(positions), np.array(labels), classes, ("a", "b", draw(names)), Frame((-1.0, 0.1), (3.0, 9.0))
    )


def data_of(labels=(0, 1, 0, 1), classes=("red", "green")):
    return OwnData(np.arange(2.0 * len(labels)).reshape(-1, 2), np.array(labels), classes)


OWN = Experiment(samples=300, noise=20).with_own(data_of())


@given(own_data())
def test_own_points_survive_json_and_are_equal_by_value(own):
    experiment = Experiment(width=7).with_own(own)
    again = Experiment.from_json(experiment.to_json())
    assert again == experiment
    assert hash(again) == hash(experiment)
    assert again.own is not own
    assert not again.own.positions.flags.writeable
    assert again.changes_from(experiment) == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(data_of(), positions=data_of().positions + 1e-12),
        replace(data_of(), labels=np.array([1, 1, 0, 1])),
        replace(data_of(), classes=("red", "blue")),
        replace(data_of(), columns=("a", "b", "c")),
        replace(data_of(), frame=Frame((0.0, 0.0), (9.0, 9.0))),
        data_of((0, 1, 0, 1, 0)),
        None,
        "points",
    ],
)
def test_points_that_differ_in_anything_are_not_equal(other):
    assert data_of() != other


def test_both_zeros_are_one_so_that_equal_points_have_one_hash_and_one_text():
    minus = replace(data_of(), positions=data_of().positions * [[-1, 1], [1, 1], [1, 1], [1, 1]])
    assert minus == data_of()
    assert hash(minus) == hash(data_of())
    assert OWN.with_own(minus).to_json() == OWN.to_json()


def test_own_points_say_how_many_they_are_and_how_they_are_called():
    assert (OWN.dataset, OWN.samples, OWN.noise) == ("Own", 4, 0)
    assert OWN.class_names == ("red", "green")
    assert OWN.choose("samples", 500) == OWN
    assert OWN.own.counts == (2, 2)


def test_other_own_points_go_on_with_the_network():
    other = OWN.with_own(data_of((0, 1, 1, 1)))
    assert other.needs_new_data(OWN)
    assert not other.needs_new_network(OWN)
    assert other.changes_from(OWN) == ("own",)


def test_a_drawn_data_set_leaves_the_points_behind_and_has_as_many_as_it_can_have():
    drawn = OWN.choose("dataset", "Moons")
    assert (drawn.own, drawn.samples) == (None, 50)
    assert Experiment(width=9).with_points_of(OWN, Experiment()) == OWN.choose("width", 9)
    assert OWN.with_points_of(Experiment(), OWN) == Experiment()


def test_loss_and_output_activation_that_data_brought_go_back_with_it_and_those_chosen_since_stay():
    before = Experiment(dataset="XOR").choose("loss", BINARY)
    after = before.with_own(data_of((0, 1, 2, 3), ("a", "b", "c", "d")))
    assert after.loss == SOFTMAX
    assert after.with_points_of(before, after) == before
    assert before.with_points_of(after, before) == after
    since = after.choose("loss", SQUARED)
    assert since.with_points_of(before, after) == before.choose("loss", SQUARED)
    other_output = replace(after, output_activation="Sigmoid")
    assert other_output.with_points_of(before, after) == replace(before, output_activation="Sigmoid")


@pytest.mark.parametrize(("share", "training"), [(10, 2), (50, 2), (90, 3)])
def test_few_points_leave_one_of_each_class_to_learn_from_and_one_to_be_tested_on(share, training):
    assert OWN.choose("training_share", share).data.training_samples == training


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Experiment(dataset="Own"), "The dataset Own needs points"),
        (lambda: Experiment(own=data_of()), "Own points belong to the dataset Own, not to 'Disk'."),
        (lambda: OWN.with_own(data_of((0, 1, 0))), "must have 4 to 100,000 points, not 3."),
        (lambda: OWN.with_own(data_of((1, 1, 1, 1))), "a point of each class, and has none of 'red'."),
    ],
)
def test_what_cannot_be_learned_from_is_refused(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("positions", [[1, 2], [3]]),
        ("positions", [[1, "2"], [3, 4], [5, 6], [7, 8]]),
        ("positions", [[1, 2e200], [3, 4], [5, 6], [7, 8]]),
        ("positions", [1, 2, 3, 4]),
        ("positions", [[1, 2]]),
        ("positions", None),
        ("labels", [0, 1, 0, 0.5]),
        ("labels", [0, 1, 0, True]),
        ("labels", [0, 1, 0, 2**70]),
        ("labels", [0, 1, 0, 2]),
        ("labels", []),
        ("labels", "0101"),
        ("frame", {"low": [0, 0], "high": [0, 1]}),
        ("frame", {"low": [0]}),
        ("classes", ["red"]),
    ],
)
def test_a_text_that_holds_no_points_is_refused_in_a_sentence(name, value):
    document = msgspec.json.decode(OWN.to_json())
    document["own"][name] = value
    with pytest.raises(ValueError, match=r"^This is not an experiment: |Own data must"):
        Experiment.from_json(msgspec.json.encode(document).decode())
