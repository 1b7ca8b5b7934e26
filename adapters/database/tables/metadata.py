"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import delivery, desk, organisation, process

MODULES = (delivery, desk, organisation, process)
METADATA = SQLModel.metadata
