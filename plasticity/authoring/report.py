"""What came of a check of one record, as lines, as plain data, and as a piece of a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from plasticity.errors import printable
from plasticity.faults import Fault

Lines = tuple[str, ...]
Status = Literal["fine", "differs", "faulty"]
NOTHING_WRONG = "nothing wrong"


@dataclass(frozen=True)
class Report:
    """A record that was looked at.

    kind     : 'rule', 'neuron', 'experiment', 'protocol', 'question'; empty where none could be made
    status   : 'faulty': it cannot be used; 'differs': two routes to one number give two; 'fine'
    verdict  : the answer, in a line
    warnings : what a careful reader would ask
    sections : {heading: lines}
    files    : {name: content} of pictures, data and exports
    """

    kind: str
    name: str
    status: Status
    verdict: str
    faults: tuple[Fault, ...] = ()
    warnings: Lines = ()
    sections: Mapping[str, Lines] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Name and verdict, in a line."""
        return f"{self.name}: {self.verdict}" if self.name else self.verdict

    def as_object(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "kind": self.kind,
            "name": self.name,
            "status": self.status,
            "verdict": self.verdict,
            "faults": [{"line": fault.line, "text": fault.text} for fault in self.faults],
            "warnings": list(self.warnings),
            **{heading: list(lines) for heading, lines in self.sections.items()},
            "files": sorted(self.files),
        }

    def __repr__(self) -> str:
        return printable(f"<{self.title}>")

    def _repr_html_(self) -> str:
        from plasticity.authoring.html import as_html

        return as_html(self)


def faulty(kind: str, name: str, faults: tuple[Fault, ...]) -> Report:
    """The report on what cannot be used."""
    many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return Report(kind, name, "faulty", many, faults)


def file_name(name: str, ending: str) -> str:
    """What a file about a record is called: letters, digits, _ and - of its name, and an ending."""
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '_', name)[:80] or 'record'}{ending}"
