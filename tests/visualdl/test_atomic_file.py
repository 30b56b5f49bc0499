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
