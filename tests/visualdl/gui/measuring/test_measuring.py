"""Measuring is tested on the real window, for what its figures mean; not for how large they are."""

import gc
import sys

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.gui.measuring import bench, cases, gauges, start
from visualdl.gui.measuring.results import Start
from visualdl.gui.window.main_window import MainWindow

SMALL = Experiment(depth=1, width=4, samples=200)


@pytest.fixture
def window(lend):
    return lend(SMALL)


def test_rates_count_the_steps_and_pictures_of_a_window_that_trains(window):
    assert gauges.rates(window, lambda frame: frame.snapshot.step, 0.1) == (0, 0), "at rest nothing is drawn"
    window.set_speed(100)
    window.set_training(True)
    gauges.live_until(window, lambda frame: frame.snapshot.step > 5)
    steps, pictures = gauges.rates(window, lambda frame: frame.snapshot.step, 1.0)
    assert 30 < steps < 130
    assert 1 < pictures < 100


@pytest.mark.usefixtures("qapp")
def test_rates_are_those_between_the_first_and_the_last_picture():
    class Drawing(QObject):
        drawn = Signal(object)

    drawing = Drawing()
    times = []
    drawing.drawn.connect(times.append)
    for milliseconds in (60, 90, 120, 150):
        QTimer.singleShot(milliseconds, lambda: drawing.drawn.emit(gauges.time.perf_counter()))
    steps, pictures = gauges.rates(drawing, lambda seconds: 1e6 * seconds, 0.4)
    assert steps == pytest.approx(1e6, rel=0.02), "what came before the first and after the last is not seen"
    assert pictures == pytest.approx(3 / (times[-1] - times[0]), rel=0.02)


@pytest.mark.usefixtures("qapp")
def test_living_for_a_while_keeps_no_memory():
    gauges.live(0.001)
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(100):
        gauges.live(0.001)
    gc.collect()
    assert sys.getallocatedblocks() < before + 50


def test_a_gap_is_as_long_as_the_event_loop_was_held_up(window):
    def hold_up():
        end = gauges.time.perf_counter() + 0.1
        while gauges.time.perf_counter() < end:
            pass

    QTimer.singleShot(50, hold_up)
    found = gauges.gaps(0.4)
    assert max(found) >= 100
    assert sorted(found)[len(found) // 2] < 50


def test_the_response_is_the_time_to_a_picture_with_the_new_learning_rate(window):
    window.set_training(True)
    before = window.experiment.learning_rate
    milliseconds = gauges.response(window, 0)
    assert window.snapshot.experiment.learning_rate == pytest.approx(before * 1.1, rel=0.02)
    assert 0 < milliseconds < 10_000
    gauges.response(window, 1)
    assert window.snapshot.experiment.learning_rate == pytest.approx(before, rel=0.02)


def test_a_window_that_does_not_answer_is_told(window, monkeypatch):
    monkeypatch.setattr(gauges, "PATIENCE", 0.05)
    with pytest.raises(gauges.StalledError, match=r"within 0\.05 s"):
        gauges.live_until(window, lambda _frame: False)


@pytest.mark.parametrize("seeds", [0, 2])
def test_a_case_is_measured_with_its_page_and_left_at_rest(window, monkeypatch, seeds):
    monkeypatch.setattr(cases, "SETTLING", 0.05)
    monkeypatch.setattr(cases, "RESPONSES", 3)
    window.set_speed(SPEED.maximum)
    page = "Seeds" if seeds else None
    case = cases.measure(window, cases.Setting("small", SMALL, page=page, seeds=seeds), 1, 0.4)
    assert case.name == "small"
    assert case.share == pytest.approx(case.steps_with_window / case.steps_alone)
    assert min(case.steps_alone, case.steps_with_window, case.frames) > 0
    assert 0 < case.gap_p99 <= case.gap_longest
    assert 0 < case.response_median <= case.response_p95
    assert case.memory > 50
    assert not window.frame.playback.advancing
    assert not (window.frame.seeds and window.frame.seeds.advancing)


def windows(application):
    return [each for each in application.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]


def test_a_bench_opens_a_window_of_its_own_and_closes_it(qapp, monkeypatch):
    monkeypatch.setattr(cases, "SETTLING", 0.05)
    monkeypatch.setattr(cases, "RESPONSES", 3)
    monkeypatch.setattr(bench, "measure_start", lambda tries: Start(0.5, 1.0, 2.0, tries))
    before = windows(qapp)
    told = []
    found = bench.run_bench([cases.Setting("small", SMALL)], 1, 0.1, told.append)
    assert told == ["start", "small", found.cases[0]]
    assert (found.platform, found.rounds) == ("offscreen", 1)
    assert windows(qapp) == before


def test_the_start_is_that_of_a_process_from_its_command_on():
    window, first, trained = start.open_once()
    assert 0.1 < window < first < trained < 120


def test_the_first_start_does_not_count(monkeypatch):
    times = iter([(8.0, 9.0, 9.5), (0.5, 1.0, 2.0), (1.5, 3.0, 4.0), (1.0, 2.0, 3.5)])
    monkeypatch.setattr(start, "open_once", lambda: next(times))
    assert start.measure_start(3) == Start(1.0, 2.0, 3.5, 3)
