"""The tips of the switches say what is true of the task, and which key there is at the moment."""

import pytest

from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED, Task
from visualdl.gui.actions import Actions


@pytest.fixture
def actions(qapp):
    actions = Actions(qapp)
    yield actions
    actions.deleteLater()


@pytest.mark.parametrize(
    ("task", "tip"),
    [
        (Task("Disk", 2, SQUARED), "Show the line where the output is 0: the decision boundary (4)"),
        (Task("Disk", 2, BINARY), "Show the line where the probability is one half: the decision boundary (4)"),
        (Task("Rings", 2, SOFTMAX), "Show the line where the probability is one half: the decision boundary (4)"),
        (Task("Rings", 4, SQUARED), "Show the lines where another class wins: the decision boundary (4)"),
        (Task("Plane", 2, SQUARED), "Plane has no decision boundary: its points have values instead of classes"),
    ],
)
def test_the_contour_is_what_it_is_for_the_task_and_of_values_there_is_none(actions, task, tip):
    contour = actions.toggles["contour"]
    actions.show_decision(task)
    assert contour.toolTip() == tip
    assert contour.isEnabled() == (not task.is_regression)


def test_a_tip_ends_in_a_key_only_while_the_key_is_there(actions):
    training, truth = actions.toggles["training_points"], actions.toggles["true_circle"]
    actions.lend_keys("123")
    actions.show_truth("Disk", True)
    assert truth.toolTip() == "Show the circle that the labels were made from"
    assert training.toolTip() == "Show the points that the network learns from"
    actions.lend_keys("")
    assert truth.toolTip() == "Show the circle that the labels were made from (3)"
    assert training.toolTip() == "Show the points that the network learns from (1)"
