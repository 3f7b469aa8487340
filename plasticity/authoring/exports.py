"""A record as text for every other program that can express it, and why the others cannot."""

from plasticity.authoring.report import Lines, file_name
from plasticity.errors import PlasticityError
from plasticity.export import TARGETS, exported
from plasticity.neurons import Neuron
from plasticity.rules import Rule

_ENDINGS = {"brian2": "_brian2.py", "nestml": ".nestml", "latex": ".tex", "javascript": ".js"}


def exports(record: Rule | Neuron) -> tuple[dict[str, bytes], Lines]:
    """The files, and a line for each target; a Brian2 script is run while it is written, for some seconds."""
    found, lines = dict[str, bytes](), list[str]()
    for target in TARGETS:
        name = file_name(record.name, _ENDINGS.get(target, f".{target}"))
        try:
            found[name] = exported(record, target).encode("utf-8")
            lines.append(f"{target}: {name}")
        except PlasticityError as error:
            lines.append(f"{target}: not written: {error}")
    return found, tuple(lines)
