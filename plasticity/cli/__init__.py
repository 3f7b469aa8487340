"""The command line: a module for each command. Bad input gets one clear line and exit status 2."""

import click

from plasticity import __version__
from plasticity.cli import ask, doctor, gallery, list, quiz, rerun, run, show
from plasticity.cli.process import run_command


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plasticity")
@click.pass_context
def commands(context: click.Context) -> None:
    """Spiking neurons and synaptic plasticity: numbers you can trust, with the reason."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    quiz.quiz,
    ask.ask,
    list.list_all,
    show.show,
    run.run,
    rerun.rerun,
    gallery.gallery,
    doctor.doctor,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; every failure is one line, with exit status 2 for what the person can mend."""
    run_command(commands)


__all__ = ["commands", "main", "run_command"]
