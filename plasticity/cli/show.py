"""`plasticity show`: a record in full."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from plasticity.cli.completion import RECORDS
from plasticity.cli.looks import look_of, look_options, require_picture
from plasticity.cli.options import Command, require


@click.command(cls=Command)
@click.argument("name", shell_complete=RECORDS)
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of text, numbers in SI.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Draw a rule or neuron into a new file: .png, .svg or .pdf; a neuron fires in Brian2 for it.",
)
@look_options
@click.option("--patient", is_flag=True, help="Ask a rule also what takes up to a minute.")
def show(name: str, as_json: bool, picture: Path | None, patient: bool, **look: Any) -> None:
    """Show a rule, neuron, protocol, table or experiment: equations, parameters with units, source, conventions.

    Of a rule also its window and mean drift in closed form, and what it explains, computed now. NAME:SET has the
    parameters of one of its published sets. 'conventions' is the page of these: what each simulator does.
    """
    require_picture(picture is not None, "is of the picture that --picture FILE leaves; give it too")
    if name == "conventions":
        from plasticity.cli.conventions_text import show_conventions

        require(not patient, "patient", "is of a rule; leave it out")
        require(picture is None, "picture", "is of a rule or a neuron; leave it out")
        show_conventions(as_json=as_json)
        return
    from plasticity.cli.show_text import found_by, show_card, told
    from plasticity.cli.streams import print_json
    from plasticity.cli.terminal import console
    from plasticity.rules import Rule

    record = found_by(name)
    require(not patient or isinstance(record, Rule), "patient", "is of a rule; leave it out")
    found = told(record, is_patient=patient)
    if picture is not None:
        _draw(record, picture, look)
    if as_json:
        print_json(found.data)
    else:
        show_card(console(), found)


def _draw(record: Any, picture: Path, given: Mapping[str, Any]) -> None:
    """The picture of a rule or a neuron, into a new file."""
    from plasticity.errors import ArgumentError
    from plasticity.files import write_file
    from plasticity.neurons import Neuron
    from plasticity.plots.figure import check_format
    from plasticity.rules import Rule

    if not isinstance(record, Rule | Neuron):
        raise ArgumentError("--picture is of a rule or a neuron; of an experiment, 'plasticity run' draws one")
    format = picture.suffix.removeprefix(".")
    check_format(format)
    from plasticity.plots.portraits import portrait_picture

    write_file(picture, portrait_picture(record, format, look_of(given)))
