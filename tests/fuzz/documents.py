"""Documents from outside: experiments and presets as JSON, and trained networks, an experiment in their metadata."""

import json
import struct
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from safetensors.numpy import save

from tests.fuzz.damage import DEEP, WRONG, damaged, disarranged, scrambled
from visualdl.data.frame import Frame
from visualdl.data.own_data import OwnData
from visualdl.experiment import presets
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.files import weights_file
from visualdl.training.values.topology import Topology

TYPES = ("F32", "F64", "F16", "BF16", "F8_E4M3", "F8_E5M2", "F4", "I64", "U8", "BOOL", "C64", "F32 ", "", "é")


@cache
def good_experiments() -> tuple[Experiment, ...]:
    """Return experiments that use every form of JSON that there is: names, numbers, lists and own points."""
    positions = np.linspace(-3, 3, 24).reshape(12, 2)
    own = OwnData(positions, np.arange(12) % 3, ("a", "é b", "3"), frame=Frame((-4.0, -4.0), (4.0, 4.0)))
    return (
        Experiment(),
        Experiment(layers=(Layer(4, "Tanh"), Layer(2, "ReLU")), features=("x1", "sin(3*x1)"), batch_norm="Yes"),
        Experiment(dataset="Plane", output_activation="Identity", depth=0, optimizer="Adam", stop_when="Never"),
        Experiment().with_own(own),
    )


def make_experiment(chance: Random) -> str:
    """Return an experiment's JSON with fields lost, renamed, doubled, of other types or nested without end."""
    text = chance.choice(good_experiments()).to_json()
    match chance.randrange(10):
        case 0:
            return scrambled(text, chance)
        case 1:
            return json.dumps(chance.choice(WRONG), ensure_ascii=False)
        case 2:
            return text
        case _:
            return disarranged(json.loads(text), chance)


def read_experiment(text: str) -> object:
    """Read an experiment, which its own JSON must bring back."""
    experiment = Experiment.from_json(text)
    assert Experiment.from_json(experiment.to_json()) == experiment, "the experiment did not come back from its JSON"
    return experiment


def make_preset(chance: Random) -> bytes:
    """Return a preset's file with damage of the same kinds, in bytes as well."""
    text = chance.choice(_preset_texts())
    if chance.random() < 0.2:
        return damaged(text.encode(), chance)
    return disarranged(json.loads(text), chance).encode("utf-8", chance.choice(("replace", "surrogatepass")))


def make_weights(chance: Random) -> bytes:
    """Return a network's file: bytes damaged, header and data at odds, an experiment that is none or is another's."""
    experiment = chance.choice(good_experiments())
    content = _network(experiment)
    match chance.randrange(6):
        case 0:
            return damaged(content, chance)
        case 1:
            return _with_experiment(experiment, chance)
        case 2:
            start = content[:8]
            return chance.choice((b"", start, struct.pack("<Q", 2**62) + content[8:], start + b"\0" * 9, content[:-1]))
        case 3:
            return content
        case _:
            return _with_header(content, chance)


def reader_of_preset(folder: Path) -> Any:
    """Return what reads bytes as a preset in `folder`."""
    file = folder / "fuzz.json"

    def read(content: bytes) -> object:
        file.write_bytes(content)
        return presets.read(file)

    return read


def reader_of_weights(folder: Path) -> Any:
    """Return what reads bytes as a trained network in `folder`; its weights must be as finite as promised."""
    file = folder / "fuzz.safetensors"

    def read(content: bytes) -> object:
        file.write_bytes(content)
        network = weights_file.read(file)
        assert all(np.isfinite(array).all() for array in network.weights.values())
        assert {name: array.shape for name, array in network.weights.items()} == Topology.of(network.experiment).shapes
        return network

    return read


@cache
def _preset_texts() -> tuple[str, ...]:
    return tuple(file.read_text() for file in sorted(presets.SOURCE_TREE.glob("*.json")))


@cache
def _network(experiment: Experiment, metadata: str | None = None) -> bytes:
    weights = {name: np.full(shape, 0.5, np.float32) for name, shape in Topology.of(experiment).shapes.items()}
    return save(weights, metadata={"experiment": experiment.to_json() if metadata is None else metadata})


def _with_experiment(experiment: Experiment, chance: Random) -> bytes:
    text = make_experiment(chance).encode("utf-8", "replace").decode()
    return _network.__wrapped__(experiment, text)


def _with_header(content: bytes, chance: Random) -> bytes:
    """Change the header, which says type, shape and place of each tensor, and write its new length before it."""
    length = struct.unpack("<Q", content[:8])[0]
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    entry = header[chance.choice(list(header))]
    match chance.randrange(6):
        case 0 if "dtype" in entry:
            entry["dtype"] = chance.choice(TYPES)
        case 1 if "shape" in entry:
            entry["shape"] = chance.choice(([2**31, 2**31], [2**63], [0], [], [-1], [1] * 500, [10**30]))
        case 2 if "data_offsets" in entry:
            entry["data_offsets"] = chance.choice(([0, 4], [2**62, 2**63], [8, 0], [0, len(data)], [-4, 0], []))
        case 3:
            header["__metadata__"] = chance.choice(({}, {"experiment": 3}, {"experiment": DEEP}, None, {"a": "b"}))
        case 4:
            data = np.array(np.nan, "<f4").tobytes() + data[4:]
    text = disarranged(header, chance) if chance.random() < 0.5 else json.dumps(header)
    encoded = text.encode("utf-8", "replace")
    return struct.pack("<Q", len(encoded)) + encoded + data
