"""Work beside the window: the latest piece tells what came of it, and an end waits for what is under way."""

import threading

import pytest

from visualdl.gui.engine.background_task import BackgroundTask


@pytest.fixture
def work(qapp):
    work = BackgroundTask(qapp)
    yield work
    work.close()
    work.deleteLater()


def refuse():
    raise ValueError("This is no number.")


def test_a_result_or_a_sentence_arrives(qtbot, work):
    with qtbot.waitSignal(work.done) as found:
        work.begin(lambda: 7)
    assert found.args == [7]
    with qtbot.waitSignal(work.refused) as found:
        work.begin(refuse)
    assert found.args == ["This is no number."]


def test_of_several_pieces_only_the_latest_tells(qtbot, work):
    results, may_end = [], threading.Event()
    work.done.connect(results.append)
    work.begin(may_end.wait)
    work.begin(refuse)
    work.begin(lambda: "last")
    may_end.set()
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["last"]


def test_each_result_is_told_once_however_late_the_end_of_a_piece_is_heard_of(qapp, work):
    results = []
    work.done.connect(results.append)
    for result in "ab":
        work.begin(lambda result=result: result)
        work.wait()
    qapp.processEvents()
    assert results == ["b"]
    for result in "cd":
        work.begin(lambda result=result: result)
        work.wait()
        qapp.processEvents()
    assert results == ["b", "c", "d"]


def test_the_late_end_of_a_piece_starts_nothing_while_another_is_under_way(qtbot, qapp, work):
    results, has_begun, may_end = [], threading.Event(), threading.Event()
    work.done.connect(results.append)
    work.begin(lambda: "first")
    work.wait()
    work.begin(lambda: (has_begun.set(), may_end.wait()))
    has_begun.wait()
    work.begin(lambda: "last")
    qapp.processEvents()
    may_end.set()
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["last"]


def test_an_unexpected_error_is_told_and_reported(qtbot, work):
    sentences = []
    work.refused.connect(sentences.append)
    with qtbot.captureExceptions() as errors:
        work.begin(lambda: {}["nothing"])
        qtbot.waitUntil(lambda: bool(errors))
    assert errors[0][0] is KeyError
    assert sentences == ["This ended in an unexpected error, KeyError: 'nothing'."]


def test_after_the_end_nothing_is_told(qapp, work):
    results = []
    work.done.connect(results.append)
    work.begin(lambda: 7)
    work.close()
    qapp.processEvents()
    assert results == []


def test_an_exception_that_nobody_expected_is_raised_in_the_windows_thread(qtbot, work):
    threads = []
    with qtbot.captureExceptions() as raised:
        work.finished.connect(lambda: threads.append(threading.current_thread()))
        work.begin(lambda: 1 / 0)
        qtbot.waitUntil(lambda: bool(raised))
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert threads == [threading.main_thread()]
