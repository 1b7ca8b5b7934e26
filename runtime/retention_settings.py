"""What the environment says about how long things are kept, and about archives."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import BaseSettings

from appraisal.errors import InvalidPolicy
from appraisal.privacy.retention import Retention, checked_span, read_retention
from runtime.setting_values import Said

ARCHIVING = ("archive_dir", "archive_after")
"""What archiving by itself needs: both, or neither."""


def _readable(read: Callable[[str], object]) -> AfterValidator:
    """What these rules can read, left as it is written."""

    def check(value: str | None) -> str | None:
        try:
            read(value or "")
        except InvalidPolicy as wrong:
            raise ValueError(f"cannot be: {wrong.what} {wrong.remedy.rstrip('.')}") from wrong
        return value

    return AfterValidator(check)


def _span_if_any(value: str) -> object:
    return value and checked_span(value)


class RetentionSettings(BaseSettings):
    """`retention` says what goes by itself and after how long; what it does not name stays. A finished cycle is archived
    into `archive_dir` once it has been closed for `archive_after`: with both settings, or not by itself.
    """

    retention: Annotated[str, _readable(read_retention)] = ""
    archive_dir: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    archive_after: Annotated[Said, _readable(_span_if_any)] = None

    @property
    def keeping(self) -> Retention:
        """`retention` as the rules read it."""
        return read_retention(self.retention)

    @property
    def archiving(self) -> tuple[Path, timedelta] | None:
        """Into which folder finished cycles are archived by themselves, and how long after their closing; None: they are not."""
        return (self.archive_dir, checked_span(self.archive_after)) if self.archive_dir and self.archive_after else None
