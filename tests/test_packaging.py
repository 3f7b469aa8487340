"""What an installed package holds: every folder, under one name in site-packages."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_folder_with_code_is_packaged_and_nothing_else():
    every = (path.parent.relative_to(ROOT) for path in (ROOT / "plasticity").rglob("__init__.py"))
    folders = {folder for folder in every if not is_template(folder)}  # those are data: packages that others begin
    expected = {".".join(folder.parts) for folder in folders} | {"plasticity.experiments"}
    assert set(BUILD["packages"]) == expected


def test_no_package_called_experiments_is_installed():
    assert {name.split(".")[0] for name in BUILD["packages"]} == {"plasticity"}
    assert BUILD["package-dir"] == {"plasticity.experiments": "experiments"}


def test_every_data_file_is_packaged():
    kept = {path for package, patterns in BUILD["package-data"].items() for path in matched(package, patterns)}
    every = {path for path in (ROOT / "plasticity").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in every if path.suffix != ".py" or is_template(path)} == kept


def is_template(path: Path) -> bool:
    return "templates" in path.parts


def matched(package: str, patterns: list[str]) -> set[Path]:
    return {path for pattern in patterns for path in (ROOT / Path(*package.split("."))).glob(pattern)}
