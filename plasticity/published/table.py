"""Tables of published numbers: a CSV each, whose first lines (#) say where it is from and who may use it."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np

from plasticity.catalogue import Catalogue
from plasticity.displayed import Displayed, brief
from plasticity.errors import InputError, unknown
from plasticity.files import digest
from plasticity.inputs import fields, instance

FILES = {
    "bipoo1998_points": "bipoo1998_points.csv",
    "clopath2010_frequency": "clopath2010_frequency.csv",
    "digits": "digits.csv.gz",
    "florian2007_trains": "florian2007_trains.csv",
    "graupner2012_parameters": "graupner2012_parameters.csv",
    "graupner2012_windows": "graupner2012_windows.csv",
    "izhikevich2003": "izhikevich2003.csv",
    "naud2008_adex": "naud2008_adex.csv",
    "pacemaker_rates": "pacemaker_rates.csv",
    "pfister2006_parameters": "pfister2006_parameters.csv",
    "sjostrom2001_frequency": "sjostrom2001_frequency.csv",
    "tsodyks1998_stationary": "tsodyks1998_stationary.csv",
    "wang2005_pairs": "wang2005_pairs.csv",
    "wang2005_quadruplets": "wang2005_quadruplets.csv",
    "wang2005_triplets": "wang2005_triplets.csv",
}
# SHA-256 of each file: a number that was changed, by mistake or in an editor, is no longer the published one.
HASHES = {
    "bipoo1998_points": "1d3ee81575094968ee2d9b8052fd06f9f2ef0a8c3834a521f10e0ac4b7403a56",
    "clopath2010_frequency": "4fe7988a6efa84f47119e9d71f4551d9a6f24c5628bbd6c584c20c2a3ac6d62b",
    "digits": "45faea8c28f7df75359f601950a24fa5596f47a1a1c4d6981d46ee46cb1a61cf",
    "florian2007_trains": "63374abe66a3f9f41322b2759171aa49b17667e3d1725dce5567f22d5e7467de",
    "graupner2012_parameters": "26a76466fdb2f27793aebe8d26112d54a7414b134acd836b76b0318fa00318ab",
    "graupner2012_windows": "75b48f86fcf7ef1b6baefc2fe9ce5de1132a7dabecf0744ac953e39e829e6082",
    "izhikevich2003": "0475c01692d42bead9647fdca4f98a0f1395355ed2e8de8354359874d2ae9ab1",
    "naud2008_adex": "d9fc16a9aa91a35e977b3f7b8941eb195b967d1f813ca63341c0743dd066accf",
    "pacemaker_rates": "31838b2228186e94c4d916b65a646bb40467b8c4ad0366ce7a77ec0413b5716b",
    "pfister2006_parameters": "0280c2aa92bccd7fb7640e255145ec2068ce594545c9c771132a32c09fdbd23e",
    "sjostrom2001_frequency": "c4b6c83f78e4ab6ca80f6bc172e32ab340d6d3f3fe19024555897bd77b5578b1",
    "tsodyks1998_stationary": "bfd47f091fde5c9d5faf1d9efbd360e8579a3a0c2dd31c869a76dcf7bb21e5b1",
    "wang2005_pairs": "db9726d63c8671e0aec2dfd060dd07e1853d042d6928cab7059e993eb2de82ff",
    "wang2005_quadruplets": "7a0e520a1ff7e3b75d2dcc6447e21be89924ff1d96b22076aff671900e04bfe9",
    "wang2005_triplets": "ce201f87d18bd84dc238ae4222fb2cfac23e780c690a2d9cbb86d1574fbc0ea6",
}


@dataclass(frozen=True, eq=False)
class Table(Displayed):
    """Named columns.

    columns : {name, with its unit where there is one: (n_rows,) numbers or text, read-only}
    note    : what the numbers are, their source and licence
    """

    key: str
    columns: Mapping[str, np.ndarray]
    note: str

    def __post_init__(self) -> None:
        fields(self)
        for name, column in self.columns.items():
            instance(column, np.ndarray, f"column {name} of {self.key}")

    def __getitem__(self, name: str) -> np.ndarray:
        """The column called `name`; raises UnknownName, which lists the known ones."""
        if not isinstance(name, str) or name not in self.columns:
            raise unknown(f"column of {self.key}", name, self.columns)
        return self.columns[name]

    def __repr__(self) -> str:
        return brief("table", self.key, ", ".join(self.columns))

    @cached_property
    def values(self) -> np.ndarray:
        """All columns of numbers, side by side: (n_rows, n_columns), read-only."""
        numbers = np.column_stack([column for column in self.columns.values() if column.dtype == float])
        numbers.setflags(write=False)
        return numbers


class _Files(Mapping[str, Table]):
    """The tables by their keys, each read when it is asked for."""

    def __getitem__(self, key: str) -> Table:
        content = (files("plasticity.published") / FILES[key]).read_bytes()
        if digest(content) != HASHES[key]:
            raise InputError(f"the published table {FILES[key]} was changed; install the package again")
        lines = (gzip.decompress(content) if FILES[key].endswith(".gz") else content).decode("utf-8").splitlines()
        note = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
        header, *rows = csv.reader(line for line in lines if not line.startswith("#"))
        columns = {name: _column(list(cells)) for name, cells in zip(header, zip(*rows, strict=True), strict=True)}
        return Table(key, columns, "\n".join(note))

    def __contains__(self, key: object) -> bool:
        return key in FILES

    def __iter__(self) -> Iterator[str]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)


TABLES: Catalogue[Table] = Catalogue("table", _Files())


def load(key: str) -> Table:
    """The table called `key`; raises UnknownName, which lists the known ones, and InputError when its file was changed.

    bipoo1998_points       : delta_t_ms, dw: 42 measured points of the STDP window
    clopath2010_frequency  : frequency_hz, delta_t_ms, dw: change against the frequency of pairing, of the authors' code
    digits                 : 1797 handwritten digits: 64 pixels, row by row, each from 0 (white) to 16, then the digit
    florian2007_trains     : train, time_ms: two trains on which rules of reward are compared
    graupner2012_parameters: the calcium rule, a row for each shape of its window and each preparation
    graupner2012_windows   : case, delta_t_ms, up, down, change: windows of the six shapes, simulated by the authors
    izhikevich2003         : set, type, a_per_ms, b, c_mV, d_mV, current: the types of Izhikevich's neuron
    naud2008_adex          : set, kind, ..., current_pA, interval_ms, ...: firing patterns of the AdEx neuron
    pacemaker_rates        : cell, rate_hz, low_hz, high_hz, error_hz, n, source_text: neurons that fire by themselves
    pfister2006_parameters : the triplet rule, a row for each data set, interaction and model, with its error
    sjostrom2001_frequency : frequency_hz, delta_t_ms, dw_pg, sem_pg, ...: change against the frequency of pairing
    tsodyks1998_stationary : kind, U, ..., rate_hz, release_over_U: what a synapse releases of a regular train
    wang2005_pairs         : delta_t_ms, dw, sem: change after single pairs
    wang2005_quadruplets   : T_ms, delta_t_ms, dw, sem: change after a post-pre and a pre-post pair, T apart
    wang2005_triplets      : type, delta_t1_ms, delta_t2_ms, dw, sem: change after three spikes

    >>> from plasticity.published import load
    >>> load("bipoo1998_points")["delta_t_ms"][:3].tolist()
    [-99.8, -77.4, -72.8]
    """
    return TABLES[key]


def _column(cells: list[str]) -> np.ndarray:
    try:
        column = np.array(cells, dtype=float)
    except ValueError:
        column = np.array(cells)
    column.setflags(write=False)
    return column
