"""One buffer for many tensors, so that one operation updates a whole network.

A small tensor operation costs its call, not its arithmetic: eight of them on eight parameters take eight times as long
as one on all numbers at once.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def gather(tensors: Sequence[Tensor]) -> None:
    """Move the numbers of all tensors into one new buffer, on which each tensor then is a view.

    The tensors stay the same objects with the same values, whoever holds them. Those that already share their
    storage with others stay where they are: what was joined once never moves again.
    """
    movable = [tensor for tensor in tensors if _is_alone(tensor)]
    for dtype in {tensor.dtype for tensor in movable}:
        group = [tensor for tensor in movable if tensor.dtype == dtype]
        if len(group) < 2:
            continue
        buffer, start = torch.cat([tensor.reshape(-1) for tensor in group]), 0
        for tensor in group:
            tensor.set_(buffer.untyped_storage(), start, tensor.shape, tensor.stride())
            start += tensor.numel()


def joined(*rows: Sequence[Tensor]) -> list[tuple[Tensor, ...]]:
    """Join what lies side by side: parameters' values, their gradients and whatever else belongs to them.

    Every row has one tensor a parameter. Tensors form a group if in every row each starts where the one before it
    ends. Returns for each group one flat view a row, over all of it; of a tensor without neighbors, itself.
    """
    groups: list[list[tuple[Tensor, ...]]] = []
    for column in zip(*rows, strict=True):
        if groups and all(map(_follows, column, groups[-1][-1])):
            groups[-1].append(column)
        else:
            groups.append([column])
    return [group[0] if len(group) == 1 else tuple(map(_over, *group)) for group in groups]


def _is_alone(tensor: Tensor) -> bool:
    return tensor.is_contiguous() and tensor.untyped_storage().nbytes() == tensor.numel() * tensor.element_size()


def _follows(tensor: Tensor, before: Tensor) -> bool:
    return (
        tensor.is_contiguous()
        and before.is_contiguous()
        and tensor.dtype == before.dtype
        and tensor.untyped_storage().data_ptr() == before.untyped_storage().data_ptr()
        and tensor.storage_offset() == before.storage_offset() + before.numel()
    )


def _over(*tensors: Tensor) -> Tensor:
    return tensors[0].as_strided((sum(tensor.numel() for tensor in tensors),), (1,))
