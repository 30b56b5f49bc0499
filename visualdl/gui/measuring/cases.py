"""The cases of a bench: an experiment in the whole window, with the page that is on show; and what each one takes."""

import time
from dataclasses import dataclass

import psutil

from visualdl.experiment.experiment import Experiment
from visualdl.gui.measuring.gauges import gaps, live, live_until, rates, response
from visualdl.gui.measuring.results import Case, median, percentile
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.run.run import Run
from visualdl.training.values.frame import Frame

TURN = 0.5  # seconds that training has alone and then with the window: a busy machine changes its speed within two
SETTLING = 0.2  # seconds in which the window comes to a steady pace
RESPONSES = 20
SEEDS = 10


@dataclass(frozen=True)
class Setting:
    """What is measured: `page` is the page on show, None for none; with `seeds`, that many train instead of the run."""

    name: str
    experiment: Experiment
    page: str | None = "Network"
    seeds: int = 0


SETTINGS = (
    Setting("3 x 25, the paper's", Experiment()),
    Setting("the paper's, no page", Experiment(), page=None),
    Setting("the paper's, hidden plane", Experiment(), page="Hidden plane"),
    Setting("6 x 8", Experiment(depth=6, width=8)),
    Setting("8 x 128", Experiment(depth=8, width=128, learning_rate=1e-4)),
    Setting("ten seeds at once", Experiment(), page="Seeds", seeds=SEEDS),
    Setting("100,000 samples", Experiment(samples=100_000, learning_rate=0.001)),
)


def measure(window: MainWindow, setting: Setting, rounds: int, seconds: float) -> Case:
    """Let the window train the setting's experiment at unlimited speed, in turns with a run without a window."""
    window.show_page(setting.page)
    window.want(setting.experiment)
    live_until(window, lambda frame: frame.snapshot.experiment == setting.experiment)
    alone, together, frames, between = [], [], [], []
    for _ in range(rounds):
        window.reset()
        for _ in range(max(1, round(seconds / TURN))):
            alone.append(_alone(setting.experiment, min(seconds, TURN)))
            _begin(window, setting)
            live(SETTLING)
            steps, pictures = rates(window, lambda frame: _steps(frame, setting), min(seconds, TURN))
            together.append(steps)
            frames.append(pictures)
            _end(window, setting)
        _begin(window, setting)
        between += gaps(seconds)
        _end(window, setting)
    _begin(window, setting)
    live(SETTLING)
    responses = [response(window, change) for change in range(RESPONSES)]
    _end(window, setting)
    return Case(
        name=setting.name,
        steps_alone=median(alone),
        steps_with_window=median(together),
        share=median([with_window / without for with_window, without in zip(together, alone, strict=True)]),
        frames=median(frames),
        gap_p99=percentile(between, 99),
        gap_longest=max(between),
        response_median=median(responses),
        response_p95=percentile(responses, 95),
        memory=memory(),
    )


def memory() -> float:
    """Return the memory that the process has in use, in megabytes."""
    return float(psutil.Process().memory_info().rss / 1e6)


def _alone(experiment: Experiment, seconds: float) -> float:
    """Return the steps per second of a run alone."""
    run = Run(experiment)
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        run.advance(20)
    return run.step / (time.perf_counter() - start)


def _begin(window: MainWindow, setting: Setting) -> None:
    if setting.seeds:
        window.begin_seeds(setting.seeds, with_torch=False)
    else:
        window.set_training(True)


def _end(window: MainWindow, setting: Setting) -> None:
    if setting.seeds:
        window.play_seeds(False)
    else:
        window.set_training(False)
    live_until(window, lambda frame: not (frame.playback.advancing or (frame.seeds and frame.seeds.advancing)))


def _steps(frame: Frame, setting: Setting) -> int:
    if setting.seeds:
        return frame.seeds.step if frame.seeds else 0
    return frame.snapshot.step
