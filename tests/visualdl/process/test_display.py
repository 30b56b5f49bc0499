"""Whether a window can be seen: with servers that this file plays itself."""

import os
import re
import socket
import struct
import sys
import threading
from pathlib import Path

import pytest

from visualdl.process import display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is nothing to ask")

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_SESSION_TYPE", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")


@pytest.fixture(autouse=True)
def no_display(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def wayland(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        yield server


@pytest.fixture
def x_server(tmp_path, monkeypatch):
    """Return a function that starts an X server which admits its one client, or turns it away."""
    number = 10_000 + os.getpid() % 20_000
    threads = []
    server = socket.socket(socket.AF_UNIX)
    server.bind(f"\0/tmp/.X11-unix/X{number}")  # Linux keeps such a name in no directory
    server.listen()
    server.settimeout(10)
    monkeypatch.setenv("DISPLAY", f":{number}")
    monkeypatch.delenv("XAUTHORITY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))  # so that no key of the user's is sent

    def serve(admits):
        client, _address = server.accept()
        with client:
            client.recv(4096)
            body = bytes(32) if admits else b"go away "
            client.sendall(struct.pack("<BBHHH", admits, 7, 11, 0, len(body) // 4) + body)
            client.recv(4096)  # until the client hangs up

    def start(admits):
        threads.append(threading.Thread(target=serve, args=(admits,)))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join()
    server.close()


def test_without_anything_set_there_is_no_display():
    assert display.seen_platforms() == ()


def test_an_x_server_that_admits_us_is_a_display(x_server):
    x_server(admits=True)
    assert display.seen_platforms() == ("xcb",)


def test_an_x_server_that_turns_us_away_is_none(x_server):
    x_server(admits=False)
    assert display.seen_platforms() == ()


def test_the_name_of_an_x_server_that_is_gone_is_no_display(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":32000")
    assert display.seen_platforms() == ()


def test_without_the_library_to_ask_an_x_server_there_is_none(monkeypatch):
    def cannot_load(name):
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display.ctypes, "CDLL", cannot_load)
    assert display.seen_platforms() == ()


def test_a_wayland_socket_that_answers_is_a_display(monkeypatch, wayland, tmp_path):
    assert display.seen_platforms() == ()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.seen_platforms() == ("wayland",)
    monkeypatch.setenv("WAYLAND_DISPLAY", str(tmp_path / "wayland-0"))
    assert display.seen_platforms() == ("wayland",)


def test_a_wayland_session_has_its_socket_under_the_usual_name(monkeypatch, wayland):
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert display.seen_platforms() == ("wayland",)


def test_a_wayland_socket_that_nobody_listens_to_is_none(monkeypatch, wayland):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    wayland.close()
    assert display.seen_platforms() == ()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600", "minimal;offscreen"])
def test_a_platform_that_draws_into_memory_is_no_display(monkeypatch, wayland, platform):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display.seen_platforms() == ()


def test_the_platform_that_was_asked_for_is_the_one_that_counts(monkeypatch, wayland):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert display.seen_platforms() == ()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb;wayland-egl")
    assert display.seen_platforms() == ("wayland-egl",)


@pytest.mark.parametrize(("system", "platform"), [("win32", "windows"), ("darwin", "cocoa")])
def test_windows_and_macos_always_have_one(monkeypatch, system, platform):
    monkeypatch.setattr(display.sys, "platform", system)
    assert display.seen_platforms() == (platform,)
    assert display.missing_libraries() == ()


def test_where_these_tests_draw_nothing_is_missing():
    assert display.missing_libraries(("offscreen",)) == ()


def test_each_library_that_cannot_be_loaded_is_named_once(monkeypatch):
    def cannot_load(file):
        wanted = "libxcb-cursor.so.0" if "xcb" in file else "libEGL.so.1"
        raise OSError(f"{wanted}: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(display.ctypes, "CDLL", cannot_load)
    assert display.missing_libraries(("xcb",)) == ("libEGL.so.1", "libxcb-cursor.so.0")


def test_what_one_platform_misses_does_not_matter_where_another_can_start(monkeypatch):
    def cannot_load_xcb(file):
        if "libqxcb" in file:
            raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(display.ctypes, "CDLL", cannot_load_xcb)
    assert display.missing_libraries(("wayland", "xcb")) == ()
    assert display.missing_libraries(("xcb",)) == ("libxcb-cursor.so.0",)


def test_a_qt_that_is_not_pyside6s_own_is_trusted(monkeypatch):
    monkeypatch.setattr(display.importlib.util, "find_spec", lambda _name: None)
    assert display.missing_libraries() == ()


def test_the_readme_names_the_same_packages():
    readme = (Path(__file__).parents[3] / "README.md").read_text().replace("\\\n", " ")
    assert f"apt install {display.DEBIAN_PACKAGES}" in re.sub(r" +", " ", readme)


@pytest.mark.parametrize(
    "name",
    [
        "foo",
        "linuxfb",
        "vnc:size=10x10",
        "eglfs",
        "wayland-foo",
        "windows",
        "cocoa",
        "vnc;wayland",
        "offscreen;wayland",
    ],
)
def test_a_platform_that_shows_its_window_to_nobody_is_no_display(monkeypatch, wayland, name):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("QT_QPA_PLATFORM", name)
    assert display.seen_platforms() == ()


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("wayland:decoration=none", "wayland"),
        ("Wayland", "wayland"),
        (";wayland-egl", "wayland-egl"),
        ("xcb;wayland;vnc", "wayland"),
    ],
)
def test_a_platform_may_come_with_options_capitals_and_alternatives(monkeypatch, wayland, name, platform):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("QT_QPA_PLATFORM", name)
    assert display.seen_platforms() == (platform,)
