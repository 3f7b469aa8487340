"""Names, units, numbers and expressions of ours in NESTML."""

import ast
import re

from plasticity.errors import UnsupportedRule
from plasticity.export.instants import BEFORE
from plasticity.export.words import Call, called, printed
from plasticity.parameters import Parameter
from plasticity.quantities import in_unit

# Its units that are names, its constants, functions and words, and what NEST's C++ code keeps
_KEPT = frozenset(
    "e t inf true false and or not if else elif for while end state parameters internals equations input output update "
    "model function real integer boolean string void spike continuous inline kernel return recordable "
    "exp ln log10 sin cos tan sinh cosh tanh erf erfc delta clip pow max min abs ceil floor round convolve expm1 "
    "m s g A V C F J K N W S T H Hz rad sr cd mol Pa Wb lm lx Bq Gy Sv kat ms mV nS pA pF us ns mM "
    "delay weight d port rport status receptor_type step pi "
    # and what our own text declares
    "I_stim refr_t dendritic_delay is_coincident t_pre t_post".split()
)
_OUR_ENDINGS = ("_spikes", "_before", "_seen")  # of names that stand in our text beside those of a record


def _power(x: ast.expr) -> ast.expr:
    return ast.BinOp(x, ast.Pow(), ast.Constant(0.5))


_CALLS: dict[str, Call] = {
    "rectify": lambda x: called("max", ast.Constant(0), x),
    "log": lambda x: called("ln", x),
    "sqrt": _power,
    "minimum": lambda x, y: called("min", x, y),
    "maximum": lambda x, y: called("max", x, y),
}


def nestml_name(name: str) -> str:
    """What a name of a record is called: itself, or where NESTML has it, with an ending."""
    is_ours = name.endswith(_OUR_ENDINGS) and name != BEFORE
    return f"{name}_value" if name in _KEPT or is_ours else name


def nestml_text(tree: ast.expr, others: dict[str, str] | None = None) -> str:
    """An expression; others : {name: what it is called in place of itself}.

    raises UnsupportedRule for a switch, which its equations lack
    """
    own = others or {}
    text = printed(tree, lambda name: own.get(name) or nestml_name(name), _CALLS)
    if re.search(r"\bstep\(", text):
        raise UnsupportedRule("it switches at a threshold, which the equations of NESTML cannot: step()")
    return text


def nestml_unit(unit: str) -> str:
    """A unit, or 'real' for none."""
    if unit == "1":
        return "real"
    return "Hz" if unit == "1/s" else unit.replace("Mohm", "MOhm").replace("ohm", "Ohm").replace("mM", "mmol/l")


def quantity(value: float, unit: str) -> str:
    """An SI value in the unit in which it is shown."""
    number, said = repr(float(f"{float(in_unit(value, unit)):.15g}")), nestml_unit(unit)
    if said == "real":
        return number
    above, *below = said.split("/")  # a unit stands behind a number only
    return " / ".join([number if above == "1" else f"{number} {above}", *(f"(1 {one})" for one in below)])


def declared(parameter: Parameter, *, comment: str) -> str:
    """The line that declares a parameter."""
    line = f"{nestml_name(parameter.name)} {nestml_unit(parameter.unit)} = {quantity(parameter.value, parameter.unit)}"
    return f"{line}  # {comment}" if comment else line


def identifier(name: str) -> str:
    """The name of a record as a name of NESTML."""
    return re.sub(r"\W+", "_", name).strip("_")
