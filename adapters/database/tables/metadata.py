"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import (
    appointments,
    career,
    delivery,
    departures,
    desk,
    development,
    enrolments,
    heads,
    organisation,
    papers,
    periods,
    policies,
    privacy,
    process,
    record,
    retention,
    seat_plans,
    session,
    siasn,
    sign_on,
    signing_in,
    socialisation,
    superiors,
    training,
    unit_performance,
    voices,
    watch,
)

MODULES = (
    *(
        appointments,
        career,
        delivery,
        departures,
        desk,
        development,
        enrolments,
        heads,
        organisation,
        papers,
        periods,
        policies,
    ),
    *(privacy, process, record, retention, seat_plans, session, siasn, sign_on, signing_in, socialisation, superiors),
    *(training, unit_performance, voices, watch),
)
METADATA = SQLModel.metadata
