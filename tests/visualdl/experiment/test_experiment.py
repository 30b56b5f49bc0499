"""An experiment is a value: what it may hold, how it is compared, and how it is written down."""

import math
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.data.features import BUILT_IN
from visualdl.experiment.choices import Names, Range
from visualdl.experiment.data_choices import DATA_SETS, OWN
from visualdl.experiment.experiment import CHOICES, PART_OF, Experiment
from visualdl.experiment.network_choices import Layer, NetworkChoices
from visualdl.experiment.playback import DEFAULT_SPEED, SPEED, speed_limit
from visualdl.experiment.task import SQUARED

RANGES = {name: choice for name, choice in CHOICES.items() if isinstance(choice, Range)}
NAMES = {name: choice for name, choice in CHOICES.items() if isinstance(choice, Names)}


def values(choice):
    if isinstance(choice, Names):
        return st.sampled_from(choice.names)
    if choice.integer:
        return st.integers(int(choice.minimum), int(choice.maximum))
    return st.floats(choice.minimum, choice.maximum)


FEATURES = (*(feature.name for feature in BUILT_IN), "sin(3*x1)", "x1^2", "max(x1, x2)", "abs(x₁ − x₂)", "x1 + x2")
layers = st.builds(Layer, values(CHOICES["width"]), values(CHOICES["hidden_activation"]))


def suited(**choices):
    """Return the experiment of the choices, with a loss that suits its data."""
    try:
        return Experiment(**choices)
    except ValueError:
        return Experiment(**{**choices, "loss": SQUARED})


experiments = st.builds(
    suited,
    **{name: values(choice) for name, choice in CHOICES.items() if name != "dataset"},
    dataset=st.sampled_from([*DATA_SETS]),
    layers=st.lists(layers, max_size=8).map(tuple),
    features=st.lists(st.sampled_from(FEATURES), min_size=1, max_size=12, unique=True).map(tuple),
)
MIXED = Experiment(layers=(Layer(4, "Tanh"), Layer(9, "ReLU")))


def test_the_defaults_are_the_papers():
    paper = Experiment()
    assert (paper.depth, paper.width, paper.hidden_activation, paper.output_activation) == (3, 25, "ReLU", "Tanh")
    assert (paper.batch_size, paper.learning_rate) == (50, 0.01)
    assert (paper.dataset, paper.samples, paper.noise, paper.training_share) == ("Disk", 2000, 0, 50)


def test_a_choice_is_given_and_read_by_its_own_name_as_in_its_part():
    assert {*CHOICES, "layers", "features", "own"} == {*PART_OF, "seed"}
    assert Experiment(depth=2, seed=7) == Experiment(network=NetworkChoices(depth=2), seed=7)
    assert Experiment(network=NetworkChoices(width=4), depth=2).network == NetworkChoices(depth=2, width=4)
    assert Experiment(depth=2).depth == Experiment(depth=2).value("depth") == Experiment(depth=2).network.depth == 2
    for wrong in (lambda: Experiment(dept=2), lambda: replace(Experiment(), dept=2)):
        with pytest.raises(TypeError, match="An experiment has no choice 'dept'"):
            wrong()
    with pytest.raises(AttributeError, match="An experiment has no 'dept'"):
        _ = Experiment().dept


def test_a_name_that_json_misspells_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match=r"^This is not an experiment: there is no 'learning_rat', only dataset, "):
        Experiment.from_json('{"learning_rat": 5}')


@given(experiments)
def test_json_brings_back_the_same_experiment(experiment):
    copy = Experiment.from_json(experiment.to_json())
    assert copy == experiment
    assert copy.features == experiment.features
    assert [type(getattr(copy, name)) for name in CHOICES] == [type(getattr(experiment, name)) for name in CHOICES]


def test_features_are_frozen_and_written_in_one_way():
    features = ["x1", " x1 * x2 "]
    experiment = Experiment(features=features)
    features.clear()
    assert experiment == Experiment(features=("x1", "x1 * x2"))
    assert [feature.symbol for feature in experiment.network.inputs] == ["x₁", "x1 * x2"]
    assert hash(experiment) == hash(Experiment(features=("x1", "x1 * x2")))


