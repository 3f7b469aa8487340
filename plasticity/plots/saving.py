"""A figure as the bytes of a file: with what it shows in words, at its size, the same each time."""

import hashlib
import io
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from plasticity.plots.types import Figure

__all__ = ["FORMATS"]
FORMATS = ("png", "svg", "pdf")
_PRINTED, _PROJECTED = 300.0, 144.0  # dots to an inch: what journals ask for, and 1920 pixels across a slide
_SVG = re.compile(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"[^>]*>')


def image(figure: Figure, told: Mapping[str, str], format: str, scale: float = 1.0) -> bytes:
    """The bytes of an image file; within `own_style`.

    told  : 'title' and 'caption', for who does not see the picture
    scale : how much larger it becomes, with all that is in it
    """
    return {"png": _png, "svg": _svg, "pdf": _pdf}[format](figure, told, scale)


def _png(figure: Figure, told: Mapping[str, str], scale: float) -> bytes:
    metadata = {"Software": None, "Title": told["title"], "Description": told["caption"]}
    dots = _PRINTED if scale == 1.0 else _PROJECTED  # to an inch where it is used: so the file knows how large it is
    return _saved(figure, format="png", dpi=dots * scale, metadata=metadata, pil_kwargs={"dpi": (dots, dots)})


def _svg(figure: Figure, told: Mapping[str, str], scale: float) -> bytes:
    """With title and description, which a screen reader tells; its names are its own on a page of several."""
    text = _saved(figure, format="svg", metadata={"Date": None}).decode("utf-8")
    key = f"picture-{hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()[:8]}"
    names = f'role="img" aria-labelledby="{key}-title {key}-desc"'
    words = f'<title id="{key}-title">{escape(told["title"])}</title>\n'
    words += f' <desc id="{key}-desc">{escape(told["caption"])}</desc>'

    def opened(found: re.Match[str]) -> str:
        tag = found[0]
        for side, length in (("width", found[1]), ("height", found[2])):
            tag = tag.replace(f'{side}="{length}pt"', f'{side}="{float(length) * scale:g}pt"', 1)
        return f"{tag[:-1]} {names}>\n {words}"

    return _SVG.sub(opened, text, count=1).encode("utf-8")


def _pdf(figure: Figure, told: Mapping[str, str], scale: float) -> bytes:
    from matplotlib.backends.backend_pdf import Op, PdfFile, PdfPages

    class Enlarged(PdfFile):
        """matplotlib draws 72 points to the inch, whatever is asked for; here the page and all on it are larger."""

        def newPage(self, width: float, height: float) -> None:  # noqa: N802
            super().newPage(width * scale, height * scale)
            self.output(scale, 0, 0, scale, 0, 0, Op.concat_matrix)

    # Without a date in it, the same picture gives the same bytes
    metadata = {"CreationDate": None, "Title": told["title"], "Subject": told["caption"]}
    file = io.BytesIO()
    pages = PdfPages(file, metadata=metadata)
    pages._file = Enlarged(file, metadata=metadata)
    figure.savefig(pages, format="pdf")  # type: ignore[arg-type]
    pages.close()
    return file.getvalue()


def _saved(figure: Figure, **how: Any) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, **how)
    return file.getvalue()
