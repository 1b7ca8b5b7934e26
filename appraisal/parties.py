"""The people of a case, and by which ids HR stands where a person could."""

from dataclasses import dataclass, replace

from appraisal.people.acting import Acting
from appraisal.vocabulary import OF_SECOND_LEVEL, Step

HR = "hr"
"""Stands for 'the HR officers of the agency' wherever a person's id could stand."""


def unit_hr(unit: str) -> str:
    """Stands for 'the HR officers of this unit' wherever a person's id could stand."""
    return f"{HR}/{unit}"


@dataclass(frozen=True, slots=True)
class Parties:
    """The people of a case: `line` is the chain of superiors, nearest first; `head` leads the calibration pool `unit`.

    `acting` are those who act now for one of the nearest two superiors. `head` is whoever leads now, acting or not.
    A late step is `escalated_to` the next superior and later `handed_to_hr` as well; the holder may still act. Whoever it
    was `taken_by` acts in the holder's place. `earlier` are the superiors of parts of the year that are over. `unit_hr`
    tells whether the unit has an HR officer other than the employee; these are called in by `handed_to_unit_hr`.
    While a rating is looked at by the second level, before the calibration or because of an objection, `rater` is whose
    rating it is and `decider` who decides; afterwards until the reporting line changes.
    Rule: reviewer.
    """

    employee: str
    unit: str
    line: tuple[str, ...] = ()
    head: str | None = None
    escalated_to: str | None = None
    handed_to_hr: bool = False
    taken_by: str | None = None
    acting: tuple[Acting, ...] = ()
    earlier: tuple[str, ...] = ()
    unit_hr: bool = False
    handed_to_unit_hr: bool = False
    rater: str | None = None
    decider: str | None = None

    @property
    def supervisor(self) -> str | None:
        return self.line[0] if self.line else None

    def alone(self) -> "Parties":
        """These people where nobody has been called in."""
        return replace(self, escalated_to=None, handed_to_hr=False, handed_to_unit_hr=False, taken_by=None)

    @property
    def reviewer(self) -> str | None:
        """Who must approve and review now: the supervisor, or whoever signs for him.

        Nobody acts on the own case: where the employee is the one who acts, the case goes to the next superior.
        """
        acting = self.acting_for(self.supervisor)
        own = acting is not None and acting.signs and acting.by == self.employee
        official = self.line[1] if own and len(self.line) > 1 else self.supervisor
        return self.deputy(official) if official else None

    @property
    def preparer(self) -> str | None:
        """Who may prepare the supervisor's decisions without signing them."""
        acting = self.acting_for(self.supervisor)
        return acting.by if acting and not acting.signs and acting.by != self.employee else None

    def acting_for(self, official: str | None) -> Acting | None:
        return next((one for one in self.acting if one.represented == official), None)

    def knows(self, stands_in: str | None) -> bool:
        """Whether whoever does a step in the holder's place, if anybody, is still somebody of this line, or HR."""
        office = (unit_hr(self.unit),) if self.unit_hr else ()
        return stands_in in (None, HR, *office, *self.line, *(one.by for one in self.acting))

    def deputy(self, official: str) -> str:
        """Who decides for this official now: whoever signs for him, but never the employee himself."""
        acting = self.acting_for(official)
        return acting.by if acting and acting.signs and acting.by != self.employee else official


def holder_at(step: Step, parties: Parties) -> str | None:
    """Whose step it is between these people; None where nobody is there to do it."""
    if step in (Step.TARGETS, Step.SELF_ASSESSMENT, Step.ACKNOWLEDGEMENT):
        return parties.employee
    if step in (Step.APPROVAL, Step.REVIEW):
        return parties.reviewer
    if step is Step.CALIBRATION:
        return parties.head
    if step is Step.HEARING:
        return parties.rater or parties.reviewer
    if step in OF_SECOND_LEVEL:
        return parties.decider
    return HR if step is Step.NOMINATION else None
