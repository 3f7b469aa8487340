"""A folder of ours: what it holds, and what is found in one."""

import pytest
from our_folders import whole

from plasticity import files


@pytest.fixture
def folder(tmp_path):
    """A folder of ours."""
    files.write_folder(tmp_path / "out", "run", whole())
    return tmp_path / "out"
