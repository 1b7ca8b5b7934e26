"""Where one can go from every page."""

from dataclasses import dataclass
from urllib.parse import quote

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import career, case_rows, directory, enrolment_rows, evaluations
from api.pages.words import N_
from api.security import actor, hats
from api.services import Services
from appraisal.access import Action, can

SECOND_STEP = "/account/second-step"
LOOK, LOOK_FOR = "/support", "/support/cases"
MOST = 100
"""Beyond this many, 'more than' is all that the header says."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation; `count` of what waits there, `id` where the page updates it in place."""

    text: str
    url: str
    current: bool
    count: int | None = None
    id: str = ""


async def links(jenjang: Services, visitor: Visitor | None, path: str) -> tuple[Link, ...]:
    """The navigation of this visitor."""
    if visitor is None:
        return ()
    if visitor.looking:
        return (Link(N_("Find a case"), LOOK_FOR, path == LOOK_FOR),)
    oversees, administers = (can(actor(visitor), asked).allowed for asked in (Action.OVERSEE, Action.ADMINISTER))
    entries = (
        (visitor.person is not None, N_("My appraisal"), "/me", ("/me", "/appraisals"), None, ""),
        (visitor.person is not None, N_("My trainings"), "/trainings", ("/trainings",), None, ""),
        (visitor.person is not None, N_("My career"), "/my-career", ("/my-career",), None, ""),
        (True, N_("Waiting for me"), "/waiting", ("/waiting",), await waiting(jenjang, visitor), "waiting-count"),
        (oversees, N_("Board"), "/board", ("/board",), None, ""),
        (oversees, N_("Cycles"), "/cycles", ("/cycles", "/calibrations", "/nominations"), None, ""),
        (
            not oversees and await leads(jenjang, visitor),
            N_("Calibration"),
            "/calibrations",
            ("/calibrations",),
            None,
            "",
        ),
        (administers, N_("Trainings"), "/enrolments", ("/enrolments", "/catalogue"), None, ""),
        (administers, N_("Policies"), "/policies", ("/policies",), None, ""),
        (administers, N_("Calendar"), "/calendar", ("/calendar",), None, ""),
        (
            oversees,
            N_("People"),
            "/people",
            ("/people", "/appointments", "/superior-reports", "/data-requests"),
            None,
            "",
        ),
        (
            oversees or await on_committee(jenjang, visitor),
            *(N_("Career"), "/career" if oversees else "/career/map", ("/career",), None, ""),
        ),
        (True, N_("Units"), "/units", ("/units",), None, ""),
        (True, N_("Inbox"), "/inbox", ("/inbox",), await unread(jenjang, visitor), "unread-count"),
        (visitor.support, N_("Support"), LOOK, (LOOK,), None, ""),
    )
    return tuple(
        Link(text, url, path.startswith(places), count, mark)
        for shown, text, url, places, count, mark in entries
        if shown
    )


async def leads(jenjang: Services, visitor: Visitor) -> bool:
    """Whether the visitor calibrates a unit, as its head or because it was handed on."""
    async with jenjang.reading() as session:
        return bool(await directory.calibrations(session, hats(visitor), ""))


async def on_committee(jenjang: Services, visitor: Visitor) -> bool:
    """Whether the visitor decides on the boxes of the talent map."""
    async with jenjang.reading() as session:
        return visitor.person in (await career.current(session)).policy.committee


async def waiting(jenjang: Services, visitor: Visitor) -> int:
    """How many steps, periods and trainings wait for the visitor, each counted up to MOST."""
    async with jenjang.reading() as session:
        steps = await case_rows.waiting_for(session, hats(visitor), limit=MOST, units=visitor.units)
        periods = await evaluations.waiting_periods(session, visitor.id, jenjang.now(), MOST)
        return len(steps) + len(periods) + len(await enrolment_rows.waiting(session, visitor.id, jenjang.today(), MOST))


async def unread(jenjang: Services, visitor: Visitor) -> int:
    """How many of the newest notices are unread."""
    async with jenjang.reading() as session:
        found = await case_rows.notices(session, hats(visitor), MOST)
    return sum(1 for notice in found if notice["read_at"] is None)


def home(visitor: Visitor) -> str:
    """Where a visitor starts: the own appraisal, or for officers' accounts the cycles, once their rights hold. Support staff that
    look on, or have nothing else here, start with the search.
    """
    if visitor.owes_second_step:
        return SECOND_STEP
    if visitor.looking or (visitor.support and visitor.person is None):
        return LOOK_FOR
    return "/cycles" if visitor.person is None and can(actor(visitor), Action.OVERSEE).allowed else "/me"


def sign_in_address(back_to: str) -> str:
    """The sign-in page, from which one comes back to this address."""
    return f"/sign-in?next={quote(back_to, safe='')}"


def own_address(wanted: str, otherwise: str) -> str:
    """An address on this site and no other; `otherwise` for anything else."""
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if local else otherwise
