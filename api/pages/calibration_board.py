"""What the pages of a calibration share: reading its form, keeping it on the board of all heads, and showing it again."""

import uuid
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from api.errors import Problem, problem_of
from api.pages import leniency_view, refusals, terms
from api.pages.calibration_view import Row, View, mark
from api.pages.forms import Fields, revision_of
from api.pages.render import Page
from api.routes import sessions
from appraisal.calibration.distribution import SOURCE
from appraisal.calibration.working_board import JUSTIFICATION, Proposal
from appraisal.errors import AppraisalError
from appraisal.text import reason
from appraisal.vocabulary import Rating

MOST_FIELDS = 20_000


async def many(request: Request) -> Fields:
    """The fields of a form with a few for each member."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


Many = Annotated[Fields, Depends(many)]


async def keep(page: Page, view: View, fields: Fields) -> tuple[View, tuple[Proposal, ...]]:
    """Put on the board what the form changes of it; what somebody else has left there unseen comes back, and nothing is kept."""
    if not view.decidable:
        return view, ()
    wishes = tuple(row.wish for row in view.rows(fields) if f"b_{row.member.employee}" in fields)
    if "justification" in fields:
        wishes += (Proposal(JUSTIFICATION, reason=view.justification(fields)),)
    touched = tuple(wish for wish in wishes if mark(wish) != fields.get(f"s_{wish.employee}"))
    made = await sessions.change(page.jenjang, page.person, view.board, seen_of(view, fields), touched)
    return replace(view, working=made.board), made.conflicts


async def whole(
    page: Page,
    view: View,
    fields: Fields,
    errors: dict[str, str],
    status: int = 200,
    conflicts: tuple[Proposal, ...] = (),
) -> Response:
    """The page, with its forms as they were filled in."""
    context = context_of(page, view, fields, view.rows(fields))
    reviewers = await leniency_view.load(page, view) if view.attends else ()
    context |= {"errors": errors, "terms": terms, "conflicts": by_member(conflicts), "reviewers": reviewers}
    return await page.show("calibration.html", status, **context)


def context_of(page: Page, view: View, fields: Fields, rows: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "view": view,
        "rows": rows,
        "fields": fields,
        "justification": view.justification(fields),
        "errors": {},
        "key": uuid.uuid4().hex,
        "present": present_of(view),
        "ratings": tuple(Rating),
        "source": SOURCE,
        **view.drawn(page, rows),
    }


async def overtaken(page: Page, view: View, fields: Fields, conflicts: tuple[Proposal, ...]) -> Response:
    """Somebody else works on this board too: what was typed stays, what the other has done stands beside it."""
    text = page.gettext(
        "Somebody else has changed the board since you saw it. Look at it once more; your text is kept."
    )
    return await whole(page, view, fields if conflicts else {}, {"": text}, 412, conflicts)


async def stale(page: Page, view: View, fields: Fields) -> Response:
    """Somebody came or went meanwhile: everything typed stays, and it says who is new."""
    seen = members_of(fields)
    new = [member.name for member in view.board.members if member.employee not in seen]
    text = page.gettext(
        "Somebody has arrived or moved on since you opened this page. Your changes are kept below; look once more."
    )
    if new:
        text += " " + page.gettext("New: %(names)s.", names="; ".join(new))
    return await whole(page, view, {}, {"": text}, 412)


def at_field(page: Page, failed: AppraisalError | Problem, rows: tuple[Row, ...]) -> dict[str, str]:
    """The refusal beside the field that it is about; at the top of the page where it is about none."""
    problem = problem_of(failed)
    inside = problem.where.partition("[")[2].partition("]")[0]
    at = f"w_{inside}" if problem.where.startswith("reasons[") else ""
    if problem.where.startswith("adjustments[") and inside.isdecimal() and int(inside) < len(rows):
        at = f"w_{rows[int(inside)].member.employee}"
    where = "justification" if problem.where == "justification" else at
    return {where: refusals.sentence(page.words, problem)}


def unreasoned(page: Page, view: View, rows: tuple[Row, ...]) -> dict[str, str]:
    """Changes without a usable reason, each named, all at once; and a distribution outside the guideline without one."""
    errors = {}
    for row in rows:
        if row.adjusted:
            try:
                reason(row.reason)
            except AppraisalError as refusal:
                errors[f"w_{row.member.employee}"] = f"{row.member.name}: {refusals.sentence(page.words, refusal)}"
    if view.drawn(page, rows)["to_justify"] and not view.justification({}):
        errors["justification"] = page.gettext("The distribution leaves the guideline: say for the record why.")
    return errors


def by_member(conflicts: tuple[Proposal, ...]) -> dict[str, Proposal]:
    return {one.employee: one for one in conflicts}


def seen_of(view: View, fields: Fields) -> int:
    """The revision of the board that the form was made from."""
    said = revision_of(fields)
    return view.working.revision if said is None else said


def overtaken_silently(view: View, fields: Fields) -> bool:
    """Whether the board has changed since a page was looked at that shows it and sends nothing of it."""
    return seen_of(view, fields) < view.working.revision and not any(name.startswith("b_") for name in fields)


def members_of(fields: Fields) -> tuple[str, ...]:
    """Who was on the page that was looked at."""
    return tuple(fields.get("members", "").split())


def present_of(view: View) -> tuple[str, ...]:
    return tuple(sorted(member.employee for member in view.board.members))
