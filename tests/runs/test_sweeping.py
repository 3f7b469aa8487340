"""Sweeps: the same numbers whoever computes them, in a table and an array, and a folder that outlives its process."""

import csv
import json

import numpy as np
import pytest
from sweep_functions import always_dies, dies_once, mean_weight, small_network, sums, threads

from plasticity import runs, simulate
from plasticity.ask import Question, answer
from plasticity.errors import ArgumentError, InputError, OutputError, UnknownName
from plasticity.parameters import with_parameters
from plasticity.rules import RULES
from plasticity.runs.sweeping import rerun_point
from plasticity.runs.sweeping import running as sweep_running

TWO = {"x": [1.0, 2.0], "y": [0.0, 10.0]}
QUESTION = 'rule = "pair_stdp"\nrepeat = 60\n[trains]\npre_ms = [10, 30]\npost_ms = [15, 35]\n'


@pytest.fixture
def question(tmp_path):
    (tmp_path / "q.toml").write_text(QUESTION, encoding="utf-8")
    return tmp_path / "q.toml"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_array_is_labelled_and_the_table_is_the_same_in_rows():
    done = runs.sweep(sums, TWO, seeds=3)

    assert done.dims == ("x", "y", "replicate") and done.array("total").shape == (2, 2, 3)
    assert done.array("total")[..., 0].tolist() == [[1, 11], [2, 12]]
    table = done.columns()
    assert (
        list(table)[:5] == ["point", "x", "y", "replicate", "seed"]
        and table["total"].tolist()[:6] == [1] * 3 + [11] * 3
    )
    assert (done.array("drawn").ravel() == table["seed"]).all() and len(set(table["seed"])) == 12


def test_an_xarray_has_the_dimensions_and_coordinates():
    found = runs.sweep(sums, TWO).to_xarray()

    assert float(found["total"].sel(x=2.0, y=10.0, replicate=0)) == 12.0
    assert found.sizes == {"x": 2, "y": 2, "replicate": 1}


def test_a_frame_has_a_row_a_point():
    assert runs.sweep(sums, TWO).to_frame().query("x == 2 and y == 10")["total"].tolist() == [12.0]


def test_a_point_that_fails_is_kept_with_its_reason_and_stops_no_other():
    done = runs.sweep(sums, {"x": [1.0, 3.0, 5.0]})

    assert done.failures == {1: "ValueError: three is not computed"}
    assert np.array_equal(done.array("total").ravel(), [1.0, np.nan, 5.0], equal_nan=True)


def test_whole_numbers_that_no_array_holds_are_refused_where_they_come_from(tmp_path):
    done = runs.sweep(sums, {"x": [1.0, 1e20]}, out=tmp_path / "s")
    assert done.failures[1].startswith("the measurement whole is 100000000000000000000; whole numbers of 64 bits")
    assert runs.load_swept(tmp_path / "s").array("whole")[0, 0] == 1
    with pytest.raises(ArgumentError, match="a value of 'x' is 100000000000000000000; whole numbers of 64 bits"):
        runs.sweep(sums, {"x": [1, 10**20]})


def test_a_question_gives_what_ask_gives_at_every_point(question):
    done = runs.sweep(question, {"tau_plus": "10..50ms:3", "w0": [0.0, 0.5, 1.0], "post:1": "-3..3ms:3"})

    for point in map(done.plan.point, range(done.plan.n)):
        rule = with_parameters(RULES["pair_stdp"], tau_plus=point.values["tau_plus"])
        post = (0.015 + point.values["post:1"], 0.035)
        asked = answer(Question(rule, (0.01, 0.03), post, point.values["w0"], 60, 1.0), with_ledger=False)
        assert done.outcomes[point.number].values["w_after"] == pytest.approx(asked.w_after, abs=1e-14)  # rounding


def test_networks_together_give_what_each_gives_alone():
    subject = runs.Networks(small_network, mean_weight, 0.05)
    done = runs.sweep(subject, {"rate": [50.0, 100.0]}, seeds=3)

    for point in map(done.plan.point, range(done.plan.n)):
        alone = mean_weight(simulate(small_network(point.values["rate"], point.seed), 0.05, engine="numpy"))
        assert done.outcomes[point.number].values == pytest.approx(alone, abs=1e-12)  # rounding of two engines


def test_two_processes_and_one_leave_the_same_folder(tmp_path, question):
    axes = {"tau_plus": "10..50ms:30", "A_plus": "0.001..0.01:5"}
    runs.sweep(question, axes, out=tmp_path / "one")

    runs.sweep(question, axes, out=tmp_path / "two", workers=2)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert set(contents(tmp_path / "one")) == {"arrays.npz", "caption.txt", "figure.png", "manifest.json", "table.csv"}


def test_a_lost_worker_costs_nothing_but_time(tmp_path):
    done = runs.sweep(dies_once, {"x": [1.0, 2.0, 3.0, 4.0], "folder": [str(tmp_path)]}, workers=2)

    assert done.array("square").ravel().tolist() == [1.0, 4.0, 9.0, 16.0] and not done.failures


