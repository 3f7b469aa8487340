"""The project's errors. Each says what came, what is allowed, and what to do.

Every class is also the built-in type that a caller would expect, so `except ValueError` works. What came is shown by
`said`: on one line, short, and without characters that a terminal would obey.
"""

import sys
from collections.abc import Iterable, Sequence

MOST_SAID = 80  # characters of one value in a message; our choice: a line of a terminal
MOST_IN_A_MESSAGE = 2000  # characters; the longest list of known names has half of it
MOST_LISTED = 1000  # characters of a list of names that is shown whole; the questions of the lecture take 967
MOST_OF_MORE = 300  # characters of a list that is longer


class PlasticityError(Exception):
    """The base of all errors raised on purpose; the command line shows its text and exits with 2."""

    def __str__(self) -> str:
        """The message, however it was made, safe to print: nothing in it moves a cursor or changes a title."""
        text = printable(Exception.__str__(self))  # that of KeyError would add quotes
        return text if len(text) <= MOST_IN_A_MESSAGE else f"{text[: MOST_IN_A_MESSAGE - 3]}..."


class PlasticityWarning(UserWarning):
    """The base of all warnings: the number is what was asked for, but the question is likely not the one meant."""


class DurationWarning(PlasticityWarning):
    """A computation that takes long; the message says about how long."""


class UnitWarning(PlasticityWarning):
    """Times that look as if they were in another unit than seconds."""


class LeftoverWarning(PlasticityWarning):
    """A process that died has left something half-written; the message says what was found, and done."""


class PluginWarning(PlasticityWarning):
    """Something that another package adds is left out, for it cannot be used."""


class RuleError(PlasticityError, ValueError):
    """A plasticity rule that cannot be right: an unknown name, forbidden syntax, impossible number."""


class ParameterError(PlasticityError, ValueError):
    """A parameter whose name or value cannot be, or whose value is out of its range."""


class NeuronError(PlasticityError, ValueError):
    """A neuron record that cannot be right."""


class SpikeTrainError(PlasticityError, ValueError):
    """Spike times that are negative, NaN, unsorted or doubled, or trains that do not fit together."""


class WeightError(PlasticityError, ValueError):
    """A weight that is NaN or outside the bounds of its rule."""


class ArgumentError(PlasticityError, ValueError):
    """An argument of the wrong size, sign or kind."""


class UnknownName(PlasticityError, KeyError):
    """A name that the catalogue does not hold."""


class UnsupportedRule(PlasticityError, TypeError):
    """This engine cannot read this record; the message names one that can."""


class SimulationError(PlasticityError, RuntimeError):
    """A simulation that cannot run, or whose numbers blew up."""


class PluginError(PlasticityError, ImportError):
    """An entry point of another package that cannot be used."""


class MissingPackage(PlasticityError, ImportError):
    """Something that an optional package does was asked for, and the package is not installed."""


class OutputError(PlasticityError, OSError):
    """A folder that cannot be written, or exists already."""


class InputError(PlasticityError, ValueError):
    """A file that is malformed; the message says file, line where there is one, and reason."""


class MemoryLimitError(PlasticityError, MemoryError):
    """A computation that would not fit into memory, refused before it starts."""


class TimeLimitError(PlasticityError, ValueError):
    """A computation that would take longer than a day, refused before it starts."""


class DivergenceError(PlasticityError, ArithmeticError):
    """An iteration whose numbers left the finite range; the message names the step and the likely cause."""


def outside() -> int:
    """The level of the stack, for `warnings.warn`, of the line outside this package that led to the one that asks."""
    frame, level = sys._getframe(1), 1
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == __name__.partition(".")[0]:
        frame, level = frame.f_back, level + 1
    return level


def said(value: object, most: int = MOST_SAID) -> str:
    """`value` as a message shows it: its repr on one line, printable, cut to `most` characters."""
    if isinstance(value, str | bytes):
        value = value[: most + 1]  # the repr of a megabyte takes time
    try:
        text = " ".join(repr(value).split())  # the repr of an array has several lines
    except KeyboardInterrupt:
        raise
    except BaseException:  # other people's objects, which may exit too, or a number of more digits than Python prints
        text = f"a {type(value).__name__} that cannot be printed"
    text = printable(text)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def told(error: BaseException) -> str:
    """An error of other people's code: its type and text, on one line, printable and cut."""
    try:
        text = printable(" ".join(str(error).split()))
    except KeyboardInterrupt:
        raise
    except BaseException:
        text = ""  # an error that cannot even be printed
    text = text if len(text) <= MOST_OF_MORE else f"{text[: MOST_OF_MORE - 3]}..."
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def printable(text: str) -> str:
    """`text` with every control character, and every mark that turns the direction of writing, as its escape.

    Line breaks stay, and so do the two marks that Hebrew prose is printed with.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _KEPT else c.encode("unicode_escape").decode("ascii") for c in text)


_KEPT = "\n\u200e\u200f\u00a0"  # line break, the two direction marks, a blank that does not break


def unknown(kind: str, name: object, known: Iterable[str], *, chosen: Iterable[str] = ()) -> UnknownName:
    """The error for a name outside a catalogue; `kind` is the noun, `known` the allowed names.

    chosen : names that are allowed too, and are too many to list; one that is like `name` is said
    """
    names = [str(item) for item in known]
    near = nearest(str(name), [*names, *chosen])
    meant = f"; did you mean {' or '.join(map(_short, near))}?" if near else ""
    return UnknownName(f"unknown {kind} {said(str(name))}; known: {listed(names, near)}{meant}")


def listed(names: Iterable[str], first: Sequence[str] = ()) -> str:
    """Names for a message: sorted; of very many some, those in `first` before the others, and how many more."""
    every = sorted(map(str, names))
    whole = ", ".join(map(_short, every)) if len(every) <= MOST_LISTED else ""
    if len(every) <= MOST_LISTED >= len(whole):
        return whole or "none"
    shown, room = list[str](), MOST_OF_MORE
    for name in dict.fromkeys([*first, *every]):
        room -= len(_short(name)) + 2
        if room < 0:
            break
        shown.append(_short(name))
    return f"{', '.join(shown)}, ... and {len(every) - len(shown)} more"


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names that look like `name`, at most three, the nearest first; else those that hold most of its words.

    A word is one of four characters or more; of such names there are at most six.
    """
    from difflib import get_close_matches

    name, names = name[:MOST_SAID], list(dict.fromkeys(known))
    if alike := get_close_matches(name, names, n=3, cutoff=0.7):
        return alike
    words = [word for word in name.lower().replace("_", " ").split() if len(word) > 3]
    held = {other: sum(word in other.lower() for word in words) for other in names}
    most = max(held.values(), default=0)
    return [other for other, number in held.items() if number == most > 0][:6]


def _short(name: str) -> str:
    """A known name as a list shows it: printable, and cut as what came is."""
    text = printable(" ".join(name[:MOST_SAID].split()))
    return text if len(name) <= MOST_SAID else f"{text[: MOST_SAID - 3]}..."
