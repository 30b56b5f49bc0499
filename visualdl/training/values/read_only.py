"""From tensors that go on changing to arrays that never do."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from torch import Tensor


def frozen(tensor: Tensor) -> np.ndarray:
    """Return a read-only copy of the tensor's numbers."""
    return frozen_array(tensor.numpy().copy())


def frozen_array(array: np.ndarray) -> np.ndarray:
    """Return the array itself, read-only from now on."""
    array.setflags(write=False)
    return array


def frozen_by_name(tensors: Mapping[str, Tensor]) -> Mapping[str, np.ndarray]:
    """Return read-only copies of the tensors, by their names."""
    return MappingProxyType({name: frozen(tensor) for name, tensor in tensors.items()})
