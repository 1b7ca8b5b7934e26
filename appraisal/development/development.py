"""What somebody needs to develop, proposed from the record; each need with its source and its reason. People decide on it.

Rules: needs_and_plan, performance_gap, competence_gap, hours_pns, need_of_career.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from appraisal.career.career import Career, Kind
from appraisal.training.course import Parameters
from appraisal.training.training import DEVELOPMENT, HOURS, Facts, Reason, needs
from appraisal.vocabulary import Aspect, Behaviour, Employment


class Source(StrEnum):
    """Where a need comes from. Rule: needs_and_plan."""

    PERFORMANCE = "performance"
    COMPETENCE = "competence"
    HOURS = "hours"
    CAREER = "career"
    WISH = "wish"


class Competence(StrEnum):
    """The kinds of competence. Rule: competence_kinds."""

    TECHNICAL = "teknis"
    MANAGERIAL = "manajerial"
    SOCIO_CULTURAL = "sosial_kultural"


class Way(StrEnum):
    """How a need is met: by a course of some kind, by study leave, or by guidance at work. Rule: ways_of_development."""

    CLASSROOM = "klasikal"
    ON_THE_JOB = "di_tempat_kerja"
    E_LEARNING = "e_learning"
    STUDY_LEAVE = "tugas_belajar"
    COACHING = "bimbingan"


class Why(StrEnum):
    """A reason beside those of a gap in performance, which `appraisal.training.training.Reason` has."""

    HOURS_OWED = "hours_owed"
    NEXT_LEVEL = "next_level"
    SUCCESSOR = "successor"
    LEVEL_MISSED = "level_missed"
    OWN_WORDS = "own_words"


TOPICS: tuple[str, ...] = (*map(str, Aspect), *map(str, Behaviour), DEVELOPMENT)
"""What a course of the catalogue can help with."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need: `key` tells it from the others of its plan, `why` and `parameters` make its sentence."""

    key: str
    source: Source
    why: str
    parameters: Parameters = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the record says of somebody: the newest rated year before the plan's, and the hours (JP) had in the plan's year.

    `succession` says whether the agency shows everybody whether he is to be a successor. Rule: own_box.
    """

    employment: Employment
    rated: tuple[int, Facts] | None = None
    hours: int = 0
    career: Career | None = None
    succession: bool = False


def proposed(known: Known) -> tuple[Need, ...]:
    """The needs that the record proposes, the most urgent gap first, then the hours, then the career."""
    return (*_performance(known), *_hours(known), *_career(known))


def _performance(known: Known) -> Iterator[Need]:
    """The gaps of the rated year; whoever was very good has none, and is to grow. Rules: performance_gap, very_good."""
    if known.rated is None:
        return
    year, facts = known.rated
    for need in needs(facts):
        told = dict(need.parameters)
        which = f"/{told['number']}" if need.reason is Reason.MISSED_TARGET else ""
        parameters = (*need.parameters, ("year", str(year)))
        source = Source.CAREER if need.reason is Reason.OUTSTANDING else Source.PERFORMANCE
        yield Need(f"{source}/{year}/{need.reason}{which}", source, need.reason, parameters, need.topics)


def _hours(known: Known) -> Iterator[Need]:
    """What is missing from the hours that a year has at least; for a PPPK there is no such floor. Rule: hours_pns."""
    least = HOURS[known.employment].least or 0
    if known.hours < least:
        numbers = {"least": least, "had": known.hours, "owed": least - known.hours}
        parameters = tuple((name, str(value)) for name, value in numbers.items())
        yield Need("hours", Source.HOURS, Why.HOURS_OWED, parameters)


def _career(known: Known) -> Iterator[Need]:
    """Whoever has the credit for the next level, or is to succeed to a post, prepares for it. Rule: need_of_career."""
    career = known.career
    if career is None:
        return
    progress = career.progress()
    if progress is not None and progress.to_level == 0:
        told = (
            ("level", str(progress.level)),
            ("credit", str(progress.credit)),
            ("needed", str(progress.needed.level)),
        )
        yield Need(f"career/level/{progress.level}", Source.CAREER, Why.NEXT_LEVEL, told, (DEVELOPMENT,))
    post = career.next_post
    chosen = (one for one in career.decided if one.kind is Kind.SUCCESSION and one.holds)
    if known.succession and post is not None and any(one.about == post.id for one in chosen):
        yield Need(f"career/post/{post.id}", Source.CAREER, Why.SUCCESSOR, (("post", post.title),), (DEVELOPMENT,))
