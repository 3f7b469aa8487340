"""What an installed package holds: every folder, under one name in site-packages."""

import re
import tomllib
from pathlib import Path

from plasticity import __version__
from plasticity.published import TABLES

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


def test_the_version_stands_in_one_place_and_the_files_that_name_it_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"] and "version" not in project
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.*)$", citation, re.MULTILINE)[1] == __version__
    newest = re.search(r"^## (\S+) \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest.groups() == (__version__, re.search(r'^date-released: "(.*)"$', citation, re.MULTILINE)[1])


def test_the_digits_of_others_are_named_with_authors_and_licence_wherever_they_go():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("NOTICE", "README.md")] + [TABLES["digits"].note]
    for text in texts:
        assert all(word in text for word in ("Alpaydin", "Kaynak", "CC BY 4.0", "10.24432/C50P49"))
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert all(word in citation for word in ("Alpaydin", "Kaynak", "CC-BY-4.0", "10.24432/C50P49"))


def test_a_source_distribution_holds_all_that_is_kept_here():
    listed = (ROOT / "MANIFEST.in").read_text(encoding="utf-8").split()
    kept = {path.name for path in ROOT.iterdir()} & {"docs", "tests", "benchmarks", "CHANGELOG.md", "CONTRIBUTING.md"}
    assert kept <= set(listed)
