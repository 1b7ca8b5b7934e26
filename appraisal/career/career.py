"""What is proposed for somebody's career, with its reasons. A named person confirms it, changes it or refuses it.

Rule: career_by_people.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from appraisal.career.credit import Conversion, Progress, progress
from appraisal.career.policy import CareerPolicy
from appraisal.career.recognition import Rated, appointed, for_service, very_good_twice
from appraisal.career.talent import POOL, box_of
from appraisal.vocabulary import Employment, Level

Parameters = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    """What is proposed: angka kredit of a year, the box of a year, an award, or a post to be prepared for."""

    CREDIT = "credit"
    BOX = "box"
    AWARD = "award"
    SUCCESSION = "succession"


BY_COMMITTEE = (Kind.BOX, Kind.SUCCESSION)
"""What a member of the committee decides, by name. Rule: talent_committee."""
CARRIED_OVER = "carried_over"
"""What credit from before the first year in Jenjang is about."""


class Why(StrEnum):
    """A reason of a proposal; the parameters fill its sentence."""

    CONVERTED = "converted"
    PERFORMANCE = "performance"
    POTENTIAL = "potential"
    TWICE = "twice"
    SERVICE = "service"
    IN_POOL = "in_pool"
    NEXT_POST = "next_post"


class Verdict(StrEnum):
    """What was decided of a proposal, or put on record without one."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    REFUSED = "refused"
    GIVEN = "given"


