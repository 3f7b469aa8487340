"""Answers about a synapse as text: one sentence, a table over rules, and the ledger."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from rich.text import Text

from plasticity.ask import Answer
from plasticity.ask.answering import in_ms
from plasticity.errors import printable
from plasticity.events import Entries, Entry

COLOURS = {"strengthened": "green", "weakened": "red", "unchanged": "yellow"}
MOST_ROWS = 40  # of a ledger that a person reads; the rest is one line, so that the column still sums to the change
_NAME_WIDTH = 26  # characters of a name that stays in one line, to be copied; the rest has room in 80


def show_answers(console: Console, answers: Sequence[Answer], *, explain: bool, told: str = "") -> None:
    """What happens, in a sentence for one rule, in a table for several.

    told : what was changed of the rules, in words
    """
    if len(answers) == 1:
        console.print(_sentence(answers[0]))
    else:
        console.print(_table(answers))
    if told:
        console.print(Text(printable(told)), soft_wrap=True)
    _show_notes(console, answers)
    if explain:
        for answer in answers:
            _show_ledger(console, answer, heading=len(answers) > 1)


def show_what_if(
    console: Console, answers: Sequence[Answer], others: Sequence[tuple[str, list[Answer]]], *, explain: bool
) -> None:
    """What would have been, next to what is."""
    for name, altered in others:
        console.print(Text(f"\nwhat if: {printable(name)}", style="bold"))
        for answer, other in zip(answers, altered, strict=True):
            difference = f", {other.dw - answer.dw:+.6g} compared with the spikes as they are"
            console.print(_sentence(other) + Text(difference))
            _show_notes(console, [other])
            if explain:
                _show_ledger(console, other, heading=False)


def _show_notes(console: Console, answers: Sequence[Answer]) -> None:
    """What to know before trusting the numbers, each once, and of which rules where not of all."""
    for note in dict.fromkeys(answer.note for answer in answers if answer.note):
        of = [answer.question.rule.name for answer in answers if answer.note == note]
        about = f"{', '.join(of)}: " if len(of) < len(answers) else ""
        console.print(Text(f"note: {printable(about)}{note}", style="yellow"))


def _sentence(answer: Answer) -> Text:
    name = printable(answer.question.rule.name)
    figures = f" by {answer.dw:+.6g}" if answer.dw else ""
    return Text.assemble(
        f"{name}: the weight goes from {answer.w_before:g} to {answer.w_after:.8g}, ",
        (answer.verdict, COLOURS[answer.verdict]),
        figures,
    )


def _table(answers: Sequence[Answer]) -> Table:
    table = Table("rule", "before", "after", "change", "in", "", box=None, header_style="dim", padding=(0, 1, 0, 0))
    table.columns[0].overflow = "fold"  # of long names, those of variants, the end is what differs
    table.columns[0].min_width = min(_NAME_WIDTH, max(len(one.question.rule.name) for one in answers))
    table.columns[4].max_width = 11  # basic conductance, in two lines
    for column in table.columns[1:4]:
        column.justify = "right"
    for answer in answers:
        numbers = [f"{answer.w_before:g}", f"{answer.w_after:.6f}", f"{answer.dw:+.6f}"]
        rule = answer.question.rule
        table.add_row(rule.name, *numbers, rule.weight_unit, Text(answer.verdict, style=COLOURS[answer.verdict]))
    return table


def _show_ledger(console: Console, answer: Answer, *, heading: bool) -> None:
    rule = answer.question.rule
    if heading:
        console.print(Text(f"\n{rule.name}", style="bold"))
    console.print(Text(", ".join(map(str, rule.parameters)), style="dim"))
    console.print(Text(f"{rule.bounds}, in units of {rule.weight_unit}", style="dim"))
    if answer.entries is None:  # the note has said why
        return
    shown = largest(answer.entries)
    table = Table("pre (ms)", "post (ms)", "lag (ms)", "change", "clipped", box=None, header_style="dim")
    for column in table.columns:
        column.justify = "right"
    for place in shown.tolist():
        table.add_row(*_cells(answer.entries[place]))
    rest = np.delete(answer.entries.n_pairs, shown)
    if rest.size:
        table.add_row(f"{rest.sum()} smaller", "", "", *_sums(answer.entries, without=shown))
    table.add_row("sum", "", "", *_sums(answer.entries), style="bold")
    console.print(table)


def largest(entries: Entries) -> NDArray[np.intp]:
    """The places of the entries that a person reads, in the order of time; one that sums up many is none of them."""
    sizes = np.abs(entries.dw) + np.abs(entries.clipped)
    single = sizes[: len(entries) - bool(entries.n_summed)]
    return np.sort(np.argsort(-single, kind="stable")[:MOST_ROWS])


def _sums(entries: Entries, without: NDArray[np.intp] | Sequence[int] = ()) -> list[str]:
    """What is left of all entries but some, and what was clipped, as cells."""
    without = np.asarray(without, dtype=np.intp)
    dw, clipped = (math.fsum(np.delete(column, without).tolist()) for column in (entries.dw, entries.clipped))
    return [f"{dw:+.9f}", f"{clipped:+.9f}" if clipped else ""]


def _cells(entry: Entry) -> list[str]:
    times = [in_ms(entry.pre), in_ms(entry.post), in_ms(entry.lag)]
    shown = ["-" if time is None else f"{time:g}" if k < 2 else f"{time:+g}" for k, time in enumerate(times)]
    return [*shown, f"{entry.dw:+.9f}", f"{entry.clipped:+.9f}" if entry.clipped else ""]
