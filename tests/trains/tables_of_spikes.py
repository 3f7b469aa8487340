"""Spikes of two neurons, as rows of a table and as what is read from them."""

from plasticity.trains import read

A, B = [0.0105, 0.03], [0.015, 0.035]  # seconds
NUMBERED = {"3": A, "7": B}


def found(folder, text, name="spikes.csv", **told):
    """The trains of a text, as lists."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return {train: times.tolist() for train, times in read(path, **told).items()}
