"""Each file that the program writes is the old one or the new one, whatever happens while it is written."""

import os
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("these faults are made with what Windows does not have", allow_module_level=True)

from tests.faults.disk import files_no_larger_than, full, small_disk
from tests.faults.killing import is_whole, kill_one
from tests.faults.writers import writers

KILLS = int(os.environ.get("VISUALDL_KILLS", "3"))  # of each writer; `make faults` has a hundred
NAMES = ("weights", "exported data", "exported runs", "document", "picture", "settings")


@pytest.fixture
def writer(request, qapp):
    return next(each for each in writers() if each.name == request.param)


def test_every_writer_is_tried(qapp):
    assert tuple(each.name for each in writers()) == NAMES


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the fork does nothing but write, and is killed
@pytest.mark.parametrize("writer", NAMES, indirect=True)
def test_a_process_that_is_killed_while_it_writes_leaves_the_old_file_or_the_new_one(writer, tmp_path):
    file = tmp_path / f"file{writer.suffix}"
    for kill in range(KILLS):
        kill_one(writer, file, kill % 10 * 0.004)
        assert is_whole(writer, file)


@pytest.mark.no_qt_log  # Qt has words of its own for it
@pytest.mark.parametrize("writer", NAMES, indirect=True)
def test_where_a_file_has_no_room_the_old_one_stays_and_nothing_else(writer, tmp_path):
    file = tmp_path / f"file{writer.suffix}"
    writer.write(file, 0)
    with files_no_larger_than(1000), pytest.raises((OSError, AssertionError)):
        writer.write(file, 1)
    assert writer.read(file) == 0
    assert [each for each in tmp_path.iterdir() if each.suffix != ".lock"] == [file]


@pytest.mark.no_qt_log
@pytest.mark.parametrize("writer", NAMES, indirect=True)
def test_on_a_disk_that_is_full_the_old_file_stays_and_nothing_else(writer, tmp_path):
    file = tmp_path / f"file{writer.suffix}"
    with small_disk(tmp_path, 2_000_000) as mounted:
        if not mounted:
            pytest.skip("no disk can be mounted here")
        writer.write(file, 0)
        with full(tmp_path), pytest.raises((OSError, AssertionError)):
            writer.write(file, 1)
        assert writer.read(file) == 0
        assert [each for each in tmp_path.iterdir() if each.suffix != ".lock"] == [file]
