"""What a notebook and a prompt show of a record.

The door from every layer to the views of `plasticity.notebook`, which stand above all others: they are loaded when a
notebook asks for one.
"""

from importlib import import_module

from plasticity.errors import PlasticityError, printable

MOST = 80  # characters of a record at a prompt: a line of a terminal
_VIEWS = "plasticity.notebook"


class Displayed:
    """A record that a notebook shows as `plasticity show` or the command of its kind would, with its picture."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        """Its HTML; None where there is nothing to show but the line of `repr`."""
        try:
            return import_module(_VIEWS).html(self)
        except PlasticityError:  # a notebook shows its line then, as of any other object
            return None


def brief(kind: str, name: object, text: object = "") -> str:
    """A record in one line: '<rule pair_stdp: pre before post strengthens, ...>', of at most MOST characters."""
    told = printable(f"{kind} {name}: {text}" if text else f"{kind} {name}")
    return f"<{told}>" if len(told) <= MOST - 2 else f"<{told[: MOST - 5].rstrip()}...>"
