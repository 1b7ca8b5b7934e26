"""The people of a document: who they were when it was signed, and who signed it for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from appraisal.papers.papers import Act


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody as the record knew him that day; what it does not hold is empty. `number` is the NIP or NI PPPK."""

    name: str
    number: str = ""
    grade: str = ""
    title: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose decision it was and when; `represents` is the official in whose place, `office` whether HR decided."""

    by: Official
    at: datetime
    represents: Official | None = None
    office: bool = False


def signed(act: Act, people: Mapping[str, Official], accounts: Mapping[str, str]) -> Signed:
    """The act as a signature. An officer without a position is named by the account."""
    if act.actor in people:
        return Signed(people[act.actor], act.at, people.get(act.on_behalf_of or ""))
    return Signed(Official(accounts.get(act.actor, act.actor)), act.at, people.get(act.on_behalf_of or ""), office=True)