IN_FORCE = (Verdict.CONFIRMED, Verdict.CHANGED, Verdict.GIVEN)


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason with what it names."""

    why: Why
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`about` says which one of the kind (a year, an award, a post), `value` what is proposed (credit, box, award, post)."""

    kind: Kind
    person: str
    about: str
    value: str
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[Kind, str, str]:
        return self.kind, self.person, self.about

    @property
    def mark(self) -> str:
        """Another mark whenever anything of it is another."""
        return hashlib.sha256(repr((*self.key, self.value, self.grounds)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Decided:
    """The newest decision of one kind about one thing: the `number`th. `mark` is that of its proposal, empty without one."""

    kind: Kind
    about: str
    verdict: Verdict
    value: str
    mark: str = ""
    level: Level | None = None
    number: int = 0

    @property
    def holds(self) -> bool:
        return self.verdict in IN_FORCE


@dataclass(frozen=True, slots=True)
class Score:
    """What an assessment of the potential found, 0 to 100."""

    value: Decimal
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Post:
    """A position that leads a unit."""

    id: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Career:
    """What is on record of somebody, as far as a career follows from it. `months`: in a functional position, by rated year."""

    person: str
    nip: str
    employment: Employment
    functional: bool
    level: Level | None
    rated: tuple[Rated, ...] = ()
    months: Mapping[int, int] = field(default_factory=dict)
    score: Score | None = None
    next_post: Post | None = None
    decided: tuple[Decided, ...] = ()

    @property
    def newest(self) -> Rated | None:
        return max(self.rated, key=lambda one: one.year, default=None)

    @property
    def box(self) -> tuple[int, int] | None:
        """(year, box) of the newest box that a member of the committee has confirmed."""
        boxes = [one for one in self.decided if one.kind is Kind.BOX and one.holds]
        last = max(boxes, key=lambda one: one.about, default=None)
        return (int(last.about), int(last.value)) if last else None

    def decision(self, proposal: Proposal) -> Decided | None:
        """What was decided of this last."""
        return next((one for one in self.decided if (one.kind, one.about) == (proposal.kind, proposal.about)), None)

    def seen(self, proposal: Proposal) -> str:
        """What somebody has seen who looks at it now: the proposal, and how often it was decided."""
        before = self.decision(proposal)
        return f"{proposal.mark}-{before.number if before else 0}"

    def waits(self, proposal: Proposal) -> bool:
        """Whether nobody has decided on it yet, as it is now."""
        before = self.decision(proposal)
        return before is None or before.mark != proposal.mark

    def progress(self) -> Progress | None:
        """The confirmed credit at the present level; None of whoever has none."""
        if not self.functional or self.level is None:
            return None
        found = (one for one in self.decided if one.kind is Kind.CREDIT and one.holds)
        return progress(self.level, ((one.level or self.level, Decimal(one.value)) for one in found))


def proposals(career: Career, policy: CareerPolicy, today: date) -> tuple[Proposal, ...]:
    """All that the record proposes for this person."""
    found = (_credits(career, policy), _box(career, policy), _awards(career, today), _succession(career))
    return tuple(proposal for some in found for proposal in some)


def conversion(career: Career, year: int) -> Conversion | None:
    """That year as credit; None outside functional positions, without a level, and where the year was not rated."""
    rated = next((one for one in career.rated if one.year == year), None)
    months = career.months.get(year, 0)
    if not career.functional or career.level is None or rated is None or months == 0:
        return None
    return Conversion(rated.predicate, career.level, months)


def credited(career: Career, year: int, one: Conversion, policy: CareerPolicy) -> Proposal:
    """This conversion as a proposal with its arithmetic."""
    credit = one.credit(policy.rounding)
    told = {"year": year, "predicate": one.predicate, "level": one.level, "months": one.months}
    numbers = {"percent": one.percent, "per_year": one.per_year, "credit": credit}
    parameters = tuple((name, str(value)) for name, value in (told | numbers).items())
    return Proposal(Kind.CREDIT, career.person, str(year), str(credit), (Ground(Why.CONVERTED, parameters),))


def _credits(career: Career, policy: CareerPolicy) -> Iterator[Proposal]:
    for rated in career.rated:
        one = conversion(career, rated.year)
        if one is not None:
            yield credited(career, rated.year, one, policy)


def _box(career: Career, policy: CareerPolicy) -> Iterator[Proposal]:
    """The box of the newest rated year; none without a score or before there are cut-offs."""
    rated, score, cutoffs = career.newest, career.score, policy.cutoffs
    if rated is None or score is None or cutoffs is None:
        return
    performance, potential = policy.axis[rated.predicate], cutoffs.third(score.value)
    box = box_of(performance, score.value, cutoffs)
    seen = (("year", str(rated.year)), ("predicate", str(rated.predicate)), ("third", str(performance)))
    scored = (("score", f"{score.value:f}"), ("on", score.on.isoformat()), ("source", score.source))
    limits = (("third", str(potential)), ("high", f"{cutoffs.high:f}"), ("middle", f"{cutoffs.middle:f}"))
    grounds = (Ground(Why.PERFORMANCE, seen), Ground(Why.POTENTIAL, (*scored, *limits)))
    yield Proposal(Kind.BOX, career.person, str(rated.year), str(box), grounds)


def _awards(career: Career, today: date) -> Iterator[Proposal]:
    for year in very_good_twice(career.rated):
        ground = Ground(Why.TWICE, (("before", str(year - 1)), ("year", str(year))))
        yield Proposal(Kind.AWARD, career.person, f"very_good_twice/{year}", "very_good_twice", (ground,))
    since = appointed(career.nip, career.employment)
    award = for_service(since, today)
    if award is not None and since is not None:
        ground = Ground(Why.SERVICE, (("since", since.isoformat()), ("years", award.rpartition("_")[2])))
        yield Proposal(Kind.AWARD, career.person, award, award, (ground,))


def _succession(career: Career) -> Iterator[Proposal]:
    """The nearest post that leads a unit, for whoever is in one of the pool's boxes. Rules: succession_pool, succession_post."""
    box, post = career.box, career.next_post
    if box is None or post is None or box[1] not in POOL:
        return
    pool = Ground(Why.IN_POOL, (("year", str(box[0])), ("box", str(box[1]))))
    nearest = Ground(Why.NEXT_POST, (("post", post.title),))
    yield Proposal(Kind.SUCCESSION, career.person, post.id, post.id, (pool, nearest))
