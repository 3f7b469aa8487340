"""`plasticity ask`: questions about spike trains of one's own."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from plasticity.cli.completion import FORMATS, RULES_OR_ALL
from plasticity.cli.looks import look_of, look_options, require_picture
from plasticity.cli.options import Command, require
from plasticity.cli.rule_options import rule_options
from plasticity.errors import ArgumentError, printable, said


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--rule",
    "rule_names",
    multiple=True,
    metavar="NAME",
    shell_complete=RULES_OR_ALL,
    help="A rule of 'plasticity list', or 'all'; or several.",
)
@click.option("--pre", metavar="MS", help="Presynaptic spikes, such as 10,30; with --trains, the name of a train.")
@click.option("--post", metavar="MS", help="Postsynaptic spikes, the same way.")
@click.option(
    "--event",
    "named_events",
    multiple=True,
    metavar="NAME=MS",
    help="Other events that the rule hears, such as reward=120,340.",
)
@click.option("--trains", type=click.Path(path_type=Path), help="Spikes: CSV, NEST, npz, mat, NWB, a Phy folder.")
@click.option("--unit", metavar="UNIT", help="Of the times in --trains: s, ms, us, samples; where it does not say.")
@click.option("--columns", metavar="ID,TIME", help="Its columns, by name or by number from 1 on.")
@click.option("--sampling-rate", metavar="RATE", help="Of its times in samples, such as 30000Hz.")
@click.option("--lines", is_flag=True, default=None, help="Every line of it is one train.")
@click.option(
    "--w0",
    metavar="W",
    help="The weight before; by default 0.5, or 1 for a rule whose weights are in units of the start.",
)
@click.option("--unbounded", "is_unbounded", is_flag=True, help="The artificial comparison: no bounds.")
@rule_options
@click.option("--repeat", "n_repeats", type=click.IntRange(min=1), help="How often the spikes come.")
@click.option("--every", metavar="TIME", help="From one repetition to the next, such as 1s; 50 is 50 ms.")
@click.option("--without", multiple=True, metavar="SPIKE", help="What if this spike were not, such as pre:2.")
@click.option("--move", multiple=True, metavar="SPIKE:SHIFT", help="What if it came later, such as post:1:+3ms.")
@click.option("--explain", is_flag=True, help="Show the ledger: every pair of spikes, and what it did.")
@click.option("--json", "as_json", is_flag=True, help="Print objects instead of text, the ledger always in them.")
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for a picture and the ledger.")
@click.option("--format", default="png", show_default=True, shell_complete=FORMATS, help="Picture: png, svg, pdf.")
@look_options
@click.option("--overwrite", is_flag=True, help="Replace the folder of an earlier answer.")
def ask(**given: Any) -> None:
    """What happens to this synapse? FILE is a TOML file with trains, rule and questions.

    Options take the place of what FILE says. Times without a unit are milliseconds.
    """
    from plasticity.ask import answer
    from plasticity.cli.asked import asked

    for name in ("format", "overwrite"):
        require(given["out"] is not None, name, "is of the folder that --out leaves; give --out DIR too")
    require_picture(given["out"] is not None, "is of the picture that --out leaves; give --out DIR too")
    found = asked(given)
    questions = found.questions
    if given["out"] is not None and len(questions) > 1:
        raise ArgumentError(f"--out draws one rule, and {len(questions)} were asked; name one with --rule")
    with_ledger = given["explain"] or given["as_json"] or given["out"] is not None
    altered = [(name, [_altered(question, **change) for question in questions]) for name, change in found.what_if]
    for name, changed in altered:
        if changed == questions:
            raise ArgumentError(f"{said(name)} moves no spike and leaves none out: there is nothing to compare")
    with _progress(is_quiet=given["as_json"]):
        answers = [answer(question, with_ledger=with_ledger) for question in questions]
        others = [(name, [answer(one, with_ledger=with_ledger) for one in changed]) for name, changed in altered]
        if given["out"] is not None:
            _write(answers[0], [(name, other) for name, (other,) in others], given)
    if given["as_json"]:
        _print_json(answers, others)
    else:
        _show(answers, others, given, found.told)


def _progress(*, is_quiet: bool) -> AbstractContextManager[Any]:
    if is_quiet:
        return nullcontext()  # what draws on terminals is slow to load
    from plasticity.cli.terminal import progress

    return progress("answering")


def _show(answers: list[Any], others: list[tuple[str, list[Any]]], given: dict[str, Any], told: str) -> None:
    from plasticity.cli.ask_text import show_answers, show_what_if
    from plasticity.cli.terminal import console

    out = console()
    show_answers(out, answers, explain=given["explain"], told=told)
    show_what_if(out, answers, others, explain=given["explain"])
    if given["out"] is not None:
        out.print(printable(f"{given['out']}: picture, caption and ledger"), soft_wrap=True)


def _altered(question: Any, **change: Any) -> Any:
    from plasticity.ask import altered

    return altered(question, **change)


def _print_json(answers: list[Any], others: list[tuple[str, list[Any]]]) -> None:
    from plasticity.cli.streams import print_json

    objects = []
    for k, found in enumerate(answers):
        what_if = [{"name": name, **other[k].as_object()} for name, other in others]
        objects.append(found.as_object() | ({"what_if": what_if} if what_if else {}))
    print_json(objects if len(objects) > 1 else objects[0])


def _write(found: Any, what_if: list[tuple[str, Any]], given: dict[str, Any]) -> None:
    from plasticity.ask.folder import write_answer

    write_answer(
        given["out"], found, what_if, format=given["format"], look=look_of(given), overwrite=given["overwrite"]
    )
