"""Two neurons drive each other: what becomes of both synapses, by who fires first and under every rule?

Source: lecture (the question); song2000 (the neuron, pair STDP); the source of each rule is in its record.
Differs: the lecture asks about one firing; here it is repeated, and neurons may fire together or alone.
Time: quick 3 s, full 14 s (exact engines for every rule; one Brian2 network with a pair of neurons for each order).
"""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import pick, same
from plasticity.experiment import Claim, Experiment
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.plots import Axes, Figure, curves, grids, one_panel, spikes
from plasticity.plots.style import FAINT, SMALLEST
from plasticity.plots.wording import name_in_words
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.studies.mutual_pair import FIRST, ORDERS, Parameters, Result, step_of, study

SHOWN = 0.25  # seconds of the rasters and of the weights
TRACED = ("B then A", "A then B")  # the orders whose weights are drawn: alone, none moves
ORDERED = dict(zip(ORDERS, ("B, A", "A, B", "B", "A", "both"), strict=True))  # as short as a column of the map
NOTHING = 1e-2  # of the largest change by a rule: less counts as none, as in the lecture's answer
ALONE = slice(2, 4)  # of the orders: those in which one neuron fires
ROUNDING, IN_TIME = 1e-12, 1e-3  # parts of the largest change: of exact engines; of a drift that a run in time measures


def signs(result: Result) -> Floats:
    """(n_rules, n_orders, n_synapses): 1 strengthens, -1 weakens, 0 neither, NaN cannot be asked."""
    largest = np.abs(result.changes).max(axis=(1, 2), keepdims=True)
    return np.where(np.abs(result.changes) <= NOTHING * largest, 0.0, np.sign(result.changes))


def draw(result: Result, figure: Figure) -> None:
    """The sign of both changes, by rule and order; spikes and weights in the network, for both orders."""
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=(1.9, 1.0)).ravel()
    _map(left.subplots(), result)
    rows = right.subplots(4, 1, height_ratios=(0.5, 1.0, 0.5, 1.0))
    for k, order in enumerate(TRACED):
        raster, weights = rows[2 * k : 2 * k + 2]
        one_panel([raster, weights])
        place = list(result.orders).index(order)
        trains = [result.spike_times[result.spike_of == 2 * place + neuron] for neuron in range(2)]
        spikes.raster(raster, [train[train < SHOWN] for train in trains], ["A", "B"], unit="s")
        raster.set(title=f"{order}, {result.in_network[0]}", xlim=(0.0, SHOWN), xlabel="")
        raster.tick_params(labelbottom=False)
        _weights(weights, result, place)


def alike(result: Result) -> list[list[int]]:
    """The rules, by their numbers, that do the same to both synapses in every order, and read the same."""
    groups = dict[tuple[bytes, bool], list[int]]()
    for k, (cells, on_rates) in enumerate(zip(signs(result), result.on_rates, strict=True)):
        if np.isfinite(cells).any():
            groups.setdefault((cells.tobytes(), bool(on_rates)), []).append(k)
    return list(groups.values())


def _map(axes: Axes, result: Result) -> None:
    """A row for rules that are alike, two cells an order: synapse A, synapse B."""
    groups = alike(result)
    names = [_written(result, first) + (f", {len(more)} more" if more else "") for first, *more in groups]
    cells = signs(result)[[first for first, *_ in groups]].reshape(len(groups), -1)
    columns = [f"{synapse}" for _ in result.orders for synapse in result.synapses]
    grids.signs(axes, cells, (names, columns))
    for k, order in enumerate(result.orders):
        axes.text(2 * k + 0.5, -0.6, ORDERED[str(order)], ha="center", va="bottom", fontsize=SMALLEST)
        if k:
            axes.axvline(2 * k - 0.5, color="white", linewidth=4)
    axes.text(-1.8, -0.6, "who fires, in order", ha="right", va="bottom", fontsize=SMALLEST)
    axes.set_title(" ")  # the room of the orders
    axes.set_xlabel("synapse (A: from A to B)")


def _written(result: Result, rule: int) -> str:
    return name_in_words(str(result.rules[rule])) + ("*" if result.on_rates[rule] else "")


def _weights(axes: Axes, result: Result, order: int) -> None:
    is_shown = result.times < SHOWN
    for synapse, label in enumerate(("synapse A", "synapse B")):
        path = result.weights[order, synapse, is_shown]
        curves.curve(axes, result.times[is_shown], path, label, number=(0, 3)[synapse])
    axes.axhline(result.weights[order, 0, 0], color=FAINT, linewidth=0.8, zorder=0)
    axes.set_xlim(0.0, SHOWN)
    curves.label(axes, "time (s)", "weight w")
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, borderaxespad=0.2, columnspacing=1.0)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    refused = [name_in_words(str(rule)) for rule, reason in zip(result.rules, result.reasons, strict=True) if reason]
    same = [
        f"{_written(result, first)}: {', '.join(_written(result, rule) for rule in more)}"
        for first, *more in alike(result)
        if more
    ]
    return (
        f"a: + strengthens, - weakens, 0 neither, for two neurons that drive each other and fire {p.n_pairs} times, "
        f"{p.interval * 1e3:g} ms apart; {p.lag * 1e3:g} ms lie between them when one fires first, and for rules "
        f"on rates (*) a neuron that fires does so at {p.firing:g} Hz. Not asked: {', '.join(refused) or 'none'}. "
        "b, c: leaky integrate-and-fire neurons made to fire by pulses of current; both weights start at "
        f"{p.w0:g}. Rules that do the same share a row. {'; '.join(same)}."
    )


