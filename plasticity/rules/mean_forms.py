"""The mean drift of a rule in its own symbols, under independent Poisson trains: `rules.moments`, written out.

In a stationary state the mean of a product of state variables neither grows nor shrinks; where flows and jumps are
linear, this is an equation for it and for smaller ones. A rule on rates drifts as its flow says, the rest at rest.
"""

import ast
from dataclasses import dataclass, field
from functools import partial, reduce

from plasticity.expressions import names, substituted
from plasticity.expressions.sums import (
    ONE,
    NoSum,
    Sum,
    minus,
    name_sum,
    over,
    plus,
    solved,
    sum_of,
    text_of,
    times,
    words,
)
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.needs import NEEDS
from plasticity.rules.pair_windows import NoClosedForm, ends, is_inside
from plasticity.rules.parts import Jump, before_mark
from plasticity.rules.polynomials import MAX_DEGREE
from plasticity.rules.reading import READS
from plasticity.rules.record import Rule
from plasticity.rules.system import System, system

Means = dict[tuple[str, ...], Sum]  # {state variables, sorted, with repetition: what their product is multiplied with}


@dataclass(frozen=True)
class MeanForm:
    """The mean drift in closed form, 1/second.

    pre, post  : the names that stand for the two rates, hertz
    drift      : an expression in the rates, w and parameters
    post_at    : the postsynaptic rate at which it turns its sign, an expression; empty where the algebra finds none
    w_at       : the weight at which it does so, likewise
    """

    pre: str
    post: str
    drift: str
    post_at: str = ""
    w_at: str = ""


def mean_form(rule: Rule) -> MeanForm:
    """The mean drift of a rule in closed form. Raises NoClosedForm, with the reason, where there is none."""
    found = system(rule)
    lacking = min((found.needs - together for together in READS["rates"]), key=len)
    if lacking:
        needed = " and ".join(NEEDS[need] for need in NEEDS if need in lacking)
        raise NoClosedForm(f"it needs {needed}")
    rates = {"pre": "x", "post": "y"}
    if set(rates.values()) & {*found.rule.values}:
        rates = {"pre": "rate_pre", "post": "rate_post"}
    given = {signal.name: name_sum(rates[signal.of]) for signal in rule.signals} | ends(rule)
    means = _Means(found, {event: name_sum(rates[event]) for event in SPIKES if event in rule.events}, given)
    try:
        drift = means.drift()
        is_short = "spikes" in found.needs or len(drift) < 2 or rule.bounds.is_soft
        written = text_of(drift) if is_short else _written(found, rates, means)
    except NoSum:
        raise NoClosedForm("its means are outside what the algebra follows") from None
    at = {name: solved(drift, name) if drift else None for name in (rates["post"], WEIGHT)}
    post_at, w_at = ("" if point is None else text_of(point) for point in at.values())
    return MeanForm(rates["pre"], rates["post"], written, post_at, w_at)


def _written(found: System, rates: dict[str, str], means: "_Means") -> str:
    """The flow of a rule on rates as its record has it, not multiplied out."""
    if WEIGHT not in found.flows:
        return "0"
    resting = {v.name: text_of(means.moment((v.name,))) for v in found.rule.state}
    texts = {signal.name: rates[signal.of] for signal in found.rule.signals} | resting
    flow = substituted(found.flows[WEIGHT], {name: ast.parse(text, mode="eval").body for name, text in texts.items()})
    return compact(flow)


def compact(tree: ast.expr) -> str:
    """A tree as text, with blanks around + and - only."""
    text = ast.unparse(tree)
    for sign in ("**", "*", "/"):
        text = text.replace(f" {sign} ", sign)
    return text


