"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import (
    appointments,
    delivery,
    desk,
    organisation,
    papers,
    policies,
    process,
    superiors,
    watch,
)

MODULES = (appointments, delivery, desk, organisation, papers, policies, process, superiors, watch)
METADATA = SQLModel.metadata
