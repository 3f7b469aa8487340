"""The reports on an experiment, which is run, and on a protocol, whose trains are made."""

from plasticity.authoring.report import NOTHING_WRONG, Report, Status, file_name
from plasticity.experiment import Experiment, Outcome
from plasticity.protocols import Protocol, spike_trains
from plasticity.runs import run
from plasticity.settings import shown

LONGEST = 5.0  # seconds of the quick preset, as `plasticity.experiment` says


def experiment_report(experiment: Experiment, *, draws: bool) -> Report:
    """What came of its quick run: its claims, and how long it took; its picture is drawn, kept or not.

    draws : whether to keep the picture and the data
    """
    finished = run(experiment, experiment.quick, "quick")
    contents = finished.files("png")
    sections = {
        "question": (experiment.question,),
        "parameters": tuple(f"{name} = {value}" for name, value in shown(experiment.quick).items()),
        "claims": tuple(map(_line, finished.claims)),
        "caption": (experiment.caption(experiment.quick, finished.result),),
        "time": (f"{finished.seconds:.2g} s",),
    }
    failed = [claim for claim in finished.claims if not claim.holds]
    n = len(finished.claims)
    verdict = f"{NOTHING_WRONG}; {'its only claim holds' if n == 1 else f'all {n} claims hold'}"
    if failed:
        verdict = f"{len(failed)} of {n} claims {'does' if len(failed) == 1 else 'do'} not hold"
    files = {file_name(experiment.name, f"/{name}"): content for name, content in contents.items()} if draws else {}
    status: Status = "differs" if failed else "fine"
    asked = tuple(_questions(experiment, finished.seconds, finished.claims))
    return Report("experiment", experiment.name, status, verdict, (), asked, sections, files)


def protocol_report(protocol: Protocol) -> Report:
    """What a protocol gives, made once with the seed 0."""
    trains = spike_trains(protocol, 0 if protocol.is_random else None)
    told = tuple(_train(event, times.tolist()) for event, times in trains.items())
    verdict = f"{NOTHING_WRONG}; it gives {sum(len(times) for times in trains.values())} events"
    return Report("protocol", protocol.name, "fine", verdict, sections={"trains": told})


def _line(claim: Outcome) -> str:
    word = "holds" if claim.holds else "does not hold"
    return f"{word}: {claim.sentence}: {claim.figures}; {claim.source}"


def _questions(experiment: Experiment, seconds: float, claims: list[Outcome]) -> list[str]:
    asked = []
    if not claims:
        asked.append("it claims nothing: say what could turn out to be wrong")
    asked += [f"no reason is given for the tolerance of '{c.sentence}'" for c in claims if c.tolerance and not c.reason]
    if seconds > LONGEST:
        asked.append(f"its quick run took {seconds:.2g} s; {LONGEST:g} s are meant")
    return asked


def _train(event: str, times: list[float]) -> str:
    if not times:
        return f"{event}: none"
    return f"{event}: {len(times)}, from {times[0] * 1e3:g} to {times[-1] * 1e3:g} ms"
