"""How whole states are kept as JSON documents."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from appraisal.calibration import Calibration
from appraisal.case import Case
from appraisal.commands import Remedy
from appraisal.cycle import Cycle
from appraisal.enrolment import Enrolment
from appraisal.evaluation import Evaluation
from appraisal.holds import Held
from appraisal.nomination import Nomination
from appraisal.parts import Part
from appraisal.policy import Policy
from appraisal.seat_figures import Comparison
from appraisal.seat_market import Proposal
from appraisal.timetable import Timetable
from appraisal.voices import Opening
from appraisal.voices_told import Tally

CALIBRATION: TypeAdapter[Calibration] = TypeAdapter(Calibration)
HELD: TypeAdapter[Held | None] = TypeAdapter(Held | None)
CYCLE: TypeAdapter[Cycle] = TypeAdapter(Cycle)
CASE: TypeAdapter[Case] = TypeAdapter(Case)
ENROLMENT: TypeAdapter[Enrolment] = TypeAdapter(Enrolment)
EVALUATION: TypeAdapter[Evaluation] = TypeAdapter(Evaluation)
NOMINATION: TypeAdapter[Nomination] = TypeAdapter(Nomination)
COMPARISON: TypeAdapter[Comparison] = TypeAdapter(Comparison)
SEAT: TypeAdapter[Proposal] = TypeAdapter(Proposal)
REMEDY: TypeAdapter[Remedy] = TypeAdapter(Annotated[Remedy, Field(discriminator="kind")])
POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)
TIMETABLE: TypeAdapter[Timetable] = TypeAdapter(Timetable)
TALLY: TypeAdapter[Tally] = TypeAdapter(Tally)
OPENING: TypeAdapter[Opening] = TypeAdapter(Opening)
PARTS: TypeAdapter[tuple[Part, ...]] = TypeAdapter(tuple[Part, ...])
