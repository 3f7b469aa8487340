"""The picture of an answer: the trains, the traces they leave, and the weight: as asked, without bounds, and what if.

Of a pattern that is repeated, the first repetition is enlarged, and the weight is drawn over all of them beside it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity import engines, events
from plasticity.arrays import Floats
from plasticity.ask.answering import Answer
from plasticity.ask.question import Question
from plasticity.plots import Axes, Figure, curves, spikes
from plasticity.plots.style import ARTIFICIAL, BIOLOGICAL, DASHES, PALETTE
from plasticity.rules import UNBOUNDED, Rule, unbounded
from plasticity.rules.conventions import WEIGHT

SIZE = (7.2, 4.0)
WhatIf = Sequence[tuple[str, Answer]]  # what would have been, by name
_N_POINTS = 2000
_MARGIN = 0.06  # of the time between the first and the last spike, shown on both sides
_TRACES, _WHAT_IFS = (0, 2, 5, 4), (1, 3, 4, 5)  # numbers of colours, others for each
_MOST_LETTERS = 36  # of a name in the legend, which fits into a column


def draw(answer: Answer, figure: Figure, what_if: WhatIf = ()) -> None:
    """Three panels over one axis of time; a fourth for all repetitions."""
    question = answer.question
    if question.n_repeats == 1:
        rows = figure.subplots(3, 1, sharex=True, height_ratios=(0.7, 1.0, 1.5))
        _draw_once(rows, question, what_if)
        curves.shared_legend(rows[1:])
        return
    grid = figure.add_gridspec(3, 2, height_ratios=(0.7, 1.0, 1.3), width_ratios=(1.0, 1.2))
    above = figure.add_subplot(grid[0, 0])
    rows = [above, *(figure.add_subplot(grid[k, 0], sharex=above) for k in (1, 2))]
    _draw_once(rows, replace(question, n_repeats=1), [(name, _once(other)) for name, other in what_if])
    rows[0].set_title(f"the first of {question.n_repeats} repetitions")
    whole = figure.add_subplot(grid[:, 1])
    start, end = _span(question)
    unit, factor = _unit(end - start)
    _draw_weights(whole, question, what_if, end, unit)
    whole.set_xlim(start * factor, end * factor)
    whole.set_title("all repetitions")
    curves.shared_legend([*rows[1:], whole])


def title(answer: Answer) -> str:
    """The question that the picture answers."""
    return f"What happens to this synapse under {answer.question.rule.name}?"


def caption(answer: Answer, what_if: WhatIf = ()) -> str:
    """What is seen, and the numbers that matter."""
    question, drawn = answer.question, what_if[: len(_WHAT_IFS)]
    values = ", ".join(str(parameter) for parameter in question.rule.parameters)
    repeated = f", {question.n_repeats} times every {question.every:g} s" if question.n_repeats > 1 else ""
    others = "; ".join(f"{name}, to {other.w_after:.6g}" for name, other in drawn)
    left = f" ({len(drawn)} of {len(what_if)} are drawn)" if len(drawn) < len(what_if) else ""
    return (
        f"Under {question.rule.name} ({values}) the weight goes from {answer.w_before:g} to {answer.w_after:.6g}: "
        f"{answer.verdict}. Shown are the spikes{repeated}, the traces that they leave, and the weight, within its "
        f"bounds ({question.rule.bounds}) and without them." + (f" What if: {others}{left}." if others else "")
    )


def _draw_once(rows: Sequence[Axes], question: Question, what_if: WhatIf) -> None:
    """Trains, traces and weight of one pattern, beneath each other."""
    trains, (start, end) = question.times(), _span(question)
    unit, factor = _unit(end - start)
    _draw_trains(rows[0], trains, what_if, unit)
    pre, post = trains["pre"], trains["post"]
    times = np.unique(np.concatenate([np.linspace(start, end, _N_POINTS), pre, post, pre + 1e-9, post + 1e-9]))
    found = events.states(question.rule, pre, post, times, w0=question.w0)
    traces = {name: values for name, values in found.items() if name != WEIGHT}
    for k, (name, values) in enumerate(traces.items()):
        curves.curve(rows[1], times * factor, values, name, number=_TRACES[k % len(_TRACES)])
    curves.label(rows[1], "", "trace")
    _draw_weights(rows[2], question, what_if, end, unit)
    rows[2].set_xlim(start * factor, end * factor)
    for axes in rows[:2]:
        axes.tick_params(labelbottom=False)


def _draw_trains(axes: Axes, trains: dict[str, Floats], what_if: WhatIf, unit: str) -> None:
    """The spikes as asked; in the colour of a what-if those that it adds, and a cross on those that it takes away."""
    spikes.raster(axes, list(trains.values()), list(trains), unit=unit)
    axes.set_xlabel("")
    factor = 1e3 if unit == "ms" else 1.0
    for number, (_, other) in zip(_WHAT_IFS, what_if, strict=False):
        changed = other.question.times()
        for row, (event, train) in enumerate(reversed(trains.items())):
            new, gone = np.setdiff1d(changed[event], train), np.setdiff1d(train, changed[event])
            look: dict[str, Any] = {"color": PALETTE[number], "linestyle": "none", "zorder": 3}
            axes.plot(new * factor, np.full(new.size, row), marker="|", markersize=9, markeredgewidth=1.2, **look)
            axes.plot(gone * factor, np.full(gone.size, row), marker="x", markersize=5, **look)


def _draw_weights(axes: Axes, question: Question, what_if: WhatIf, end: float, unit: str) -> None:
    """The weight as asked, without its bounds where that differs, and what it would have been."""
    asked, free = _path(question), _path(question, unbounded(question.rule))
    is_free = question.rule.bounds == UNBOUNDED
    look = {"w0": question.w0, "end": end, "unit": unit}
    if is_free or not _is_same(asked, free):
        if not is_free:
            spikes.weight_steps(axes, *asked, "in its bounds", color=BIOLOGICAL, **look)
        spikes.weight_steps(axes, *free, "unbounded", color=ARTIFICIAL, **look)
    else:
        spikes.weight_steps(axes, *asked, "in its bounds, and unbounded", color=BIOLOGICAL, **look)
    for number, (name, other) in zip(_WHAT_IFS, what_if, strict=False):
        path = _path(other.question)
        text = (name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 3]}...") or "what if"
        same = ": the same" if _is_same(path, asked) else ""
        spikes.weight_steps(axes, *path, f"{text}{same}", color=PALETTE[number], **look)
        axes.lines[-1].set_linestyle(DASHES[number])
    curves.label(axes, f"time ({unit})", f"weight ({question.rule.weight_unit})")
    if min(axes.dataLim.y0, 0.0) < 0:
        curves.zero_line(axes)


def _path(question: Question, rule: Rule | None = None) -> tuple[Floats, Floats]:
    """When the weight changes, and to what."""
    pre, post, others = question.taken()
    path = engines.trajectory(rule or question.rule, pre, post, question.w0, events=others)
    return path.times, path.weights


def _is_same(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> bool:
    """Whether two weights lie on one another, to less than a line is thick."""
    return all(a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in zip(one, other, strict=True))


def _once(answer: Answer) -> Answer:
    return replace(answer, question=replace(answer.question, n_repeats=1))


def _unit(length: float) -> tuple[str, float]:
    return ("ms", 1e3) if length < 2.0 else ("s", 1.0)


def _span(question: Question) -> tuple[float, float]:
    """From a little before the first event to a little after the last."""
    times = np.concatenate(list(question.times().values()))
    if not times.size:
        return 0.0, 0.1
    margin = max(_MARGIN * float(np.ptp(times)), 5e-3)
    return max(float(times.min()) - margin, 0.0), float(times.max()) + margin
