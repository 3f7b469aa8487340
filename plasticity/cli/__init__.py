"""The command line: `plasticity quiz`, `plasticity doctor`. Bad input gets one clear line and exit status 2."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence

import click

from plasticity import __version__
from plasticity.errors import PlasticityError


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plasticity")
@click.pass_context
def commands(context: click.Context) -> None:
    """Spiking neurons and synaptic plasticity: numbers you can trust, with the reason."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@commands.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--section", help="Only the questions of this section, such as 'spiking'.")
@click.option("--explain", is_flag=True, help="Show the method, and every number by a second route.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects instead of text.")
@click.option("--lang", type=click.Choice(["en", "he"]), default="en", show_default=True, help="English or Hebrew.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of all random numbers.")
@click.option(
    "--target", default="auto", show_default=True, help="Code generation: auto, numpy, cython, cpp_standalone."
)
def quiz(ids: tuple[str, ...], section: str | None, seed: int, target: str, **shown) -> None:
    """Answer the lecture's questions, each by computing it."""
    from rich.console import Console

    from plasticity.console import show_answer, show_differences, show_summary
    from plasticity.quiz import ask, chosen

    console = Console(highlight=False)
    questions = chosen(ids, section)
    answers, language = [], shown["lang"]
    with _progress(console, [question.id for question in questions]) as done:
        for answered in ask(questions, seed=seed, target=target):
            done()
            answers.append(answered)
            if not shown["as_json"]:
                show_answer(console, answered, explain=shown["explain"], language=language)
    if shown["as_json"]:
        objects = [answered.as_object(language) for answered in answers]
        click.echo(json.dumps(objects, indent=2, ensure_ascii=False, allow_nan=False))
        return
    show_differences(console, answers, language)
    show_summary(console, answers, language)


@commands.command()
def doctor() -> None:
    """Print versions, code generation and compiler, and what is wrong with the installation."""
    from rich.console import Console

    from plasticity.console import show_diagnosis
    from plasticity.spiking.doctor import diagnosis

    found = diagnosis()
    show_diagnosis(Console(highlight=False), found)
    if found.problems:
        sys.exit(1)


@contextlib.contextmanager
def _progress(console, names: Sequence[str]) -> Iterator[Callable[[], None]]:
    """A function to call when the next of `names` is done; a progress bar on a terminal, else nothing."""
    from rich.console import Console

    errors = Console(stderr=True)
    # On one terminal, bar and text must go through one console, or they overwrite each other.
    shown = console if console.is_terminal else errors
    if not shown.is_terminal:
        yield lambda: None
        return
    from rich.progress import Progress

    with Progress(console=shown, transient=True) as progress:
        following = iter([*(f"computing {name}" for name in names), ""])
        task = progress.add_task(next(following), total=len(names))
        yield lambda: progress.update(task, advance=1, description=next(following))


def main() -> None:
    """Run the command line; every error that is not a fault of ours is one line, with exit status 2."""
    try:
        status = commands.main(prog_name="plasticity", standalone_mode=False)
    except (click.ClickException, PlasticityError) as error:
        click.echo(f"Error: {' '.join(_said(error).split())}", err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        status = 130
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


if __name__ == "__main__":
    main()
