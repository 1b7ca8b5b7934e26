"""Results on their way to SIASN: HR's order, what became of each, whose turn it is where one did not arrive.

A push is one result of one person: the ratings of a year or of one of its periods, a course that was attended, or the box of
the talent map of a year. It waits until it has arrived or stands on HR's list with a reason. SIASN keeps one record for each,
so that sending the same again changes nothing there. Rule: siasn_record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from appraisal.access import Actor
from appraisal.siasn.errors import InvalidPush

MOST = 5000
"""Results named one by one in an order; all of a cycle are one word."""
YEAR = 0
"""The number of the year's own result, beside those of its periods."""
MOST_TRIES = 12
"""After so many tries a result that fails alone goes on HR's list: with Temporal's pauses, after more than an hour."""
STRIKES = 10
"""So many failures without one that gets through are an outage, whatever SIASN answers: nothing counts against anybody."""
LOST = timedelta(days=1)
"""An order that has not touched its results for so long is gone; another one may take them over."""
SYSTEM = "siasn"
"""Who acts in the record of a push, but for HR."""


class Matter(StrEnum):
    """What a push is about."""

    RATING = "rating"
    COURSE = "course"
    TALENT = "talent"


class Stand(StrEnum):
    """How a push stands."""

    WAITING = "waiting"
    SENT = "sent"
    LISTED = "listed"


class Owner(StrEnum):
    """Whose turn it is."""

    HR = "hr"
    DATA = "data"
    SIASN = "siasn"
    OPERATOR = "operator"


class Failure(StrEnum):
    """Why a result did not arrive."""

    OPEN_AGAIN = "open_again"
    UNRATED = "unrated"
    NO_SUPERVISOR = "no_supervisor"
    SUPERVISOR_INCOMPLETE = "supervisor_incomplete"
    SUPERVISOR_OUTSIDE = "supervisor_outside"
    QUADRANT_CODE = "quadrant_code"
    GRADE_CODE = "grade_code"
    PERIOD_CODE = "period_code"
    COURSE_FORM = "course_form"
    NO_CERTIFICATE = "no_certificate"
    NOT_ATTENDED = "not_attended"
    TALENT_FORM = "talent_form"
    PERSON_UNKNOWN = "person_unknown"
    REFUSED = "refused"
    NOT_PERMITTED = "not_permitted"
    NOT_AS_SENT = "not_as_sent"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    BUSY = "busy"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"
    CREDENTIALS = "credentials"
    ADDRESS = "address"
    SWITCHED_OFF = "switched_off"


OWNERS: dict[Failure, Owner] = {
    Failure.OPEN_AGAIN: Owner.HR,
    Failure.UNRATED: Owner.HR,
    Failure.NO_SUPERVISOR: Owner.HR,
    Failure.SUPERVISOR_INCOMPLETE: Owner.DATA,
    Failure.SUPERVISOR_OUTSIDE: Owner.OPERATOR,
    Failure.QUADRANT_CODE: Owner.OPERATOR,
    Failure.GRADE_CODE: Owner.OPERATOR,
    Failure.PERIOD_CODE: Owner.OPERATOR,
    Failure.COURSE_FORM: Owner.OPERATOR,
    Failure.NO_CERTIFICATE: Owner.HR,
    Failure.NOT_ATTENDED: Owner.HR,
    Failure.TALENT_FORM: Owner.OPERATOR,
    Failure.PERSON_UNKNOWN: Owner.DATA,
    Failure.REFUSED: Owner.DATA,
    Failure.NOT_PERMITTED: Owner.OPERATOR,
    Failure.NOT_AS_SENT: Owner.SIASN,
    Failure.BROKEN: Owner.SIASN,
    Failure.UNREADABLE: Owner.SIASN,
    Failure.BUSY: Owner.SIASN,
    Failure.CLOSED: Owner.SIASN,
    Failure.NO_ANSWER: Owner.SIASN,
    Failure.CREDENTIALS: Owner.OPERATOR,
    Failure.ADDRESS: Owner.OPERATOR,
    Failure.SWITCHED_OFF: Owner.OPERATOR,
}
"""The catalogue of what can go wrong: whose turn it is. What to do is said by the pages, in both languages."""
OUTAGE = (
    *(Failure.BUSY, Failure.CLOSED, Failure.NO_ANSWER),
    *(Failure.CREDENTIALS, Failure.ADDRESS, Failure.SWITCHED_OFF),
)
"""What keeps everybody's results from arriving, and passes or is mended without anything being sent again by hand."""
PASSING = (*OUTAGE, Failure.NOT_AS_SENT, Failure.BROKEN, Failure.UNREADABLE)
"""What may be otherwise at the next try. All else stays as it is until somebody does something."""


