"""Published data that ships with the product: tables of numbers, each with its source and licence."""

from plasticity.published.table import TABLES, Table, load

__all__ = ["TABLES", "Table", "load"]
