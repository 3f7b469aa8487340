"""The neuron with a bias and inhibitory synapses: its rate under constant, regular and irregular inhibition."""

from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered
from scipy.integrate import solve_ivp

from plasticity.errors import ArgumentError
from plasticity.neurons import NEURONS, closed_form_rate, rheobase, with_parameters
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.spiking import bias
from plasticity.quiz.record import verdict
from plasticity.studies import bias_and_inhibition, renewal, superposition

FOUR = list(bias.SOLUTIONS)
SHORT = replace(bias.LECTURE, measured=0.5, n_copies=3, n_noisy=20)


@pytest.fixture(scope="module")
def result():
    return bias_and_inhibition.study(bias.LECTURE)


@pytest.fixture(scope="module")
def other():
    """{id: Answered} for another bias and another seed."""
    return {found.question.id: found for found in ask([LECTURE[id] for id in FOUR], seed=5, assignments=["bias=0.4"])}


def rows(id):
    return {row["level"]: row for row in answered(id).answer.measurements["rows"]}


def test_a_level_is_a_current_of_that_many_biases(result):
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.0)
    bare = closed_form_rate(neuron, 0.25 * (1 - result.levels) * rheobase(neuron))
    assert result.closed_form == pytest.approx(bare, rel=1e-9)  # 1 + bias - level in another order


def test_superposition_agrees_with_an_integration_of_the_equation():
    v, dt = with_parameters(NEURONS["lif_excitatory"], bias=-0.2).values, 1e-4
    fallen = np.zeros(400)
    fallen[[50, 51, 200]] = 1, 2, 1
    jumps = np.flatnonzero(fallen) * dt + dt

    def flow(t, state):
        current = sum(fallen[round(at / dt) - 1] * np.exp(-(t - at) / v["tau_syn"]) for at in jumps if t >= at)
        settled = v["E_L"] + 0.8 * (v["V_threshold"] - v["E_L"]) - 3 * v["R_m"] * v["J_syn"] * current
        return [(settled - state[0]) / v["tau_m"]]

    found = superposition.climb(v, 400, dt) - 3 * superposition.response(v, fallen, dt)
    times = np.arange(1, 401) * dt
    exact = solve_ivp(flow, (0, times[-1]), [v["E_L"]], t_eval=times, max_step=dt, rtol=1e-8, atol=1e-10).y[0]
    assert found == pytest.approx(exact, abs=1e-7)  # the solver meets the jumps within a step of its own


def test_the_renewal_process_has_the_rate_of_the_closed_form_and_is_a_clock_without_noise():
    noisy = with_parameters(NEURONS["escape_lif"], bias=0.4)
    quiet = with_parameters(noisy, rate_threshold=1e4, delta_v=1e-5)  # fires at the threshold, and there at once
    assert renewal.rate_and_cv(noisy, 1e-4)[0] == pytest.approx(float(closed_form_rate(noisy)), rel=5e-3)
    assert renewal.rate_and_cv(quiet, 1e-4)[1] < 0.01 < 0.3 < renewal.rate_and_cv(noisy, 1e-4)[1]


def test_a_constant_current_slows_it_at_every_level_until_it_reaches_the_bias(result):
    rates = result.rates[0]
    assert (np.diff(rates[result.levels < 1]) < 0).all()
    assert ((rates > 0) == (result.levels < 1)).all()


def test_far_below_the_bias_only_the_mean_of_the_inhibition_counts():
    for level in (0.25, 0.5, 0.75):
        row = rows("inhibition-below-bias")[level]
        assert (row["regular"], row["irregular"]) == pytest.approx((row["constant"],) * 2, abs=1.0)  # a spike a second


def test_a_mean_above_the_bias_silences_only_when_it_is_steady():
    above = rows("inhibition-above-bias")
    assert not any(row["constant"] for row in above.values())
    assert [above[1.1][drive] > 0 for drive in bias.DRIVES] == [False, False, True]
    assert answered("inhibition-above-bias").answer.measurements["fires_under"] == ["regular", "irregular"]


def test_the_level_of_silence_is_the_first_from_which_nothing_fires(result):
    found = answered("bias-growing-inhibition").answer.measurements
    for n, drive in enumerate(bias.DRIVES):
        rates, edge = result.rates[n], found[f"silent_from_{drive}"]
        assert (rates[result.levels >= edge] == 0).all() and rates[result.levels < edge][-1] > 0


def test_the_verdicts_are_those_of_every_level():
    found = {id: answered(id).verdict for id in FOUR}
    assert found == dict.fromkeys(FOUR, "agrees") | {"inhibition-above-bias": "depends"}


def test_a_neuron_whose_rate_grows_would_not_pass_for_a_constant_one(result):
    claims = LECTURE["bias-no-input"].question.claims
    growing = replace(result, noisy_halves=np.array([40.0, 60.0]))
    assert verdict(claims, bias.no_input(growing).readings) == "depends"


def test_another_bias_gives_another_rate_and_the_same_edge(other):
    found = {id: one.answer.measurements for id, one in other.items()}
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.4)
    # an interval is rounded up to whole steps
    assert found["bias-no-input"]["rate_hz"] == pytest.approx(float(closed_form_rate(neuron)), rel=0.01)
    assert found["bias-growing-inhibition"]["edge"] == pytest.approx(1.0, abs=1e-9)


def test_another_bias_and_seed_change_no_verdict_and_every_number_is_confirmed(other):
    assert {id: one.verdict for id, one in other.items()} == {id: answered(id).verdict for id in FOUR}
    checks = [(check, one.answer.measurements) for one in other.values() for check in one.answer.checks]
    assert all(check.holds(measured) for check, measured in checks)


def test_well_above_the_bias_it_falls_silent_whatever_the_drive():
    (found,) = ask([LECTURE["inhibition-above-bias"]], assignments=["levels=2.5,3", "bias=0.4", "measured=500ms"])
    assert found.verdict == "agrees" and found.told().answer == "It falls silent."


def test_where_the_strongest_inhibition_is_below_the_bias_it_is_not_said_to_fall_silent():
    (found,) = ask([LECTURE["bias-growing-inhibition"]], assignments=["levels=0.2,0.8", "measured=500ms"])
    assert found.verdict == "differs" and "still fires" in found.told().answer


def test_levels_that_hold_none_of_those_asked_about_are_refused():
    with pytest.raises(ArgumentError, match="give one above 1"):
        list(ask([LECTURE["inhibition-above-bias"]], assignments=["levels=0.5", "measured=500ms"]))
