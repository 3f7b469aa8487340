"""What `import plasticity` offers: few names, each with a line, loaded when they are asked for; editors know them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import plasticity

ROOT = Path(plasticity.__file__).parents[1]
SCRIPT = """
from plasticity import NEURONS, RULES, closed_form_rate, final_weight, with_parameters

rule = with_parameters(RULES["pair_stdp"], A_plus=0.01)
after = final_weight(rule, [0.010], [0.015], 0.5)
print(after, closed_form_rate(NEURONS["lif_excitatory"]))
"""


def mypy(script: str, folder: Path) -> str:
    """What mypy says of a script of a user, who has installed the package."""
    pytest.importorskip("mypy", reason="mypy is of the extra dev")
    (folder / "script.py").write_text(script, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--config-file=", "script.py"],
        cwd=folder,
        env=os.environ | {"MYPYPATH": str(ROOT), "MYPY_CACHE_DIR": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout


@pytest.mark.parametrize("name", plasticity.__all__)
def test_every_name_is_there_and_has_a_line_in_the_help(name):
    (line,) = re.findall(rf"^{name}  +(\S.*)$", plasticity.__doc__, re.MULTILINE)

    assert line and getattr(plasticity, name) is not None and name in dir(plasticity)


def test_the_help_names_nothing_that_is_not_there():
    listed = re.findall(r"^(\w+)  +\S", plasticity.__doc__, re.MULTILINE)

    assert sorted(listed) == sorted(plasticity.__all__) == sorted(sum(plasticity._FROM.values(), ()))


def test_a_wrong_name_is_refused_and_the_right_one_suggested():
    with pytest.raises(AttributeError, match=r"^module 'plasticity' has no attribute 'windw'; did you mean window\?$"):
        _ = plasticity.windw


@pytest.mark.parametrize("name", ["_window", "__wrapped__", "qwxz", ""])
def test_what_looks_like_no_name_is_refused_without_a_suggestion(name):
    with pytest.raises(AttributeError, match=rf"^module 'plasticity' has no attribute '{name}'$"):
        getattr(plasticity, name)


def test_importing_it_loads_the_standard_library_only():
    code = "import sys; before = {*sys.modules}; import plasticity; print(*{*sys.modules} - before)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {name.split(".")[0] for name in run.stdout.split()} - sys.stdlib_module_names == {"plasticity"}


def test_all_of_it_loads_no_simulator_and_no_pictures():
    code = "import sys; from plasticity import *; print({'brian2', 'matplotlib', 'sympy'} & set(sys.modules))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "set()\n"


def test_a_module_needs_no_import_of_its_own():
    code = "import plasticity; print(plasticity.protocols.pairing(5e-3, n_pairs=1).pre.shape)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "(1,)\n"


def test_a_typed_script_passes_the_type_checker_and_a_wrong_name_does_not(tmp_path):
    assert mypy(SCRIPT, tmp_path).startswith("Success")
    assert "has no attribute" in mypy("from plasticity import windw", tmp_path)
