"""What the board draws: how old open cases are, how quickly steps are done, and who has most to do."""

from typing import Annotated

from fastapi import Query, Response

from adapters.database.reads import directory
from adapters.database.reads.figures import Ageing, Load, Pace
from api.pages import terms
from api.pages.drawing import Bar, stacked
from api.pages.labels import STEPS
from api.pages.render import OverseerPage, Page
from api.pages.routing import page_router
from api.security import scope

router = page_router()


@router.get("/board/figures")
async def show(page: OverseerPage, cycle: Annotated[str, Query(max_length=12)] = "") -> Response:
    """The figures of all cycles, or of one."""
    found = await page.jenjang.live.figures(page.now, cycle, scope(page.person))
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
        cycles = await directory.cycles(session)
    ages = tuple((f"s-age-{n}", page.gettext(name)) for n, name in enumerate(terms.AGES))
    kept = (("s-open", page.gettext("in time")), ("s-overdue", page.gettext("late or lapsed")))
    waiting = (("s-open", page.gettext("open, in time")), ("s-overdue", page.gettext("late")))
    steps = {step: page.gettext(name) for step, name in STEPS.items()}
    return await page.show(
        "board_figures.html",
        found=found,
        cycle=cycle,
        cycles=cycles,
        series={"ages": ages, "kept": kept, "waiting": waiting},
        ageing=_ageing(page, found.ageing, ages, cycle),
        by_step=tuple((_pace(one, steps, kept), one) for one in _in_order(found.by_step)),
        by_unit=tuple((_pace(one, units, kept), one) for one in found.by_unit),
        load=_load(found.load, waiting),
    )


def _in_order(found: tuple[Pace, ...]) -> tuple[Pace, ...]:
    order = tuple(STEPS)
    return tuple(sorted(found, key=lambda one: order.index(one.key)))


def _ageing(page: Page, found: tuple[Ageing, ...], series: tuple[tuple[str, str], ...], cycle: str) -> tuple[Bar, ...]:
    most = max((sum(one.ages) for one in found), default=0)
    where = f"&cycle={cycle}" if cycle else ""
    return tuple(
        Bar(page.gettext(STEPS[one.step]), stacked(series, one.ages, most), f"/board?step={one.step}{where}", one.late)
        for one in found
    )


def _pace(one: Pace, names: dict[str, str], series: tuple[tuple[str, str], ...]) -> Bar:
    """A share: every bar has the whole width."""
    return Bar(names.get(one.key, one.key), stacked(series, (one.in_time, one.done - one.in_time), one.done))


def _load(found: tuple[Load, ...], series: tuple[tuple[str, str], ...]) -> tuple[Bar, ...]:
    most = max((one.cases for one in found), default=0)
    return tuple(Bar(one.name, stacked(series, (one.cases - one.late, one.late), most), late=one.late) for one in found)
