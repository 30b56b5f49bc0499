"""A small deep-learning framework, written by hand on torch tensor operations and `math` alone.

Read it in this order: module, linear, activations, sequential, losses, optimizers, batches, standardization, targets,
datasets. Then what a first reading can do without: initialization, dropout, batch_norm, adaptive, schedules,
penalties, gradient_check, stacking, flat, checks.
"""

from minidl.activations import ELU, GELU, SELU, Identity, LeakyReLU, ReLU, Sigmoid, Softplus, Tanh
from minidl.adaptive import Adam, AdamW, RMSprop
from minidl.batch_norm import BatchNorm1d
from minidl.dropout import Dropout
from minidl.gradient_check import gradient_check
from minidl.initialization import PAPER, ZEROS, Constant, FanIn, He, Initialization, Xavier
from minidl.linear import Linear
from minidl.losses import Loss, LossBinaryCrossEntropy, LossCrossEntropy, LossMSE
from minidl.module import Module, Parameter
from minidl.optimizers import SGD, Optimizer
from minidl.penalties import L1, L2
from minidl.schedules import Cosine, StepDecay, WarmUp
from minidl.sequential import Sequential
from minidl.stacking import stack, unstack
from minidl.standardization import Standardization
from minidl.targets import one_hot_targets, signed_targets

__all__ = [
    "ELU", "GELU", "L1", "L2", "PAPER", "SELU", "SGD", "ZEROS", "Adam", "AdamW", "BatchNorm1d", "Constant", "Cosine",
    "Dropout", "FanIn", "He", "Identity", "Initialization", "LeakyReLU", "Linear", "Loss", "LossBinaryCrossEntropy",
    "LossCrossEntropy", "LossMSE", "Module", "Optimizer", "Parameter", "RMSprop", "ReLU", "Sequential", "Sigmoid",
    "Softplus", "Standardization", "StepDecay", "Tanh", "WarmUp", "Xavier", "gradient_check", "one_hot_targets",
    "signed_targets", "stack", "unstack",
]  # fmt: skip
