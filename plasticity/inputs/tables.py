"""Tables of other libraries, pandas, polars and pyarrow: their columns as arrays."""

from typing import Any

from plasticity.errors import said
from plasticity.inputs.reals import Refusal


class _Named:
    """A column that does not know its own name, which may tell the unit."""

    def __init__(self, name: str, column: Any) -> None:
        self.name, self.column = name, column

    def to_numpy(self, **how: bool) -> Any:
        return self.column.to_numpy(**how)


def is_table(values: Any) -> bool:
    """Whether it is a table of pandas or polars."""
    return hasattr(values, "columns") and hasattr(values, "shape")


def column(table: Any, refuse: Refusal) -> Any:
    """The only column of a table; raises the refusal where there are more."""
    if table.shape[1] != 1:
        raise refuse(f"is a table of {table.shape[1]} columns; choose one")
    return column_of(table, 0)


def column_of(table: Any, place: int) -> Any:
    """One column, by its place, for names may come twice: of pandas, of pyarrow, of polars."""
    if hasattr(table, "iloc"):
        return table.iloc[:, place]
    if hasattr(table, "column_names"):
        return _Named(table.column_names[place], table.column(place))
    return table[:, place]


def column_read(column: Any, refuse: Refusal) -> Any:
    """What a column says of itself as an array; raises the refusal where it cannot."""
    try:
        return column.to_numpy()
    except Exception as error:  # pyarrow, whose own errors are not imported here, copies only when told to
        reason = error
    try:
        return column.to_numpy(zero_copy_only=False)
    except TypeError:  # not of pyarrow: nobody else has that word, and the reason is the first one
        raise refuse(f"is {said(column)}, which gives no array: {reason}") from reason
    except Exception as error:
        raise refuse(f"is {said(column)}, which gives no array: {error}") from error