@dataclass(frozen=True)
class _Means:
    """The stationary means of one rule, by `rates` {event: its rate}; `given`: what other names stand for."""

    found: System
    rates: dict[str, Sum]
    given: dict[str, Sum]
    _known: dict[tuple[str, ...], Sum | None] = field(default_factory=dict)

    def drift(self) -> Sum:
        """The mean change of w per second."""
        jumps = [times(self.rates[jump.event], self._mean(self._change(jump))) for jump in self.found.jumps[WEIGHT]]
        flow = self.found.flows.get(WEIGHT)
        return plus(*jumps, *([] if flow is None else [self._mean(self._means(flow))]))

    def moment(self, powers: tuple[str, ...]) -> Sum:
        """The mean of a product of state variables, with repetition."""
        if not powers:
            return ONE
        if powers not in self._known:
            self._known[powers] = None  # asked for again before it is known, it would wait for itself
            gain = self._gain(powers)
            loss = minus(gain.pop(powers, {}))
            if not loss:
                raise NoClosedForm(f"{'*'.join(powers)} comes to no rest")
            self._known[powers] = over(self._mean(gain), loss)
        found = self._known[powers]
        if found is None:
            raise NoSum
        return found

    def _mean(self, of: Means) -> Sum:
        return plus(*(times(factor, self.moment(powers)) for powers, factor in of.items() if factor))

    def _gain(self, powers: tuple[str, ...]) -> Means:
        """What a product gains per second."""
        if len(powers) > MAX_DEGREE or any(self._is_bounded(name) for name in powers):
            raise NoSum
        total: Means = {}
        for place, name in enumerate(powers):
            if name in self.found.flows:
                others: Means = {powers[:place] + powers[place + 1 :]: ONE}
                total = _added(total, _multiplied(others, self._means(self.found.flows[name])))
        for event, rate in self.rates.items():
            whole: Means = {(): ONE}
            after = reduce(_multiplied, (self._after(name, event) for name in powers), whole)
            change = _added(after, {powers: minus(ONE)})
            total = _added(total, {of: times(rate, factor) for of, factor in change.items()})
        return total

    def _after(self, name: str, event: str) -> Means:
        """A state variable as an event leaves it, in the state before."""
        value: Means = {(name,): ONE}
        for jump in self.found.jumps[name]:
            if jump.event == event:
                change = _in_place(self._change(jump), {name: value})
                value = change if jump.is_set else _added(value, change)
        return value

    def _change(self, jump: Jump) -> Means:
        change = self._means(jump.tree)
        marked = {mark: before_mark(mark) for powers in change for mark in powers if mark != before_mark(mark)}
        return _in_place(change, {mark: self._after(name, jump.event) for mark, name in marked.items()})

    def _means(self, tree: ast.expr) -> Means:
        """A tree by the products of state variables in it."""
        state = {variable.name for variable in self.found.rule.state}
        marks = {name: f"after_{before_mark(name)}_" for name in names(tree) if before_mark(name) != name}
        given = self.given | {mark: name_sum(word) for mark, word in marks.items()}
        varying = {**{name: name for name in state}, **{word: mark for mark, word in marks.items()}}
        total: Means = {}
        for product, factor in sum_of(tree, given, partial(is_inside, self.found.rule)).items():
            powers = [varying[atom] for atom, n in product if atom in varying for _ in range(n)]
            rest = tuple((atom, n) for atom, n in product if atom not in varying)
            is_hidden = any(words(atom) & set(varying) for atom, _ in rest)
            if is_hidden or any(n < 0 for atom, n in product if atom in varying):
                raise NoSum
            total = _added(total, {tuple(sorted(powers)): {rest: factor}})
        return total

    def _is_bounded(self, name: str) -> bool:
        variable = next(variable for variable in self.found.rule.state if variable.name == name)
        return str(variable.bounds) != "unbounded"


def _added(left: Means, right: Means) -> Means:
    return {powers: plus(left.get(powers, {}), right.get(powers, {})) for powers in {**left, **right}}


def _multiplied(left: Means, right: Means) -> Means:
    total: Means = {}
    for a, x in left.items():
        for b, y in right.items():
            total = _added(total, {tuple(sorted(a + b)): times(x, y)})
    return total


def _in_place(within: Means, values: dict[str, Means]) -> Means:
    """Products with others in place of some of their variables."""
    total: Means = {}
    for powers, factor in within.items():
        factors = (values.get(name, {(name,): ONE}) for name in powers)
        total = _added(total, reduce(_multiplied, factors, {(): factor}))
    return total
