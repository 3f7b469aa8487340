"""The same records as JavaScript: for a page, which then needs no server, and for whoever computes in a browser."""

from plasticity.javascript.script import exported, source

__all__ = ["exported", "source"]
