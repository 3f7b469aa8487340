"""What flows in steps at the synapses of a projection, printed: after the events of a step, to the start of the next.

The weight, what has no closed form, and what is noisy take a step of Runge and Kutta's method of fourth order, or with
noise of Euler and Maruyama; what relaxes by itself is in closed form within it, and voltages stand still.
"""

from collections.abc import Mapping

from plasticity.compiled.expressions import printed
from plasticity.compiled.steps.kind import Kind, Lines, clipped, indented, loaded, place_of, stopped
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.parts import Home

_REACHES = ((0, ""), (1, "0.5*dt*"), (1, "0.5*dt*"), (2, "dt*"))  # of each stage: how far relaxing has gone, and slopes


def flow_lines(kind: Kind) -> Lines:
    """One step of what flows: of the synapses first, with what their neurons keep as it is at the start of the step."""
    lines = [line for name in _relaxing(kind) for line in _factors(name)]
    inner = ["j = targets[s]", "w_x = weights[s]", *_all_of(kind, "post"), *_all_of(kind, "synapse")]
    inner += [*_moved(kind, [WEIGHT, *kind.at("synapse")], "n_parts + q"), "weights[s] = w_x"]
    inner += [*(f"{place_of(kind, name)} = {name}_x" for name in kind.at("synapse")), *stopped("s - first")]
    outer = [*_all_of(kind, "pre"), "for s in range(rows[row + i], rows[row + i + 1]):", *indented(inner)]
    lines += ["for i in range(n_source):", *indented(outer)]
    for home, index, size in (("pre", "i", "n_source"), ("post", "j", "n_target")):
        if own := kind.at(home):  # type: ignore[arg-type]
            inner = [*_all_of(kind, home), *_moved(kind, own, "n_parts + q")]  # type: ignore[arg-type]
            inner += [*(f"{place_of(kind, name)} = {name}_x" for name in own), *stopped(index)]
            lines += [f"for {index} in range({size}):", *indented(inner)]
    return lines


def past_lines(kind: Kind) -> Lines:
    """What is remembered of voltages that are read late, at the end of a step."""
    lines = []
    for signal in kind.text.found.rule.signals:
        if signal.name in kind.late:
            name, size = signal.name, "n_source" if signal.of == "pre" else "n_target"
            lines += [
                f"for k in range({size}):",
                f"    past[{name}_past + (now % {name}_length)*{size} + k] = state[{signal.of}_voltage + k]",
            ]
    return lines


def _all_of(kind: Kind, home: Home) -> Lines:
    """All that is kept there, and its signals, as they are now, and how they relax within the step."""
    names = [*kind.at(home), *(signal.name for signal in kind.text.found.rule.signals)]
    lines = loaded(kind, home, [f"{name}_x {name}_s" for name in names])
    # a late signal is that at the end of the step here, where its past has been moved on
    lines = [line.replace("(now %", "((now + 1) %") for line in lines]
    return [*lines, *(line for name in kind.at(home) if name in _relaxing(kind) for line in _relaxed(kind, name))]


def _relaxing(kind: Kind) -> list[str]:
    return [name for name in kind.text.moving if name not in kind.steps]


def _factors(name: str) -> Lines:
    return [f"{name}_half, {name}_whole = np.exp({name}_rate_p*0.5*dt), np.exp({name}_rate_p*dt)"]


def _relaxed(kind: Kind, name: str) -> Lines:
    rest = f"{name}_rest_p"
    if rest in kind.text.numbers:
        return [
            f"{name}_at_{n} = {rest} + ({name}_x - {rest})*{name}_{part}" for n, part in ((1, "half"), (2, "whole"))
        ]
    return [f"{name}_at_{n} = {name}_x*{name}_{part}" for n, part in ((1, "half"), (2, "whole"))]


def _moved(kind: Kind, own: list[str], stream: str) -> Lines:
    """The variables of one place after the step."""
    moving = [name for name in own if name in kind.steps]
    lines = _with_noise(kind, moving, stream) if kind.text.found.noises else _without_noise(kind, moving)
    for name in moving:
        number = kind.text.variables.index(name)
        lines += [
            f"if not abs({name}_next) < {HUGE!r} and failed < 0:",
            f"    failed, bad = {number}, {name}_next",
            *clipped(kind, name, f"{name}_next"),
            f"{name}_x = {name}_next",
        ]
    return [*lines, *(f"{name}_x = {name}_at_2" for name in own if name in _relaxing(kind))]


def _without_noise(kind: Kind, moving: list[str]) -> Lines:
    flows, lines = kind.text.found.flows, []
    for stage, (reach, size) in enumerate(_REACHES, start=1):
        called = {name: f"{name}_at_{reach}" if reach else f"{name}_x" for name in _relaxing(kind)}
        if stage > 1:
            lines += [f"{name}_met = {name}_x + {size}{name}_{stage - 1}_k" for name in moving]
            called |= {name: f"{name}_met" for name in moving}
        slopes = {name: _said(kind, flows[name], called) if name in flows else "0.0" for name in moving}
        lines += [f"{name}_{stage}_k = {slope}" for name, slope in slopes.items()]
    return [*lines, *(f"{n}_next = {n}_x + dt/6.0*({n}_1_k + 2.0*{n}_2_k + 2.0*{n}_3_k + {n}_4_k)" for n in moving)]


def _with_noise(kind: Kind, moving: list[str], stream: str) -> Lines:
    flows, noises, lines = kind.text.found.flows, kind.text.found.noises, []
    for name in moving:
        flow = f" + dt*{_said(kind, flows[name], {})}" if name in flows else ""
        noise = f" + np.sqrt(dt)*{_said(kind, noises[name], {})}*normal(randoms, {stream})" if name in noises else ""
        lines.append(f"{name}_next = {name}_x{flow}{noise}")
    return lines


def _said(kind: Kind, tree: object, called: Mapping[str, str]) -> str:
    signals = {signal.name for signal in kind.text.found.rule.signals}

    def rename(name: str) -> str:
        if name in called:
            return called[name]
        return f"{name}_x" if name in kind.text.variables else f"{name}_s" if name in signals else f"{name}_p"

    return printed(tree, rename)  # type: ignore[arg-type]
