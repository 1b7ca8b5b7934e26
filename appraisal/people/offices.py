"""Which office an account can have: HR of the agency, HR of a part of it, or support."""

from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.errors import InvalidOffice, OwnOffice


@dataclass(frozen=True, slots=True)
class Office:
    """HR of the whole agency, or of this unit and everything below it; or `support`, which looks on and changes nothing."""

    unit: str | None = None
    support: bool = False

    @property
    def hr(self) -> bool:
        """Whether this is HR of the whole agency."""
        return self.unit is None and not self.support


WHOLE_AGENCY, SUPPORT = Office(), Office(support=True)


def served(parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The units for which somebody can be HR officer: the topmost, and those directly below it."""
    return tuple(sorted(unit for unit, above in parents.items() if above is None or parents.get(above, "") is None))


def demand_office(office: Office, parents: Mapping[str, str | None]) -> None:
    """InvalidOffice unless there is work for it in the units of today (`parents`: unit to the unit above).

    Cases belong to the calibration pools: the units directly below the topmost one, and that one. A unit further down
    has none of its own.
    """
    if office.unit is None:
        return
    if office.support:
        raise InvalidOffice(
            "Support is given for no unit: it looks where it is asked to.", "unit", "Leave the unit out."
        )
    if office.unit not in parents:
        raise InvalidOffice(
            "There is no such unit, or not any more.", "unit", "Choose one of today's units; /api/v1/units lists them."
        )
    if office.unit not in served(parents):
        raise InvalidOffice(
            "This unit has no cases of its own: they belong to the unit directly below the topmost one.",
            "unit",
            "Choose the unit above it.",
        )


def demand_another(officer: str, visitor: str) -> None:
    """OwnOffice where officers would give or take their own rights: so that one of the agency is always left."""
    if officer == visitor:
        raise OwnOffice("Nobody changes the own HR rights.", "", "Ask another HR officer of the agency.")
