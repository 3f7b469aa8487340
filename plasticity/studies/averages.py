"""What a rule does on average, and to one pair of spikes: closed forms where there are any, else numbers, as lines."""

from dataclasses import dataclass

import numpy as np

from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.expressions import evaluator, parse
from plasticity.protocols import poisson
from plasticity.rates import fixed_points
from plasticity.rules import Rule, is_readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.mean_forms import MeanForm, mean_form
from plasticity.rules.pair_windows import NoClosedForm, pair_window
from plasticity.rules.system import system
from plasticity.studies.questions import RATE
from plasticity.studies.stimulated import NotAsked, changes, on_spikes, other_events, quiet
from plasticity.studies.thresholds import FASTEST, drift_over_post, held, settled, sign_changes

LONGEST = 320  # characters of a closed form that is printed: five lines of a terminal
_N_TRAINS, _SECONDS = 40, 2.0  # of the mean that is sampled where none has a closed form; our choice: a few per cent
_WHERE = f"with both at {RATE:g} Hz"


@dataclass(frozen=True)
class Averages:
    """Lines on the window, the mean drift and its fixed points.

    has_window : whether the window is in closed form; else its line is the reason
    form       : the drift in closed form, of any length; empty where there is none
    """

    window: tuple[str, ...]
    has_window: bool
    drift: tuple[str, ...]
    form: str
    points: tuple[str, ...]


def averages(rule: Rule) -> Averages:
    """What is known of a rule on average, without its noise."""
    rule = quiet(rule)
    window, has_window = _window(rule)
    try:
        form: MeanForm | None = mean_form(rule)
        reason = ""
    except NoClosedForm as error:
        form, reason = None, str(error)
    drift = _drift(rule, form) if form else (f"no closed form: {reason}", *_sampled(rule))
    equation = f"dw/dt = {form.drift}" if form else ""
    if form and form.drift == "0":  # whose sums in another order are rounding errors of either sign
        return Averages(window, has_window, drift, equation, ("every weight is one, for there is no drift",))
    return Averages(window, has_window, drift, equation, _thresholds(rule, form) + _weights(rule, form))


def _window(rule: Rule) -> tuple[tuple[str, ...], bool]:
    try:
        found = pair_window(rule)
    except NoClosedForm as reason:
        return (f"no closed form: {reason}",), False
    return (*found.lines, f"of one pair, {found.lag} = t_post - t_pre, away from bounds"), True


def _drift(rule: Rule, form: MeanForm) -> tuple[str, ...]:
    if form.drift == "0":
        return ("dw/dt = 0",)
    text = f"dw/dt = {form.drift}"
    text = text if len(form.drift) <= LONGEST else f"a closed form of {len(form.drift)} characters (--json has it)"
    lines = [text, f"{form.pre}, {form.post}: the pre- and the postsynaptic rate, Poisson and independent"]
    try:
        value = float(drift_over_post(rule, RATE, RATE, is_slow=False))
    except (NotAsked, SimulationError) as error:
        return (*lines, str(error))
    return (*lines, f"{value:+.3g} per second {_WHERE}, w = {rule.start_weight:g}{settled(rule)}")


def _sampled(rule: Rule) -> tuple[str, ...]:
    """The mean drift by number, of a rule whose mean has no closed form but which the exact engine follows."""
    if other_events(rule) or "flow without closed form" in system(rule).needs:
        return ()
    try:
        asked, rng = on_spikes(rule), np.random.default_rng(0)
        trains = [{side: poisson(RATE, _SECONDS, rng) for side in ("pre", "post")} for _ in range(_N_TRAINS)]
        found = changes(asked, trains) / _SECONDS
    except (NotAsked, SimulationError):
        return ()
    error = float(found.std(ddof=1)) / np.sqrt(_N_TRAINS)
    where = f"{_WHERE}, from w = {rule.start_weight:g}"
    return (f"{found.mean():+.2g} ± {error:.1g} per second {where} (mean of {_N_TRAINS} runs of {_SECONDS:g} s)",)


def _thresholds(rule: Rule, form: MeanForm | None) -> tuple[str, ...]:
    """The postsynaptic rates at which the drift turns."""
    try:
        turns = sign_changes(rule, RATE)
    except (NotAsked, SimulationError):
        return ()
    post = form.post if form else "y"
    lines, turn = [], _turn(rule, form) if form and form.post_at else np.nan
    if not turns and turn > FASTEST:  # beyond what is looked at, but known in symbols
        signs = [int(np.sign(drift_over_post(rule, RATE, turn * factor))) for factor in (0.5, 2.0)]
        turns = [(turn, signs[1])] if signs[0] * signs[1] < 0 else []
    for rate, direction in turns:
        symbols = f" = {form.post_at}" if form and np.isclose(turn, rate, rtol=1e-6) else ""
        below, above = ("weakens", "strengthens") if direction > 0 else ("strengthens", "weakens")
        where = f"pre at {RATE:g} Hz{held(rule)}"
        lines.append(f"{post}{symbols} = {rate:.4g} Hz: {below} below, {above} above, {where}")
    return tuple(lines)


def _turn(rule: Rule, form: MeanForm) -> float:
    """The rate that the form has in symbols."""
    known = {**rule.values, WEIGHT: rule.start_weight, form.pre: RATE}
    tree = parse(form.post_at, known=known, where="a rate", error=ValueError)
    with np.errstate(all="ignore"):
        return float(evaluator(tree)(known))


def _weights(rule: Rule, form: MeanForm | None) -> tuple[str, ...]:
    """The weights at which the drift of w vanishes."""
    is_still = not system(rule).jumps[WEIGHT] and WEIGHT not in system(rule).flows
    if is_still or not is_readable(rule, "rates"):
        return ()
    try:
        points = fixed_points(rule, RATE, RATE)
    except (SimulationError, UnsupportedRule) as error:
        return (str(error),)
    symbols = f", in symbols {form.w_at}" if form and form.w_at and len(form.w_at) <= LONGEST else ""
    where = f"{_WHERE}{settled(rule)}"
    lines = [
        f"w = {point.weight:.4g}, {'a bound' if point.at_bound else 'inside'}: {point.stability}, {where}"
        f"{'' if point.at_bound else symbols}"
        for point in points
    ]
    return tuple(lines) or (f"no weight is a fixed point, {where}",)
