"""Packages of one's own, put on the path as an installation puts them, without a network and in no time."""

import tomllib

from plasticity.authoring import new_package


def made(folder, kind, name):
    """A new package `name`, and beside it what pip would leave of its entry points; the folder to put on the path."""
    new_package(kind, folder, name)
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / f"{name}-{project['version']}.dist-info"
    info.mkdir()
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(about, encoding="utf-8")
    entries = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in held.items())
        for group, held in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(entries), encoding="utf-8")
    return folder
