"""The year of somebody who moved: the parts with their place and superior, and what an earlier superior says of his.

No rule that could be confirmed says how parts become one rating (domain: "the last superior, considering the earlier one"): the
superior of today decides, having seen what was said. An earlier superior may say it until that review is handed in.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from appraisal.errors import NotAllowed, WrongStep
from appraisal.text import reason
from appraisal.vocabulary import Rating, Step, up_to

STILL_SAID = up_to(Step.REVIEW)
"""Steps at which an earlier superior may say something."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What an earlier superior says of the work that he saw: in words, and as ratings where he proposes any."""

    text: str
    results: Rating | None = None
    behaviour: Rating | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A time in one position: `since` this day until the day before `until`; the last part lasts. Who was its superior last."""

    unit: str
    title: str
    superior: str | None
    since: date
    until: date | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period of an assignment as the organisation knows it."""

    position: str
    unit: str
    title: str
    superior: str | None
    since: date
    until: date | None


def parts_of(periods: tuple[Period, ...], begins: date) -> tuple[Part, ...]:
    """The parts of a year that `begins` then; none for somebody who has kept one position. `periods` are in order.

    Another superior alone makes no part: the case has followed, and the last one of a position has seen it to its end.
    """
    found: list[tuple[str, Part]] = []
    for one in periods:
        part = Part(one.unit, one.title, one.superior, max(one.since, begins), one.until)
        if found and found[-1][0] == one.position and found[-1][1].until == one.since:
            part = replace(part, since=found.pop()[1].since)
        found.append((one.position, part))
    parts = tuple(part for _, part in found)
    return (*parts[:-1], replace(parts[-1], until=None)) if len(parts) > 1 else ()


def kept(before: tuple[Part, ...], found: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts as they were found, with what had been said of those that are still the same time under the same superior."""
    said = {(part.since, part.superior): part.statement for part in before}
    return tuple(replace(part, statement=said.get((part.since, part.superior))) for part in found)


def earlier(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The superiors of the parts that are over, each once."""
    return tuple(dict.fromkeys(part.superior for part in parts[:-1] if part.superior))


def stated(parts: tuple[Part, ...], since: date, said: Statement, step: Step) -> tuple[Part, ...]:
    """The parts once the superior of the one that began on this day has said something of it, or said it anew."""
    if step not in STILL_SAID:
        raise WrongStep("The review has been handed in; nothing more can be added to it.", "", "Speak to HR.")
    if said.by not in [part.superior for part in parts[:-1] if part.since == since]:
        raise NotAllowed("You were not the superior of this part of the year.", "since", "Choose your own part.")
    tidy = replace(said, text=reason(said.text, "text"))
    return tuple(replace(part, statement=tidy) if part.since == since else part for part in parts)
