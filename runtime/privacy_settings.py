"""What the environment says about the data of people."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_settings import BaseSettings

from appraisal.errors import InvalidPolicy
from appraisal.privacy.data_request import checked_term
from appraisal.privacy.erasing import USUAL, Part, read_parts
from runtime.setting_values import Said, variable

LONGEST_LINE = 200


def _term(value: str) -> str:
    try:
        return checked_term(value, "data_requests_due")
    except InvalidPolicy as wrong:
        raise ValueError("must be a duration of 72 hours at most, like PT72H") from wrong


def _line(value: str | None) -> str | None:
    if value is not None and (len(value) > LONGEST_LINE or not value.isprintable()):
        raise ValueError(f"must be one line of {LONGEST_LINE} characters at most: people read it on the privacy notice")
    return value


def _parts(value: str) -> str:
    try:
        read_parts(value)
    except InvalidPolicy as wrong:
        told = f"{wrong.what} {wrong.remedy}".rstrip(".")
        raise ValueError(f"must be a list of what may be erased, like drafts,devices. {told}") from wrong
    return value


class PrivacySettings(BaseSettings):
    """HR answers requests about own data within `data_requests_due`: what the law allows, or less.
    What people ask to have erased goes as far as it is `erasable`.

    The privacy notice names the agency as `agency` says (else as its topmost unit is called), its data protection officer
    and how to reach him. What is not said here is not on it: the log of the API and HR's page name what is missing.
    """

    data_requests_due: Annotated[str, AfterValidator(_term)] = "PT72H"
    erasable: Annotated[str, AfterValidator(_parts)] = ",".join(USUAL)
    agency: Annotated[Said, AfterValidator(_line)] = None
    privacy_officer: Annotated[Said, AfterValidator(_line)] = None
    privacy_contact: Annotated[Said, AfterValidator(_line)] = None

    @property
    def erasable_parts(self) -> tuple[Part, ...]:
        """What the agency lets go where somebody asks for it. Rule: erasable."""
        return read_parts(self.erasable)

    @property
    def privacy_gaps(self) -> tuple[str, ...]:
        """The variables without which the privacy notice says less than the law asks. Rule: data_contact."""
        return tuple(variable(name) for name in ("privacy_officer", "privacy_contact") if getattr(self, name) is None)
