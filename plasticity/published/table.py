"""Tables of published numbers: a CSV each, with a note beside it on where it is from and who may use it."""

import gzip
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from plasticity.errors import unknown

TABLES = ("digits",)  # a name is a pair of files: name.csv.gz and name.txt


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers in named columns.

    columns : the names, units in them where there are units
    values  : (n_rows, n_columns), read-only
    note    : what the numbers are, their source and licence
    """

    key: str
    columns: tuple[str, ...]
    values: np.ndarray
    note: str


def load(key: str) -> Table:
    """The table called `key`; raises UnknownName, which lists the known ones.

    digits : 1797 handwritten digits: 64 pixels, row by row, each from 0 (white) to 16, then the digit
    """
    if key not in TABLES:
        raise unknown("table", key, TABLES)
    folder = files("plasticity.published")
    text = gzip.decompress((folder / f"{key}.csv.gz").read_bytes()).decode("ascii")
    header, *rows = text.splitlines()
    values = np.array([row.split(",") for row in rows], dtype=float)
    values.setflags(write=False)
    return Table(key, tuple(header.split(",")), values, (folder / f"{key}.txt").read_text(encoding="utf-8"))
