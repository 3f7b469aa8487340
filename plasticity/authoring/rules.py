"""The report on a rule: by every engine that reads it, its window and mean drift, its picture."""

from importlib.util import find_spec

from plasticity.authoring.report import NOTHING_WRONG, Lines, Report, Status, file_name
from plasticity.authoring.reviewing import questions_on_rule
from plasticity.errors import PlasticityError
from plasticity.neurons import Neuron
from plasticity.rules import Rule, engines_for
from plasticity.studies.averages import averages
from plasticity.verification import Against, Finding, verified

_SEEDS = 1  # our choice: a dozen pairs of trains, with coincidences, bursts, and runs into the bounds; two seconds
ROUNDING = 1e-12  # what needs no explanation
_CALLED = {"events": "its definition", "compiled": "the compiled loops", "brian2": "Brian2"}
COMPILER = "numba"  # of the extra `fast`


def rule_report(rule: Rule, *, draws: bool, writes: bool) -> Report:
    """What there is to say of a rule that is right: whether its engines agree, what it does, what to ask.

    draws  : whether to draw its picture, too
    writes : whether to export it, too
    """
    told = averages(rule)
    findings, refused = _findings(rule)
    sections: dict[str, Lines] = {
        "summary": (rule.summary,) if rule.summary else (),
        "agreement": (*map(_line, findings), *refused),
        "window": told.window,
        "mean drift": told.drift,
        "fixed points": told.points,
    }
    status, verdict = _judged(findings)
    files, sections["exports"] = kept(rule, is_written=writes, draws=draws)
    return Report("rule", rule.name, status, verdict, (), questions_on_rule(rule), sections, files)


def kept(record: Rule | Neuron, *, draws: bool, is_written: bool) -> tuple[dict[str, bytes], Lines]:
    """The picture of a rule or neuron, as `plasticity show --picture` draws it, its exports, and a line for each."""
    files, lines = dict[str, bytes](), Lines()
    if is_written:
        from plasticity.authoring.exports import exports

        files, lines = exports(record)
    if draws:
        from plasticity.plots.portraits import portrait_picture

        files |= {file_name(record.name, ".png"): portrait_picture(record)}
    return files, lines


def _findings(rule: Rule) -> tuple[list[Finding], list[str]]:
    """The comparisons that could be made, and why others could not."""
    found, refused = [], []
    for against in _sides(rule):
        try:
            finding = verified(rule, against, seeds=_SEEDS)
        except PlasticityError as error:
            finding = Finding(
                rule.name, against, "is at fault", note=f"it cannot be followed on random trains: {error}"
            )
        if finding.status == "cannot be expressed":
            refused.append(f"not against {_CALLED[against]}: {finding.note}")
        else:
            found.append(finding)
    if "compiled" in engines_for(rule) and find_spec(COMPILER) is None:
        refused.append(
            "not against the compiled loops: they need the extra 'fast' (pip install 'plasticity-lab[fast]')"
        )
    return found, refused


def _sides(rule: Rule) -> tuple[Against, ...]:
    is_compiled = "compiled" in engines_for(rule) and find_spec(COMPILER) is not None
    return ("events", "compiled", "brian2") if is_compiled else ("events", "brian2")


def _line(finding: Finding) -> str:
    name = _CALLED[finding.against]
    if finding.difference is None:
        return f"{name}: {finding.note}"
    note = f"; {finding.note}" if finding.note else ""
    reason = f" ({finding.reason})" if finding.tolerance and finding.tolerance > ROUNDING else ""
    allowed = f"{finding.tolerance:.1g} is allowed{reason}"
    return f"{name}: {finding.difference:.2g} at most over {finding.n} weights; {allowed}{note}"


def _judged(findings: list[Finding]) -> tuple[Status, str]:
    wrong = [finding for finding in findings if finding.status in ("differs", "is at fault")]
    if wrong:
        told = [_CALLED[finding.against] for finding in wrong]
        off = max((finding.difference for finding in wrong if finding.difference is not None), default=None)
        if off is None:
            return "differs", f"cannot be followed by the exact engine and by {' and '.join(told)}"
        return "differs", f"the exact engine and {' and '.join(told)} differ by {off:.2g}"
    if not findings:
        return "fine", f"{NOTHING_WRONG}; nothing to compare its exact engine with"
    sides = ["the exact engine", *(_CALLED[finding.against] for finding in findings)]
    largest = max(finding.difference or 0.0 for finding in findings)
    agreement = f"agree to {largest:.1g}" if largest else "agree to the last bit"
    return "fine", f"{NOTHING_WRONG}; {', '.join(sides[:-1])} and {sides[-1]} {agreement}"
