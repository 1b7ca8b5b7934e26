"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import (
    appointments,
    delivery,
    departures,
    desk,
    enrolments,
    organisation,
    papers,
    periods,
    policies,
    process,
    session,
    socialisation,
    superiors,
    unit_performance,
    voices,
    watch,
)

MODULES = (
    *(appointments, delivery, departures, desk, enrolments, organisation, papers, periods, policies, process),
    *(session, socialisation, superiors, unit_performance, voices, watch),
)
METADATA = SQLModel.metadata
