"""How whole states are kept as JSON documents."""

from pydantic import TypeAdapter

from appraisal.case import Case
from appraisal.policy import Policy
from appraisal.timetable import Timetable

CASE: TypeAdapter[Case] = TypeAdapter(Case)
POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)
TIMETABLE: TypeAdapter[Timetable] = TypeAdapter(Timetable)
