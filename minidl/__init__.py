"""A small deep-learning framework, written by hand on torch tensor operations and `math` alone.

Read it in this order: module, linear, activations, sequential, losses, optimizers, batches, datasets.
"""

from minidl.activations import ReLU, Tanh
from minidl.linear import Linear
from minidl.losses import LossMSE
from minidl.module import Module, Parameter
from minidl.optimizers import SGD
from minidl.sequential import Sequential

__all__ = ["SGD", "Linear", "LossMSE", "Module", "Parameter", "ReLU", "Sequential", "Tanh"]
