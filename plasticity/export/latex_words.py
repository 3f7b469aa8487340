"""Names, numbers, units and expressions of ours in LaTeX, within what matplotlib's mathtext knows, too."""

import ast
import re
from collections.abc import Callable

_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega".split()
)
_PARTS = {"plus": "+", "minus": "-", "star": "*", "lower": r"\min", "upper": r"\max"}
_FUNCTIONS = {"log": r"\ln", "tanh": r"\tanh", "minimum": r"\min", "maximum": r"\max", "step": r"\Theta"}
_LONGEST_EXPONENT = 24  # characters of LaTeX that stand raised; longer ones are the argument of exp
_TEXT = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)  # how tightly an operation binds


def symbol(name: str) -> str:
    """A name of a record as a symbol: tau_plus as a Greek letter with a subscript, r_pre, A3_minus."""
    if name.startswith("after("):
        return f"{{{symbol(name[6:-1])}}}^{{\\prime}}"
    base, *rest = name.split("_")
    split = re.fullmatch(r"([A-Za-z])(\d+)", base)
    if split:
        base, rest = split[1], [split[2], *rest]
    subscript = ",".join(_part(part) for part in rest if part)
    return _part(base) + (f"_{{{subscript}}}" if subscript else "")


def text(words: str) -> str:
    """Words in the running text of LaTeX."""
    return "".join(_TEXT.get(c, rf"\{c}" if c in "#$%&_{}" else c) for c in words)


def quantity(value: float, unit: str) -> str:
    """A number with its unit, in mathematics."""
    return number(value) + (rf"\;{_unit(unit)}" if unit != "1" else "")


def number(value: float) -> str:
    """A number, in powers of ten where it is long."""
    written = f"{value:.12g}"
    mantissa, e, exponent = written.partition("e")
    if not e:
        return written
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \times {power}"


def mathematics(tree: ast.expr, name: Callable[[str], str] = symbol) -> str:
    """An expression."""
    return _Printer(name).of(tree)[0]


def turned(tree: ast.expr) -> ast.expr | None:
    """A product that begins with a minus, without it; None for another."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return tree.operand
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult | ast.Div):
        left = turned(tree.left)
        return None if left is None else ast.BinOp(left, tree.op, tree.right)
    return None


def _part(word: str) -> str:
    if word in _GREEK:
        return f"\\{word}"
    if word in _PARTS:
        return _PARTS[word]
    return word if len(word) == 1 or word.isdigit() else rf"\mathrm{{{word}}}"


def _unit(unit: str) -> str:
    words = []
    for sign, factor in re.findall(r"([*/]?)((?:[^*/]|\*\*)+)", unit.replace(" ", "")):
        base, _, power = factor.partition("**")
        exponent = ("-" if sign == "/" else "") + (power.strip("()") or "1")
        if base != "1":
            base = re.sub(r"^(.*)ohm$", r"\1\\Omega", base)
            words.append(rf"\mathrm{{{base}}}" + (f"^{{{exponent}}}" if exponent != "1" else ""))
    return r"\,".join(words)


class _Printer:
    """An expression with how tightly its last operation binds."""

    def __init__(self, name: Callable[[str], str]) -> None:
        self.name = name

    def of(self, tree: ast.expr) -> tuple[str, int]:
        """An expression, and how tightly it holds together."""
        if isinstance(tree, ast.Constant):
            written = number(float(tree.value))  # type: ignore[arg-type]
            return written, _PRODUCT if "times" in written else _ATOM
        if isinstance(tree, ast.Name):
            return self.name(tree.id), _ATOM
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.UAdd):
            return self.of(tree.operand)
        if (positive := turned(tree)) is not None:
            return f"-{self.within(positive, _PRODUCT)}", _SUM
        if isinstance(tree, ast.BinOp):
            return self._operation(tree)
        assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
        return self._call(tree.func.id, tree.args)

    def within(self, tree: ast.expr, least: int) -> str:
        """An operand, in parentheses where it binds less tightly."""
        written, binds = self.of(tree)
        return written if binds >= least else rf"\left({written}\right)"

    def _operation(self, tree: ast.BinOp) -> tuple[str, int]:
        left, right = tree.left, tree.right
        match tree.op:
            case ast.Add():
                if isinstance(right, ast.UnaryOp) and isinstance(right.op, ast.USub):
                    return f"{self.of(left)[0]} - {self.within(right.operand, _PRODUCT)}", _SUM
                return f"{self.of(left)[0]} + {self.within(right, _SUM)}", _SUM
            case ast.Sub():
                return f"{self.of(left)[0]} - {self.within(right, _PRODUCT)}", _SUM
            case ast.Mult():
                return self._product(left, right)
            case ast.Div():
                return self._fraction(left, right), _PRODUCT
        exponent = self.of(right)[0]
        return f"{{{self.within(left, _ATOM)}}}^{{{exponent}}}", _POWER

    def _product(self, left: ast.expr, right: ast.expr) -> tuple[str, int]:
        if isinstance(right, ast.Constant) and right.value == 1:
            return self.of(left)
        first, second = self.within(left, _PRODUCT), self.within(right, _PRODUCT)
        between = r" \cdot " if second[:1].isdigit() or second.startswith(("-", "{-")) else r"\,"
        return f"{first}{between}{second}", _PRODUCT

    def _fraction(self, above: ast.expr, below: ast.expr) -> str:
        return rf"\frac{{{self.of(above)[0]}}}{{{self.of(below)[0]}}}"

    def _call(self, function: str, arguments: list[ast.expr]) -> tuple[str, int]:
        given = [self.of(argument)[0] for argument in arguments]
        match function:
            case "exp" if len(given[0]) <= _LONGEST_EXPONENT and r"\frac" not in given[0]:
                return f"e^{{{given[0]}}}", _POWER
            case "exp":
                return rf"\exp\left({given[0]}\right)", _ATOM
            case "sqrt":
                return rf"\sqrt{{{given[0]}}}", _ATOM
            case "abs":
                return rf"\left|{given[0]}\right|", _ATOM
            case "rectify":
                return rf"\left[{given[0]}\right]_{{+}}", _ATOM
        inside = r",\,".join(given)
        return rf"{_FUNCTIONS[function]}\left({inside}\right)", _ATOM
