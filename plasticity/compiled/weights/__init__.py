"""Weights from trains that are given: each event is an exact jump, in constant time."""
