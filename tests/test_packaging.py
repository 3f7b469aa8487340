"""What an installed package holds: every folder, under one name in site-packages."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_folder_with_code_is_packaged_and_nothing_else():
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "plasticity").rglob("__init__.py")}
    expected = {".".join(folder.parts) for folder in folders} | {"plasticity.experiments"}
    assert set(BUILD["packages"]) == expected


def test_no_package_called_experiments_is_installed():
    assert {name.split(".")[0] for name in BUILD["packages"]} == {"plasticity"}
    assert BUILD["package-dir"] == {"plasticity.experiments": "experiments"}


def test_every_data_file_is_packaged():
    kept = {path for package, patterns in BUILD["package-data"].items() for path in matched(package, patterns)}
    data = {path for path in (ROOT / "plasticity").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert data == kept


def matched(package: str, patterns: list[str]) -> set[Path]:
    return {path for pattern in patterns for path in (ROOT / Path(*package.split("."))).glob(pattern)}
