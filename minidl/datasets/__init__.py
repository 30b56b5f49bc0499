"""Data sets of the plane, each a few lines of torch: points of the unit square, with a label or a value each.

    name(samples, generator, noise=...) -> points (samples, 2), float32, and labels (samples,), int64,
                                           or, for a regression, values (samples,), float32

All are drawn on one square, the unit square: where a definition comes from TensorFlow Playground, its square from -6
to 6 is shrunk to it. The samples come in random order, so that any part of them is a fair sample. `noise` is a share
from 0, for none, to 0.5. It is drawn last: from the same generator, any noise acts on the same points. Where noise
moves points, some come to lie outside the square, and stay there.

Every one raises ValueError for a sample count below 0, noise outside 0 to 0.5, and classes outside 2 to 6.
"""

from minidl.datasets.areas import checkerboard, circle, xor
from minidl.datasets.groups import gaussians, moons, rings, spiral
from minidl.datasets.paper import DISK_CENTRE, DISK_RADIUS, disk
from minidl.datasets.regression import multi_gaussian, plane
from minidl.datasets.square import MOST_CLASSES, MOST_NOISE

__all__ = [
    "DISK_CENTRE", "DISK_RADIUS", "MOST_CLASSES", "MOST_NOISE", "checkerboard", "circle", "disk",
    "gaussians", "moons", "multi_gaussian", "plane", "rings", "spiral", "xor",
]  # fmt: skip
