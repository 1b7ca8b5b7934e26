"""All tables at once, for migrations and for tests that compare them."""

from sqlmodel import SQLModel

from adapters.database.tables import desk, organisation, process, watch

MODULES = (desk, organisation, process, watch)
METADATA = SQLModel.metadata
