"""What becomes of a weight under Hebbian and anti-Hebbian learning when two neurons fire together, or never together?

Source: hebb1949 (the sentence); sejnowski1977 (covariance); kempter1999, section III (correlated Poisson firing).
Differs: rates are switched on and off in blocks, so that rules on rates and rules on spikes see the same firing.
Time: quick 3 s, full 5 s (exact evaluation; Brian2 for a few trials).
"""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_most, pick, same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves, spikes
from plasticity.plots.style import FAINT, INK_OF_CAPTIONS, PALETTE, THEORY
from plasticity.plots.wording import name_in_words
from plasticity.rules import RULES
from plasticity.studies.hebb_and_anti_hebb import (
    ANTI,
    ON_PAIRS,
    ON_RATES,
    SHARED,
    UNCORRELATED,
    Parameters,
    Result,
    study,
)

SURE = 1.96  # standard errors of a 95 % interval, as drawn
FAR = 5.0  # standard errors that a claim allows: the largest of dozens of means


def draw(result: Result, figure: Figure) -> None:
    """Trains and one pair at the left; weights by every rule."""
    grid = figure.add_gridspec(2, 4)
    _trains(figure.add_subplot(grid[0, 0]), result)
    _pairs(figure.add_subplot(grid[1, 0]), result)
    panels: list[Axes] = []
    for column, name in enumerate(result.rate_rules):
        panels.append(figure.add_subplot(grid[0, 1 + column], sharey=panels[-1] if panels else None))
        title = f"{name_in_words(str(name))}, rates"
        _panel(panels[-1], result, result.on_rates[:, column], result.on_rates_error[:, column], title)
    curves.shared_legend(panels)
    for column, name in enumerate(result.spike_rules):
        panels.append(figure.add_subplot(grid[1, 1 + column], sharey=panels[-1]))
        title = f"{name_in_words(str(name).removeprefix('spiking_'))}, spikes"
        _panel(panels[-1], result, result.on_spikes[:, column], result.on_spikes_error[:, column], title)
    for axes in (*panels[1:3], *panels[4:]):
        axes.set_ylabel("")
        axes.tick_params(labelleft=False)
    _compared(figure.add_subplot(grid[1, 3]), result)


