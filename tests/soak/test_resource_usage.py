"""Levels of the resting window: what of them is a fault, and that a line of the table stands under its heading."""

from dataclasses import replace

import pytest

from tests.soak.resource_usage import HEADING, ResourceUsage, faults_of, line_of

LEVEL = ResourceUsage(0.0, 100, 1000, 500.0, 150_000, 27_000, 5, 2, 12, 954, 12.0)


def levels(count=9, **rises):
    """Return levels of which some figures rise by so much each time."""
    return [
        replace(LEVEL, seconds=20.0 * number, pictures=1000 * number,
                **{name: getattr(LEVEL, name) + number * rise for name, rise in rises.items()})
        for number in range(count)
    ]  # fmt: skip


def test_what_stays_where_it_is_has_no_fault():
    assert faults_of(levels(), 60) == ()


@pytest.mark.parametrize(
    ("rise", "sentence"),
    [
        ({"memory": 10.0}, "Memory has grown by 30.0 MB, from 540.0 to 570.0 MB."),
        ({"none_references": -2000}, "6,000 references to None have been lost in 5,000 pictures."),
        ({"true_references": -1000}, "3,000 references to True have been lost in 5,000 pictures."),
        ({"threads": 1}, "There are 3 more threads at rest than after the warm-up, 12 in all."),
        ({"timers": 2}, "There are 6 more timers at rest than after the warm-up, 16 in all."),
        ({"handles": 1}, "There are 3 more handles at rest than after the warm-up, 19 in all."),
        ({"widgets": 20}, "There are 60 more widgets at rest than after the warm-up, 1094 in all."),
        ({"picture": 10.0}, "A picture takes 82.0 ms of the window's thread; after the warm-up it was 52.0 ms."),
    ],
)
def test_what_grows_shrinks_or_slows_down_is_a_fault(rise, sentence):
    assert faults_of(levels(**rise), 60) == (sentence,)


def test_growth_in_the_warm_up_and_a_single_odd_look_are_none():
    found = levels()
    found[0] = replace(found[0], memory=100.0)
    found[-2] = replace(found[-2], memory=900.0, threads=40)
    assert faults_of(found, 60) == ()


def test_more_references_than_before_are_no_loss():
    assert faults_of(levels(none_references=5000), 60) == ()


def test_a_single_level_says_nothing_of_growth():
    with pytest.raises(ValueError, match="at least 2 levels after the warm-up, not 1"):
        faults_of(levels(4), 60)


def test_a_line_stands_under_its_heading():
    assert len(line_of(replace(LEVEL, seconds=3725.4))) == len(HEADING)
    assert line_of(replace(LEVEL, seconds=3725.4)).split()[:2] == ["62:05", "100"]
