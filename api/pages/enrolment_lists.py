"""Trainings as lists: one's own with the hours, those of the line, and HR's, on which attendance is recorded in place."""

import uuid
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Response

from adapters.database.reads import directory, enrolment_rows
from adapters.database.reads.enrolment_rows import CourseFigures, EnrolmentRow, WithoutTraining
from api import enrolments
from api.enrolments import MOST_AT_ONCE, Attendance
from api.errors import problem_of
from api.pages import enrolment_words, refusals
from api.pages.calibration_board import Many
from api.pages.drawing import Bar, stacked
from api.pages.forms import Fields, key_of
from api.pages.nominations import reason
from api.pages.render import MyPage, OfficerPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.paging import ON, AfterDay
from appraisal.training.enrolment import Certificate, Helped, RecordAttendance, Stage

router = page_router()
PAGE = 50
SEATS = ("s-proposed", "s-taken", "s-age-3", "s-free")
OPEN = (Stage.INVITED, Stage.ACCEPTED)
THERE, NOT_THERE = "there", "not_there"
"""What can be chosen for a seat of HR's list."""


@router.get("/trainings")
async def mine(page: MyPage) -> Response:
    """The visitor's trainings and hours, why there was none, and the trainings of those who answer to him."""
    found, line = await enrolments.mine(page.jenjang, page.person), await enrolments.line(page.jenjang, page.person)
    async with page.jenjang.reading() as session:
        cycles = {row["id"]: row["name"] for row in await directory.cycles(session)}
    reasons = [(cycles.get(one.cycle_id, ""), _without(page, one), one.decision) for one in found.without]
    words: dict[str, Any] = {"found": found, "line": line, "reasons": reasons, "enrolment_words": enrolment_words}
    return await page.show("trainings.html", **words)


def _without(page: Page, one: WithoutTraining) -> str:
    """Why there was none: what HR said, where that is something else than the proposal said."""
    same = not one.decision_reason or one.decision_reason == one.reason
    return reason(page, one) if same else one.decision_reason


@router.get("/enrolments")
async def listed(
    page: OfficerPage,
    after: AfterDay,
    training: Annotated[str, Query(max_length=12)] = "",
    stage: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """Every seat by the first day of its course, and what became of the courses."""
    return await _whole(page, training, stage, after, {}, {})


@router.post("/enrolments")
async def record(page: OfficerPage, fields: Many) -> Response:
    """Record what was chosen for the seats of this page. Each counts on its own; what is refused is told beside it."""
    training, stage = fields.get("training", "")[:12], fields.get("stage", "")[:12]
    chosen = [(name[2:], value) for name, value in fields.items() if name.startswith("d_") and value]
    orders = tuple(_attendance(place, value, fields) for place, value in chosen if "-" in place)[:MOST_AT_ONCE]
    if not orders:
        errors = {"": page.gettext("Choose for somebody first whether he or she was there.")}
        return await _whole(page, training, stage, None, fields, errors)
    refused = await enrolments.record(page.jenjang, page.person, orders, key_of(fields))
    if refused:
        told = [(f"d_{one.cycle}-{one.employee}", problem_of(one.refusal)) for one in refused]
        errors = {place: refusals.sentence(page.words, problem) for place, problem in told}
        return await _whole(page, training, stage, None, fields, errors)
    done = page.gettext("%(count)s attendances are recorded.", count=len(orders))
    return page.go(f"/enrolments?{urlencode({'training': training, 'stage': stage})}", done)


def _attendance(place: str, value: str, fields: Fields) -> Attendance:
    cycle, _, employee = place.partition("-")
    number = fields.get(f"c_{place}", "").strip()
    certificate = Certificate(number) if number else None
    return Attendance(cycle, employee, RecordAttendance(value == THERE, certificate))


async def _whole(
    page: Page, training: str, stage: str, after: tuple[date, str] | None, fields: Fields, errors: dict[str, str]
) -> Response:
    """The page, with its form as it was filled in."""
    async with page.jenjang.reading() as session:
        found = await enrolment_rows.listed(session, training, stage, after, PAGE + 1)
        views = await enrolment_rows.views(session, training) if training else ()
    courses = await enrolments.courses(page.jenjang)
    shown = tuple(one for one in courses if not training or one.id == training)
    series = _series(page)
    rows, further = ON.cut(found, PAGE, lambda row: row.key)
    context: dict[str, Any] = {
        "rows": rows,
        "further": further,
        "first": after is None,
        "courses": courses,
        "training": training,
        "stage": stage,
        "bars": _bars(series, shown),
        "series": series,
        "helped": [one for one in shown if one.own_views or one.superiors_views],
        "views": views,
        "recordable": [row for row in rows if _recordable(page, row)],
        "fields": fields,
        "errors": errors,
        "key": uuid.uuid4().hex,
        "enrolment_words": enrolment_words,
        "answers": tuple(Helped),
    }
    return await page.show("enrolments.html", 422 if errors else 200, **context)


def _recordable(page: Page, row: EnrolmentRow) -> bool:
    return row.stage in OPEN and row.record_from <= page.now and row.employee_id != page.person.id


def _series(page: Page) -> tuple[tuple[str, str], ...]:
    names = (N_("invited or accepted"), N_("attended"), N_("was not there"), N_("given back"))
    return tuple(zip(SEATS, map(page.gettext, names), strict=True))


def _bars(series: tuple[tuple[str, str], ...], courses: tuple[CourseFigures, ...]) -> tuple[Bar, ...]:
    """The seats of each course by what became of them."""
    groups = (OPEN, (Stage.ATTENDED,), (Stage.ABSENT,), (Stage.DECLINED, Stage.WITHDRAWN))
    counts = [tuple(sum(one.stages.get(stage, 0) for stage in group) for group in groups) for one in courses]
    most = max(map(sum, counts), default=0)
    return tuple(
        Bar(one.name, stacked(series, count, most), f"/enrolments?training={one.id}")
        for one, count in zip(courses, counts, strict=True)
    )
