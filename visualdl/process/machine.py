"""What the program runs on: versions and the machine, without names of persons, computers or folders."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from visualdl import __version__


def versions() -> dict[str, str]:
    """Return the version of everything that computes or draws, by name."""
    return {
        "visualdl": __version__,
        "Python": platform.python_version(),
        **{name: version(name) for name in ("torch", "numpy", "PySide6-Essentials")},
    }


def machine() -> dict[str, str]:
    """Return the operating system, the processor and the number of its cores."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "processor": _processor() or "unknown",
        "cores": str(os.cpu_count() or "unknown"),
    }


def _processor() -> str:
    """Return the processor's name; Python's own says nothing on Linux."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor()
