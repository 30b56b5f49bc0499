"""The window that many tests have one after the other: the same while it is as it was, else another."""

from functools import partial

import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.experiment.playback import SPEED

SMALL = Experiment(width=3, depth=1, batch_size=250)


def train(qtbot, window):
    window.set_speed(SPEED.maximum)
    window.set_training(True)
    qtbot.waitUntil(lambda: window.snapshot.step > 5)


def change_everything(qtbot, window):
    window.want(SMALL.with_hidden((Layer(5, "ReLU"), Layer(2, "Tanh"))))
    window.show_page("Hidden plane")
    window.resize(1500, 950)
    window.set_theme_name("Dark")
    for action in window._actions.toggles.values():
        action.toggle()
    window._actions.resolutions["Fine"].trigger()
    window._message_bar.show_message("A message")
    window._status.tell("A sentence")
    window._outcome.boundary.box.scaleBy((0.5, 0.5))


@pytest.mark.parametrize("change", [train, change_everything])
def test_what_can_be_taken_back_is(qtbot, lender, change):
    window = lender.lend(qtbot, SMALL)
    run = window.first_run
    change(qtbot, window)
    lender.take_back(qtbot)
    assert lender.lend(qtbot, SMALL) is window
    assert window.first_run > run
    assert (window.experiment, window.snapshot.step) == (SMALL, 0)
    assert window._transport.speed() < SPEED.maximum


def test_one_thing_that_is_not_as_it_was_is_enough_to_tell_a_window_from_a_new_one(qtbot, lender):
    window = lender.lend(qtbot, SMALL)
    status, transport = window._status.step_label, window._transport
    for change, back in (
        (status.hide, status.show),
        (partial(transport.setToolTip, "Something else"), partial(transport.setToolTip, transport.toolTip())),
        (partial(transport.setEnabled, False), partial(transport.setEnabled, True)),
        (
            partial(setattr, window._client, "keep_weights", True),
            partial(setattr, window._client, "keep_weights", False),
        ),
    ):
        assert lender.is_as_new()
        change()
        assert not lender.is_as_new()
        back()
    window._pages.network.keep_weights_toggled.emit(True)
    lender.take_back(qtbot)
    assert lender.lend(qtbot, SMALL) is not window


def begin_seeds(qtbot, window):
    window.begin_seeds(1, with_torch=False)
    qtbot.waitUntil(lambda: window.frame.seeds is not None, timeout=20_000)


def close(_qtbot, window):
    window.close()


@pytest.mark.parametrize("change", [begin_seeds, close])
def test_a_window_with_seeds_and_one_that_was_closed_are_not_lent_again(qtbot, lender, change):
    window = lender.lend(qtbot, SMALL)
    change(qtbot, window)
    lender.take_back(qtbot)
    assert lender.lend(qtbot, SMALL) is not window


def test_another_experiment_has_a_window_of_its_own(qtbot, lender):
    window = lender.lend(qtbot, SMALL)
    lender.take_back(qtbot)
    assert lender.lend(qtbot, Experiment()) is not window
