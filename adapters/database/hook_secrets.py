"""The secrets that sign messages to programs, as they are kept: sealed; for a time two, while one follows the other."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import RowMapping

from adapters.sealing import CannotOpen, Sealer
from appraisal.sending import PATIENCE

log = structlog.get_logger(__name__)
OVERLAP = PATIENCE
"""So long the former secret signs as well: as long as a message is tried."""
Keys = Callable[[], Sealer]
NOTHING: dict[str, Any] = {"secret": "", "sealed": None, "former": None, "former_until": None}
"""Of a webhook that is switched off."""


def fresh(sealer: Sealer, hook: str, secret: str) -> dict[str, Any]:
    """The columns of a webhook that signs with this secret alone."""
    return {**NOTHING, "sealed": _sealed(sealer, hook, secret)}


def followed(sealer: Sealer, row: RowMapping, secret: str, until: datetime) -> dict[str, Any]:
    """The same, but the present secret signs beside it until then."""
    former = row["sealed"] or _sealed(sealer, row["id"], row["secret"])
    return {**fresh(sealer, row["id"], secret), "former": former, "former_until": until}


def signing(keys: Keys, row: RowMapping, at: datetime) -> tuple[str, ...]:
    """The secrets that sign now, the present one first; none where their key is gone."""
    former = row["former"] if row["former_until"] and at < row["former_until"] else None
    plain = (row["secret"],) if row["secret"] else ()
    try:
        return (*plain, *(keys().open(kept, _about(row["id"])) for kept in (row["sealed"], former) if kept))
    except CannotOpen as why:
        log.error("webhook_sealed", webhook=row["id"], why=str(why))
        return ()


def moved(keys: Keys, row: RowMapping, at: datetime) -> dict[str, Any]:
    """What to change so that it is kept as it should be: sealed, under the present key, and no longer than it signs."""
    try:
        sealer = keys()
        over = row["former_until"] is not None and row["former_until"] <= at
        kept = {"sealed": row["sealed"], "former": None if over else row["former"]}
        old = {
            name: sealer.open(text, _about(row["id"])) for name, text in kept.items() if text and sealer.is_old(text)
        }
        if row["secret"]:
            old["sealed"] = row["secret"]
        changed = {**kept, **{name: _sealed(sealer, row["id"], text) for name, text in old.items()}}
    except CannotOpen:
        return {}
    changed |= {"secret": "", "former_until": None if over else row["former_until"]}
    return {name: value for name, value in changed.items() if value != row[name]}


def _sealed(sealer: Sealer, hook: str, secret: str) -> str:
    return sealer.seal(secret, _about(hook))


def _about(hook: str) -> str:
    return f"webhook/{hook}"
