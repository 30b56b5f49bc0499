"""A file is written whole or not at all."""

import os
import signal
import stat
import sys

import pytest

from visualdl.files.atomic_file import write_whole

if sys.platform != "win32":
    import fcntl

has_locks = pytest.mark.skipif(sys.platform == "win32", reason="Windows renames nothing that is locked")
forks = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the fork does nothing but write


def a_process_that_gets_a_signal_while_it_writes(file, number):
    """Return the fork's process number once the signal has come: the part is there then, complete, but has no name."""
    process = os.fork()
    if process == 0:
        try:
            os.fsync = lambda _descriptor: os.kill(os.getpid(), number)
            write_whole(file, b"of the other")
            os._exit(0)
        finally:
            os._exit(1)
    os.waitpid(process, os.WUNTRACED)
    return process


def beside(file):
    return [each for each in file.parent.iterdir() if each != file]


def test_a_file_is_written_and_replaced_and_nothing_else_is_left(tmp_path):
    file = tmp_path / "a.txt"
    for content in (b"first", b""):
        write_whole(file, content)
        assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_ends_the_writing_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, error):
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def end(_descriptor):
        raise error

    monkeypatch.setattr("os.fsync", end)
    with pytest.raises(type(error)):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_others_may_read_it_if_the_user_lets_them_read_files(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.txt", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links")
def test_a_link_stays_one_and_the_file_that_it_leads_to_is_written(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "folder" / "a.txt")
    for content in (b"first", b"second"):
        write_whole(tmp_path / "link.txt", content)
        assert (tmp_path / "folder" / "a.txt").read_bytes() == content
    assert (tmp_path / "link.txt").is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links and pipes")
def test_what_is_no_file_is_refused_and_stays(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("loop", "folder", "pipe"):
        with pytest.raises(OSError, match=r"links|no file to write to") as refusal:
            write_whole(tmp_path / name, b"new")
        assert refusal.value.strerror
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert len(list(tmp_path.iterdir())) == 3


def test_the_longest_name_can_be_written(tmp_path):
    write_whole(tmp_path / ("n" * 255), b"new")
    assert (tmp_path / ("n" * 255)).read_bytes() == b"new"


@has_locks
@forks
def test_what_a_killed_process_left_is_removed_by_the_next_write_of_the_same_file(tmp_path):
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    a_process_that_gets_a_signal_while_it_writes(file, signal.SIGKILL)
    write_whole(other, b"new")
    (left,) = {*beside(file)} - {other}
    assert left.name.startswith(".")
    write_whole(file, b"new")
    assert {*tmp_path.iterdir()} == {file, other}
    assert file.read_bytes() == b"new"


@has_locks
@forks
def test_what_a_living_process_is_writing_is_left_alone(tmp_path):
    file = tmp_path / "a.txt"
    process = a_process_that_gets_a_signal_while_it_writes(file, signal.SIGSTOP)
    try:
        write_whole(file, b"new")
        assert len(beside(file)) == 1
    finally:
        os.kill(process, signal.SIGCONT)
    assert os.waitpid(process, 0)[1] == 0
    assert file.read_bytes() == b"of the other"
    assert beside(file) == []


@has_locks
def test_a_part_that_was_taken_for_a_leftover_before_it_was_locked_is_made_again(tmp_path, monkeypatch):
    file, taken = tmp_path / "a.txt", []
    lock = fcntl.flock

    def take_the_first(stream, how):
        if not taken:
            taken.extend(tmp_path.iterdir())
            taken[0].unlink()
        lock(stream, how)

    monkeypatch.setattr("fcntl.flock", take_the_first)
    write_whole(file, b"new")
    assert len(taken) == 1
    assert file.read_bytes() == b"new"
    assert beside(file) == []


@has_locks
@forks
def test_on_a_disk_without_locks_a_file_is_written_and_nothing_is_removed(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise OSError(37, "No locks available")

    file = tmp_path / "a.txt"
    a_process_that_gets_a_signal_while_it_writes(file, signal.SIGKILL)
    left = beside(file)  # perhaps of a living process
    assert left
    monkeypatch.setattr("fcntl.flock", refuse)
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert beside(file) == left
