"""A report as a piece of a page: in a notebook, the cell that checks a record shows it."""

from plasticity.authoring.report import Report
from plasticity.markup import block, facts, image


def as_html(report: Report) -> str:
    """The verdict, what is wrong, the pictures, what to ask, and the sections."""
    told = {"wrong": tuple(fault.text for fault in report.faults), "to ask": report.warnings, **report.sections}
    rows = [(heading if not k else "", line) for heading, lines in told.items() for k, line in enumerate(lines)]
    drawn = [content for name, content in report.files.items() if name.endswith(".png")]
    pictures = [image(content, "png", f"{report.name}: {report.verdict}") for content in drawn]
    return block(report.name, report.verdict, *pictures, facts(rows))
