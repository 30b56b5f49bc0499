"""See a neural network learn: minidl, trained live in a window."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("visualdl-desktop")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"
