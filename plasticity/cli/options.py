"""Options that are never dropped without a word: given twice they are refused, and so are those that do nothing."""

from collections import Counter
from typing import Any

import click
from click.core import ParameterSource

from plasticity.errors import ArgumentError, told


class Command(click.Command):
    """A command that refuses an option with one value when it is given twice; click would take the last.

    Nor is the end of a file taken for ctrl-C, as click does.
    """

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        if context.resilient_parsing and arguments and arguments[-1].startswith("-"):
            arguments = arguments[:-1]  # a shell completes its value; with it, click would drop the names before
        _, _, order = self.make_parser(context).parse_args(args=list(arguments))
        for option, times in Counter(order).items():
            is_single = isinstance(option, click.Option) and not (option.multiple or option.is_flag or option.count)
            if times > 1 and is_single and not context.resilient_parsing:  # as while a shell completes a line
                raise ArgumentError(f"{option.opts[0]} is given {times} times; give it once")
        return super().parse_args(context, arguments)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except EOFError as error:
            raise RuntimeError(told(error)) from error


def require(is_fine: bool, name: str, reason: str) -> None:
    """Raise ArgumentError when the option `name` is on the command line, where it would do nothing."""
    if not is_fine and is_given(name):
        raise ArgumentError(f"{_written(name)} {reason}")


def _written(name: str) -> str:
    """An option as one types it."""
    options = click.get_current_context().command.params
    return next((option.opts[0] for option in options if option.name == name), f"--{name}")


def is_given(name: str) -> bool:
    """Whether the option called `name` is on the command line of the command that runs."""
    context = click.get_current_context(silent=True)
    return context is not None and context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def seed(**about: Any) -> Any:
    """The option --seed."""
    return click.option("--seed", type=click.IntRange(min=0), callback=_seed, help="Of all random numbers.", **about)


def _seed(context: click.Context, option: click.Parameter, value: int | None) -> int | None:
    from plasticity.inputs import seed as checked_seed

    return None if value is None else checked_seed(value)
