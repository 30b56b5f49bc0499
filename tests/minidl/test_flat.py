"""One buffer for many tensors: same objects, same values, fewer operations."""

import torch

from minidl.flat import gather, joined


def tensors() -> list[torch.Tensor]:
    return [torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([5.0]), torch.tensor(6.0)]


def test_gathered_tensors_keep_identity_shape_and_values_and_share_one_buffer() -> None:
    each = tensors()
    before = list(each)
    gather(each)
    assert all(now is then for now, then in zip(each, before, strict=True))
    torch.testing.assert_close(each, tensors())
    ((flat,),) = joined(each)
    assert flat.tolist() == [1, 2, 3, 4, 5, 6]
    flat.mul_(2)
    torch.testing.assert_close(each, [2 * tensor for tensor in tensors()])


def test_what_was_gathered_once_never_moves_again() -> None:
    each = tensors()
    gather(each)
    addresses = [tensor.data_ptr() for tensor in each]
    gather([each[2], each[0], torch.zeros(3)])
    assert [tensor.data_ptr() for tensor in each] == addresses


def test_only_neighbours_in_every_row_are_joined() -> None:
    values, gradients = tensors(), tensors()
    gather(values)
    assert len(joined(values)) == 1
    pieces = joined(values, gradients)  # gradients lie apart
    assert [piece[0].shape for piece in pieces] == [(2, 2), (1,), ()]
    assert all(piece[0] is value for piece, value in zip(pieces, values, strict=True))
    gather(gradients)
    assert [tuple(row.shape for row in piece) for piece in joined(values, gradients)] == [((6,), (6,))]
    assert len(joined([values[0], values[2]], [gradients[0], gradients[2]])) == 2
    assert len(joined([values[1], values[0]], [gradients[1], gradients[0]])) == 2


def test_dtypes_and_scattered_tensors_stay_apart() -> None:
    mixed = [torch.ones(2), torch.ones(2, dtype=torch.float64), torch.ones(2), torch.ones(2, 3).t()]
    gather(mixed)
    assert len(joined(mixed)) == 4
    assert [tensor.dtype for tensor in mixed] == [torch.float32, torch.float64, torch.float32, torch.float32]
    assert mixed[3].shape == (3, 2)
    assert all((tensor == 1).all() for tensor in mixed)


def test_nothing_gathers_to_nothing() -> None:
    gather([])
    assert joined([], []) == []
