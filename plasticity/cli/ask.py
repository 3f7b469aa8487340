"""`plasticity ask`: questions about spike trains of one's own."""

from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from plasticity.cli.options import Command, require
from plasticity.errors import ArgumentError, printable, said


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--rule",
    "rule_names",
    multiple=True,
    metavar="NAME",
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
@click.option("--conventions", metavar="WORDS", help="A preset, single ones: 'nest, imagined=pre at 0'; see 'show'.")
@click.option("--repeat", "n_repeats", type=click.IntRange(min=1), help="How often the spikes come.")
@click.option("--every", metavar="TIME", help="From one repetition to the next, such as 1s; 50 is 50 ms.")
@click.option("--without", multiple=True, metavar="SPIKE", help="What if this spike were not, such as pre:2.")
@click.option("--move", multiple=True, metavar="SPIKE:SHIFT", help="What if it came later, such as post:1:+3ms.")
@click.option("--explain", is_flag=True, help="Show the ledger: every pair of spikes, and what it did.")
@click.option("--json", "as_json", is_flag=True, help="Print objects instead of text, the ledger always in them.")
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for a picture and the ledger.")
@click.option("--format", default="png", show_default=True, help="Of the picture: png, svg, pdf.")
@click.option("--overwrite", is_flag=True, help="Replace the folder of an earlier answer.")
def ask(**given: Any) -> None:
    """What happens to this synapse? FILE is a TOML file with trains, rule and questions.

    Options take the place of what FILE says. Times without a unit are milliseconds.
    """
    from plasticity.ask import answer

    for name in ("format", "overwrite"):
        require(given["out"] is not None, name, "is of the folder that --out leaves; give --out DIR too")
    questions, what_if = _questions(given)
    if given["out"] is not None and len(questions) > 1:
        raise ArgumentError(f"--out draws one rule, and {len(questions)} were asked; name one with --rule")
    with_ledger = given["explain"] or given["as_json"] or given["out"] is not None
    altered = [(name, [_altered(question, **change) for question in questions]) for name, change in what_if]
    for name, asked in altered:
        if asked == questions:
            raise ArgumentError(f"{said(name)} moves no spike and leaves none out: there is nothing to compare")
    with _progress(is_quiet=given["as_json"]):
        answers = [answer(question, with_ledger=with_ledger) for question in questions]
        others = [(name, [answer(question, with_ledger=with_ledger) for question in asked]) for name, asked in altered]
        if given["out"] is not None:
            _write(given["out"], answers[0], given["format"], overwrite=given["overwrite"])
    if given["as_json"]:
        _print_json(answers, others)
    else:
        _show(answers, others, given)


def _progress(*, is_quiet: bool) -> AbstractContextManager[Any]:
    if is_quiet:
        return nullcontext()  # what draws on terminals is slow to load
    from plasticity.cli.terminal import progress

    return progress("answering")


def _show(answers: list[Any], others: list[tuple[str, list[Any]]], given: dict[str, Any]) -> None:
    from plasticity.cli.ask_text import show_answers, show_what_if
    from plasticity.cli.terminal import console

    out = console()
    show_answers(out, answers, explain=given["explain"])
    if given["conventions"] is not None:
        out.print(printable(f"under the conventions {given['conventions']}"), soft_wrap=True)
    show_what_if(out, answers, others, explain=given["explain"])
    if given["out"] is not None:
        out.print(printable(f"{given['out']}: picture and ledger"), soft_wrap=True)


def _questions(given: dict[str, Any]) -> tuple[list[Any], list[tuple[str, dict[str, Any]]]]:
    """The question under each rule asked for, and the names and changes of what would have been."""
    from plasticity.ask import Question
    from plasticity.ask.file_question import FileQuestion
    from plasticity.quantities import parsed

    is_overridden = given["trains"] is not None or None not in (given["pre"], given["post"])
    if given["file"]:
        from plasticity.ask.question_files import read_question

        file = read_question(given["file"], with_trains=not is_overridden)
    else:
        file = FileQuestion()
    pre, post = _trains(given, file)
    events = _events(given["named_events"]) if given["named_events"] else file.events
    w0 = parsed(given["w0"], "1", "w0") if given["w0"] is not None else file.w0
    n_repeats = _first(given["n_repeats"], file.n_repeats, 1)
    if given["n_repeats"] is None and file.n_repeats is None:
        require(False, "every", "is from one repetition to the next; give --repeat N too")
        if file.every is not None:
            raise ArgumentError("every is from one repetition to the next; give repeat in the file too, or --repeat")
    every = parsed(given["every"], "ms", "--every") if given["every"] is not None else _first(file.every, 1.0)
    questions = []
    for rule in _rules(given["rule_names"] or tuple(filter(None, [file.rule])), events):
        asked = _unbounded(rule) if given["is_unbounded"] or file.is_unbounded else rule
        asked = _under(asked, given["conventions"] if given["conventions"] is not None else file.conventions)
        questions.append(Question(asked, pre, post, w0, n_repeats, every, events=events))
    what_if = [(item.name, {"without": item.without, "move": item.move}) for item in file.what_if]
    if given["without"] or given["move"]:
        names = [*(f"without {spike}" for spike in given["without"]), *(f"{move} moved" for move in given["move"])]
        what_if.append((", ".join(names), {"without": given["without"], "move": given["move"]}))
    return questions, what_if


