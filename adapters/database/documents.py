"""How whole states are kept as JSON documents."""

from pydantic import TypeAdapter

from appraisal.calibration import Calibration
from appraisal.case import Case
from appraisal.nomination import Nomination
from appraisal.policy import Policy
from appraisal.timetable import Timetable

CALIBRATION: TypeAdapter[Calibration] = TypeAdapter(Calibration)
CASE: TypeAdapter[Case] = TypeAdapter(Case)
NOMINATION: TypeAdapter[Nomination] = TypeAdapter(Nomination)
POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)
TIMETABLE: TypeAdapter[Timetable] = TypeAdapter(Timetable)
