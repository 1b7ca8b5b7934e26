"""Other voices: the employee names people, the superior decides, who is asked answers, and after the end all is told together."""

from typing import Annotated

from fastapi import Depends, Request, Response

from api import voices
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import refusals, voice_words
from api.pages.choosing import Ticked, is_key, ticked
from api.pages.forms import Fields, Sent, key_of, next_key, revision_of
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.security import actor
from api.voices import Voices
from appraisal.behaviours import GUIDES, NAMES
from appraisal.errors import AppraisalError
from appraisal.vocabulary import Behaviour
from appraisal.voices.policy import MOST, Kind
from appraisal.voices.told import LONGEST, SCALE, Answer
from appraisal.voices.voices import Act, VoicesOrder

router = page_router()
SHOWN = 60
"""Candidates at once; a part of the name finds the others."""


async def _chosen(request: Request) -> Ticked:
    found = await ticked(request, "person", len(Kind) * MOST + SHOWN, 64)
    return Ticked(found.fields, tuple(person for person in found.values if is_key(person)))


@router.get("/voices/{cycle}/{employee}")
async def show(cycle: Key, employee: Key, page: MyPage) -> Response:
    """Who is asked, and what they have said; whoever is asked himself goes to the question."""
    if (cycle, employee) in {(one.cycle_id, one.employee_id) for one in await voices.owed(page.jenjang, page.person)}:
        return page.go(f"/voices/{cycle}/{employee}/answer")
    found = await voices.seen(page.jenjang, page.person, cycle, employee)
    return await _choose(page, cycle, found, None, {})


@router.post("/voices/{cycle}/{employee}")
async def choose(cycle: Key, employee: Key, page: MyPage, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Search, or propose or invite those who are ticked. A second click is the same order."""
    fields, found = chosen.fields, await voices.seen(page.jenjang, page.person, cycle, employee)
    if fields.get("action") == "search":
        return await _choose(page, cycle, found, chosen, {})
    order = VoicesOrder(
        Act.PROPOSE if page.person.id == employee else Act.INVITE,
        actor(page.person),
        chosen.values,
        fields.get("reason", "")[:4000],
        revision_of(fields, "seen"),
    )
    try:
        await voices.order(page.jenjang, page.person, (cycle, employee), order, key_of(fields))
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        if problem is NOT_FOUND:
            raise
        field = problem.where if problem.where in ("people", "reason") else ""
        errors = {field: refusals.sentence(page.words, problem)}
        return await _choose(page, cycle, found, chosen, errors, problem.status)
    told = {
        Act.PROPOSE: page.gettext("Your superior is told, and decides whom to ask."),
        Act.INVITE: page.gettext("Decided. Whoever is invited is told."),
    }[order.act]
    return page.go(f"/voices/{cycle}/{employee}", told)


@router.get("/voices/{cycle}/{employee}/answer")
async def ask(cycle: Key, employee: Key, page: MyPage) -> Response:
    """The question to whoever is asked."""
    return await _question(page, cycle, employee, {}, {})


@router.post("/voices/{cycle}/{employee}/answer")
async def answer(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """Answer, or decline. Nothing of it is kept as a draft."""
    declines = fields.get("action") == "decline"
    try:
        if declines:
            await voices.decline(page.jenjang, page.person, cycle, employee, key_of(fields))
        else:
            await voices.answer(page.jenjang, page.person, cycle, employee, _said(fields))
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        if problem.status in (403, 404):
            raise
        field = "text" if problem.where == "text" else ""
        errors = {field: refusals.sentence(page.words, problem)}
        return await _question(page, cycle, employee, fields, errors, problem.status)
    done = page.gettext("Thank you. Your answer is counted with those of the others, without your name.")
    return page.go("/waiting", page.gettext("You have declined. Nobody is told who it was.") if declines else done)


def _said(fields: Fields) -> Answer:
    chosen = {behaviour: fields.get(f"rating_{behaviour}", "") for behaviour in Behaviour}
    steps = {str(step): step for step in SCALE}
    ratings = {behaviour: steps[value] for behaviour, value in chosen.items() if value in steps}
    return Answer(ratings, fields.get("text", "")[:4000])


async def _question(
    page: Page, cycle: str, employee: str, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    asked = await voices.asked(page.jenjang, page.person, cycle, employee)
    words = {"behaviours": NAMES, "guides": GUIDES, "voice_words": voice_words, "longest": LONGEST}
    return await page.show(
        "voice_answer.html", status, asked=asked, fields=fields, errors=errors, key=next_key(fields, errors), **words
    )


async def _choose(
    page: Page, cycle: str, found: Voices, chosen: Ticked | None, errors: dict[str, str], status: int = 200
) -> Response:
    """The page; what is ticked at first are the proposals."""
    fields = chosen.fields if chosen else {}
    proposed = tuple(one.person for one in found.named if not one.asked)
    ticks, search = chosen.values if chosen else proposed, fields.get("search", "").strip()[:100]
    everybody = await voices.candidates(page.jenjang, page.person, cycle, found.employee_id) if found.may else ()
    offered = [one for one in everybody if search.lower() in one.name.lower()][:SHOWN]
    near = tuple((one.id, one.name, f"{page.gettext(voice_words.AS[one.kind])}: {one.title}") for one in offered)
    kept = {one.id: one.name for one in everybody if one.id in ticks and one not in offered}
    return await page.show(
        "voices.html",
        status,
        cycle=cycle,
        found=found,
        candidates=near,
        kept=kept,
        ticked=ticks,
        search=search,
        reason=fields.get("reason", ""),
        seen=fields.get("seen", "") if errors else found.revision if found.revision is not None else "",
        key=next_key(fields, errors),
        errors=errors,
        voice_words=voice_words,
        behaviours=NAMES,
    )
