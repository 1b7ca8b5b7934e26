"""How whole states are kept as JSON documents."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from appraisal.calibration.calibration import Calibration
from appraisal.case import Case
from appraisal.commands import Remedy
from appraisal.cycle import Cycle
from appraisal.holds import Held
from appraisal.people.parts import Part
from appraisal.periods.evaluation import Evaluation
from appraisal.policy.policy import Policy
from appraisal.seats.figures import Comparison
from appraisal.seats.market import Proposal
from appraisal.timetable import Timetable
from appraisal.training.enrolment import Enrolment
from appraisal.training.nomination import Nomination
from appraisal.voices.told import Tally
from appraisal.voices.voices import Opening

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
