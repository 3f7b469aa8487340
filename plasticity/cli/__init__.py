"""The command line: a module for each command. Bad input gets one clear line and exit status 2."""

from importlib import import_module

import click

from plasticity import __version__
from plasticity.cli.process import run_command

# In the order of the help; each stands in the module of its name, which is loaded when it is asked for.
COMMANDS = (
    "quiz", "ask", "list", "show", "run", "sweep", "rerun", "gallery", "explorer", "export", "verify", "check", "new",
    "doctor",
)  # fmt: skip

TRY = """What happens to this synapse if ...? Type one of these:

  plasticity ask --rule pair_stdp --pre 10,30 --post 15,35 --explain
      two presynaptic and two postsynaptic spikes (ms): the weight after, and why
  plasticity show pair_stdp
      the rule that was asked: equations, parameters, what it explains
  plasticity quiz mutual-pair
      a question of the lecture, answered by computing it
  plasticity run stdp_window --quick
      an experiment: a figure, its data, and what it claims, measured
"""


class Commands(click.Group):
    """The commands, a module each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"plasticity.cli.{cmd_name}")
        return getattr(module, "list_all" if cmd_name == "list" else cmd_name)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plasticity")
@click.pass_context
def commands(context: click.Context) -> None:
    """Spiking neurons and synaptic plasticity: numbers you can trust, with the reason."""
    if context.invoked_subcommand is None:
        click.echo(f"{TRY}\n{context.get_help()}")


def main() -> None:
    """Run the command line; every failure is one line, with exit status 2 for what the person can mend."""
    run_command(commands)


__all__ = ["COMMANDS", "commands", "main", "run_command"]
