"""How generously the reviewers of a unit rate, as drawn and in words: an estimate with its uncertainty, for information."""

from dataclasses import dataclass
from decimal import Decimal

from adapters.database.reads import directory
from api.pages.calibration_view import View
from api.pages.drawing import share
from api.pages.render import Page
from api.pages.words import N_, Words
from api.routes import groups
from appraisal.calibration.leniency import Leniency

LIKELY = 1.645
"""Standard errors to each side within which the truth lies nine times out of ten."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One line: what is said, and where the drawing has it, in per cent of its width. `zero`: the others of the unit."""

    name: str
    people: int
    verdict: str
    likely: str
    x: float
    from_x: float
    to_x: float


async def load(page: Page, view: View) -> tuple[Reviewer, ...]:
    """The reviewers of the unit that this page is about, the most generous first."""
    state = view.board.calibration
    found = await groups.leniencies(page.jenjang, state.cycle, state.unit)
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, tuple(one.reviewer for one in found))
    reach = max((abs(one.steps) + LIKELY * one.error for one in found), default=1)
    return tuple(_line(page.words, names.get(one.reviewer, page.gettext("HR")), one, reach) for one in found)


def _line(words: Words, name: str, one: Leniency, reach: float) -> Reviewer:
    low, high = one.steps - LIKELY * one.error, one.steps + LIKELY * one.error
    verdict = _MORE if low > 0 else _LESS if high < 0 else _SAME
    text = words.gettext(verdict, steps=_steps(words, abs(one.steps)))
    likely = words.gettext("likely from %(low)s to %(high)s", low=_signed(words, low), high=_signed(words, high))
    x, from_x, to_x = (share(value + reach, 2 * reach) for value in (one.steps, low, high))
    return Reviewer(name, one.people, text, likely, x, from_x, to_x)


_MORE = N_("more generous than the others, by about %(steps)s steps")
_LESS = N_("stricter than the others, by about %(steps)s steps")
_SAME = N_("no clear difference from the others")


def _steps(words: Words, value: float) -> str:
    return words.number(Decimal(f"{value:.1f}"))


def _signed(words: Words, value: float) -> str:
    rounded = f"{abs(value):.1f}"
    sign = "" if rounded == "0.0" else "+" if value > 0 else "−"
    return sign + words.number(Decimal(rounded))
