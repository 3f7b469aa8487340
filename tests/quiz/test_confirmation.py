"""Every number is confirmed by a second route, as nearly as that route allows; a fault in either would show."""

from dataclasses import replace

import pytest

from plasticity.neurons import NEURONS
from plasticity.quiz.old.answers import mutual, together, twin
from plasticity.quiz.old.record import load_questions

CONSTANTS = NEURONS["lif_excitatory"].values
# An excitatory potential at its peak bends like v / (tau_m tau_syn), and is sampled within half a step of it.
SAMPLED = (1e-4 / 2) ** 2 / (2 * CONSTANTS["tau_m"] * CONSTANTS["tau_syn"])


def allowed(check):
    """The least and the largest difference from a confirmation, by its route."""
    if check.by.startswith("closed form; step 0.1 ms"):
        return -SAMPLED * check.confirmed, 0.0
    if check.by.startswith("w_start / step"):  # both count pairings
        return 0.0, 0.0
    assert check.by in ("the exact engine", "A exp(-|lag|/tau) a pairing", "mean drift of the spiking form")
    return -1e-12, 1e-12  # the same arithmetic on weights of about 1


SPIKING = [question.id for question in load_questions().values() if question.section == "spiking"]


@pytest.mark.parametrize("id", SPIKING)
def test_every_confirmation_is_within_what_its_route_allows(id, answers):
    checks = answers[id].answer.checks
    rounding = 1e-12
    within = [allowed(check)[0] - rounding <= check.difference <= allowed(check)[1] + rounding for check in checks]
    assert within and all(within)


def largest(answer):
    return max(abs(check.difference) for check in answer.checks)


@pytest.mark.parametrize("part", [together.hebbian, together.anti_hebbian], ids=["hebbian", "anti-hebbian"])
def test_a_reader_that_is_wrong_shows_where_the_lags_are_confirmed(part, together_study):
    wrong = replace(together_study, exact={name: dw + 1e-6 for name, dw in together_study.exact.items()})
    assert largest(part(wrong)) == pytest.approx(1e-6, rel=1e-6)


@pytest.mark.parametrize("part", [twin.biological, twin.artificial], ids=["biological", "artificial"])
def test_a_reader_that_is_wrong_shows_where_the_falling_weight_is_confirmed(part, twin_study):
    sides = [replace(side, exact=side.exact + 1e-3) for side in (twin_study.biological, twin_study.artificial)]
    assert largest(part(twin.TwinStudy(*sides))) == pytest.approx(1e-3, rel=1e-6)


def test_a_reader_that_is_wrong_shows_where_the_pair_is_confirmed(mutual_study):
    off = {order: (a, b + 1e-6) for order, (a, b) in mutual_study.exact["bi_poo"].items()}
    answer = mutual.answer(replace(mutual_study, exact={**mutual_study.exact, "bi_poo": off}))
    assert sum(abs(check.difference) > 1e-7 for check in answer.checks) == len(mutual.ORDERS)
