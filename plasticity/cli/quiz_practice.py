"""`plasticity quiz --practice` and `--export`: the lecture as a test, on the terminal or as a file."""

import sys
from pathlib import Path
from typing import Any

import click

from plasticity import files
from plasticity.errors import ArgumentError
from plasticity.quiz import frame
from plasticity.quiz.places import filled
from plasticity.quiz.practice import Item, exercises, exported, graded
from plasticity.quiz.practice.drawing import in_words
from plasticity.quiz.practice.record import LETTERS


def subject(ids: tuple[str, ...], section: str | None) -> str | None:
    """What is practised: one question or one section, or all. Raises ArgumentError for several."""
    named = [*ids, *([] if section is None else [section])]
    if len(named) > 1:
        raise ArgumentError(f"practice takes one question or section, and {len(named)} came; name one, or none for all")
    return named[0] if named else None


def practise(chosen: str | None, *, n: int, seed: int, language: str) -> None:
    """Ask, take a reply from standard input, say what is right and why; the end of the input ends it."""
    words, items = frame(language)["practice"], exercises(chosen, n=n, seed=seed, language=language)
    n_right = n_asked = 0
    for k, exercise in enumerate(items, start=1):
        item = in_words(exercise, language)
        click.echo(f"{k}/{n}  ({exercise.question})\n{item.prompt}")
        for letter, option in zip(LETTERS, item.options, strict=False):
            click.echo(f"  {letter}  {option.text}")
        is_right = _replied(item, words)
        if is_right is None:
            break
        n_asked, n_right = n_asked + 1, n_right + is_right
    click.echo(filled(words["score"], {"n_right": n_right, "n": n_asked}, {}))


def _replied(item: Item, words: dict[str, str]) -> bool | None:
    """Whether the reply was right; None at the end of the input. What is no reply is asked for once more."""
    while True:
        click.echo(f"{words['reply' if item.number else 'reply_choice']}: ", nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo()
            return None
        try:
            grade = graded(item, line.strip())
        except ArgumentError:
            click.echo(filled(words["again"], {"letters": ", ".join(LETTERS[: len(item.options)])}, {}))
            continue
        near = filled(words["near"], {"number": item.number}, {}) if grade.option is None else ""
        first = words["right" if grade.is_right else "wrong"]
        click.echo(" ".join(filter(None, [first, near, grade.reason])))
        if not grade.is_right and grade.option is not None:
            click.echo(f"{item.letter}: {item.reason}")
        click.echo()
        return grade.is_right


def export(chosen: str | None, form: str, out: Path | None, **drawn: Any) -> None:
    """Print the exercises in a form, or write them into a new file."""
    text = exported(exercises(chosen, **drawn), form, language=drawn["language"])
    if out is None:
        click.echo(text, nl=False)
    else:
        files.write_file(out, text.encode("utf-8"))
        click.echo(f"{out}: {drawn['n']} exercises")
