"""The scheduler: jobs that know nothing of each other share one thread's time."""

import math

import pytest

from visualdl.training.engine.scheduler import Scheduler


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Task:
    """Work that takes `cost` seconds a piece, and is due so many seconds from now."""

    def __init__(self, clock, cost, wait=0.0):
        self.clock, self.cost, self.wait, self.done = clock, cost, wait, 0

    def seconds_until_due(self):
        return self.wait

    def work(self):
        self.clock.now += self.cost
        self.done += 1


@pytest.fixture
def clock():
    return Clock()


def test_without_jobs_there_is_nothing_to_do(clock):
    scheduler = Scheduler(clock)
    assert scheduler.seconds_until_due() is None
    scheduler.work()


def test_three_jobs_have_the_same_time_however_long_their_pieces_are(clock):
    tasks = [Task(clock, cost) for cost in (1, 2, 4)]
    scheduler = Scheduler(clock)
    for task in tasks:
        scheduler.add(task)
    while clock.now < 1200:
        scheduler.work()
    assert [task.done * task.cost for task in tasks] == pytest.approx([400, 400, 400], abs=5)


def test_who_is_due_first_comes_first_and_who_is_not_due_is_waited_for(clock):
    late, soon, never = Task(clock, 1, 5.0), Task(clock, 1, 2.0), Task(clock, 1, None)
    scheduler = Scheduler(clock)
    for task in (late, soon, never):
        scheduler.add(task)
    assert scheduler.seconds_until_due() == 2.0
    scheduler.work()
    assert (late.done, soon.done, never.done) == (0, 1, 0)
    soon.wait = None
    assert scheduler.seconds_until_due() == 5.0


def test_what_is_done_for_a_job_elsewhere_is_its_time_too(clock):
    looked_at, other = Task(clock, 1), Task(clock, 1)
    scheduler = Scheduler(clock)
    scheduler.add(looked_at)
    scheduler.add(other)
    with scheduler.charged_to(looked_at):
        clock.now += 10
    for _ in range(10):
        scheduler.work()
    assert (looked_at.done, other.done) == (0, 10)


def test_what_one_had_alone_is_not_owed_to_who_comes_later(clock):
    first, second = Task(clock, 1), Task(clock, 1, None)
    scheduler = Scheduler(clock)
    scheduler.add(first)
    scheduler.add(second)
    for _ in range(50):
        scheduler.work()
    second.wait = 0.0
    for _ in range(10):
        scheduler.work()
    assert second.done == pytest.approx(5, abs=1)


def test_a_job_that_is_gone_has_no_turn(clock):
    gone, stays = Task(clock, 1), Task(clock, 1, math.inf)
    scheduler = Scheduler(clock)
    scheduler.add(gone)
    scheduler.add(stays)
    scheduler.remove(gone)
    scheduler.remove(gone)
    assert scheduler.seconds_until_due() == math.inf
    with scheduler.charged_to(gone):
        clock.now += 1
