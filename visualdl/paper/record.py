"""A reproduction for machines: every run with its seed, errors and times, and all that is needed to make it again."""

import msgspec

from visualdl.experiment.experiment import Experiment
from visualdl.paper import printed
from visualdl.paper.results import Outcome, Reproduction
from visualdl.process.machine import machine, versions


def record(found: Reproduction) -> bytes:
    """Return it as JSON: times in ms, errors in percent; times and curves only of runs that were trained alone."""
    content = {
        "command": f"visualdl paper --runs {found.runs} --seed {found.seeds[0]}",
        "settings": {
            "experiment": _without_seed(found.experiment),
            "epochs": found.epochs,
            "training_samples": found.samples,
            "test_samples": found.samples,
            "threads": 1,
        },
        "versions": versions(),
        "machine": machine(),
        "printed": {"own_framework": printed.OWN_FRAMEWORK, "pytorch": printed.PYTORCH},
        "runs": [_run(found, run) for run in range(found.runs)],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _without_seed(experiment: Experiment) -> dict[str, object]:
    choices: dict[str, object] = msgspec.json.decode(experiment.to_json())
    del choices["seed"]
    return choices


def _run(found: Reproduction, run: int) -> dict[str, object]:
    frameworks = {
        "minidl": found.minidl,
        "torch_mse_loss": found.torch_mean,
        "torch_sum": found.torch_sum,
    }
    alone = run < found.timed
    return {
        "seed": found.seeds[run],
        "trained": "alone" if alone else "at once",
        **{name: _outcome(outcome, run, alone) for name, outcome in frameworks.items()},
    }


def _outcome(outcome: Outcome, run: int, alone: bool) -> dict[str, object]:
    errors: dict[str, object] = {"train_error": _rounded(outcome.train[run]), "test_error": _rounded(outcome.test[run])}
    if not alone:
        return errors
    return {
        **errors,
        "wall": _rounded(outcome.wall[run]),
        "cpu": _rounded(outcome.cpu[run]),
        "train_error_by_epoch": [_rounded(error) for error in outcome.train_curves[run]],
    }


def _rounded(value: float) -> float:
    return round(float(value), 3)
