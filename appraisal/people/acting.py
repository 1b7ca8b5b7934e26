"""Who acts for whom: Plt, Plh, and the delegate whom a superior on leave has named. Prepared is not signed."""

from dataclasses import dataclass
from enum import StrEnum


class ActingKind(StrEnum):
    """Plt and Plh act in a position, for whoever holds it; a delegate acts for a person."""

    PLT = "PLT"
    PLH = "PLH"
    DELEGATE = "DELEGATE"


@dataclass(frozen=True, slots=True)
class Acting:
    """`by` acts for the official `represented`. Without `signs` it is only to prepare: drafts, and returns."""

    represented: str
    by: str
    signs: bool = True