def _trains(axes: Axes, result: Result) -> None:
    """Both neurons in one trial of every condition."""
    trains = [result.shown[result.shown_by == k] for k in range(2 * len(result.conditions))]
    names = [side for _ in result.conditions for side in ("pre", "post")]
    spikes.raster(axes, trains, names, unit="s")
    for k, events in enumerate(axes.collections):
        events.set(color=PALETTE[k // 2], label=str(result.conditions[k // 2]) if k % 2 == 0 else "")
    axes.set_title("one trial of each")


def _pairs(axes: Axes, result: Result) -> None:
    """What one pair of spikes changes, by who fires first."""
    for number, (name, window) in enumerate(zip(result.pair_rules, result.windows, strict=True)):
        text = name_in_words(str(name).removeprefix("spiking_"))
        color = (THEORY, INK_OF_CAPTIONS)[number // 2]  # those of the palette are the conditions
        curves.broken_curve(axes, result.lags * 1e3, window * 100, text, color=color, number=number % 2)
        axes.lines[-1].set_linewidth(3.2 if number < 2 else 1.0)  # half of each lies on another
    curves.zero_line(axes)
    curves.label(axes, "t_post - t_pre (ms)", "change of w (% of w_max)", "one pair")
    curves.legend_above(axes)


def _panel(axes: Axes, result: Result, weights: Floats, errors: Floats, title: str) -> None:
    """Mean weights with bands of 95 %, a line for each condition."""
    for number, name in enumerate(result.conditions):
        curves.band(axes, result.times, weights[number], SURE * errors[number], number=number)
        curves.curve(axes, result.times, weights[number], str(name), number=number)
    axes.axhline(weights[0, 0], color=FAINT, linewidth=0.8, zorder=0)
    curves.label(axes, "time (s)", "mean w (w_max)", title)


def _compared(axes: Axes, result: Result) -> None:
    """Changes under the Hebbian rule: on rates (open) and on spikes, over the closed forms; a colour a condition."""
    places = np.arange(len(result.conditions))
    drawn: Any = (
        ("rates", -0.15, result.on_rates, result.on_rates_error, result.on_rates_formula, {"markerfacecolor": "white"}),
        ("spikes", 0.15, result.on_spikes, result.on_spikes_error, result.on_spikes_formula, {}),
    )
    for text, offset, weights, errors, formula, look in drawn:
        at = places + offset
        axes.hlines(formula[:, 0], at - 0.13, at + 0.13, color=THEORY, zorder=1)
        for k, change in enumerate(_change(weights)[:, 0]):
            error = [SURE * errors[k, 0, -1]]
            curves.points(axes, at[k : k + 1], [change], error=error, number=k, marker="o", **look)
        curves.points(axes, [np.nan], [np.nan], text, color=INK_OF_CAPTIONS, marker="o", **look)
    axes.set_xticks([])
    axes.set_xlim(-0.6, len(places) - 0.4)
    curves.label(axes, "how they fire", "change of w (w_max)", "Hebbian, at the end")
    curves.zero_line(axes)
    curves.legend_above(axes, n_columns=2)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Mean weight of {p.n_trials} trials (bands and bars: 95 %). Both neurons fire at "
        f"{p.rate:g} Hz on average: in blocks of {p.block * 1e3:g} ms in which both are on or off together "
        f"(correlated), each by itself (uncorrelated), or never both (anti-correlated); or steadily, "
        f"sharing {p.shared:.0%} of their spikes, which rules on rates cannot see: under them shared lies on "
        "uncorrelated. b: Hebb and its reverse ask only how near both spikes are, STDP and its reverse who fired "
        "first. "
        "h: the changes of c (open) and f over their closed forms (grey)."
    )


def _change(weights: Floats) -> Floats:
    return weights[..., -1] - weights[..., 0]


def _in_errors(weights: Floats, errors: Floats, formula: Floats) -> Floats:
    """How far mean changes at the end are from their closed forms, in standard errors."""
    return (_change(weights) - formula) / (errors[..., -1] + 1e-12)


def _extra(weights: Floats) -> float:
    """What shared spikes change more than uncorrelated firing, under the Hebbian rule."""
    return float(_change(weights)[SHARED, 0] - _change(weights)[UNCORRELATED, 0])


def _extra_error(errors: Floats) -> float:
    return float(FAR * np.hypot(errors[SHARED, 0, -1], errors[UNCORRELATED, 0, -1]) + 1e-12)


def _turned(result: Result) -> Floats:
    """Whether the two orders of one pair move w to opposite sides, by rule: product of the signs at every lag."""
    sides = np.sign(result.windows)
    before, after = sides[:, result.lags < -1e-9], sides[:, result.lags > 1e-9][:, ::-1]
    return before * after


EXPERIMENT = Experiment(
    name="hebb_and_anti_hebb",
    question="What becomes of a weight under Hebbian and anti-Hebbian learning when two neurons fire together, "
    "or never together?",
    source="hebb1949; sejnowski1977; kempter1999, section III",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_trials=200),
    claims=(
        same(
            "No bound in reach, rules on spikes change w by the number of pairs (largest distance, standard errors)",
            lambda r: _in_errors(r.on_spikes, r.on_spikes_error, r.on_spikes_formula),
            lambda r: 0.0,
            by="closed form",
            tolerance=FAR,
            reason="five standard errors",
        ),
        same(
            "No bound in reach, rules on rates change w by the mean product (largest distance, standard errors)",
            lambda r: _in_errors(r.on_rates, r.on_rates_error, r.on_rates_formula),
            lambda r: 0.0,
            by="closed form",
            tolerance=FAR,
            reason="five standard errors",
        ),
        same(
            "Brian2 gives the same weights as the exact engine (largest difference)",
            lambda r: r.brian2,
            lambda r: r.exact,
            by="another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "One pair changes w by the window in closed form (largest difference)",
            lambda r: r.windows_exact,
            lambda r: r.windows,
            by="closed form",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "Hebb and its reverse move w alike in both orders of a pair, STDP and its reverse to either side (signs)",
            _turned,
            lambda r: np.broadcast_to([[1], [1], [-1], [-1]], _turned(r).shape),
            by="hebb1949, song2000, bell1997",
        ),
        at_most(
            "Covariance weakens where Hebb cannot: neurons that are never on together lose weight on rates",
            lambda r: (
                _change(pick(r, "on_rates", rate_rules="covariance"))[ANTI]
                + FAR * pick(r, "on_rates_error", rate_rules="covariance")[ANTI, -1]
            ),
            0.0,
            by="sejnowski1977",
            reason="the mean plus five standard errors",
        ),
        same(
            "Anti-Hebb is the mirror image of Hebb on the same spikes (largest sum of both mean changes)",
            lambda r: _change(r.on_spikes).sum(axis=1),
            lambda r: 0.0,
            by="symmetry",
            tolerance=1e-12,
            reason="rounding, as long as no trial meets a bound",
        ),
        Claim(
            "Shared spikes raise w under the rule on spikes, beyond uncorrelated firing, by A for each of them",
            lambda r: _extra(r.on_spikes),
            lambda r: r.on_spikes_formula[SHARED, 0] - r.on_spikes_formula[UNCORRELATED, 0],
            "kempter1999, section III",
            tolerance=lambda r: _extra_error(r.on_spikes_error),
            reason="five standard errors",
        ),
        Claim(
            "A rule on rates does not see that spikes are shared (change beyond that of uncorrelated firing)",
            lambda r: _extra(r.on_rates),
            0.0,
            "closed form",
            tolerance=lambda r: _extra_error(r.on_rates_error),
            reason="five standard errors",
        ),
    ),
    memory=lambda p: 8.0 * p.n_trials * p.n_blocks * (40 + 40 * p.rate * p.block),
    records=tuple(RULES[name] for name in (*ON_RATES, *ON_PAIRS)),
    size=(7.2, 4.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
