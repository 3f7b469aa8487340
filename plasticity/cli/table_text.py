"""The rows of a table as lines that fit a terminal: columns side by side, in blocks one beneath the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from plasticity.published import Table

WIDTH = 66  # characters: those of 80 beside a heading
MOST_ROWS = 60  # of a table that is shown whole; of a longer one the first
FIRST_ROWS = 10
MOST_BLOCKS = 4  # our choice: as many as one looks at together


def rows_as_lines(table: Table) -> list[str]:
    """The columns beneath their names; what is left out is counted."""
    n_rows = len(next(iter(table.columns.values())))
    n_shown = n_rows if n_rows <= MOST_ROWS else FIRST_ROWS
    columns = [_column(name, column[:n_shown]) for name, column in table.columns.items()]
    blocks = _blocks(columns)
    lines = [line for block in blocks[:MOST_BLOCKS] for line in [*map("  ".join, zip(*block, strict=True)), ""]]
    n_left = sum(len(block) for block in blocks[MOST_BLOCKS:])
    left = [f"{n_rows - n_shown} more rows"] if n_rows > n_shown else []
    left += [f"{n_left} more columns"] if n_left else []
    return [*map(str.rstrip, lines[:-1]), *([f"and {' and '.join(left)}: --json has all"] if left else [])]


def rows_as_data(table: Table) -> list[dict[str, Any]]:
    """The rows as {column: number or text}; None where there is no number."""
    columns = [[_plain(cell) for cell in column.tolist()] for column in table.columns.values()]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _column(name: str, column: np.ndarray) -> list[str]:
    """Name and cells of one width, numbers to the right."""
    cells = [name, *(_shown(cell) for cell in column.tolist())]
    width = max(map(len, cells))
    return [cell.rjust(width) if column.dtype == float else cell.ljust(width) for cell in cells]


def _blocks(columns: Sequence[list[str]]) -> list[list[list[str]]]:
    """As many columns side by side as the width holds, at least one."""
    blocks, room = list[list[list[str]]](), 0
    for column in columns:
        if not blocks or room < len(column[0]) + 2:
            blocks.append([])
            room = WIDTH + 2
        blocks[-1].append(column)
        room -= len(column[0]) + 2
    return blocks


def _plain(cell: Any) -> Any:
    return None if isinstance(cell, float) and np.isnan(cell) else cell


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return "-" if np.isnan(cell) else f"{cell:.12g}"
    return str(cell) or "-"
