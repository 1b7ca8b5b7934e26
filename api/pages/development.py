"""Development plans: the own one, those of a superior's line in place, and what people do on them."""

from typing import Any

from fastapi import Response

from api import development
from api.development import Shown, state_of
from api.errors import Problem, problem_of
from api.pages import development_words, refusals, rule_words
from api.pages.career import named
from api.pages.case_context import Values
from api.pages.forms import Fields, Sent, day_of, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.rule_words import RULE_CONTEXT
from api.routes.appraisals import Key
from api.routes.development import WantedYear, Year, usual_year
from appraisal.development.changes import ADDS, LEVELS, Change, Gap
from appraisal.development.development import Competence, Source, Way
from appraisal.development.errors import InvalidNeed
from appraisal.development.plan import BOTH, Deed
from appraisal.errors import AppraisalError

router = page_router()
PLACE = "/development/{employee}/{year}"
FIELDS = ("way", "by", "reason", "source", "text", "topic", "competence", "assessed", "required")
GAP = "gap"
"""The form in which a gap in competence is entered."""


@router.get("/development/line")
async def line(page: MyPage, year: WantedYear = None) -> Response:
    """The plans of everybody who answers to the visitor, each opened and changed in place."""
    chosen = year or await usual_year(page.jenjang)
    found = await development.of_line(page.jenjang, page.person, chosen)
    return await page.show("plans_of_line.html", year=chosen, found=found, development_words=development_words)


@router.get("/development/{employee}")
async def usual(employee: Key, page: MyPage) -> Response:
    """On to the plan of the year that is being planned."""
    return page.go(f"/development/{employee}/{await usual_year(page.jenjang)}")


@router.get(PLACE)
async def show(employee: Key, year: Year, page: MyPage) -> Response:
    """The plan: on a page of its own, or in place in the list of a superior."""
    return await _show(page, await development.shown(page.jenjang, page.person, employee, year), {}, {})


@router.post(PLACE)
async def change(employee: Key, year: Year, page: MyPage, fields: Sent) -> Response:
    """Put one change on record. What was refused comes back with all that was typed, beside the plan as it is now."""
    try:
        wish = _wish(fields)
        found = await development.change(page.jenjang, page.person, employee, year, wish, key_of(fields))
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        known = problem.where in FIELDS
        where = f"p-{employee}-{fields.get('part', '')}-{problem.where}" if known else ""
        errors = {where: refusals.sentence(page.words, problem)}
        now = await development.shown(page.jenjang, page.person, employee, year)
        return await _show(page, now, fields, errors, problem.status)
    told = page.gettext("It is on record; both see it.")
    if page.partial:
        return await _show(page, found, {}, {}, done=told)
    return page.go(f"/development/{employee}/{year}", told)


async def _show(
    page: Page, found: Shown, fields: Fields, errors: dict[str, str], status: int = 200, done: str = ""
) -> Response:
    people = {entry.person for entry in found.plan.entries}
    sources = ADDS[found.side] if found.side else ()
    context: dict[str, Any] = {
        "found": found,
        "plan": found.plan,
        "states": {item.need.key: state_of(item, found.plan) for item in found.plan.items},
        "url": f"/development/{found.person}/{found.plan.year}",
        "prefix": f"p-{found.person}-",
        "sides": BOTH,
        "adds": tuple(source for source in sources if source is not Source.COMPETENCE),
        "enters_gaps": Source.COMPETENCE in sources,
        "levels": LEVELS,
        "names": await named(page, tuple(sorted(people))),
        "fields": Values(fields),
        "blank": Values({}),
        "errors": errors,
        "done": done,
        "key": next_key(fields, errors),
        "development_words": development_words,
        "rule_words": rule_words,
        **RULE_CONTEXT,
    }
    if page.partial:
        return page.fragment("_plan.html", status, place="line", **context)
    return await page.show("plan.html", status, place="page", **context)


def _wish(fields: Fields) -> Change:
    """What was sent, as the rules know it; a Problem or InvalidNeed where it cannot be read."""
    deed, way, source = (fields.get(name, "") for name in ("deed", "way", "source"))
    if deed not in tuple(Deed):
        raise Problem(422, "invalid_request", "", "", "")
    in_gap = fields.get("part") == GAP
    chosen = Source.COMPETENCE if in_gap else Source(source) if source in tuple(Source) else None
    day = fields.get("by", "").strip()
    return Change(
        deed=Deed(deed),
        seen=fields.get("seen", "")[:40],
        key=fields.get("need", "")[:60],
        way=Way(way) if way in tuple(Way) else None,
        by=day_of(day, "by") if day else None,
        reason=fields.get("reason", ""),
        source=chosen,
        text=fields.get("text", ""),
        topic=fields.get("topic", "")[:20],
        gap=_gap(fields) if in_gap else None,
    )


def _gap(fields: Fields) -> Gap:
    kind = fields.get("competence", "")
    if kind not in tuple(Competence):
        raise InvalidNeed("There is no such competence.", "competence", "Choose one of the list.")
    return Gap(Competence(kind), *(_level(fields.get(name, "")) for name in ("assessed", "required")))


def _level(text: str) -> int:
    """A level as it was chosen; of anything else one that there is not."""
    return int(text) if text in map(str, LEVELS) else -1
