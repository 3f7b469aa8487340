"""While the questions move to their own pages: those that have, and those that have not, asked together."""

from collections.abc import Iterator, Sequence
from typing import Any

from plasticity.errors import ArgumentError, unknown
from plasticity.quiz import asking
from plasticity.quiz.contents import CONTENTS, LECTURE
from plasticity.quiz.old.asking import SOLUTIONS
from plasticity.quiz.old.asking import ask as ask_old
from plasticity.quiz.old.record import load_questions


def chosen(ids: Sequence[str] = (), section: str | None = None) -> list[Any]:
    """Questions of both kinds, by section."""
    old = {id: question for id, question in load_questions().items() if id in SOLUTIONS and id not in LECTURE}
    every = {
        id: name for name in CONTENTS for id in [*CONTENTS[name], *(k for k, q in old.items() if q.section == name)]
    }
    if any(id.endswith(asking.ENDING) for id in ids) or (ids and all(id in LECTURE for id in ids)):
        return [*asking.chosen(ids, section)]
    if section is not None and section not in CONTENTS:
        raise unknown("section", section, CONTENTS)
    for id in ids:
        if id not in every:
            raise unknown("question", id, every)
        if section not in (None, every[id]):
            offered = [known for known, name in every.items() if name == section]
            raise unknown(f"question of the section {section}", id, offered)
    wanted = [id for id, name in every.items() if section in (None, name) and (not ids or id in ids)]
    return [LECTURE[id] if id in LECTURE else old[id] for id in wanted]


def ask(
    questions: Sequence[Any], *, seed: int, target: str, assignments: Sequence[str], n_processes: int = 1
) -> Iterator[Any]:
    """Answer questions of both kinds, in their order."""
    new = [one for one in questions if isinstance(one, asking.Asked)]
    old = [one for one in questions if not isinstance(one, asking.Asked)]
    if old and assignments:
        raise ArgumentError(f"{old[0].id} has no numbers to set; ask it without --set and --rule")
    answers = (
        asking.ask(new, seed=seed, target=target, assignments=assignments, n_processes=n_processes),
        ask_old(old, seed=seed, target=target),
    )
    for question in questions:
        yield next(answers[0] if isinstance(question, asking.Asked) else answers[1])