class Which(StrEnum):
    """Of a whole cycle: every result, those that were never sent, or those on HR's list."""

    ALL = "all"
    NEW = "new"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One result: ratings of the year where `period` is 0, else of the period with this number; or this `course`; or the box."""

    person: str
    period: int = YEAR
    matter: Matter = Matter.RATING
    course: str = ""


@dataclass(frozen=True, slots=True)
class PushOrder:
    """HR's order: results of a cycle named one by one, or `which` of all, of those about this `matter` alone where it is said."""

    id: str
    actor: Actor
    cycle: str
    year: int
    which: Which | None = None
    chosen: tuple[Chosen, ...] = ()
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one try. `answer` is SIASN's own id of the record, or its words; `digest` tells what was sent."""

    push: str
    at: datetime
    failure: Failure | None = None
    digest: str = ""
    answer: str = ""


def push_id(year: int, one: Chosen) -> str:
    """'push/2026/3f0c.../0': one for each person, year and period; or person and course; or person and year of the map."""
    names = {
        Matter.RATING: f"{year}/{one.person}/{one.period}",
        Matter.COURSE: f"course/{one.person}/{one.course}",
        Matter.TALENT: f"talent/{year}/{one.person}",
    }
    return f"push/{names[one.matter]}"


def check(order: PushOrder) -> None:
    """Nothing where the order can be carried out; InvalidPush says what is wrong with it."""
    if order.which is None and not order.chosen:
        raise InvalidPush("No result was chosen.", "chosen", "Choose at least one, or say which of the cycle.")
    if order.which is not None and order.chosen:
        raise InvalidPush("Some are named, and all are meant.", "which", "Name some, or say which of the cycle.")
    if order.which is None and order.matter is not None:
        raise InvalidPush(
            "Those that are named are meant already.", "matter", "Say which of the cycle, or leave it out."
        )
    if len(order.chosen) > MOST:
        raise InvalidPush(f"{len(order.chosen)} results are too many at once.", "chosen", f"Choose at most {MOST}.")
    if len(dict.fromkeys(order.chosen)) < len(order.chosen):
        raise InvalidPush("A result is named twice.", "chosen", "Name each once.")


def wanted(which: Which, stand: Stand | None) -> bool:
    """Whether an order for `which` of a cycle means a result that stands like this; None: it was never sent."""
    meant = {Which.ALL: True, Which.NEW: stand is None, Which.LISTED: stand is Stand.LISTED}
    return meant[which]


def outage(attempts: Sequence[Attempt]) -> Failure | None:
    """What keeps all of these from arriving, so that this is not the time to try the others; None where one got through.

    What SIASN refuses has got through as well: it has read what was sent.
    """
    failures = [attempt.failure for attempt in attempts if attempt.failure in PASSING]
    if not failures or len(failures) < len(attempts):
        return None
    away = all(failure in OUTAGE for failure in failures) or len(failures) >= STRIKES
    return failures[-1] if away else None


def stand(failure: Failure | None, tries: int) -> Stand:
    """How a push stands after so many tries, of which the last one ended like this."""
    if failure is None:
        return Stand.SENT
    return Stand.WAITING if failure in PASSING and tries < MOST_TRIES else Stand.LISTED
