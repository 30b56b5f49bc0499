"""An error in any stage of the training is told in the message bar; the window stays usable, and Reset recovers."""

import pytest
from PySide6.QtCore import QSettings

from tests.soak.waiting import wait_until
from visualdl.experiment.experiment import Experiment
from visualdl.gui.window.main_window import MainWindow

SMALL = Experiment(depth=1, width=3, samples=50)


def fail(*_arguments, **_options):
    raise RuntimeError("made up")


def want_other_data(window):
    window.want(Experiment(depth=1, width=3, samples=60))


def want_other_network(window):
    window.want(Experiment(depth=1, width=4, samples=50))


def look_into_the_network(window):
    window.show_page("Hidden plane")


def begin_seeds(window):
    window.begin_seeds(2, with_torch=True)


def train(window):
    window.set_training(True)


STAGES = {
    "change": ("visualdl.training.engine.engine.Engine.change", want_other_network),
    "build a network": ("visualdl.training.run.run.build_network", want_other_network),
    "draw samples": ("visualdl.training.run.run.samples_of", want_other_data),
    "advance": ("visualdl.training.run.run.Run.advance", train),
    "learn": ("visualdl.training.model.training_step.TrainingStep.learn", train),
    "take a snapshot": ("visualdl.training.run.present.Present.snapshot", train),
    "look at": ("visualdl.training.run.observer.pictures_of", look_into_the_network),
    "begin seeds": ("visualdl.training.seeds.seed_runs.SeedRuns.__init__", begin_seeds),
    "step of the seeds": ("visualdl.training.engine.seeds_job.SeedsJob.work", begin_seeds),
    "torch.nn": ("visualdl.training.torch_reference.reference.TorchReference.learn", begin_seeds),
    "picture of the seeds": ("visualdl.training.seeds.seed_runs.SeedRuns.agreement", begin_seeds),
}


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    """One window for all stages: each leaves it usable."""
    file = tmp_path_factory.mktemp("settings") / "settings.ini"
    window = MainWindow(SMALL, settings=QSettings(str(file), QSettings.Format.IniFormat))
    window.show()
    wait_until(lambda: window.snapshot is not None, "show its first picture")
    yield window
    window.close()
    window.deleteLater()


def is_usable(qtbot, window):
    """Reset, then train a step: what a user would do next."""
    run = window.frame.run
    window.reset()
    qtbot.waitUntil(lambda: window.frame.run > run and window._client.is_up_to_date(), timeout=20_000)
    assert window.snapshot.experiment == window.experiment
    assert window._message_bar.text() == ""
    window.begin_seeds(1, with_torch=False)  # whatever failed before must not go on
    window.play_seeds(False)
    step = window.snapshot.step
    window.train_step()
    qtbot.waitUntil(lambda: window.snapshot.step > step, timeout=20_000)
    return True


@pytest.mark.parametrize("stage", STAGES)
def test_an_error_in_a_stage_is_told_and_reset_recovers(qtbot, window, monkeypatch, stage):
    place, act = STAGES[stage]
    window.want(SMALL)
    window.show_page("Network")
    qtbot.waitUntil(lambda: window._client.is_at_rest(), timeout=20_000)
    with monkeypatch.context() as broken:
        broken.setattr(place, fail)
        with qtbot.waitSignal(window.failed, timeout=20_000):
            act(window)
        assert window._message_bar.text() == "RuntimeError: made up"
        assert "Traceback" in window._message_bar._details
        assert not window._training
    assert is_usable(qtbot, window)


def test_a_first_network_that_cannot_be_made_is_told_and_reset_recovers(qtbot, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.engine.engine.Engine.__init__", fail)
        window = MainWindow(SMALL)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.failed, timeout=20_000):
            window.show()
    window.reset()
    qtbot.waitUntil(lambda: window.snapshot is not None, timeout=20_000)
    assert is_usable(qtbot, window)
    window.close()
