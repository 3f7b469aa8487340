"""The layers of the design: imports point to lower numbers, heavy libraries stay behind their one door; short files."""

import ast
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import plasticity

ROOT = Path(plasticity.__file__).parent
LAYERS = {
    "": 10,  # plasticity/__init__.py, the face: it imports what is asked for, and nothing when it is loaded
    **dict.fromkeys(["arrays", "errors", "sources", "quantities", "expressions", "inputs", "trains", "files"], 0),
    **dict.fromkeys(
        ["catalogue", "claiming", "experiment", "frames", "grid", "memory", "noting", "plugins", "progress"], 0
    ),
    **dict.fromkeys(["browser", "crossings", "dimensions", "frozen", "integration", "later", "surroundings"], 0),
    **dict.fromkeys(["crossings", "dimensions", "faults", "frozen", "integration", "later", "surroundings"], 0),
    **dict.fromkeys(["displayed", "markup"], 0),
    **dict.fromkeys(["parameters", "settings"], 1),
    **dict.fromkeys(["rules", "neurons", "networks", "protocols", "published"], 2),
    **dict.fromkeys(["events", "rates", "spiking", "compiled", "artificial", "nest", "javascript"], 3),
    **dict.fromkeys(["engines", "provenance", "verification"], 4),
    **dict.fromkeys(["export", "studies", "plots"], 5),
    **dict.fromkeys(["ask"], 6),
    **dict.fromkeys(["runs", "explorer"], 7),  # which sweep questions of one's own, and those know nothing of runs
    **dict.fromkeys(["quiz"], 8),  # whose questions may be questions about a synapse, and are shown by experiments
    **dict.fromkeys(["authoring"], 8),  # which looks at questions and experiments as at rules
    **dict.fromkeys(["cli"], 9),
    **dict.fromkeys(["cli", "notebook"], 9),
}
APART = {3}  # engines know nothing of one another
FILES = sorted(ROOT.rglob("*.py"))
PACKAGES = sorted(".".join(path.parent.relative_to(ROOT.parent).parts) for path in FILES if path.stem == "__init__")
PACKAGES += ["plasticity.experiments"]
MOST_LINES = 250
LIGHT = ["plasticity", "plasticity.spiking", "plasticity.compiled", "plasticity.cli"]
HEAVY = ["brian2", "matplotlib", "numba", "sympy"]


def part(name: str) -> str:
    """The file or folder of the package that a dotted name belongs to: 'plasticity.rules.record' is of 'rules'."""
    return (name.split(".") + [""])[1]


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file; a relative import counts as what it stands for."""
    found, package = set(), ["plasticity", *path.relative_to(ROOT).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) + 1 - node.level]) if node.level else ""
            module = ".".join(filter(None, [above, node.module]))
            found |= {f"{module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "__import__"):
            found |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return found


def own(path: Path) -> str:
    """The part of the package that a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py").replace("__init__", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_to_lower_layers_only(path):
    here = own(path)
    used = {part(name) for name in imports(path) if name.split(".")[0] == "plasticity"} - {here, "__version__"}

    above = {name for name in used if LAYERS[name] > LAYERS[here]}
    sideways = {name for name in used if LAYERS[name] == LAYERS[here] and LAYERS[name] in APART}
    assert not above and not sideways


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_imported_behind_their_one_door(path):
    used = {name.split(".")[0] for name in imports(path)}

    assert "brian2" not in used or own(path) == "spiking"
    assert "nest" not in used or own(path) == "nest"
    assert not {"numba", "llvmlite"} & used or own(path) == "compiled"
    assert "matplotlib" not in used or own(path) == "plots"
    assert "experiments" not in used


@pytest.mark.parametrize("path", sorted((ROOT / "artificial").rglob("*.py")), ids=lambda path: path.stem)
def test_the_artificial_side_stands_on_numpy_and_the_lowest_layer(path):
    used = imports(path)
    ours = {part(name) for name in used if name.split(".")[0] == "plasticity"} - {"artificial"}
    theirs = {name.split(".")[0] for name in used} - {"plasticity"} - set(sys.stdlib_module_names)

    assert theirs <= {"numpy"} and {LAYERS[name] for name in ours} <= {0}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_is_shadowed_by_something_else_of_its_name(package):
    module = import_module(package)
    inside = [info.name for info in pkgutil.iter_modules(module.__path__)]

    found = {name for name in inside if not isinstance(vars(module).get(name, module), ModuleType)}
    assert found == set()


@pytest.mark.parametrize("module", LIGHT)
def test_importing_the_package_loads_nothing_heavy(module):
    code = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == ("[]\n", "")


def test_an_answer_in_json_loads_nothing_that_it_does_not_need():
    unneeded = [*HEAVY, "rich", "tomllib", "plasticity.files", "plasticity.trains.reading", "numpy.random", "numpy.ma"]
    unneeded += ["importlib.metadata"]
    asked = ["ask", "--rule", "pair_stdp", "--pre", "10,30", "--post", "15,35", "--json"]
    code = (
        f"import sys; from plasticity.cli import commands; commands.main({asked}, standalone_mode=False); "
        f"print([name for name in {unneeded} if name in sys.modules], file=sys.stderr)"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert run.stdout.startswith("{") and run.stderr == "[]\n"


def test_no_file_is_outside_the_layers():
    assert {own(path) for path in FILES} <= set(LAYERS)


def test_no_file_is_longer_than_one_story():
    files = [*FILES, *(ROOT.parent / "experiments").rglob("*.py")]
    lengths = {str(path.relative_to(ROOT.parent)): len(path.read_text("utf-8").splitlines()) for path in files}

    assert not {name for name, lines in lengths.items() if lines > MOST_LINES}
