"""`plasticity quiz`: the lecture's questions."""

import json

import click


@click.command()
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
    from plasticity.cli.answers import show_answer, show_differences, show_summary
    from plasticity.cli.terminal import console, progress
    from plasticity.quiz import ask, chosen

    out = console()
    questions = chosen(ids, section)
    answers, language = [], shown["lang"]
    with progress(out, "the quiz") as bars:
        following = [*(f"computing {question.id}" for question in questions), "done"]
        bars.whole(following[0], 0, len(questions))
        for answered in ask(questions, seed=seed, target=target):
            answers.append(answered)
            bars.whole(following[len(answers)], len(answers), len(questions))
            if not shown["as_json"]:
                show_answer(out, answered, explain=shown["explain"], language=language)
    if shown["as_json"]:
        objects = [answered.as_object(language) for answered in answers]
        click.echo(json.dumps(objects, indent=2, ensure_ascii=False, allow_nan=False))
        return
    show_differences(out, answers, language)
    show_summary(out, answers, language)
