"""`plasticity export`: a rule or a neuron as text for another program."""

import shlex
from pathlib import Path
from typing import Any

import click

from plasticity.cli.completion import NEURONS_AND_RULES, completer
from plasticity.cli.options import Command, require
from plasticity.cli.rule_options import adaptation_of, rule_options

_TARGETS = ("brian2", "nestml", "latex", "javascript")
_MARK = b"Written by plasticity"  # what a file holds that --overwrite may replace


@click.command(cls=Command)
@click.argument("name", shell_complete=NEURONS_AND_RULES)
@click.option(
    "--to",
    "target",
    required=True,
    metavar="TARGET",
    shell_complete=completer(lambda _: _TARGETS),
    help=f"One of {', '.join(_TARGETS)}.",
)
@rule_options
@click.option("--out", type=click.Path(path_type=Path), help="A new file; without it the text is printed.")
@click.option("--overwrite", is_flag=True, help="Replace the file that --out names.")
def export(name: str, target: str, out: Path | None, overwrite: bool, **given: Any) -> None:
    """Write a rule or a neuron for another program, with its source, conventions and the proof that it is the same.

    A Brian2 script is run while it is written, to measure how far it is off: that takes some seconds. What the other
    program cannot express is refused with the reason.
    """
    from plasticity.export import exported

    require(out is not None, "overwrite", "is of the file that --out names; give --out FILE too")
    if out is not None:
        _check_free(out, overwrite)
    record = _record(name, given)
    text = exported(record, target, command=_command(name, target, given))  # type: ignore[arg-type]
    if out is None:
        click.echo(text, nl=False)
        return
    from plasticity.files import write_file

    write_file(out, text.encode(), replacing=_MARK if overwrite else b"")


def _check_free(out: Path, overwrite: bool) -> None:
    """Raise OutputError at once, not after a run, for a file that exists and must stay."""
    from plasticity.errors import OutputError
    from plasticity.files import named

    if out.exists() and not overwrite:
        raise OutputError(f"{named(out)} exists; give another name, or --overwrite")


def _record(name: str, given: dict[str, Any]) -> Any:
    """The rule or neuron called so, changed as the options say."""
    from plasticity.catalogue import SET
    from plasticity.errors import unknown
    from plasticity.neurons import NEURONS
    from plasticity.rules import RULES

    bare = name.partition(SET)[0]
    if bare in RULES:
        return adaptation_of(given).of(RULES[name])
    if bare in NEURONS:
        return _neuron(NEURONS[name], given)
    raise unknown("rule or neuron", name, [*RULES.available()[0], *NEURONS.available()[0]])


def _neuron(neuron: Any, given: dict[str, Any]) -> Any:
    from plasticity.parameters import with_parameters
    from plasticity.quantities import parsed
    from plasticity.rules.adapted import read_settings

    for option in ("variants", "w_max", "conventions"):
        require(False, option, "is of a rule; leave it out")
    units = {parameter.name: parameter.unit for parameter in neuron.parameters}
    settings = read_settings(given["assignments"])
    return with_parameters(neuron, **{key: parsed(text, units.get(key, "1"), key) for key, text in settings.items()})


def _command(name: str, target: str, given: dict[str, Any]) -> str:
    """The line that repeats it."""
    words = ["plasticity", "export", name, "--to", target]
    words += [word for item in given["assignments"] for word in ("--set", item)]
    words += [word for item in given["variants"] for word in ("--variant", item)]
    for option, name in (("--w-max", "w_max"), ("--conventions", "conventions")):
        words += [option, given[name]] if given[name] is not None else []
    return shlex.join(words)
