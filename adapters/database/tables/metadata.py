"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import desk, organisation, process

MODULES = (desk, organisation, process)
METADATA = SQLModel.metadata