def test_other_features_need_a_new_network_and_the_same_data():
    squares = Experiment(features=("x1 squared", "x2 squared"))
    assert squares.needs_new_network(Experiment())
    assert not squares.needs_new_data(Experiment())
    assert MIXED.choose("features", ("x2",)) == replace(MIXED, features=("x2",))


def test_a_field_that_json_leaves_out_has_its_default():
    assert Experiment.from_json('{"width": 7}') == Experiment(width=7)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"\ud800"', '{"width": "7"}', '{"width": 7.5}', '{"learning_rate": null}']
)
def test_json_that_is_no_experiment_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"^This is not an experiment: "):
        Experiment.from_json(text)


@pytest.mark.parametrize(
    ("features", "sentence"),
    [("[]", "at least one input"), ('["x1 +"]', "position 5"), ('["x1", 2]', "Expected `str`"), ('"x1"', "Expected")],
)
def test_features_in_json_are_checked_like_any_others(features, sentence):
    with pytest.raises(ValueError, match=f"^This is not an experiment: .*{sentence}"):
        Experiment.from_json(f'{{"features": {features}}}')


@pytest.mark.parametrize("text", ['{"width": 129}', '{"learning_rate": 1e400}', '{"hidden_activation": "Cube"}'])
def test_json_with_a_value_that_is_not_allowed_is_refused(text):
    with pytest.raises(ValueError, match=r"must be|out of range"):
        Experiment.from_json(text)


@pytest.mark.parametrize("name", CHOICES)
def test_no_field_can_be_set_afterwards(name):
    experiment = Experiment()
    with pytest.raises(FrozenInstanceError):
        setattr(experiment, name, getattr(experiment, name))


@pytest.mark.parametrize(("name", "choice"), RANGES.items())
def test_each_number_is_allowed_up_to_both_ends_and_refused_beyond_with_value_and_range(name, choice):
    for end, step in ((choice.minimum, -1), (choice.maximum, 1)):
        assert getattr(Experiment(**{name: end}), name) == end
        beyond = end + step if choice.integer else math.nextafter(end, step * math.inf)
        with pytest.raises(ValueError, match=f"^{choice.label} must be ") as refusal:
            Experiment(**{name: beyond})
        for part in (f"{choice.minimum:g}", f"{choice.maximum:g}", repr(beyond)):
            assert part in str(refusal.value)


@pytest.mark.parametrize(("name", "choice"), NAMES.items())
def test_each_name_is_allowed_and_any_other_refused_with_the_names(name, choice):
    for allowed in (each for each in choice.names if each != OWN):
        assert getattr(Experiment(**{name: allowed}), name) == allowed
    with pytest.raises(ValueError, match=f"^{choice.label} must be one of {', '.join(choice.names)}, not 'Cube'"):
        Experiment(**{name: "Cube"})


@pytest.mark.parametrize(
    ("name", "starts_anew"),
    [
        ("depth", True),
        ("width", True),
        ("hidden_activation", True),
        ("output_activation", True),
        ("batch_size", False),
        ("learning_rate", False),
        ("optimizer", False),
        ("schedule", False),
        ("schedule_epochs", False),
        ("initialization", True),
        ("batch_norm", True),
        ("penalty", False),
        ("penalty_rate", False),
        ("dropout", False),
        ("stop_when", False),
        ("stop_at", False),
        ("seed", True),
        ("dataset", False),
        ("classes", False),
        ("loss", True),
        ("samples", False),
        ("noise", False),
        ("training_share", False),
        ("data_draw", False),
        ("weight_draw", True),
    ],
)
def test_what_shapes_or_fills_the_network_needs_a_new_one_and_what_steers_its_steps_does_not(name, starts_anew):
    before = Experiment()
    after = other_in(before, name)
    assert after.needs_new_network(before) is starts_anew
    assert before.needs_new_network(after) is starts_anew
    assert after.changes_from(before) == (name,)


def other_in(experiment, name):
    """Return an experiment that differs in one field."""
    value, choice = getattr(experiment, name), CHOICES[name]
    if isinstance(choice, Names):
        return replace(experiment, **{name: next(other for other in choice.names if other != value)})
    return replace(experiment, **{name: value + 1 if choice.maximum > value + 1 else choice.maximum})


