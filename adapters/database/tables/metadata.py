"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import appointments, desk, organisation, process

MODULES = (appointments, desk, organisation, process)
METADATA = SQLModel.metadata
