"""Scripts written by hand as ways of a race: they print a line of JSON last."""

import json

from measuring import HERE, Figures
from racing import Way


def script(name: str, *options: str, parts: float = 1.0, needs: tuple[str, ...] = (), most: int = 99) -> Way:
    """A script of `peers`; its `run` or `cpu`, of so many parts, is the time that counts."""

    def read(printed: str) -> Figures:
        found = json.loads(printed.splitlines()[-1])
        return {**found, "seconds": found.get("run", found.get("cpu")) / parts}

    return Way(command=(str(HERE / "peers" / name), *options), read=read, needs=needs, most=most)
