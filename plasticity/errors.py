"""The project's errors. Each says what came, what is allowed, and what to do.

Every class is also the built-in type that a caller would expect, so `except ValueError` works.
"""


class PlasticityError(Exception):
    """The base of all errors raised on purpose; the command line shows its text and exits with 2."""


class RuleError(PlasticityError, ValueError):
    """A plasticity rule that cannot be right: an unknown name, forbidden syntax, impossible number."""


class NeuronError(PlasticityError, ValueError):
    """A neuron record that cannot be right."""


class SpikeTrainError(PlasticityError, ValueError):
    """Spike times that are negative, NaN, unsorted or doubled, or trains that do not fit together."""


class WeightError(PlasticityError, ValueError):
    """A weight that is NaN or outside the bounds of its rule."""


class ArgumentError(PlasticityError, ValueError):
    """An argument of the wrong size, sign or kind."""


class UnknownName(PlasticityError, LookupError):
    """A name that the catalogue does not hold."""


class UnsupportedRule(PlasticityError, TypeError):
    """This reader cannot read this record; the message names the reader that can."""


class SimulationError(PlasticityError, RuntimeError):
    """A simulation that cannot run, or whose numbers blew up."""


class PluginError(PlasticityError, ImportError):
    """An entry point of another package that cannot be used."""


class OutputError(PlasticityError, OSError):
    """A folder that cannot be written, or exists already."""


class InputError(PlasticityError, ValueError):
    """A file that is malformed; the message says file, line where there is one, and reason."""


class MemoryLimitError(PlasticityError, MemoryError):
    """A computation that would not fit into memory, refused before it starts."""


class DivergenceError(PlasticityError, ArithmeticError):
    """An iteration whose numbers left the finite range; the message names the step and the likely cause."""


def unknown(kind: str, name: object, known) -> UnknownName:
    """The error for a name outside a catalogue; `kind` is the noun, `known` the allowed names."""
    return UnknownName(f"unknown {kind} {str(name)!r}; known: {', '.join(sorted(known))}")
