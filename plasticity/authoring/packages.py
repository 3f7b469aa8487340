"""A package of one's own, begun: it installs, passes its own tests, and is found by plasticity.

Each kind is a folder in `templates`, a working package as it stands; a new one is the same under another name.
"""

import re
import sys
from collections.abc import Container, Mapping
from importlib.util import find_spec
from pathlib import Path

from plasticity import files
from plasticity.errors import ArgumentError, OutputError, said
from plasticity.inputs import choice, text
from plasticity.neurons import NEURONS
from plasticity.parameters import is_name
from plasticity.quiz import QUESTIONS
from plasticity.rules import RULES
from plasticity.runs import EXPERIMENTS

KINDS = ("rule", "neuron", "experiment", "question")
LONGEST = 40  # characters of a name; our choice
_TEMPLATES = Path(__file__).parent / "templates"
_OURS: Mapping[str, Container[str]] = {
    "rule": RULES,
    "neuron": NEURONS,
    "experiment": EXPERIMENTS,
    "question": QUESTIONS,
}
_KEPT = (".py", ".toml", ".md")
_FOLDER = "package"


def new_package(kind: str, folder: str | Path, name: str = "") -> dict[str, bytes]:
    """Write a new package into a new folder, whole or not at all, and return what was written.

    kind : 'rule', 'neuron', 'experiment' or 'question'
    name : of the package and of the record in it; where it is empty, that of the folder, with _ for what no name holds
    raises ArgumentError for a name that a package cannot have, OutputError for a folder that exists
    """
    choice(kind, KINDS, "the kind of a new package")
    folder = files.path_of(folder, OutputError)
    name = checked_name(text(name, "the name of the package") or _derived(folder), kind)
    files.check_free(folder, _FOLDER, overwrite=None)
    contents = {_renamed(path, kind, name): _filled(path, kind, name) for path in _pages(kind)}
    files.write_folder(folder, _FOLDER, contents)
    return contents


def checked_name(name: str, kind: str) -> str:
    """The name of a new package. Raises ArgumentError for one that it cannot have, with the reason."""
    allowed = f"a word of small letters, digits and inner _, at most {LONGEST} characters, is allowed: --name my_{kind}"
    if not is_name(name) or name != name.lower() or len(name) > LONGEST:
        raise ArgumentError(f"the name of the package is {said(name)}; {allowed}")
    if name in sys.stdlib_module_names or name in ("test", "tests"):
        raise ArgumentError(f"the name {said(name)} is that of a module of Python, which it would hide; {allowed}")
    if name in _OURS[kind]:
        raise ArgumentError(f"the name {said(name)} is that of one of plasticity's {kind}s; {allowed}")
    found = find_spec(name)
    if found is not None and found.origin is not None:
        raise ArgumentError(f"a package called {said(name)} is installed, which it would hide; {allowed}")
    return name


def _derived(folder: Path) -> str:
    """What a package in such a folder is called: 'My rule-2' is my_rule_2."""
    return re.sub(r"[^a-z0-9]+", "_", folder.absolute().name.lower()).strip("_")


def _pages(kind: str) -> list[Path]:
    return sorted(path for path in (_TEMPLATES / kind).rglob("*") if path.suffix in _KEPT)


def _renamed(path: Path, kind: str, name: str) -> str:
    """Where a page goes: its path in the template, under the new name."""
    return path.relative_to(_TEMPLATES / kind).as_posix().replace(f"my_{kind}", name)


def _filled(path: Path, kind: str, name: str) -> bytes:
    """A page under the new name, which stands there in the three ways in which names are written."""
    page = path.read_text(encoding="utf-8")
    page = page.replace(f"my_{kind}", name).replace(f"MY_{kind.upper()}", name.upper())
    return page.replace(f"my-{kind}", name.replace("_", "-")).encode("utf-8")