def _unbounded(rule: Any) -> Any:
    from plasticity.rules import unbounded

    return unbounded(rule)


def _under(rule: Any, conventions: str | None) -> Any:
    """The rule under the conventions that were asked for, or under its own."""
    if conventions is None:
        return rule
    from plasticity.rules import with_conventions
    from plasticity.rules.conventions import read_conventions

    preset, settings = read_conventions(conventions)
    return with_conventions(rule, preset, **settings)


def _rules(names: tuple[str, ...], events: Collection[str]) -> list[Any]:
    """The rules called so, or every rule that reads spikes and hears these events."""
    from plasticity.rules import RULES, is_readable

    if not names:
        known = ", ".join(name for name, rule in RULES.items() if is_readable(rule, "events"))
        raise ArgumentError(f"no rule is named; give --rule all, or one of {known}")
    for name in names:
        if names.count(name) > 1:
            raise ArgumentError(f"--rule names {said(name)} {names.count(name)} times; name it once")
    if "all" in names:
        found = [rule for rule in RULES.every() if is_readable(rule, "events") and not rule.signals]
        hearing = [rule for rule in found if set(events) <= set(rule.events)]
        if not hearing:
            heard = sorted({event for rule in found for event in rule.events} - {"pre", "post"})
            raise ArgumentError(
                f"no rule hears {' and '.join(map(said, events))}; events that one hears: {', '.join(heard) or 'none'}"
            )
        return hearing
    return [RULES[name] for name in names]


def _trains(given: dict[str, Any], file: Any) -> list[tuple[float, ...]]:
    told = {name: given[name] for name in ("unit", "columns", "sampling_rate", "lines") if given[name] is not None}
    if given["trains"] is not None:
        from plasticity.ask.train_files import read_pair

        pre, post = (side if given[side] is None else given[side] for side in ("pre", "post"))
        return read_pair(given["trains"], (pre, post), **told)
    if told:
        options = " and ".join(f"--{name.replace('_', '-')}" for name in told)
        raise ArgumentError(
            f"{options} say{'s' if len(told) == 1 else ''} how to read --trains, which is not given; give --trains FILE"
        )
    trains = []
    for side in ("pre", "post"):
        train = _times(given[side], side) if given[side] is not None else getattr(file, side)
        if train is None:
            raise ArgumentError(f"no {side}synaptic spikes came; give --{side} 10,30 (milliseconds), '' for none")
        trains.append(train)
    return trains


def _events(items: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """{name: seconds} of events that are no spikes."""
    found: dict[str, tuple[float, ...]] = {}
    for item in items:
        name, equals, times = item.partition("=")
        if not equals:
            raise ArgumentError(f"--event is {said(item)}; allowed: NAME=TIMES, such as reward=120,340 (milliseconds)")
        if name in found:
            raise ArgumentError(f"--event gives {said(name)} twice; give all its times at once")
        found[name] = _times(times, f"event {name}")
    return found


def _times(text: str, side: str) -> tuple[float, ...]:
    from plasticity.quantities import parsed

    items = text.split(",") if text.strip() else []
    return tuple(parsed(item, "ms", f"a time of --{side}") for item in items)


def _first(*values: Any) -> Any:
    """The first that is not None."""
    return next(value for value in values if value is not None)


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


def _write(folder: Path, found: Any, format: str, *, overwrite: bool) -> None:
    from plasticity.ask.folder import write_answer

    write_answer(folder, found, format=format, overwrite=overwrite)
