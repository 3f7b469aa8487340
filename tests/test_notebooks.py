"""The notebooks of the site run as plain scripts, in one process, and what they say of their numbers is so."""

import runpy
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "docs" / "notebooks"
NOTEBOOKS = sorted(path.stem for path in FOLDER.glob("*.py"))


@pytest.fixture(scope="module")
def left():
    """{notebook: the names that are left at its end}."""
    import matplotlib

    found = {}
    with matplotlib.rc_context({"backend": "agg"}):
        import matplotlib.pyplot as plt

        for name in NOTEBOOKS:
            found[name] = runpy.run_path(str(FOLDER / f"{name}.py"))
            plt.close("all")
    return found


def test_there_is_one_for_each_reader():
    assert NOTEBOOKS == ["lecturer", "researcher", "student"]


def test_the_student_reads_the_numbers_that_are_computed(left):
    (turned,) = [entry.dw for entry in left["student"]["moved"].entries if round(entry.lag, 9) == -0.002]
    assert round(turned, 4) == -0.0048
    assert left["student"]["clamped"] == 0 and left["student"]["free"] < 0


def test_the_lecturer_sees_the_printed_answer_hold_and_fail(left):
    found = left["lecturer"]
    assert (found["answered"].verdict, found["changed"].verdict) == ("agrees", "differs")
    assert all(claim.holds for claim in found["run"].claims)


def test_the_researcher_fits_what_the_closed_form_fits(left):
    import numpy as np
    from scipy.optimize import curve_fit

    found = left["researcher"]
    expected, _ = curve_fit(lambda t, a, tau: 60 * a * np.exp(-t / tau), found["lags"], found["measured"], [0.01, 0.02])
    assert found["values"] == pytest.approx(expected, rel=5e-3)  # pairs of different pairings, 1 s apart, add e^-50
    assert found["finding"].status == "agrees" and found["swept"].plan.n == 35


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_begins_with_its_answer_and_is_text(name):
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    title, answer = text.split("# %% [markdown]\n")[1].split("\n#\n")[:2]
    assert title.startswith("# # ") and answer.startswith("# **") and max(map(len, text.splitlines())) <= 120
