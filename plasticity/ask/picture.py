"""The picture of an answer: both trains, the traces they leave, and the weight, clamped and unbounded."""

import numpy as np

from plasticity import engines, events
from plasticity.ask.answering import Answer
from plasticity.plots import Axes, Figure, curves, spikes
from plasticity.plots.style import ARTIFICIAL, BIOLOGICAL
from plasticity.rules import UNBOUNDED, unbounded
from plasticity.rules.conventions import WEIGHT

SIZE = (8.0, 5.5)
_N_POINTS = 2000
_MARGIN = 0.06  # of the time between the first and the last spike, shown on both sides


def draw(answer: Answer, figure: Figure) -> None:
    """Three panels over one axis of time."""
    question = answer.question
    trains = question.times()
    start, end = _span(np.concatenate(list(trains.values())))
    unit, factor = ("ms", 1e3) if end - start < 2.0 else ("s", 1.0)
    rows = figure.subplots(3, 1, sharex=True, height_ratios=(0.7, 1.0, 1.5))
    spikes.raster(rows[0], list(trains.values()), list(trains), unit=unit)
    rows[0].set_xlabel("")
    pre, post = trains["pre"], trains["post"]
    times = np.unique(np.concatenate([np.linspace(start, end, _N_POINTS), pre, post, pre + 1e-9, post + 1e-9]))
    found = events.states(question.rule, pre, post, times, w0=question.w0)
    traces = {name: values for name, values in found.items() if name != WEIGHT}
    for number, (name, values) in enumerate(traces.items()):
        curves.curve(rows[1], times * factor, values, name, number=number)
    curves.label(rows[1], "", "trace")
    curves.legend_beside(rows[1])
    _draw_weights(rows[2], answer, end, unit)
    rows[2].set_xlim(start * factor, end * factor)


def title(answer: Answer) -> str:
    """The question that the picture answers."""
    return f"What happens to this synapse under {answer.question.rule.name}?"


def caption(answer: Answer) -> str:
    """What is seen, and the numbers that matter."""
    question = answer.question
    values = ", ".join(str(parameter) for parameter in question.rule.parameters)
    repeated = f", {question.n_repeats} times every {question.every:g} s" if question.n_repeats > 1 else ""
    return (
        f"Spikes{repeated}, the traces they leave, and the weight under {question.rule.name} ({values}): from "
        f"{answer.w_before:g} to {answer.w_after:.6g}, {answer.verdict}. Same spikes for the weight in its bounds "
        f"({question.rule.bounds}) and without."
    )


def _draw_weights(axes: Axes, answer: Answer, end: float, unit: str) -> None:
    question = answer.question
    pre, post, others = question.taken()
    rules = {"in its bounds": (question.rule, BIOLOGICAL)} if question.rule.bounds != UNBOUNDED else {}
    rules["unbounded"] = (unbounded(question.rule), ARTIFICIAL)  # dashed, above the other while they are equal
    for text, (rule, color) in rules.items():
        path = engines.trajectory(rule, pre, post, question.w0, events=others)
        spikes.weight_steps(axes, path.times, path.weights, text, color=color, w0=question.w0, end=end, unit=unit)
    curves.label(axes, f"time ({unit})", f"weight ({question.rule.weight_unit})")
    curves.zero_line(axes)
    curves.legend_beside(axes)


def _span(times: np.ndarray) -> tuple[float, float]:
    if not times.size:
        return 0.0, 0.1
    margin = max(_MARGIN * float(np.ptp(times)), 5e-3)
    return max(float(times.min()) - margin, 0.0), float(times.max()) + margin
