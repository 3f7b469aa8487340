"""The functions of one population in a kernel, printed from the equations of its neurons."""

from plasticity.compiled.exact.linear import CONSTANT, Linear, Path
from plasticity.compiled.exact.rows import Layout
from plasticity.compiled.expressions import filled, printed
from plasticity.neurons.equations import tree

# D for two rates and for more, as `crossing` defines it, but for rates in any order
SHARED = """
def two(a, b, of_a, of_b, t):
    if b < a:
        a, b, of_a = b, a, of_b
    way = (b - a) * t
    return of_a * (-math.expm1(-way)) / (b - a) if way > 0.0 else of_a * t


def many(rates, t):
    n = len(rates)
    ordered, table = np.empty(n), np.empty((n, n))
    for k in range(n):
        m = k
        while m > 0 and ordered[m - 1] > rates[k]:
            ordered[m] = ordered[m - 1]
            m -= 1
        ordered[m] = rates[k]
    spread_out(ordered, t, table, np.empty(n))
    return table[0, n - 1]
"""

# `x`, a row a neuron, and `numbers`, of all of them: see `Layout`. `bring`: to a time; `safe`: for how long it cannot
# fire; `next`: in how long it does
_FUNCTIONS = """
def {name}_free(x, j, age, numbers):
    {moved}


def {name}_held(x, j, age, numbers):
    {still}


def {name}_bring(x, j, t, numbers):
    if x[j, {last}] < x[j, {free}]:
        end = min(t, x[j, {free}])
        {name}_held(x, j, end - x[j, {last}], numbers)
        x[j, {last}] = end
    if t > x[j, {last}]:
        {name}_free(x, j, t - x[j, {last}], numbers)
        x[j, {last}] = t


def {name}_safe(x, j, numbers):
    {levels}
    if y_0 >= 0.0:
        return 0.0
    slope = 0.0
    {slope}
    return -y_0 / slope * (1.0 - 1e-9) if slope > 0.0 else np.inf


def {name}_next(x, j, numbers, horizon):
    start = np.empty({n_levels})
    {levels}
    {started}
    return first_crossing(numbers[{rates}:{rates_end}], start, horizon)


def {name}_reset(x, j, numbers):
    {reset}


def {name}_settle(x, t, numbers):
    for j in range(x.shape[0]):
        {name}_bring(x, j, t, numbers)
"""


def population_source(name: str, layout: Layout) -> str:
    """The functions of a population."""
    found, n_levels = layout.found, layout.n_levels
    text = _FUNCTIONS.replace("{name}", name)
    places = {"last": layout.last, "free": layout.free, "n_levels": n_levels}
    places |= {"rates": layout.rates, "rates_end": layout.rates + n_levels}
    for key, place in places.items():
        text = text.replace(f"{{{key}}}", str(place))
    return filled(
        text,
        moved=_moved(layout, found),
        still=_moved(layout, layout.held),
        levels=[f"y_{level} = {_level(layout, level)}" for level in range(n_levels)],
        slope=[
            line
            for m in range(1, n_levels)
            for line in (f"if y_{m} > 0.0:", f"    slope += y_{m} * numbers[{layout.most + m}]")
        ],
        started=[f"start[{level}] = y_{level}" for level in range(n_levels)],
        reset=_reset(layout),
    )


def _level(layout: Layout, level: int) -> str:
    gains = [f"numbers[{layout.levels + level * layout.n + i}] * x[j, {i}]" for i in range(layout.n)]
    return " + ".join([f"x[j, {layout.offset(level)}]", *gains])


def _moved(layout: Layout, found: Linear) -> list[str]:
    """The lines that let time pass."""
    first, n = layout.motion(held=found.held), layout.n
    rate = {i: f"numbers[{first + i}]" for i in range(n)} | {CONSTANT: "0.0"}
    gain = {edge: f"numbers[{first + n + k}]" for k, edge in enumerate(found.gains)}
    moving = [i for i in range(n) if not (found.held and found.names[i] in found.neuron.held)]
    lines = []
    for i in range(n):
        if found.has_constant(i):  # one exponential for both; its error is one of the size of the variable
            lines += [f"u_{i} = -math.expm1(-{rate[i]} * age)", f"e_{i} = 1.0 - u_{i}"]
            lines += [f"d_{i} = u_{i} / {rate[i]} if {rate[i]} > 0.0 else age"]
        else:
            lines.append(f"e_{i} = math.exp(-{rate[i]} * age)")
    lines += [f"x_{i} = x[j, {i}]" for i in range(n)]
    for i in moving:
        terms = [_term(layout, path, rate, gain) for path in found.paths(i)]
        lines.append(f"x[j, {i}] = {' + '.join(terms)}")
    return lines


def _term(layout: Layout, path: Path, rate: dict[int, str], gain: dict[tuple[int, int], str]) -> str:
    """What the end of a path gives to its beginning."""
    edges = list(zip(path, path[1:], strict=False))
    source = f"x[j, {layout.drive(path[-2])}]" if path[-1] == CONSTANT else f"x_{path[-1]}"
    factors = [source, *(gain[edge] for edge in edges if edge[1] != CONSTANT)]
    exponentials = ["1.0" if node == CONSTANT else f"e_{node}" for node in path]
    if len(path) == 1:
        factors.append(exponentials[0])
    elif path[1:] == (CONSTANT,):
        factors.append(f"d_{path[0]}")
    elif len(path) == 2:
        factors.append(f"two({rate[path[0]]}, {rate[path[1]]}, {exponentials[0]}, {exponentials[1]}, age)")
    else:
        factors.append(f"many(({', '.join(rate[node] for node in path)}), age)")
    return " * ".join(factors)


def _reset(layout: Layout) -> list[str]:
    """The lines of a spike; all read the state before it."""
    neuron, names = layout.found.neuron, layout.found.names
    called = {name: f"numbers[{layout.parameter(name)}]" for name in neuron.values}
    called |= {name: f"x[j, {k}]" for k, name in enumerate(names)}
    lines = [
        f"then_{k} = {printed(tree(neuron, text), lambda name: called[name])}"
        for k, text in enumerate(neuron.reset.values())
    ]
    return [*lines, *(f"x[j, {names.index(name)}] = then_{k}" for k, name in enumerate(neuron.reset))]
