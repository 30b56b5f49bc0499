"""What every test has: no display, no settings of the user's, and nothing left running."""

import gc
import os
import threading

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt

import pytest
import torch
from hypothesis import HealthCheck, settings

torch.set_num_threads(1)  # more make small networks slower
# how long an example takes, and how long it takes to make it, says more about the machine
settings.register_profile("visualdl", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("visualdl")


def pytest_collection_finish():
    """Keep the garbage collector from looking at all tests and libraries with each collection: 0.3 s, often."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def settings_of_its_own(tmp_path, monkeypatch):
    """Keep the user's remembered options out of the test, and the test out of them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    from PySide6.QtCore import QSettings

    for format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(format, QSettings.Scope.UserScope, str(tmp_path / "config"))


@pytest.fixture(scope="session")
def kept_threads():
    """The training threads of windows that outlive a test: whoever puts one here sees to its end."""
    return set()


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch, kept_threads):
    """Fail a test that leaves a thread behind, Python's or the window's."""
    from visualdl.gui.engine.engine_thread import EngineThread

    started = []
    start = EngineThread.start
    monkeypatch.setattr(EngineThread, "start", lambda thread: (started.append(thread), start(thread)))
    before = set(threading.enumerate())
    yield
    assert all(thread.isFinished() for thread in started if thread not in kept_threads), (
        "a training thread was left running"
    )
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left, f"threads left running: {', '.join(left)}"
