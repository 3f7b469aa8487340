"""What is measured: a module a subject, its ways, its rows, and the facts in which the ways must agree."""

from racing import Race

from races import ledgers, networks, quiz, song_abbott, trains, windows

RACES: tuple[Race, ...] = (
    windows.RACE,
    *trains.ONE,
    trains.MANY,
    song_abbott.RACE,
    song_abbott.REPLAYED,
    song_abbott.INPUTS,
    networks.RACE,
    networks.SMALL,
    networks.ONE,
    ledgers.RACE,
    quiz.RACE,
)
