"""The page in a browser: spikes to drag, a rule to choose, and what becomes of the weight; one file, no network."""

from plasticity.explorer.assembling import MARK, page

__all__ = ["MARK", "page"]
