"""Streams of chance: the same for the same arguments, unrelated otherwise."""

import torch

from visualdl.training.random_streams import generator


def draw(*arguments):
    return torch.rand(8, generator=generator(*arguments))


def test_the_same_arguments_give_the_same_stream():
    assert torch.equal(draw(3, "order", 7), draw(3, "order", 7))


def test_seed_purpose_and_number_each_give_another_stream():
    streams = [draw(3, "order", 7), draw(4, "order", 7), draw(3, "weights", 7), draw(3, "order", 8)]
    assert len({tuple(stream.tolist()) for stream in streams}) == len(streams)


def test_seed_and_purpose_do_not_run_into_each_other():
    assert not torch.equal(draw(1, "2order", 3), draw(12, "order", 3))
    assert not torch.equal(draw(1, "order2", 3), draw(1, "order", 23))


def test_neighbouring_seeds_and_epochs_do_not_share_streams():
    # (seed + epoch) as a seed would give (3, 8) and (4, 7) the same order
    assert not torch.equal(draw(3, "order", 8), draw(4, "order", 7))