def _parts(field: str) -> Any:
    """The changes of every rule that has a quick second route, as parts of its largest, of one kind of rule."""

    def found(result: Result, on_rates: bool) -> Floats:
        is_checked = np.isfinite(result.confirmed).all(axis=(1, 2)) & (result.on_rates == on_rates) & ~result.in_steps
        largest = np.abs(result.changes).max(axis=(1, 2), keepdims=True)
        parts = getattr(result, field) / np.where(largest > 0, largest, 1.0)  # at a bound nothing may move
        return np.asarray(parts[is_checked])

    return found


def _by_window(result: Result) -> Floats:
    """Pair STDP in closed form, summed over all pairs of the spikes that fell, (n_orders, n_synapses)."""
    trains = [result.spike_times[result.spike_of == k] for k in range(2 * len(result.orders))]
    v, found = PAIR_STDP.values, []
    for k, pre in enumerate(trains):
        lags = (trains[k ^ 1] - pre[:, None]).ravel()
        up = v["A_plus"] * np.exp(-lags[lags > 1e-9] / v["tau_plus"]).sum()
        found.append(up - v["A_minus"] * np.exp(lags[lags < -1e-9] / v["tau_minus"]).sum())
    return np.reshape(found, (len(result.orders), 2))


def _of_pair_stdp(result: Result) -> Floats:
    return np.asarray(pick(result, "changes", rules="pair_stdp"))


def _gain_over_loss(result: Result) -> float:
    """Of the synapse that gains over the one that loses, when B fires before A."""
    loss, gain = pick(result, "changes", rules="pair_stdp", orders="B then A")
    return float(gain / -loss)


def _gated(result: Result) -> Floats:
    """What B alone does to synapses A and B, under both gated rules."""
    found, rules = signs(result), list(result.rules)
    alone = list(result.orders).index("B alone")
    return np.array([found[rules.index(f"{side}synaptically_gated"), alone] for side in ("pre", "post")])


EXPERIMENT = Experiment(
    name="mutual_pair",
    question="Two neurons drive each other: what becomes of both synapses, by who fires first and under every rule?",
    source="lecture; song2000; gerstner2014, section 19.2",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_pairs=2),
    claims=(
        same(
            "Every neuron fires once a pulse, and never without, though its partner excites it (spikes)",
            lambda r: r.n_spikes,
            lambda r: r.n_expected,
            by="the pulses",
        ),
        same(
            "Synapses of spiking neurons get the weights that the exact engine finds for their spikes (difference)",
            lambda r: r.final,
            lambda r: r.exact,
            by="another engine",
            tolerance=ROUNDING,
            reason="rounding",
        ),
        same(
            "Under every rule on spikes alone both synapses change as its conventions read aloud say (parts)",
            lambda r: _parts("changes")(r, False),
            lambda r: _parts("confirmed")(r, False),
            by="the definition of the rule",
            tolerance=1e-9,
            reason="rounding, of changes as small as a thousandth of a per mille of w",
        ),
        same(
            "Under every rule on rates both synapses drift as a run in time says (parts)",
            lambda r: _parts("changes")(r, True),
            lambda r: _parts("confirmed")(r, True),
            by="another engine",
            tolerance=IN_TIME,
            reason="the drift moves a little within a millisecond",
        ),
        same(
            "No bound in reach, pair STDP changes w by the sum of its window over all pairs that fell (largest error)",
            _of_pair_stdp,
            _by_window,
            by="closed form",
            tolerance=ROUNDING,
            reason="rounding",
        ),
        same(
            "What A then B does to synapse A of the network, B then A does to synapse B (largest difference)",
            lambda r: pick(r, "final", orders="A then B"),
            lambda r: pick(r, "final", orders="B then A")[::-1],
            by="symmetry",
            tolerance=ROUNDING,
            reason="rounding",
        ),
        same(
            "When one neuron of the network fires alone, no weight changes (largest change)",
            lambda r: r.final[ALONE],
            lambda r: r.weights[ALONE, :, 0],
            by="song2000, every change needs both spikes",
        ),
        Claim(
            "No bound in reach, B firing before A, pair STDP adds 1/1.05 to synapse B of what synapse A loses",
            _gain_over_loss,
            1 / 1.05,
            "song2000, Fig. 1",
            tolerance=0.01,
            reason="neighbouring firings add a little on both sides",
        ),
        same(
            "B firing alone weakens the synapse whose gate it opens, B where pre opens it, A where post does (signs)",
            _gated,
            lambda r: np.array([[0.0, -1.0], [-1.0, 0.0]]),
            by="gerstner2014, section 19.2",
        ),
    ),
    memory=lambda p: 8.0 * (FIRST + p.n_pairs * p.interval) / step_of(p) * 2 * len(ORDERS) * 6,
    records=(PAIR_STDP, LIF_EXCITATORY),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
