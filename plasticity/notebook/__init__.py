"""What a notebook shows of a record: what `plasticity show`, `ask`, `quiz` and `run` print, with the picture."""

from plasticity.notebook.views import html

__all__ = ["html"]
