"""Which ratings a calibration leaves everybody with."""

from operator import attrgetter

from appraisal.calibration.calibration import Adjustment, Calibration, Member, Rated
from appraisal.calibration.session_errors import FollowsUnit
from appraisal.errors import NotAMember
from appraisal.sources.sources import RULES
from appraisal.text import reason
from appraisal.vocabulary import Rating

RELOAD = "Load the page again and decide anew."
Given = dict[str, tuple[int, Adjustment]]


def by_employee(adjustments: tuple[Adjustment, ...], present: dict[str, Member]) -> Given:
    """The adjustments by whom they are about, each with its place; NotAMember for anybody who is not present, or twice."""
    found: Given = {}
    for number, adjustment in enumerate(adjustments):
        if adjustment.employee not in present or adjustment.employee in found:
            where = f"adjustments[{number}].employee"
            raise NotAMember("This person is not on the board, or was named twice.", where, RELOAD)
        found[adjustment.employee] = number, adjustment
    return found


def rated(calibration: Calibration, members: tuple[Member, ...], adjustments: Given) -> tuple[Rated, ...]:
    """Everybody present with the ratings that hold now: as reviewed, as adjusted with a reason, or as the own unit's result."""

    def rate(member: Member) -> Rated:
        number, given = adjustments.get(member.employee, (0, None))
        by_unit = calibration.rules.of_head(member.unit_result)
        if by_unit:
            return _by_unit(member, by_unit, given, number)
        if given is None or (given.results, given.behaviour) == (member.results, member.behaviour):
            return Rated(member, member.results, member.behaviour)
        return Rated(member, given.results, given.behaviour, reason(given.reason))

    return tuple(rate(member) for member in sorted(members, key=attrgetter("employee")))


def _by_unit(member: Member, results: Rating, given: Adjustment | None, number: int) -> Rated:
    """Whoever leads a unit has its result as the rating of results; the behaviour is the head's own. Rule: head_and_unit."""
    why = f"Capaian unit yang dipimpin: {member.unit_result} ({RULES['head_and_unit'].source})."
    if given is None:
        return Rated(member, results, member.behaviour, why if results is not member.results else "")
    if given.results is not results:
        raise FollowsUnit(
            f"This person leads a unit with the result {member.unit_result}; the rating of results is {results}.",
            f"adjustments[{number}].results",
            "Leave it so. Ask whoever sets the unit's result if that is wrong.",
        )
    if given.behaviour is member.behaviour:
        return Rated(member, results, member.behaviour, given.reason.strip() or why)
    return Rated(member, results, given.behaviour, reason(given.reason))
