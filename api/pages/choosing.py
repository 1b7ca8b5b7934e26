"""Choosing people without JavaScript: one by a part of the name, as _choose_person.html shows it, or many by ticking them."""

from dataclasses import dataclass

from fastapi import Request

from adapters.database.reads import acting_list, directory
from api.pages.forms import Fields
from api.pages.render import Page

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Ticked:
    """The fields of a form, and every value of the one that can be ticked more than once."""

    fields: Fields
    values: tuple[str, ...]


async def ticked(request: Request, name: str, most: int, longest: int) -> Ticked:
    """What was sent: up to so many fields, and of each tick so many characters."""
    async with request.form(max_files=0, max_fields=most) as form:
        fields = {field: value for field, value in form.items() if isinstance(value, str) and field != name}
        return Ticked(fields, tuple(str(value)[:longest] for value in form.getlist(name)))


def is_key(text: str) -> bool:
    """Whether this can be somebody's id."""
    return 0 < len(text) <= 32 and text.isascii() and text.replace("-", "").isalnum() and text == text.lower()


async def offered(
    page: Page, search: str, near: str | None, chosen: str = "", without: str = ""
) -> tuple[tuple[str, str, str], ...]:
    """(id, name, place) of those found by name, else of those who work near; and of whoever is `chosen` already."""
    async with page.jenjang.reading() as session:
        found = await acting_list.candidates(session, page.jenjang.today(), search.strip()[:LONGEST_SEARCH], near)
        names = await directory.person_names(session, (chosen,))
    shown = tuple((one.id, one.name, f"{one.title}, {one.unit}") for one in found if one.id != without)
    if chosen in names and chosen not in (one.id for one in found):
        return ((chosen, names[chosen], ""), *shown)
    return shown
