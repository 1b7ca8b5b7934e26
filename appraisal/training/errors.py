"""The ways the rules say no where the catalogue of trainings and its limits are concerned."""

from appraisal.errors import AppraisalError


class OtherEmployment(AppraisalError):
    """A course is for another employment."""


class OtherPosition(AppraisalError):
    """A course is for other kinds of position."""


class LowerGrade(AppraisalError):
    """A course asks for a higher golongan."""


class GradeMissing(AppraisalError):
    """A course asks for a golongan, and none is on record."""


class DatesOverlap(AppraisalError):
    """Nobody is given two courses that are held on the same day."""


class CourseBegun(AppraisalError):
    """Nobody is given a seat in a course that has begun, or is over."""


class NoBudgetLeft(AppraisalError):
    """A decision would cost more than the budget of the year holds."""


class NoQuotaLeft(AppraisalError):
    """A decision would give a unit more seats than it may have in the year."""


class SeatsGivenAway(AppraisalError):
    """A course keeps as many seats as have been given away, and is not withdrawn while somebody has one."""


class Withdrawn(AppraisalError):
    """A course is offered no more, or still is."""


class StaleCatalogue(AppraisalError):
    """A course or the limits of a year have been changed since they were seen."""


class InvalidAmount(AppraisalError):
    """An amount of money is whole rupiah, not below 0."""


class InvalidSeats(AppraisalError):
    """A number of seats is whole and not below 0."""


class NothingChanges(AppraisalError):
    """What is to be set is so already."""


class UnknownUnit(AppraisalError):
    """Quotas are for the units of the calibration: the topmost one, and those directly below it."""
