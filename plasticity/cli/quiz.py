"""`plasticity quiz`: the lecture's questions."""

from collections.abc import Sequence
from typing import Any

import click

from plasticity.cli.options import Command, is_given, seed

_TARGETS = ["auto", "numpy", "cython", "cpp_standalone"]


@click.command(cls=Command)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--section", help="Only the questions of this section, such as 'spiking'.")
@click.option("--explain", is_flag=True, help="Show the method, and every number by a second route.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects instead of text.")
@click.option("--lang", type=click.Choice(["en", "he"]), default="en", show_default=True, help="English or Hebrew.")
@seed(default=0, show_default=True)
@click.option(
    "--target",
    type=click.Choice(_TARGETS),
    default="auto",
    show_default=True,
    help="Code generation, where neurons are simulated.",
)
def quiz(ids: tuple[str, ...], section: str | None, seed: int, target: str, **shown: Any) -> None:
    """Answer the lecture's questions, each by computing it."""
    from plasticity.cli.quiz_text import show_answer, show_differences, show_summary
    from plasticity.cli.streams import print_json
    from plasticity.cli.terminal import console, progress
    from plasticity.quiz import ask, chosen

    out = console()
    questions = chosen(ids, section)
    answers, language = [], shown["lang"]
    with progress("the quiz", is_quiet=shown["as_json"]) as bars:
        following = [*(f"computing {question.id}" for question in questions), "done"]
        bars.whole(following[0], 0, len(questions))
        for answered in ask(questions, seed=seed, target=target):
            answers.append(answered)
            bars.whole(following[len(answers)], len(answers), len(questions))
            if not shown["as_json"]:
                with bars.aside():
                    show_answer(out, answered, explain=shown["explain"], language=language)
    if shown["as_json"]:
        print_json([_as_object(answered, shown["explain"], language) for answered in answers])
    else:
        show_differences(out, answers, language)
        show_summary(out, answers, language)
    _tell_what_did_nothing(answers)


def _as_object(answered: Any, explain: bool, language: Any) -> dict[str, Any]:
    return answered.as_object(language) | (answered.explained() if explain else {})


def _tell_what_did_nothing(answers: Sequence[Any]) -> None:
    """An option that changes nothing is no error, for a script may give it always; but it is told."""
    from plasticity.cli.streams import complain

    if is_given("seed") and not any(answered.draws for answered in answers):
        complain("None of these questions draws random numbers: --seed changes nothing.")
    if is_given("target") and not any(answered.simulates for answered in answers):
        complain("None of these questions simulates neurons: --target changes nothing.")
