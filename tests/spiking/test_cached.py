"""A file of Brian2's Cython cache that was cut short is found before it is loaded; nothing here compiles."""

import shutil
from pathlib import Path

import numpy._core._multiarray_umath as compiled
import pytest

from plasticity.spiking.cached import damaged_files_compiled_again, is_whole
from plasticity.spiking.loading import brian


@pytest.fixture
def module(tmp_path):
    """A compiled module, as the loader gets it."""
    path = tmp_path / "module.so"
    shutil.copyfile(compiled.__file__, path)
    return path


def cut(path: Path, length: int) -> str:
    with open(path, "r+b") as file:
        file.truncate(length)
    return str(path)


def test_a_compiled_module_is_whole(module):
    assert is_whole(str(module))


@pytest.mark.parametrize("missing", [10**6, 5 * 10**6])
def test_a_module_without_its_end_is_not_whole(module, missing):
    assert not is_whole(cut(module, module.stat().st_size - missing))


@pytest.mark.parametrize("length", [0, 1, 4, 30, 63, 64, 2000])
def test_a_module_that_ends_in_its_beginning_is_not_whole(module, length):
    assert not is_whole(cut(module, length))


def test_a_module_of_another_format_is_taken_as_it_is(tmp_path):
    (tmp_path / "module.so").write_bytes(b"\xcf\xfa\xed\xfe" + bytes(100))
    assert is_whole(str(tmp_path / "module.so"))


@pytest.mark.parametrize("is_cut", [True, False])
def test_only_a_damaged_file_is_removed_before_brian2_loads_it(module, is_cut, monkeypatch):
    brian()
    from brian2.codegen.runtime.cython_rt.extension_manager import CythonExtensionManager, cython_extension_manager

    monkeypatch.setattr(CythonExtensionManager, "_load_module", lambda self, path, key: (Path(path).exists(), key))
    if is_cut:
        cut(module, 2000)
    with damaged_files_compiled_again():
        assert cython_extension_manager._load_module(str(module), key=5) == (not is_cut, 5)
    assert "_load_module" not in vars(cython_extension_manager)
