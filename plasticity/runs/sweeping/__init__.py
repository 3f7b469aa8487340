"""Sweeps: an experiment, a question or a function at every point of a grid, on all cores or a cluster."""
