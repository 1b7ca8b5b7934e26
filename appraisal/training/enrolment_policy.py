"""What a policy says of a seat that HR has approved: how long one may answer, what silence means, when it is looked back on."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from appraisal.errors import InvalidPolicy
from appraisal.policy.document import Part
from appraisal.policy.spans import Calendar, after, around, checked_length, duration

LONGEST = timedelta(days=5 * 366)
"""Whoever looks back later than this does not remember."""


class Silence(StrEnum):
    """What it means when somebody does not answer in time. Rule: seat_answer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class EnrolmentDates:
    """The instants of one seat: the answer to it, the course itself, and the look back on it."""

    remind: datetime
    respond_by: datetime
    begins: datetime
    record_from: datetime
    look_back_at: datetime
    remind_look_back: datetime
    answers_by: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentPolicy:
    """`respond`: how long one may answer an invitation; the course itself never begins before that. `remind` is one reminder
    before it, and before the end of the look back, which is asked for `look_back` after the course and taken for `answer`.

    `early`: how long before its first day attendance may be recorded; nothing but a rehearsal needs that. A policy that does
    not speak of seats has these values. Rules: seat_answer, look_back.
    """

    respond: str = "5 working days"
    remind: str = "2 working days before"
    silence: Silence = Silence.ACCEPTED
    look_back: str = "P365D"
    answer: str = "20 working days"
    early: str = "PT0S"

    @staticmethod
    def read(part: Part) -> "EnrolmentPolicy":
        """This part of a policy; InvalidPolicy names the key that is wrong, also where only its dates show it."""
        lengths = {key: checked_length(part.text(key), part.place(key)) for key in ("respond", "look_back", "answer")}
        silence = Silence(part.one_of("silence", tuple(Silence)))
        found = EnrolmentPolicy(**lengths, silence=silence, remind=part.text("remind"), early=part.text("early"))
        part.knows_only(tuple(found.document()))
        if found.dates(*_SOME_COURSE, _SOME_CALENDAR).answers_by - _SOME_COURSE[2] > LONGEST:
            raise InvalidPolicy("Nobody remembers that long.", part.place("look_back"), "Write a year: P365D.")
        return found

    def document(self) -> dict[str, Any]:
        """This part as a document has it."""
        return {one.name: str(getattr(self, one.name)) for one in fields(self)}

    def dates(self, starts_on: date, ends_on: date, at: datetime, calendar: Calendar) -> EnrolmentDates:
        """The dates of a seat that is offered now. Whoever is invited so late that the course has begun may still answer."""
        close, begins = calendar.closes, calendar.moment(starts_on, calendar.opens)
        planned = after(self.respond, at, calendar, close, at.year, "enrolment.respond")
        respond_by = min(planned, begins) if begins > at else planned
        over = max(calendar.moment(ends_on, close), respond_by)
        look_back_at = after(self.look_back, over, calendar, calendar.opens, over.year, "enrolment.look_back")
        answers_by = after(self.answer, look_back_at, calendar, close, look_back_at.year, "enrolment.answer")
        return EnrolmentDates(
            self._reminder(at, respond_by, calendar),
            respond_by,
            begins,
            begins - duration(self.early, "enrolment.early"),
            look_back_at,
            self._reminder(look_back_at, answers_by, calendar),
            answers_by,
        )

    def _reminder(self, opens: datetime, due: datetime, calendar: Calendar) -> datetime:
        """Within the window, however short that has become."""
        return min(max(around(self.remind, due, calendar, "enrolment.remind"), opens), due)


_SOME_COURSE = (date(2026, 6, 1), date(2026, 6, 3), datetime(2026, 1, 5, tzinfo=UTC))
_SOME_CALENDAR = Calendar("UTC", time(8), time(16), ())
"""What a policy is tried on when it is read, so that none fails when a seat is offered."""
