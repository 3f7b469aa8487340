"""Findings as text: a table of what agrees and differs, and why for what cannot be compared."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from plasticity.verification import Finding

_ON_RATES = (
    "rules on firing rates hear no spikes; verify --against events compares plasticity.rates with their definition"
)
STYLES = {"agrees": "green", "differs": "red", "cannot be expressed": "yellow", "is at fault": "yellow"}
_OF_MANY = {"agrees": "agree", "differs": "differ", "is at fault": "are at fault"}


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """The largest difference of each, where, and what it may be; then what cannot be compared, with the reason."""
    compared = [finding for finding in findings if finding.difference is not None]
    if compared:
        console.print(_table(compared))
    for reason in dict.fromkeys(_reason(finding) for finding in compared if finding.reason):
        console.print(Text(f"tolerance {reason}", style="dim"))
    for finding in compared:
        for what, number in finding.more.items():
            console.print(Text(f"{finding.name}: {what}: {number:.3g}", style="dim"))
        if finding.curve:
            console.print(Text(f"{finding.name}: {_curve(finding)}", style="dim"))
        if finding.note:
            console.print(Text(f"{finding.name}: {finding.note}", style="dim"))
    for status in ("cannot be expressed", "is at fault"):
        names: dict[str, list[str]] = {}
        for finding in findings:
            if finding.status == status and finding.difference is None:
                names.setdefault(finding.note, []).append(finding.name)
        if names:
            console.print(Text(status, style=STYLES[status]))
            for reason, who in names.items():
                console.print(Text(f"  {', '.join(who)}: {reason}"))
    if any("firing rates" in finding.note for finding in findings if finding.difference is None):
        console.print(Text(_ON_RATES, style="dim"))
    n = {status: sum(finding.status == status for finding in findings) for status in STYLES}
    console.print(Text(", ".join(_counted(number, status) for status, number in n.items() if number)))


def _counted(number: int, status: str) -> str:
    """'1 agrees', '2 agree'."""
    return f"{number} {status if number == 1 else _OF_MANY.get(status, status)}"


def _table(findings: Sequence[Finding]) -> Table:
    table = Table("", "compared with", "difference", "at most", "pair, spike", "", box=None, header_style="dim")
    table.columns[0].overflow = table.columns[1].overflow = "fold"
    for column in table.columns[2:]:
        column.no_wrap = True
    for column in table.columns[2:5]:
        column.justify = "right"
    for finding in findings:
        hertz = " Hz" if finding.curve else ""
        most = "" if finding.tolerance is None else f"{finding.tolerance:.2g}{hertz}"
        numbers = [f"{finding.difference:.2g}{hertz}", most]
        table.add_row(
            finding.name, finding.partner, *numbers, _place(finding), Text(finding.status, STYLES[finding.status])
        )
    return table


def _place(finding: Finding) -> str:
    if finding.place is None or not finding.difference:
        return ""
    place = finding.place
    return place.kind if finding.curve else f"{place.pair}, {place.spike}"


def _reason(finding: Finding) -> str:
    """Of a curve the tolerance is another at each current."""
    return f"in Hz: {finding.reason}" if finding.curve else f"{finding.tolerance:g}: {finding.reason}"


def _curve(finding: Finding) -> str:
    """The rates of both sides at each current."""
    pairs = (f"{level.current * 1e12:.4g} pA {level.ours:.5g} and {level.theirs:.5g} Hz" for level in finding.curve)
    return "; ".join(pairs)
