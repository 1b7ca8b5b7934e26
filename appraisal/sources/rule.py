"""What is said of a rule of the field: law and article, how sure that is, and where it can be set. The rules: sources.py."""

from dataclasses import dataclass
from enum import StrEnum


class Sure(StrEnum):
    """How far a source can be trusted. CONFIGURED: none was found, so it is somebody's choice and can be another one."""

    SEEN = "seen"
    SECOND_HAND = "second_hand"
    FROM_MEMORY = "from_memory"
    CONFIGURED = "configured"


class Setting(StrEnum):
    """Where a rule can be changed. DATA is as the regulation has it; CODE is Jenjang's own choice, kept in its code."""

    POLICY = "policy"
    INSTALLATION = "installation"
    DATA = "data"
    CODE = "code"


class Topic(StrEnum):
    """What a rule is about, in the order in which a rating comes about."""

    TARGETS = "targets"
    REPORT = "report"
    RATING = "rating"
    UNIT = "unit"
    AFTERWARDS = "afterwards"
    PEOPLE = "people"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `says` is English and translated by whoever shows it; `source` keeps the law's own words, empty without one.

    `code` is where it stands in appraisal/, as path:name (`seats/market:points`); `key` what is set in the policy or the
    installation.
    """

    topic: Topic
    says: str
    source: str
    sure: Sure
    code: str
    setting: Setting = Setting.DATA
    key: str = ""


def N_(text: str) -> str:  # the name that the extraction of texts looks for
    """Marks a text that is translated where it is shown."""
    return text
