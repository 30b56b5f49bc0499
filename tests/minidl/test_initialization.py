"""Initialisations against torch.nn.init, number by number."""

import math
import re

import pytest
import torch

from minidl import PAPER, ZEROS, Constant, FanIn, He, Initialization, Linear, Xavier

IN, OUT = 40, 60


def seeded() -> torch.Generator:
    return torch.Generator().manual_seed(3)


@pytest.mark.parametrize(
    ("rule", "oracle"),
    [
        (Xavier(), lambda w: torch.nn.init.xavier_uniform_(w, generator=seeded())),
        (Xavier("normal", 2.0), lambda w: torch.nn.init.xavier_normal_(w, 2.0, generator=seeded())),
        (He(), lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu", generator=seeded())),
        (He("normal"), lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu", generator=seeded())),
        (He("normal", 1.0), lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="linear", generator=seeded())),
        (PAPER, lambda w: torch.nn.init.kaiming_uniform_(w, a=math.sqrt(5), generator=seeded())),
        (FanIn("normal", math.sqrt(3)), lambda w: torch.nn.init.normal_(w, 0, IN**-0.5, generator=seeded())),
        (ZEROS, torch.nn.init.zeros_),
        (Constant(-1.5), lambda w: torch.nn.init.constant_(w, -1.5)),
    ],
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_rules_draw_what_torch_draws(rule: Initialization, oracle, dtype: torch.dtype) -> None:
    ours = rule.draw((IN, OUT), IN, OUT, seeded(), dtype)
    assert ours.dtype == dtype
    torch.testing.assert_close(ours.view(OUT, IN), oracle(torch.empty(OUT, IN, dtype=dtype)))


def test_linear_takes_a_rule_for_its_weights_and_one_for_its_biases() -> None:
    linear = Linear(4, 5, weights=Constant(2.0), biases=ZEROS)
    assert (linear.weight == 2).all()
    assert (linear.bias == 0).all()
    he = Linear(IN, OUT, generator=seeded(), weights=He("normal", 3.0), biases=Xavier())
    assert abs(he.weight.std().item() - 3 / math.sqrt(IN)) < 0.05
    assert 0.8 * math.sqrt(6 / (IN + OUT)) < he.bias.abs().max() <= math.sqrt(6 / (IN + OUT))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Xavier("cauchy"), """Xavier takes the distribution "uniform" or "normal", not 'cauchy'."""),
        (lambda: He(gain=-1.0), "He needs a finite gain of at least 0, not -1.0."),
        (lambda: FanIn(gain=math.inf), "FanIn needs a finite gain of at least 0, not inf."),
        (lambda: Constant(math.nan), "Constant needs a finite value, not nan."),
    ],
)
def test_bad_arguments_raise_a_sentence(make, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()
