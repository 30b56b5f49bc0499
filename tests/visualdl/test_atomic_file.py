"""A file is written whole or not at all."""

import os
import stat
import sys

import pytest

from visualdl.atomic_file import write_whole


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