def test_a_point_that_kills_its_process_fails_alone():
    done = runs.sweep(always_dies, {"x": [1.0, 2.0, 3.0]}, workers=2)

    assert list(done.failures) == [1] and "the process that computed it ended" in done.failures[1]
    assert done.array("square").ravel()[[0, 2]].tolist() == [1.0, 9.0]


def test_each_process_is_told_of_one_thread():
    done = runs.sweep(threads, {"x": [1.0]}, workers=2)

    assert done.outcomes[0].values == {"omp_num_threads": 1, "numba_num_threads": 1, "x": 1.0}


def test_what_is_there_is_not_computed_again_and_the_end_is_equal(tmp_path, monkeypatch):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    runs.sweep(sums, {"x": [1.0, 2.0, 3.0, 4.0]}, out=whole)
    write = sweep_running.folders.write_piece
    monkeypatch.setattr(sweep_running.folders, "write_piece", _until_the_third(write))
    with pytest.raises(KeyboardInterrupt):
        runs.sweep(sums, {"x": [1.0, 2.0, 3.0, 4.0]}, out=cut)
    assert sorted(path.name for path in (cut / "points").iterdir()) == ["000000.json", "000001.json"]

    computed = []
    monkeypatch.setattr(sweep_running.folders, "write_piece", lambda *a: (computed.append(a[1]), write(*a)))
    runs.sweep(sums, {"x": [1.0, 2.0, 3.0, 4.0]}, out=cut, resume=True)

    assert computed == [2, 3] and contents(cut) == contents(whole)


def _until_the_third(write):
    def stopped(folder, number, found):
        if number == 2:
            raise KeyboardInterrupt
        write(folder, number, found)

    return stopped


def test_a_sweep_that_is_done_is_read_back_when_it_is_resumed(tmp_path):
    before = runs.sweep(sums, {"x": [1.0, 3.0]}, out=tmp_path / "s")

    again = runs.sweep(sums, {"x": [1.0, 3.0]}, out=tmp_path / "s", resume=True)

    assert again.failures == before.failures
    assert {**again.columns()}.keys() == before.columns().keys()
    assert runs.load_swept(tmp_path / "s").array("total")[0, 0] == 1.0


def test_a_folder_of_another_sweep_is_refused(tmp_path):
    runs.sweep(sums, {"x": [1.0]}, out=tmp_path / "s")

    with pytest.raises(InputError, match="another sweep: axes was"):
        runs.sweep(sums, {"x": [2.0]}, out=tmp_path / "s", resume=True)
    with pytest.raises(OutputError, match="exists"):
        runs.sweep(sums, {"x": [1.0]}, out=tmp_path / "s")


def test_a_piece_that_was_tampered_with_is_refused(tmp_path, monkeypatch):
    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(sweep_running.folders, "write_piece", _until_the_third(sweep_running.folders.write_piece))
        runs.sweep(sums, {"x": [1.0, 2.0, 3.0]}, out=tmp_path / "s")
    (tmp_path / "s" / "points" / "000000.json").write_text('{"points": {"7": {}}, "units": {}, "warnings": []}')

    with pytest.raises(InputError, match="not as it was written"):
        runs.sweep(sums, {"x": [1.0, 2.0, 3.0]}, out=tmp_path / "s", resume=True)


def test_a_point_computed_again_is_equal_and_a_changed_one_is_told(tmp_path, question):
    runs.sweep(question, {"tau_plus": "10..50ms:3"}, out=tmp_path / "s")

    assert rerun_point(tmp_path / "s", 2).is_equal
    with pytest.raises(ArgumentError, match="from|whole number"):
        rerun_point(tmp_path / "s", 3)


def test_the_manifest_says_what_was_asked_and_what_computed(tmp_path, question):
    runs.sweep(question, {"tau_plus": "10..50ms:3"}, seeds=2, seed=7, out=tmp_path / "s")

    facts = json.loads((tmp_path / "s" / "manifest.json").read_text(encoding="utf-8"))
    assert facts["asked"]["axes"] == {"tau_plus": ["10ms", "30ms", "50ms"]}
    assert (facts["asked"]["seed"], facts["asked"]["question"]["rule"]) == (7, "pair_stdp")
    assert facts["versions"]["numpy"] == np.__version__ and set(facts["files"]) == {
        "arrays.npz",
        "caption.txt",
        "figure.png",
        "table.csv",
    }


def test_the_table_has_units_in_its_header(tmp_path, question):
    runs.sweep(question, {"tau_plus": "10..50ms:3"}, out=tmp_path / "s")

    rows = list(csv.DictReader((tmp_path / "s" / "table.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["tau_plus_ms"] for row in rows] == ["10.0", "30.0", "50.0"]


def test_a_function_without_that_parameter_is_refused():
    with pytest.raises(UnknownName, match="known: folder, x"):
        runs.sweep(dies_once, {"z": [1.0]})


def test_a_function_that_other_processes_cannot_find_is_refused():
    with pytest.raises(ArgumentError, match="top of a module"):
        runs.sweep(lambda x: {"x": x}, {"x": [1.0, 2.0]}, workers=2)
