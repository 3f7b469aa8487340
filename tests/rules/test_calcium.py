"""The calcium rule: its rows, its course by an independent integration, and its noise."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from plasticity import events, published, spiking
from plasticity.errors import UnsupportedRule
from plasticity.protocols import poisson
from plasticity.rules import RULES, with_parameters

TABLE = published.load("graupner2012_parameters")
NAMES = {"tau_Ca_ms": ("tau_Ca", 1e-3), "tau_s": ("tau", 1.0), "D_ms": ("D", 1e-3)}
FORMS = ("calcium", "calcium_bistable", "calcium_noisy")


@pytest.mark.parametrize("row", range(9))
@pytest.mark.parametrize("form", FORMS)
def test_every_row_of_the_table_is_a_parameter_set(form, row):
    values = RULES[f"{form}:{TABLE['case'][row]}"].values

    numbers = [name for name in TABLE.columns if name != "case"]
    printed = {NAMES.get(n, (n, 1))[0]: TABLE[n][row] * NAMES.get(n, (n, 1.0))[1] for n in numbers}
    assert values == pytest.approx(printed, rel=1e-12)


def integrated(rule, pre, post, w0):
    """The efficacy after the last spike: Runge-Kutta in small steps, calcium as the sum over all spikes before."""
    v = rule.values
    times = np.concatenate([pre + v["D"], post])
    sizes = np.repeat([v["C_pre"], v["C_post"]], [pre.size, post.size])
    has_wells = rule.name.startswith("calcium_bistable")

    def slope(t, w):
        c = (sizes * np.exp(-(t - times) / v["tau_Ca"]) * (times <= t)).sum()
        wells = -w * (1 - w) * (v["rho_star"] - w) if has_wells else 0.0
        return (wells + v["gamma_p"] * (1 - w) * (c > v["theta_p"]) - v["gamma_d"] * w * (c > v["theta_d"])) / v["tau"]

    span = (times.min(), times.max())
    return solve_ivp(slope, span, [w0], max_step=2e-5, rtol=1e-9, atol=1e-12).y[0, -1]


@pytest.mark.parametrize("name", ["calcium:DP", "calcium:hippocampal_slices", "calcium_bistable:cortical_slices"])
def test_the_exact_engine_follows_the_differential_equation(name):
    rule = with_parameters(RULES[name], tau=5.0)  # so that a third of a second moves it far
    pre, post = poisson(40.0, 0.3, 3), poisson(40.0, 0.3, 4)

    # each threshold is crossed within a step of 0.02 ms; the pulls are some ten a second, and there are 40 crossings
    assert events.final_weight(rule, pre, post, 0.4) == pytest.approx(integrated(rule, pre, post, 0.4), abs=3e-3)


def test_an_efficacy_returns_to_the_nearer_well():
    rule, late = RULES["calcium_bistable"], [0.1, 0.11, 3000.0]

    ends = [events.final_weight(with_parameters(rule, C_post=0.0), [], late, w0) for w0 in (0.3, 0.45, 0.55)]

    assert ends == pytest.approx([0.0, 0.0, 1.0], abs=0.01)


@pytest.mark.parametrize("name", ["calcium_noisy", "calcium_noisy:D"])
def test_noise_is_read_by_brian2_alone(name):
    with pytest.raises(UnsupportedRule, match=r"needs noise, which plasticity.events does not read; use .*spiking"):
        events.final_weight(RULES[name], [0.1], [0.11], 0.5)


def held_at(level, n=4000):
    """Efficacies after 0.2 s, from 0.5, at which nothing but noise moves them; calcium falls by a fifth."""
    still = {"gamma_d": 0.0, "gamma_p": 0.0, "tau_Ca": 0.9, "C_post": level, "theta_d": 0.5, "theta_p": 0.8}
    rule = with_parameters(RULES["calcium_noisy"], **still)
    return spiking.final_weight(rule, [[]] * n, [[0.0, 0.2]] * n, 0.5, dt=1e-3, seed=2)


@pytest.mark.parametrize(("level", "n_above"), [(0.4, 0), (0.7, 1), (2.0, 2)])
def test_there_is_noise_above_a_threshold_only_and_twice_above_both(level, n_above):
    ends = held_at(level)

    variance = 2.8284**2 * n_above * 0.2 / 150.0  # over so short a time nothing returns
    assert ends.var() == pytest.approx(variance, rel=5 * np.sqrt(2 / ends.size), abs=1e-12)
