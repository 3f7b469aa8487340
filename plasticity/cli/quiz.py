"""`plasticity quiz`: the lecture's questions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plasticity.cli.completion import LANGUAGES, QUESTION_IDS, RULE_NAMES, SECTIONS
from plasticity.cli.looks import look_options, require_picture
from plasticity.cli.options import Command, is_given, require, seed
from plasticity.errors import ArgumentError

_TARGETS = ["auto", "numpy", "cython", "cpp_standalone"]


def _language(context: click.Context, option: click.Parameter, value: str) -> str:
    from plasticity.quiz import frame

    frame(value)
    return value


@click.command(cls=Command)
@click.argument("ids", nargs=-1, metavar="[ID|FILE]...", shell_complete=QUESTION_IDS)
@click.option("--section", shell_complete=SECTIONS, help="Only the questions of this section, such as 'spiking'.")
@click.option(
    "--set", "assignments", multiple=True, metavar="KEY=VALUE", help="A number of the scenario, such as lag=3ms."
)
@click.option("--rule", shell_complete=RULE_NAMES, help="The rule of the synapses, where the question has one.")
@click.option("--explain", is_flag=True, help="What there is to learn beyond the answer, the readings, the method.")
@click.option("-v", "verbosity", count=True, help="As --explain; -vv lists every number by a second route.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects instead of text.")
@click.option(
    "--lang",
    "--language",
    "lang",
    default="en",
    show_default=True,
    callback=_language,
    shell_complete=LANGUAGES,
    help="en (English) or he (Hebrew).",
)
@click.option("--picture", type=click.Path(path_type=Path), help="A new file for a picture of one question's answer.")
@look_options
@click.option("--template", is_flag=True, help="Print an example of a question of one's own, a file of TOML.")
@click.option("--practice", is_flag=True, help="Be asked instead: exercises of one question, one section, or all.")
@click.option(
    "--export", type=click.Choice(["moodle", "html"]), help="The same exercises as a file, of numbers drawn anew."
)
@click.option("--count", "n", type=click.IntRange(1, 500), default=10, show_default=True, help="Of exercises.")
@click.option("--out", type=click.Path(path_type=Path), help="A new file for --export, which prints without it.")
@seed(default=0, show_default=True)
@click.option(
    "--target",
    type=click.Choice(_TARGETS),
    default="auto",
    show_default=True,
    help="Code generation, where neurons are simulated.",
)
def quiz(ids: tuple[str, ...], section: str | None, seed: int, target: str, **given: Any) -> None:
    """Answer the lecture's questions, each by computing it."""
    if given["template"]:
        from plasticity.quiz import TEMPLATE

        if ids or any(map(is_given, ["section", "seed", "target", *(name for name in given if name != "template")])):
            raise ArgumentError("--template prints an example of a question, and asks none; give it alone")
        click.echo(TEMPLATE, nl=False)
        return
    if given["practice"] or given["export"]:
        _practise(ids, section, seed, given)
        return
    for name in ("n", "out"):
        require(False, name, "is of exercises; give --practice or --export too")
    from plasticity.cli.quiz_text import Shown
    from plasticity.cli.streams import print_json
    from plasticity.cli.terminal import console, progress
    from plasticity.quiz import ask, chosen
    from plasticity.surroundings import cores

    require_picture(given["picture"] is not None, "is of the picture that --picture FILE leaves; give it too")
    out, verbosity = console(), given["verbosity"]
    questions = chosen(ids, section)
    assignments = [*given["assignments"], *([f"rule={given['rule']}"] if given["rule"] else [])]
    shown = Shown(out, given["lang"], explain=given["explain"] or verbosity > 0, audit=verbosity > 1)
    if given["picture"]:
        from plasticity.cli.quiz_picture import check_picture

        check_picture(given, questions)
    answers = []
    with progress("the quiz", is_quiet=given["as_json"]) as bars:
        following = [*(f"computing {asked.name}" for asked in questions), "done"]
        bars.whole(following[0], 0, len(questions))
        for answered in ask(questions, seed=seed, target=target, assignments=assignments, n_processes=cores()):
            answers.append(answered)
            bars.whole(following[len(answers)], len(answers), len(questions))
            if not given["as_json"]:
                with bars.aside():
                    shown.answer(answered)
    if given["as_json"]:
        print_json([answered.as_object(given["lang"]) for answered in answers])
    else:
        shown.differences(answers)
        shown.summary(answers)
    _tell_what_did_nothing(answers)
    if given["picture"]:
        from plasticity.cli.quiz_picture import write_picture

        write_picture(out, answers[0], assignments, given)


def _practise(ids: tuple[str, ...], section: str | None, seed: int, given: dict[str, Any]) -> None:
    """The lecture as a test."""
    from plasticity.cli.quiz_practice import export, practise, subject

    if given["practice"] and given["export"]:
        raise ArgumentError("--practice asks here, --export makes a file of the same exercises; leave --practice out")
    require_picture(False, "is of --picture, and exercises have none; leave it out")
    for name in ("assignments", "rule", "explain", "verbosity", "as_json", "picture", "target"):
        require(False, name, "does nothing for exercises, whose numbers are drawn by --seed")
    require(bool(given["export"]), "out", "is of --export; give it too")
    chosen = subject(ids, section)
    if given["export"]:
        export(chosen, given["export"], given["out"], n=given["n"], seed=seed, language=given["lang"])
    else:
        practise(chosen, n=given["n"], seed=seed, language=given["lang"])


def _tell_what_did_nothing(answers: Sequence[Any]) -> None:
    """An option that changes nothing is no error, for a script may give it always; but it is told."""
    from plasticity.cli.streams import complain

    if is_given("seed") and not any(answered.solution.draws for answered in answers):
        complain("None of these questions draws random numbers: --seed changes nothing.")
    if is_given("target") and not any(answered.solution.simulates for answered in answers):
        complain("None of these questions simulates neurons: --target changes nothing.")
