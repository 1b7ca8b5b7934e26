"""Whose secret it is: asked with every request, and therefore written down once."""

from sqlalchemy import bindparam, func, select

from adapters.database.columns import table_of
from adapters.database.desk.register import ACCOUNT, PERSON
from adapters.database.tables import desk

CREDENTIAL = table_of(desk.Credential)
OF_CREDENTIAL = ("kind", "scopes", "created_at", "used_at", "look_reason", "look_until")

BEHIND = (
    select(
        ACCOUNT.c.id,
        ACCOUNT.c.person_id,
        func.coalesce(PERSON.c.name, ACCOUNT.c.login),
        ACCOUNT.c.hr,
        ACCOUNT.c.language,
        ACCOUNT.c.hr_unit_id,
        ACCOUNT.c.support,
        ACCOUNT.c.second_step_at,
        *(CREDENTIAL.c[name] for name in OF_CREDENTIAL),
        CREDENTIAL.c.id.label("credential"),
    )
    .join(CREDENTIAL, CREDENTIAL.c.account_id == ACCOUNT.c.id)
    .outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
    .where(CREDENTIAL.c.secret_hash == bindparam("digest"), CREDENTIAL.c.kind.in_(bindparam("kinds", expanding=True)))
    .where(CREDENTIAL.c.expires_at > bindparam("now"), ACCOUNT.c.disabled.is_(False))
)
