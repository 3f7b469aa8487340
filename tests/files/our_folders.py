"""A folder of ours: what it holds, and what is found in one."""

from plasticity import files

MANIFEST = files.MANIFESTS["run"]
CONTENTS = {"a.csv": b"a\n1\n", "part/b.csv": b"b\n2\n"}


def whole(contents=CONTENTS, kind="run"):
    """The contents with their manifest."""
    return files.sealed(kind, {}, contents)


def content(folder):
    """{name: bytes} of all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
