import math

import pytest

from visualdl.experiment.choices import Range
from visualdl.experiment.experiment import CHOICES
from visualdl.experiment.playback import SPEED
from visualdl.gui.controls.scale import Scale

RANGES = [choice for choice in (*CHOICES.values(), SPEED) if isinstance(choice, Range)]
MOMENTUM = Range("Momentum", 0, 0.99, "A linear range of real numbers.")


@pytest.mark.parametrize("choice", [*RANGES, MOMENTUM], ids=lambda choice: choice.label)
class TestEveryRange:
    def test_the_ends_of_the_slider_are_the_ends_of_the_range(self, choice):
        scale = Scale(choice)
        assert scale.number_at(0) == choice.minimum
        assert scale.number_at(Scale.LENGTH) == choice.maximum
        assert (scale.position(choice.minimum), scale.position(choice.maximum)) == (0, Scale.LENGTH)

    def test_every_position_gives_an_allowed_number_and_none_runs_backwards(self, choice):
        numbers = [Scale(choice).number_at(position) for position in range(Scale.LENGTH + 1)]
        for number in numbers:
            choice.check(number)
        assert numbers == sorted(numbers)

    def test_steps_stay_allowed_and_lead_back(self, choice):
        scale, value = Scale(choice), choice.minimum
        for _ in range(60):
            stepped = scale.stepped(value, 1)
            choice.check(stepped)
            if stepped == choice.maximum:
                break
            assert stepped > value
            assert scale.stepped(stepped, -1) == value
            value = stepped
        assert scale.stepped(choice.maximum, 1) == choice.maximum
        assert scale.stepped(choice.minimum, -1) == choice.minimum


def test_a_logarithmic_slider_gives_ratios_the_same_length():
    scale = Scale(CHOICES["learning_rate"])
    assert scale.position(0.01) == Scale.LENGTH / 2
    assert scale.position(0.1) - scale.position(0.01) == pytest.approx(Scale.LENGTH / 6, abs=1)


def test_learning_rates_on_the_slider_have_two_digits_at_most():
    scale = Scale(CHOICES["learning_rate"])
    for position in range(Scale.LENGTH + 1):
        number = scale.number_at(position)
        assert number == float(f"{number:.1e}")


def test_large_whole_numbers_on_a_logarithmic_slider_are_round_and_small_ones_are_all_there():
    scale = Scale(CHOICES["batch_size"])
    numbers = {scale.number_at(position) for position in range(Scale.LENGTH + 1)}
    assert set(range(1, 21)) <= numbers
    assert all(number % 10 == 0 for number in numbers if number >= 100)


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [
        (0.01, 1, 0.012),
        (0.01, -1, 0.008),
        (0.01, 10, 0.1),
        (0.1, -10, 0.01),
        (0.0123, 1, 0.015),
        (0.0123, -1, 0.012),
        (9.7, 1, 10.0),
        (1.1e-5, -1, 1e-5),
    ],
)
def test_steps_of_a_learning_rate_multiply_and_land_on_round_numbers(value, steps, expected):
    assert Scale(CHOICES["learning_rate"]).stepped(value, steps) == expected


def test_steps_of_a_linear_range_add_without_a_tail_of_digits():
    value, scale = 0.0, Scale(MOMENTUM)
    for _ in range(35):
        value = scale.stepped(value, 1)
    assert value == 0.35
    assert math.isclose(scale.stepped(0.123, 1), 0.13)
