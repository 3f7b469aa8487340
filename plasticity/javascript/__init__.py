"""The same records as JavaScript: for a page, which then needs no server, and for whoever computes in a browser."""

from plasticity.javascript.running import answered, given
from plasticity.javascript.script import exported, source

__all__ = ["answered", "exported", "given", "source"]
