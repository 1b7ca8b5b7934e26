"""What a policy says of the heads of units before trainings are decided: whether they are asked, and for how long."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from appraisal.errors import InvalidPolicy
from appraisal.policy.document import Part
from appraisal.policy.spans import Calendar, after, around, checked_length


@dataclass(frozen=True, slots=True)
class HeadsTimes:
    """When heads who have not spoken are reminded, and until when HR waits for them."""

    remind: datetime
    until: datetime

    def shifted(self, since: datetime, by: timedelta, latest: datetime) -> "HeadsTimes":
        """These times after the clock has stood still from `since` for so long."""
        return HeadsTimes(*(max(at, min(at + by, latest)) if at > since else at for at in (self.remind, self.until)))


@dataclass(frozen=True, slots=True)
class HeadsPolicy:
    """Heads have `answer` from the opening of the nomination, with one reminder before its end. Without this part nobody is
    asked. Rule: heads_word.
    """

    answer: str
    remind: str

    @staticmethod
    def read(part: Part) -> "HeadsPolicy":
        """This part of a policy; InvalidPolicy names the key that is wrong."""
        found = HeadsPolicy(checked_length(part.text("answer"), part.place("answer")), part.text("remind"))
        part.knows_only(tuple(found.document()))
        return found

    def document(self) -> dict[str, Any]:
        """This part as a document has it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def times(self, opens: datetime, due: datetime, year: int, calendar: Calendar) -> HeadsTimes:
        """The window as instants; InvalidPolicy where HR would not have any time left after it."""
        until = after(self.answer, opens, calendar, calendar.closes, year, "heads.answer")
        if not opens < until < due:
            what = f"The heads would be asked until {until}, and HR must have decided by {due}."
            raise InvalidPolicy(what, "heads.answer", "Give the heads less time, or let the nomination be due later.")
        remind = around(self.remind, until, calendar, "heads.remind")
        return HeadsTimes(min(max(remind, opens), until), until)
