"""The tables say what was printed and what was found, for machines and for readers."""

import csv
import io
import json

import numpy as np
import pytest

from visualdl.paper.printed import OWN_FRAMEWORK, PYTORCH
from visualdl.paper.record import record
from visualdl.paper.spread import Spread, chance_distance, distance, likely_medians
from visualdl.paper.tables import csv_text, plain, printed_table2, run_by_run, summary, table1, table2


def rows_of(rows):
    return list(csv.DictReader(io.StringIO(csv_text(rows))))


def test_what_was_printed_has_the_medians_and_means_that_are_known_of_it():
    assert (Spread.of(OWN_FRAMEWORK.train).median, Spread.of(OWN_FRAMEWORK.train).mean) == pytest.approx((6.0, 7.39))
    assert (Spread.of(OWN_FRAMEWORK.test).median, Spread.of(OWN_FRAMEWORK.test).mean) == pytest.approx((5.35, 6.68))
    assert (Spread.of(OWN_FRAMEWORK.time).median, Spread.of(PYTORCH.time).median) == (224, 257.5)
    assert printed_table2()[1] == ["222", "5.5", "5.5", "260", "8.3", "10.3"]
    assert printed_table2()[10] == ["235", "4.0", "5.0", "259", "3.6", "8.5"]


def test_errors_are_wrapped_as_a_byte_counts_them(made_up):
    wrapped = made_up().wrapped(np.array([0, 25.5, 25.6, 29.2, 51.2, 60.0]))
    np.testing.assert_allclose(wrapped, [0, 25.5, 0, 3.6, 0, 8.8])


def test_table_1_stands_beside_the_printed_one(made_up):
    assert csv_text(table1(made_up())) == (
        "Parameter,Printed,Used\nBatch size,50,50\nLearning rate,0.01,0.01\nEpochs,10,10\n"
    )


def test_table_2_has_every_run_and_the_times_of_those_that_were_trained_alone(made_up):
    found = made_up(12, seed=7)
    rows = rows_of(table2(found))
    assert [row["seed"] for row in rows] == [f"{seed}" for seed in range(7, 19)]
    assert [row["trained"] for row in rows] == ["alone"] * 10 + ["at once"] * 2
    assert (rows[9]["minidl_wall_ms"], rows[9]["torch_sum_cpu_ms"]) == ("20.00", "81.00")
    assert rows[10]["minidl_wall_ms"] == rows[11]["torch_mse_loss_cpu_ms"] == ""
    for run, row in enumerate(rows):
        assert float(row["minidl_test_%"]) == found.minidl.test[run]
        error, wrapped = float(row["torch_mse_loss_train_%"]), float(row["torch_mse_loss_train_modulo_256_%"])
        assert wrapped == pytest.approx(error - 25.6 * (error > 25.5))


def test_readers_see_the_runs_that_were_trained_alone(made_up):
    rows = run_by_run(made_up(12))
    assert len(rows) == 11
    assert {len(row) for row in rows} == {12}


def test_the_summary_has_medians_quartiles_and_on_request_means(made_up):
    found = made_up(12)
    rows = {row[0]: row for row in summary(found)}
    spread = Spread.of(found.minidl.train)
    errors = f"{spread.median:.1f} [{spread.lower:.1f}, {spread.upper:.1f}]"
    assert rows["minidl"][1:4] == ("20.0", "21.0", f"{errors}, mean {spread.mean:.1f}")
    assert rows["Own framework, printed"][3] == "6.0 [5.4, 7.5], mean 7.4"
    assert {row[0]: row for row in summary(found, means=False)}["minidl"][3] == errors
    assert [row[0] for row in summary(found)][3:6] == [
        "PyTorch, printed",
        "torch.nn, MSELoss mod 256",
        "torch.nn, MSELoss",
    ]


def test_a_few_runs_have_no_quartiles(made_up):
    (row,) = [row for row in summary(made_up(2), means=False) if row[0] == "minidl"]
    assert "[" not in "".join(row)


def test_a_terminal_of_80_columns_shows_the_summary(made_up):
    lines = plain(summary(made_up(500), means=False)).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].index("Wall ms") + len("Wall ms") == lines[2].index("20.0") + len("20.0")


def test_the_record_holds_what_makes_the_runs_again_and_nothing_of_the_user(made_up, monkeypatch):
    monkeypatch.setenv("USER", "somebody")
    found = made_up(12, seed=7)
    text = record(found).decode()
    content = json.loads(text)
    assert content["command"] == "visualdl paper --runs 12 --seed 7"
    assert content["settings"]["experiment"]["learning_rate"] == 0.01
    assert content["settings"]["threads"] == 1
    assert set(content["versions"]) >= {"visualdl", "torch", "numpy", "Python"}
    assert set(content["machine"]) == {"system", "architecture", "processor", "cores"}
    assert [run["seed"] for run in content["runs"]] == list(found.seeds)
    assert content["runs"][0]["minidl"]["wall"] == 20
    assert len(content["runs"][0]["torch_sum"]["train_error_by_epoch"]) == 11
    assert content["runs"][11]["torch_sum"] == {
        "train_error": found.torch_sum.train[11],
        "test_error": found.torch_sum.test[11],
    }
    assert "somebody" not in text
    assert "/home" not in text


def test_the_distance_of_distributions_is_the_largest_difference_of_their_shares():
    assert distance(np.array([1.0, 2, 3, 4]), np.array([1.0, 2, 3, 4])) == 0
    assert distance(np.array([1.0, 2]), np.array([3.0, 4, 5])) == 1
    assert distance(np.array([1.0, 2, 3, 4]), np.array([3.0, 3.5, 9, 10])) == 0.5
    assert chance_distance(500) == pytest.approx(0.0859, abs=1e-4)


def test_medians_of_ten_lie_closer_together_than_single_runs():
    values = np.random.default_rng(1).normal(7, 2, 2000)
    low, high = likely_medians(values, 10)
    assert (low, high) == pytest.approx((7 - 1.96 * 2 * 0.37, 7 + 1.96 * 2 * 0.37), abs=0.2)
    assert likely_medians(values, 10) == (low, high)