def test_every_choice_is_known_to_act_at_once_or_to_start_anew():
    marks = test_what_shapes_or_fills_the_network_needs_a_new_one_and_what_steers_its_steps_does_not.pytestmark
    assert sorted(name for name, _ in marks[0].args[1]) == sorted(CHOICES)


def test_what_to_stop_for_brings_a_usual_number():
    assert Experiment().choose("stop_when", "Test error below").stop_at == 5
    assert Experiment(stop_at=3).choose("stop_when", "Never").stop_at == 3


@pytest.mark.parametrize("name", CHOICES)
def test_what_draws_or_deals_out_the_points_needs_new_data_and_nothing_else_does(name):
    drawing = {"dataset", "classes", "samples", "noise", "training_share", "data_draw", "seed"}
    after = other_in(Experiment(), name)
    assert after.needs_new_data(Experiment()) is Experiment().needs_new_data(after) is (name in drawing)


def test_the_paper_learns_from_1000_points_and_a_share_is_rounded():
    assert Experiment().data.training_samples == 1000
    assert Experiment(samples=51, training_share=10).data.training_samples == 5


def test_classes_are_called_by_their_side_where_there_is_one_and_else_by_their_colour():
    names = {dataset: Experiment(dataset=dataset).class_names for dataset in DATA_SETS}
    assert names["Disk"] == names["Circle"] == ("outside", "inside")
    assert {*names.values()} == {("outside", "inside"), ("orange", "blue"), ()}


def test_an_equal_experiment_needs_nothing():
    assert not Experiment().needs_new_data(Experiment())
    assert not Experiment().needs_new_network(Experiment())
    assert Experiment().changes_from(Experiment()) == ()


def test_the_upper_end_of_the_speed_is_unlimited_and_what_is_below_is_not():
    assert speed_limit(SPEED.maximum) == math.inf
    assert speed_limit(DEFAULT_SPEED) == DEFAULT_SPEED
    assert speed_limit(math.nextafter(SPEED.maximum, 0)) < SPEED.maximum


@given(experiments)
def test_the_same_layers_are_written_in_one_way_only(experiment):
    assert experiment.with_hidden(experiment.network.hidden) == experiment
    assert experiment.depth == len(experiment.network.hidden)
    assert experiment.width == max((layer.width for layer in experiment.network.hidden), default=experiment.width)


def test_layers_that_are_all_alike_are_no_list():
    alike = Experiment(layers=(Layer(7, "Tanh"),) * 2)
    assert alike == Experiment(depth=2, width=7, hidden_activation="Tanh")
    assert alike.layers == ()
    assert (MIXED.depth, MIXED.width, MIXED.hidden_activation) == (2, 9, "Tanh")


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("width", 5, (Layer(5, "Tanh"), Layer(5, "ReLU"))),
        ("hidden_activation", "ReLU", (Layer(4, "ReLU"), Layer(9, "ReLU"))),
        ("depth", 1, (Layer(4, "Tanh"),)),
        ("depth", 0, ()),
        ("depth", 4, (Layer(4, "Tanh"), *(Layer(9, "ReLU"),) * 3)),
        ("learning_rate", 0.5, MIXED.network.hidden),
    ],
)
def test_a_choice_for_all_layers_leaves_the_rest_as_it_is(name, value, hidden):
    chosen = MIXED.choose(name, value)
    assert chosen.network.hidden == hidden
    assert chosen.needs_new_network(MIXED) is (name != "learning_rate")


def test_without_layers_a_width_is_kept_for_those_to_come():
    assert Experiment(width=7).choose("depth", 0).choose("depth", 2) == Experiment(width=7, depth=2)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Layer(0, "ReLU"), "Width must be a whole number from 1 to 128, not 0."),
        (lambda: Layer(3, "Cube"), "Hidden activation must be one of"),
        (lambda: Experiment(layers=(Layer(3, "ReLU"), Layer(4, "ReLU")) * 5), "Depth must be"),
        (lambda: MIXED.choose("depth", 9), "Depth must be a whole number from 0 to 8, not 9."),
        (lambda: Experiment.from_json('{"layers": [{"width": 3}]}'), "This is not an experiment"),
        (lambda: Experiment.from_json('{"layers": [{"width": 300, "activation": "ReLU"}]}'), "Width must be"),
    ],
)
def test_layers_that_cannot_be_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
