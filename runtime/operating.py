"""The part of the settings that whoever operates the service decides: versions of workers, and what a backup reaches."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings

from runtime.setting_values import Said


def _of_postgresql(value: str | None) -> str | None:
    if value is not None and not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("must begin with postgresql://: Temporal's own database, for the backup")
    return value.replace("postgres://", "postgresql://", 1).replace("sslmode=", "ssl=") if value else None


def _build_id(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[A-Za-z0-9._+-]{1,80}", value):
        raise ValueError("must be up to 80 letters, digits and . _ + -, like 0.1.0-4f2a91c")
    return value


class Operating(BaseSettings):
    """With a `build_id` a worker gets work only while that id is the current one of its deployment (`jenjang promote`).

    `temporal_database_url` is the database of a Temporal cluster on PostgreSQL, which the backup then holds too; its list is
    in another of the same name and `_visibility`.
    """

    build_id: Annotated[Said, AfterValidator(_build_id)] = None
    temporal_database_url: Annotated[Said, AfterValidator(_of_postgresql)] = Field(default=None, repr=False)
