"""The command line: a file for each family of commands. Bad input gets one clear line and exit status 2."""

import os
import sys

import click

from plasticity import __version__
from plasticity.cli import asking, doctor, experiments, quiz
from plasticity.cli.signals import ended_as_by_ctrl_c, status_of
from plasticity.errors import PlasticityError


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plasticity")
@click.pass_context
def commands(context: click.Context) -> None:
    """Spiking neurons and synaptic plasticity: numbers you can trust, with the reason."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    quiz.quiz,
    asking.ask,
    experiments.list_all,
    experiments.show,
    experiments.run,
    experiments.rerun,
    experiments.gallery,
    doctor.doctor,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; every error that is not a fault of ours is one line, with exit status 2."""
    run_command(commands)


def run_command(command: click.Command, arguments: list[str] | None = None, name: str = "plasticity") -> None:
    """Run one command as a process does, and exit."""
    try:
        with ended_as_by_ctrl_c():
            status = command.main(arguments, prog_name=name, standalone_mode=False)
    except (click.ClickException, PlasticityError) as error:
        click.echo(f"Error: {' '.join(_said(error).split())}", err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo("Stopped.", err=True)
        status = status_of(stop)
    except MemoryError:
        click.echo("Error: the memory is used up; set fewer points, a shorter time or a coarser step", err=True)
        status = 2
    except OSError as error:  # a full disk; of a reader that leaves our pipe, as `head` does, click says nothing
        click.echo(f"Error: {error}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still unwritten would fail again at exit
        status = 1
    sys.exit(status)


def _said(error: click.ClickException | PlasticityError) -> str:
    """What came, and what is allowed: click leaves the second out for commands, options and arguments."""
    if not isinstance(error, click.ClickException):
        return str(error)
    said, context = error.format_message(), getattr(error, "ctx", None)
    if context is None or isinstance(error, click.BadParameter):
        return said
    names = list(context.command.commands) if isinstance(context.command, click.Group) else []
    options = [option for parameter in context.command.get_params(context) for option in parameter.opts]
    allowed = [*names, *(option for option in options if option.startswith("-"))]
    return f"{said.rstrip('.')}; allowed: {', '.join(allowed)}"
