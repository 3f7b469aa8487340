"""Published data that ships with the product: tables of numbers, each with its source, licence and protocol."""

from plasticity.published.measured import protocol_of, readings
from plasticity.published.table import TABLES, Table, load

__all__ = ["TABLES", "Table", "load", "protocol_of", "readings"]
