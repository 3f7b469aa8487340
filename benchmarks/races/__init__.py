"""What is measured: a module a subject, its ways, its rows, and the facts in which the ways must agree."""

from racing import Race

from races import windows

RACES: tuple[Race, ...] = (windows.RACE,)
