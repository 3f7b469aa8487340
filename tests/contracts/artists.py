"""What a figure shows, as plain data: for each artist its label, its colour, and the column that it draws.

`python tests/contracts/artists.py NAME ...` writes the descriptions of the quick presets anew into `figures/`, after a
figure was changed on purpose: then read the difference before it is committed.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
from matplotlib.collections import EventCollection, LineCollection
from matplotlib.colors import to_hex
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch

FOLDER = Path(__file__).with_name("figures")
FACTORS = (1.0, 1e3, 100.0, 1e6, 1e9, 1e12, 0.5, 2.0, -1.0, -1e3, -100.0)  # from SI to the unit of an axis; signs


def drawn(experiment, result) -> Figure:
    """The figure of a result, in no style."""
    figure = Figure()
    experiment.draw(result, figure)
    return figure


def description(figure, result) -> list[dict]:
    """What a figure shows of a result, an entry for each panel and artist."""
    columns = dict(_columns(result))
    return [entry for number, axes in enumerate(figure.axes) for entry in _panel(number, axes, columns)]


def words(entry) -> dict:
    """What is text in an entry: titles, labels, colours, names of columns."""
    return {name: value for name, value in entry.items() if not _is_figures(value)}


def figures(entry) -> list[float]:
    """The numbers of an entry, one after another."""
    return [number for value in entry.values() if _is_figures(value) for number in value]


def _is_figures(value) -> bool:
    return isinstance(value, list) and all(isinstance(number, float) for number in value)


def _columns(result) -> Iterator[tuple[str, np.ndarray]]:
    for field in fields(result):
        array = np.asarray(getattr(result, field.name))
        if array.dtype.kind in "iuf" and array.size > 1:
            yield field.name, array.astype(float)


def _panel(number, axes, columns) -> Iterator[dict]:
    titles = [axes.get_title(place) for place in ("left", "center", "right")]
    yield {
        "panel": number,
        "title": "".join(titles),
        "x": f"{axes.get_xlabel()} ({axes.get_xscale()})",
        "y": f"{axes.get_ylabel()} ({axes.get_yscale()})",
        "legend": axes.get_legend_handles_labels()[1],
    }
    for line in axes.lines:
        x, y = line.get_data()
        yield _entry("line", line, line.get_color(), columns, x=x, y=y)
    for container in axes.containers:
        if isinstance(container, ErrorbarContainer):
            for bars in container.lines[2]:
                halves = [np.ptp(segment, axis=0).max() / 2 for segment in bars.get_segments()]
                yield _entry("bars", container, to_hex(np.atleast_2d(bars.get_color())[0]), columns, half=halves)
    for one in axes.collections:
        if isinstance(one, EventCollection):
            yield _entry("events", one, to_hex(np.atleast_2d(one.get_color())[0]), columns, at=one.get_positions())
        elif not isinstance(one, LineCollection):
            shown = one.get_array() if one.get_array() is not None else one.get_datalim(axes.transData).extents
            yield _entry("collection", one, "", columns, values=np.ma.filled(shown, np.nan))
    for image in axes.images:
        yield _entry("image", image, image.get_cmap().name, columns, values=image.get_array().filled(np.nan))
    for patch in axes.patches:
        if isinstance(patch, StepPatch):
            yield _entry(
                "bins", patch, to_hex(patch.get_edgecolor()), columns, y=patch.get_data()[0], x=patch.get_data()[1]
            )


def _entry(kind, artist, color, columns, **arrays) -> dict:
    label = str(artist.get_label() or "")
    shown = {name: _named(np.asarray(values, dtype=float), columns) for name, values in arrays.items()}
    return {"kind": kind, "label": "" if label.startswith("_") else label, "color": str(color), **shown}


def _named(values, columns):
    """The column, or the part of one, that the values are; else how many, and a few figures of them."""
    flat = values.ravel()
    if flat.size > 2 and np.isfinite(flat).any():
        for name, column in columns.items():
            for part, fibre in _parts(column, flat.size):
                for factor in FACTORS:
                    if _is_same(fibre[0] * factor, flat[0]) and _is_same(fibre * factor, flat):
                        return f"{factor:g}*{name}{part}"
    finite = flat[np.isfinite(flat)]
    if not finite.size:
        return [float(flat.size)]
    return [float(f"{x:.6g}") for x in (flat.size, finite.min(), finite.max(), finite.mean(), finite[0], finite[-1])]


def _is_same(values, shown) -> bool:
    """To nine figures."""
    differences = np.abs(values - shown) <= 1e-9 * np.abs(shown)
    return bool(np.all(differences | (np.isnan(values) & np.isnan(shown)) | (values == shown)))  # infinite ones too


def _parts(column, size) -> Iterator[tuple[str, np.ndarray]]:
    """Every way to take that many numbers out of a column: all of it, or along one axis at each place of the others."""
    if column.size == size:
        yield "", column.ravel()
    if column.ndim > 1:
        for axis in range(column.ndim):
            if column.shape[axis] == size:
                for place in np.ndindex(*np.delete(column.shape, axis)):
                    where = [*map(int, place[:axis]), slice(None), *map(int, place[axis:])]
                    written = ", ".join(":" if isinstance(one, slice) else str(one) for one in where)
                    yield f"[{written}]", column[tuple(where)]


def main(names) -> None:
    from plasticity import runs

    FOLDER.mkdir(exist_ok=True)
    for name in names or runs.EXPERIMENTS.names():
        experiment = runs.EXPERIMENTS[name]
        result = experiment.run(experiment.quick)
        entries = description(drawn(experiment, result), result)
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
        (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
