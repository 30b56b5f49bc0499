"""A run is its first experiment and its events: whoever has these has every state of it, bit for bit."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualdl.data.features import UnusableFeatureError
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.training_choices import OPTIMIZERS, SCHEDULE
from visualdl.training.run.run import Run, replay
from visualdl.training.values.events import (
    DataReplaced,
    ExperimentChanged,
    NetworkGrown,
    NumberLocked,
    NumberSet,
    event_of,
)
from visualdl.training.values.parameter_index import ParameterIndex

SMALL = Experiment(depth=2, width=4, samples=100, batch_size=15, learning_rate=0.003)  # 4 steps an epoch


@pytest.mark.parametrize("penalty", ["None", "L1", "L2"])
@pytest.mark.parametrize("schedule", SCHEDULE.names)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_that_was_put_down_and_taken_up_goes_on_bit_for_bit(optimizer, schedule, penalty):
    choices = {"optimizer": optimizer, "schedule": schedule, "penalty": penalty, "schedule_epochs": 3}
    whole = Run(replace(SMALL, **choices, dropout=0.2, batch_norm="Yes"))
    whole.advance(6)  # within an epoch
    rest = Run.resume(whole.state())
    assert rest.state() == whole.state()
    whole.advance(40)
    rest.advance(40)
    assert rest.state() == whole.state()
    assert rest.step == 46


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_even_after_a_thousand_steps_more(optimizer):
    whole = Run(replace(SMALL, optimizer=optimizer, learning_rate=0.001))
    whole.advance(10)
    rest = Run.resume(whole.state())
    for run in (whole, rest):
        run.advance(1000)
    assert rest.state() == whole.state()
    assert rest.problem == ""


@pytest.mark.parametrize("step", range(9))
def test_at_any_step_with_locks_and_what_it_stops_for(step):
    whole = Run(replace(SMALL, optimizer="Adam", stop_when="Loss plateau", stop_at=1))
    whole.apply(NumberLocked(0, ParameterIndex("0.weight", (1, 2)), True))
    while whole.step < step:
        whole.advance(step - whole.step)
    rest = Run.resume(whole.state())
    for _ in range(12):
        whole.advance()
        rest.advance()
        assert rest.state() == whole.state()


def test_a_state_does_not_follow_its_run():
    run = Run(replace(SMALL, optimizer="Adam"))
    run.advance(3)
    before, again = run.state(), run.state()
    run.advance(3)
    assert before == again
    assert before != run.state()
    with pytest.raises(ValueError, match="read-only"):
        before.weights["0.weight"][0, 0] = 1.0


def test_a_run_that_had_to_stop_is_taken_up_as_one():
    run = Run(Experiment(depth=0, output_activation="ReLU", learning_rate=10))
    run.advance(1000)
    assert run.problem
    rest = Run.resume(run.state())
    rest.advance(10)
    assert rest.state() == run.state()


WISHES = {
    "batch_size": st.sampled_from([1, 15, 40, 1000]),
    "learning_rate": st.sampled_from([1e-4, 0.01, 0.1]),
    "optimizer": st.sampled_from([*OPTIMIZERS]),
    "schedule": st.sampled_from(SCHEDULE.names),
    "penalty": st.sampled_from(["None", "L1", "L2"]),
    "dropout": st.sampled_from([0.0, 0.3]),
    "stop_when": st.sampled_from(["Never", "Test error below", "Loss plateau", "Epochs"]),
    "samples": st.sampled_from([60, 100]),
    "noise": st.sampled_from([0, 20]),
    "dataset": st.sampled_from(["Disk", "Spiral", "Plane", "Gaussians"]),
    "classes": st.sampled_from([2, 3]),
    "width": st.sampled_from([1, 4, 6]),
    "depth": st.sampled_from([0, 1, 3]),
    "hidden_activation": st.sampled_from(["ReLU", "Tanh", "Softplus"]),
    "features": st.sampled_from([("x1", "x2"), ("x2", "x1 squared"), ("x1", "x2", "sine of x1")]),
    "loss": st.sampled_from(CHOICES["loss"].names),
}
acts = st.one_of(
    st.integers(1, 9),  # steps
    st.sampled_from(sorted(WISHES)).flatmap(lambda name: st.tuples(st.just(name), WISHES[name])),
    st.tuples(st.just("set"), st.floats(-2, 2)),
    st.tuples(st.just("lock"), st.booleans()),
)


def lived(experiment, acts):
    """Do to a run what can be done of the acts; return it, and each state at which something was done."""
    run, index, seen = Run(experiment), ParameterIndex("0.weight", (0, 0)), []
    for act in acts:
        if isinstance(act, int):
            run.advance(act)
        elif act[0] == "set":
            run.apply(NumberSet(run.step, index, act[1], run.number(index)))
        elif act[0] == "lock":
            run.apply(NumberLocked(run.step, index, act[1]))
        else:
            try:
                run.apply(event_of(run.step, run.experiment, run.experiment.choose(*act)))
            except (ValueError, UnusableFeatureError):
                continue  # another network, or a choice that does not suit
        if not isinstance(act, int):
            seen.append(run.state())
    return run, seen


@settings(max_examples=60)
@given(
    st.sampled_from(["SGD", "Adam", "RMSprop", "Nesterov"]), st.sampled_from(["No", "Yes"]), st.lists(acts, max_size=12)
)
def test_replaying_its_events_gives_the_same_run_at_every_step(optimizer, batch_norm, acts):
    experiment = replace(SMALL, optimizer=optimizer, batch_norm=batch_norm)
    run, seen = lived(experiment, acts)
    assert replay(experiment, run.events, run.step) == run.state()
    for number, state in enumerate(seen):
        last_there = number + 1 == len(seen) or seen[number + 1].step > state.step
        if last_there and not state.problem:
            assert replay(experiment, run.events, state.step) == state


@settings(max_examples=30)
@given(st.sampled_from(["SGD", "Adam"]), st.lists(acts, max_size=8), st.integers(0, 12))
def test_a_run_taken_up_in_the_middle_takes_what_comes_as_the_other_does(optimizer, acts, more):
    whole, _ = lived(replace(SMALL, optimizer=optimizer), acts)
    rest = Run.resume(whole.state())
    for run in (whole, rest):
        run.apply(event_of(run.step, run.experiment, replace(run.experiment, batch_size=7)))
        run.advance(more)
    assert rest.state() == whole.state()


def test_a_step_that_the_run_does_not_reach_is_refused():
    diverging = Experiment(depth=0, output_activation="ReLU", learning_rate=10)
    with pytest.raises(
        ValueError, match=r"^This run is at step \d+, and can't be taken to step 500\. Training stopped"
    ):
        replay(diverging, (), 500)


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ({"learning_rate": 0.1}, ExperimentChanged),
        ({"stop_at": 3.0}, ExperimentChanged),
        ({"noise": 10}, DataReplaced),
        ({"width": 9}, NetworkGrown),
        ({"noise": 10, "width": 9}, NetworkGrown),
    ],
)
def test_an_event_says_what_it_does_to_a_run(choice, kind):
    after = replace(SMALL, **choice)
    event = event_of(3, SMALL, after, continues=True)
    assert type(event) is kind
    assert (event.step, event.experiment, event.continues) == (3, after, True)
