"""What flows between events in steps of Brian2's clock: whatever has no closed form, the weight, and all that is noisy.

The flow of a step comes after its events, so that they act on what they find at their time, and what follows feels
them at once. Variables that relax by themselves stay in closed form within it. The error shrinks with the fourth power
of the step where everything in a flow is smooth; with its first power where a threshold is crossed, or a signal read,
within a step; with noise (Euler and Maruyama, in Ito's sense), with its first power in the mean.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from plasticity.expressions import names
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.homes import stepped
from plasticity.rules.system import System
from plasticity.spiking.printer import Printer, is_bounded, sound, value

Method = Callable[[Any, Any, Any], str]
# Brian2's own Euler method refuses noise that depends on what moves, for what it means there is a matter of Ito's sense
_EULER_MARUYAMA = "x_new = x + dt*f(x, t) + g(x, t)*dW"


def kept_name(name: str) -> str:
    """The printed name of a variable."""
    return name if name == WEIGHT else f"{name}_x"


def equations(found: System, moving: Collection[str]) -> list[str]:
    """The equations of a printed model for variables that flow in steps, and what they read of the rest."""
    trees = [tree for trees in (found.flows, found.noises) for name, tree in trees.items() if name in moving]
    read = set[str]().union(*(names(tree) for tree in trees)) & (found.starts.keys() - {*stepped(found)})
    lines = [f"{name}_flow = {value(found, name, now='t/second')} : 1" for name in sorted(read)]
    return [*(_equation(found, name) for name in moving), *lines]


def method(b2: Any, found: System, moving: Sequence[str], *, held: str = "", is_dated: bool = False) -> Method:
    """How Brian2 takes a step of the flows of some variables.

    held : a number of the model, 1 while a synapse is held, 0 while it flows. Empty when it flows all the time
    is_dated : as in `plasticity.spiking.text.synapse_text`
    """
    integrated = b2.ExplicitStateUpdater(_EULER_MARUYAMA, stochastic="multiplicative") if found.noises else b2.rk4

    def step(equations: Any, variables: Any, method_options: Any) -> str:
        still = [f"{name}_still = {kept_name(name)}" for name in moving]
        moved = integrated(equations, variables, method_options)
        ended = [line for name in moving for line in _ended(found, name, held, is_dated)]
        return "\n".join(["now = t/second", *still, moved, *ended])

    return step


def _equation(found: System, name: str) -> str:
    called = {name: kept_name(name) for name in stepped(found)}
    called |= {name: f"{name}_flow" for name in found.starts if name not in called}
    printer = Printer(found, 0, "")
    noise = f" + ({printer.printed(found.noises[name], called)})*xi_{name}*second**-0.5" if name in found.noises else ""
    flow = f"({printer.printed(found.flows[name], called)})/second" if name in found.flows else "0/second"
    return f"d{kept_name(name)}/dt = {flow}{noise} : 1 (clock-driven)"


def _ended(found: System, name: str, held: str, is_dated: bool) -> list[str]:
    """What is done to a variable at the end of its step."""
    x, free = kept_name(name), f"{name}_free"
    kept = f"{name}_still + (1 - {held})*({x} - {name}_still)" if held else x
    is_clipped = name == WEIGHT or is_bounded(found, name)
    clipped = f"clip({free}, {name}_lower, {name}_upper)" if is_clipped else free
    return [f"{free} = {kept}", *sound(x, clipped, free, is_dated=is_dated)]
