"""HR's work list of careers: what is proposed and why, and deciding on one or many; and the talent map."""

from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import career as record
from adapters.database.reads import directory
from api import career, career_deciding
from api.career import Filter, Listed, Which
from api.errors import Problem, problem_of
from api.pages import career_words, refusals, rule_words
from api.pages.case_context import Values
from api.pages.forms import Fields, Sent, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.rule_words import RULE_CONTEXT
from api.paging import After
from api.routes.career import ROWS, place, rows_after
from api.security import actor
from appraisal.access import Action, can
from appraisal.career.career import BY_COMMITTEE, Kind, Verdict
from appraisal.career.credit import MONTHS
from appraisal.career.decisions import Wish
from appraisal.career.talent import Third
from appraisal.errors import AppraisalError

router = page_router()
ON_A_PAGE = 50
Place = Annotated[str, Query(max_length=12)]
CONTEXT: dict[str, Any] = {"career_words": career_words, "rule_words": rule_words, **RULE_CONTEXT}
FIELDS = {"reason": "reason", "member": "member", "value": "value", "verdict": "verdict", "decisions": "choices"}
"""Where the rules point to -> the field of the form."""


@router.get("/career")
async def work(
    page: MyPage,
    kind: Annotated[str, Query(max_length=12)] = "",
    unit: Place = "",
    box: Annotated[str, Query(max_length=1)] = "",
    which: Annotated[str, Query(max_length=8)] = "",
    after: After = "",
) -> Response:
    """What is proposed of one kind; of a box, all of its people."""
    return await _list(page, filter_of(kind, unit, box, which), after, {}, {})


@router.post("/career")
async def decide(page: MyPage, fields: Sent) -> Response:
    """Decide on those that were ticked, or on all that the page shows."""
    named = ("kind", "unit", "box", "which")
    wanted = filter_of(*(fields.get(name, "")[:12] for name in named))
    try:
        verdict = Verdict(fields.get("verdict", ""))
        wishes = _wishes(fields, verdict)
        why, member = fields.get("reason", "")[:4001], fields.get("member", "")[:12] or None
        done = await career_deciding.decide(page.jenjang, page.person, wishes, why, member, key_of(fields))
    except ValueError:
        errors = {"verdict": page.gettext("Choose what to decide.")}
        return await _list(page, wanted, fields.get("after", ""), fields, errors, 422)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        errors = {FIELDS.get(problem.where, ""): refusals.sentence(page.words, problem)}
        return await _list(page, wanted, fields.get("after", ""), fields, errors, problem.status)
    told = page.words.gettext("Decided and on record: %(count)s.", count=done)
    return page.go(f"/career?kind={wanted.kind}&unit={wanted.unit}&box={wanted.box or ''}", told)


@router.get("/career/map")
async def talent(page: MyPage, unit: Place = "") -> Response:
    """The nine boxes, drawn as the table that they are."""
    found = await career.talent_map(page.jenjang, page.person, unit)
    context: dict[str, Any] = {"found": found, "unit": unit, "units": await _units(page), "thirds": tuple(Third)}
    return await page.show("talent.html", **context, **CONTEXT)


def filter_of(kind: str, unit: str, box: str, which: str) -> Filter:
    """Of a box everybody is shown unless the visitor says otherwise, decided on or not."""
    number = int(box) if box in tuple("123456789") else None
    chosen = Kind.BOX if number else Kind(kind) if kind in tuple(Kind) else Kind.CREDIT
    usual = Which.ALL if number else Which.WAITING
    return Filter(chosen, unit, number, Which(which) if which in tuple(Which) else usual)


def _wishes(fields: Fields, verdict: Verdict) -> tuple[Wish, ...]:
    """Each row of the page is there as h_{n}; c_{n} is its tick."""
    every = fields.get("all") == "yes"
    rows = (name.removeprefix("h_") for name in fields if name.startswith("h_"))
    chosen = [fields[f"h_{row}"].split(" ") for row in rows if every or fields.get(f"c_{row}")]
    value = fields.get("value", "") if verdict is Verdict.CHANGED else ""
    return tuple(Wish(Kind(kind), who, about, mark, verdict, value) for kind, who, about, mark in chosen)


async def _list(
    page: Page, wanted: Filter, after: str, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    kinds = career.kinds_for(page.person)
    wanted = wanted if wanted.kind in kinds else Filter(kinds[0], wanted.unit)
    board = await career.board(page.jenjang, page.person, wanted)
    rows, further = ROWS.cut(await rows_after(page.jenjang, board, ROWS.read(after)), ON_A_PAGE, place)
    async with page.jenjang.reading() as session:
        rules = (await career.rules_for(session, page.person)).policy
        members = await directory.person_names(session, rules.committee)
    options = (Verdict.CONFIRMED, *_other(wanted.kind))
    context = {
        "wanted": wanted,
        "kinds": tuple((kind, board.waiting.get(kind, 0)) for kind in kinds),
        "rows": tuple((_row(one), one) for one in rows),
        "further": further,
        "after": after,
        "units": await _units(page),
        "members": sorted(members.items(), key=lambda one: one[1]) if wanted.kind in BY_COMMITTEE else (),
        "himself": page.person.person in members,
        "verdicts": options,
        "values": range(1, 10) if wanted.kind is Kind.BOX else range(1, MONTHS + 1),
        "may_set": page.person.hr,
        "officer": can(actor(page.person), Action.OVERSEE).allowed,
        "oversees": lambda one: career.oversees(page.person, one.person, one.unit),
        "cutoffs": rules.cutoffs,
        "fields": Values(fields),
        "errors": errors,
        "key": next_key(fields, errors),
    }
    return await page.show("career.html", status, **context, **CONTEXT)


def _other(kind: Kind) -> tuple[Verdict, ...]:
    return {Kind.BOX: (Verdict.CHANGED,), Kind.CREDIT: (Verdict.CHANGED, Verdict.REFUSED)}.get(kind, (Verdict.REFUSED,))


def _row(one: Listed) -> str:
    """The row as the form sends it back: what it was about, and its mark."""
    return f"{one.proposal.kind} {one.person} {one.proposal.about} {one.mark}"


async def named(page: Page, people: tuple[str, ...]) -> dict[str, str]:
    """Who these are by name; officers' accounts without a person by their login."""
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, people)
        logins = await record.logins(session, people)
    return {**{who: f"{page.gettext('HR')} ({login})" for who, login in logins.items()}, **names}


async def _units(page: Page) -> list[tuple[str, str]]:
    """Those that the visitor can choose from: HR of a unit the own ones."""
    async with page.jenjang.reading() as session:
        names = await directory.unit_names(session, page.jenjang.today())
        committee = (await career.rules_for(session, page.person)).policy.committee
    everywhere = page.person.hr or page.person.person in committee
    shown = ((unit, name) for unit, name in names.items() if everywhere or unit in page.person.units)
    return sorted(shown, key=lambda one: one[1])
