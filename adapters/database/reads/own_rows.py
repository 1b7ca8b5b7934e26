"""The rows of tables that are about one person alone, as that person may have them. Secrets stay where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import (
    appointments,
    desk,
    development,
    organisation,
    privacy,
    process,
    record,
    sign_on,
    signing_in,
    socialisation,
    superiors,
)
from appraisal.privacy.reading import Ground


@dataclass(frozen=True, slots=True)
class Own:
    """One table: by which columns a row is this person's, or this account's, and what is left out of it."""

    table: Table
    person: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def of(self, person: str | None, account: str) -> ColumnElement[bool]:
        people = (self.table.c[name] == person for name in self.person)
        return or_(*people, *(self.table.c[name] == account for name in self.account))


READING = table_of(record.Reading)
ROWS: dict[str, Own] = {
    "person": Own(table_of(organisation.Person), ("id",)),
    "assignments": Own(table_of(organisation.Assignment), ("person_id",)),
    "account": Own(table_of(desk.Account), account=("id",), left_out=("password_hash",)),
    "sign_ins_and_keys": Own(table_of(desk.Credential), account=("account_id",), left_out=("secret_hash",)),
    "linked_accounts": Own(table_of(sign_on.Identity), account=("account_id",)),
    "security_record": Own(table_of(signing_in.SecurityEvent), account=("account_id",)),
    "notices": Own(table_of(process.Notice), ("recipient",)),
    "drafts": Own(table_of(desk.Draft), ("person_id",)),
    "acting": Own(table_of(appointments.Appointment), ("person_id", "represented_id")),
    "superior_reports": Own(table_of(superiors.SuperiorReport), ("person_id",)),
    "data_requests": Own(table_of(privacy.DataRequest), ("person_id",)),
    "erasures": Own(table_of(privacy.Erasure), ("person_id",)),
    "rules_confirmed": Own(table_of(socialisation.RulesConfirmation), ("person_id",)),
    "rules_questions": Own(table_of(socialisation.RulesQuestion), ("person_id",)),
    "development": Own(table_of(development.DevelopmentEntry), ("person_id",)),
    "readers": Own(READING, ("employee_id",)),
}
"""By the name of the file. What is a decision in the making, or about others too, is not here: pages tell what may be told."""


async def rows(session: Session, own: Own, person: str | None, account: str) -> tuple[tuple[str, ...], Sequence[Any]]:
    """The names of the columns, and all rows of this person, or of the account."""
    columns = tuple(column for column in own.table.c if column.name not in own.left_out)
    query = select(*columns).where(own.of(person, account)).order_by(*own.table.primary_key)
    if own.table is READING:
        query = query.where(READING.c.ground != Ground.OWN)
    return tuple(column.name for column in columns), (await session.execute(query)).all()
