"""How a table says what it holds about people: each column stands in exactly one group."""

from dataclasses import dataclass

from sqlmodel import SQLModel

from adapters.database.columns import table_of
from appraisal.privacy.personal_data import Category

GROUPS = ("people", "identity", "words", "facts", "secrets", "rest")


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds. Groups are names of columns, with spaces between them.

    `whose` is the column that says whom a row is about (empty: what the row belongs to says it, or it is about nobody);
    `age` the one from which a term counts (empty: it goes with what it belongs to).

    people: ids of people or accounts. identity: what names somebody outside Jenjang. words: what somebody typed.
    facts: what is said of somebody. secrets: what opens something, as a digest or sealed. rest: keys, dates and states.
    """

    model: type[SQLModel]
    category: Category
    people: str = ""
    identity: str = ""
    words: str = ""
    facts: str = ""
    secrets: str = ""
    rest: str = ""
    whose: str = ""
    age: str = ""

    @property
    def table(self) -> str:
        return table_of(self.model).name

    def group(self, name: str) -> tuple[str, ...]:
        """The columns of one of the GROUPS."""
        return tuple(getattr(self, name).split())

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for name in GROUPS for column in self.group(name))
