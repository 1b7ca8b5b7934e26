"""Who wants which seat: the people of a nomination with their needs, the courses, and what limits them.

Rule: need_points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from appraisal.training.course import ANYBODY, Attendee, Course, Parameters, excluded
from appraisal.training.limits import NO_LIMITS, Given, Limits
from appraisal.training.training import HOURS, MOST_WEIGHT, SENTENCES, Need, NoTraining, exceeds
from appraisal.vocabulary import Employment, Predicate

BETTER = tuple(Predicate)
Refusal = tuple[str, Parameters]
"""Why somebody does not get a course: a code, and what the sentence names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose nomination is to be decided, with the JP already granted: (year, hours); `unit` is the pool."""

    employee: str
    employment: Employment
    predicate: Predicate | None
    needs: tuple[Need, ...]
    granted: tuple[tuple[int, int], ...] = ()
    who: Attendee = ANYBODY
    unit: str = ""

    @property
    def urgency(self) -> int:
        return min((need.urgency for need in self.needs), default=MOST_WEIGHT)

    @property
    def place(self) -> tuple[int, str]:
        """Among equally urgent needs: the worse predicate first, then the id. Rule: training_order."""
        return (-BETTER.index(self.predicate) if self.predicate else 1), self.employee

    @property
    def rank(self) -> tuple[int, int, str]:
        """Before whom somebody stands by the most urgent of the own needs."""
        return self.urgency, *self.place


@dataclass(frozen=True, slots=True)
class Market:
    """Who waits, what is offered, what limits it, and what has been `given` away before."""

    candidates: tuple[Candidate, ...]
    courses: tuple[Course, ...]
    limits: Limits = NO_LIMITS
    given: Given = field(default_factory=Given)

    def left(self, course: Course) -> int:
        """Seats of this course that are free."""
        return max(course.seats - self.given.seats.get(course.id, 0), 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A training or none, and why: a code with parameters, and the plain sentence. Rank 1 stands first."""

    employee: str
    training: str | None
    code: str
    parameters: Parameters
    reason: str
    rank: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A course that helps somebody: how urgent the most urgent need is that it meets, and its points."""

    urgency: int
    points: int
    course: Course


def points(needs: tuple[Need, ...], course: Course) -> int:
    """What a seat is worth: of each need the part that the course meets, in per cent, times the weight of its reason.

    A missed target (weight 3) met in full is 300 points; half of the topics of somebody very good (weight 2) are 100. Several
    needs of the same reason and topics count once: the course is taken once.
    Rule: need_points.
    """
    return sum(need.weight * need.met_by(course) for need in distinct(needs))


def distinct(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Needs by what they ask for, each once, most urgent first, without what only their sentences tell."""
    bare = {Need(need.reason, need.topics, (), need.hours, need.agreed) for need in needs}
    return tuple(sorted(bare, key=lambda need: (need.urgency, need.reason, need.topics)))


class Wishes:
    """What people want, worked out once for all whose needs are the same."""

    def __init__(self, courses: tuple[Course, ...]) -> None:
        self._courses = courses
        self._worth: dict[Need, tuple[int, ...]] = {}
        self._wishes: dict[tuple[Need, ...], tuple[Wish, ...]] = {}
        self._bars: dict[tuple[object, ...], dict[str, Refusal]] = {}

    def of(self, candidate: Candidate) -> tuple[Wish, ...]:
        """The courses that help, the dearest wish first: what meets the most urgent need, then what has most points, then the
        shorter course, then its id. Rule: training_order.
        """
        needs = distinct(candidate.needs)
        if needs not in self._wishes:
            found = self._found(needs)
            order = sorted(found, key=lambda w: (w.urgency, -w.points, w.course.hours, w.course.id))
            self._wishes[needs] = tuple(order)
        return self._wishes[needs]

    def _found(self, needs: tuple[Need, ...]) -> list[Wish]:
        """The courses that help with these needs, the most urgent of which comes first."""
        worth = [self._worth_of(need) for need in needs]
        totals = (sum(parts) for parts in zip(*worth, strict=True))
        urgency: dict[int, int] = {}
        for need, parts in zip(needs, worth, strict=True):
            for place, part in enumerate(parts):
                if part:
                    urgency.setdefault(place, need.urgency)
        return [Wish(urgency[place], total, self._courses[place]) for place, total in enumerate(totals) if total]

    def _worth_of(self, need: Need) -> tuple[int, ...]:
        if need not in self._worth:
            self._worth[need] = tuple(need.weight * need.met_by(course) for course in self._courses)
        return self._worth[need]

    def bars(self, candidate: Candidate) -> Mapping[str, Refusal]:
        """Why a course is not for this person, whatever the need, by its id. Rules: hours_pppk, course_eligibility."""
        key = (candidate.employment, candidate.granted, candidate.who)
        if key not in self._bars:
            found = ((course, _bar(candidate, course)) for course in self._courses)
            self._bars[key] = {course.id: bar for course, bar in found if bar}
        return self._bars[key]


def _bar(candidate: Candidate, course: Course) -> Refusal | None:
    if unfit := excluded(course, candidate.employment, candidate.who):
        return unfit
    if exceeds(candidate.employment, dict(candidate.granted), course):
        return NoTraining.OVER_HOURS, (("course", course.name), ("most", str(HOURS[candidate.employment].most)))
    return None


@lru_cache(maxsize=1)
def wishes_for(courses: tuple[Course, ...]) -> Wishes:
    """The wishes for this catalogue; what was worked out for one plan serves the next."""
    return Wishes(courses)


def with_training(candidate: Candidate, wish: Wish, rank: int) -> Proposal:
    """The proposal of this course, with the need that it meets as the reason."""
    need = _met_first(candidate, wish)
    return Proposal(candidate.employee, wish.course.id, need.reason, need.parameters, need.sentence, rank)


def without_training(candidate: Candidate, wishes: tuple[Wish, ...], refusal: Refusal | None, rank: int) -> Proposal:
    """The proposal of none: no need, no course that helps, or why the dearest wish is refused."""
    code: str
    parameters: Parameters
    if not candidate.needs:
        code, parameters = NoTraining.NO_GAP, ()
    elif refusal is None:
        code, parameters = NoTraining.NO_COURSE, (("need", candidate.needs[0].sentence),)
    else:
        code, parameters = refusal[0], (("need", _met_first(candidate, wishes[0]).sentence), *refusal[1])
    sentence = SENTENCES[code].format(**dict(parameters))
    return Proposal(candidate.employee, None, code, parameters, sentence, rank)


def _met_first(candidate: Candidate, wish: Wish) -> Need:
    """The most urgent need that the course meets."""
    met = (need for need in candidate.needs if need.met_by(wish.course))
    return min(met, key=lambda need: need.urgency)
