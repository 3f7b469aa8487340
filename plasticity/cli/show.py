"""`plasticity show`: a record in full."""

import click

from plasticity.cli.options import Command


@click.command(cls=Command)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of text, numbers in SI.")
@click.option("--patient", is_flag=True, help="Ask a rule also what takes up to a minute.")
def show(name: str, as_json: bool, patient: bool) -> None:
    """Show a rule, neuron, protocol, table or experiment: equations, parameters with units, source, conventions.

    Of a rule also its window and mean drift in closed form, and what it explains, computed now. NAME:SET has the
    parameters of one of its published sets. 'conventions' is the page of these: what each simulator does.
    """
    if name == "conventions":
        from plasticity.cli.conventions_text import show_conventions

        show_conventions(as_json=as_json)
        return
    from plasticity.cli.show_text import found_by, show_card, told
    from plasticity.cli.streams import print_json
    from plasticity.cli.terminal import console

    found = told(found_by(name), is_patient=patient)
    if as_json:
        print_json(found.data)
    else:
        show_card(console(), found)
