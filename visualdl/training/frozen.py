"""From a tensor that goes on changing to an array that never does."""

import numpy as np
from torch import Tensor


def frozen(tensor: Tensor) -> np.ndarray:
    """Return a read-only copy of the tensor's numbers."""
    array = tensor.numpy().copy()
    array.setflags(write=False)
    return array
