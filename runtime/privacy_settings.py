"""What the environment says about the data of people."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_settings import BaseSettings

from appraisal.data_request import checked_term
from appraisal.errors import InvalidPolicy


def _term(value: str) -> str:
    try:
        return checked_term(value, "data_requests_due")
    except InvalidPolicy as wrong:
        raise ValueError("must be a duration of 72 hours at most, like PT72H") from wrong


class PrivacySettings(BaseSettings):
    """HR answers requests about own data within `data_requests_due`: what the law allows, or less."""

    data_requests_due: Annotated[str, AfterValidator(_term)] = "PT72H"
