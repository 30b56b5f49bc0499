"""Which versions are running: for the About box, and at the head of an error report."""

import platform

import PySide6

import visualdl


def versions() -> str:
    """Return the versions of the program and of what it runs on, in one line."""
    return (
        f"visualdl {visualdl.__version__}, PySide6 {PySide6.__version__}, "
        f"Python {platform.python_version()}, {platform.platform()}"
    )


def about_text() -> str:
    """Return what the program is, and its versions."""
    return (
        f"See a neural network learn: minidl, written by hand on torch tensor operations, trained live.\n\n{versions()}"
    )
