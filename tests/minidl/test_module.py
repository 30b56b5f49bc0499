"""State: a module's tensors by name, and what does not fit."""

import pytest
import torch

from minidl import BatchNorm1d, Dropout, Linear, ReLU, Sequential


def network() -> Sequential:
    return Sequential(Linear(2, 3), ReLU(), Sequential(BatchNorm1d(3), Linear(3, 1, bias=False)))


def test_tensors_are_named_by_place() -> None:
    assert {name: tuple(tensor.shape) for name, tensor in network().state().items()} == {
        "0.weight": (2, 3),
        "0.bias": (3,),
        "2.0.scale": (3,),
        "2.0.shift": (3,),
        "2.0.running_mean": (3,),
        "2.0.running_variance": (3,),
        "2.1.weight": (3, 1),
    }


def test_load_state_copies_and_keeps_the_tensors_themselves() -> None:
    first, second = network(), network()
    weight, state = second.modules[0].weight, first.state()
    second.load_state(state)
    assert second.modules[0].weight is weight
    assert torch.equal(weight, first.modules[0].weight)
    state["0.weight"].zero_()
    assert weight.any()


def test_a_state_that_does_not_fit_raises_one_sentence_with_all_faults_and_changes_nothing() -> None:
    module = network()
    before = module.state()
    state = {name: tensor + 1 for name, tensor in module.state().items()}
    del state["0.bias"]
    state["9.weight"] = torch.zeros(1)
    state["0.weight"] = torch.zeros(3, 2)
    state["2.0.shift"] = torch.zeros(3, dtype=torch.float64)
    with pytest.raises(ValueError, match=r"^This state does not fit Sequential: ") as error:
        module.load_state(state)
    for fault in (
        "0.bias is missing",
        "9.weight is unknown",
        "0.weight is (3, 2) of torch.float32 instead of (2, 3) of torch.float32",
        "2.0.shift is (3,) of torch.float64 instead of (3,) of torch.float32",
    ):
        assert fault in str(error.value)
    assert "running" not in str(error.value)
    torch.testing.assert_close(module.state(), before, rtol=0, atol=0)


def test_train_and_evaluate_reach_every_module() -> None:
    dropout = Dropout()
    module = Sequential(Linear(2, 2), Sequential(dropout))
    assert dropout.training
    module.evaluate()
    assert not dropout.training
    assert not module.training
    module.train()
    assert dropout.training
