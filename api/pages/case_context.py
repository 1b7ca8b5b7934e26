"""What the form of a case needs: its values, its draft, its errors, the predicate that the ratings would give."""

import json
import uuid
from typing import Any

from api.pages import case_forms, case_view, voice_words
from api.pages.case_view import View
from api.pages.forms import Fields
from api.pages.render import Page
from api.routes.drafts import LARGEST, TOO_LARGE
from appraisal.behaviours import GUIDES, NAMES
from appraisal.predicates import MATRIX, SOURCE
from appraisal.targets import MOST
from appraisal.vocabulary import Aspect, Rating

HERE, WAITING = "case", "waiting"
"""The two places where a form is filled in: the page of the case, and the list of what waits."""
NOT_TYPED = ("key", "revision", "action", "place", "decision")


async def values_of(page: Page, view: View) -> dict[str, str]:
    """What the visitor's form starts with: the own draft, else what is known."""
    if view.form is None:
        return {}
    drafts = await page.jenjang.drafts.read(page.person.id, view.case.id)
    known = case_forms.known_values(view.form, view.case, page.words)
    if draft := _texts(drafts.get(view.form, {})):
        return {**known, **draft, "restored": "yes"}
    prepared = await _prepared(page, view, view.form)
    return {**known, **prepared, "prepared": "yes"} if prepared else known


async def _prepared(page: Page, view: View, form: str) -> dict[str, str]:
    """What the delegate has prepared for the holder, who reads it, changes it and signs."""
    preparer = view.case.preparer
    if preparer is None or page.person.id != view.case.holder:
        return {}
    return _texts((await page.jenjang.drafts.read(preparer, view.case.id)).get(form, {}))


def _texts(draft: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in draft.items() if isinstance(value, str)}


async def keep(page: Page, view: View, form: str, fields: Fields) -> None:
    """Save the draft of a form that is the visitor's to fill in."""
    body = {name: value for name, value in fields.items() if name not in NOT_TYPED}
    if len(json.dumps(body)) > LARGEST:
        raise TOO_LARGE
    if view.form == form and page.person.person is not None:
        await page.jenjang.drafts.save(page.person.id, view.case.id, form, body, page.now)


class Values(dict[str, str]):
    """What fields hold; a field in which nothing was typed holds nothing."""

    def __missing__(self, name: str) -> str:
        return ""


def context(view: View, values: Fields, errors: dict[str, str], place: str) -> dict[str, Any]:
    """What the form of a case needs, on the page of the case and on the list of what waits."""
    prefix = prefix_of(view, place)
    return {
        "view": view,
        "values": Values(values),
        "errors": {f"{prefix}{name}" if name else "": text for name, text in errors.items()},
        "place": place,
        "prefix": prefix,
        "key": values.get("key") or uuid.uuid4().hex,
        "stands_in": case_view.stands_in(view),
        "matrix": MATRIX,
        "source": SOURCE,
        "ratings": tuple(Rating),
        "aspects": tuple(Aspect),
        "behaviours": NAMES,
        "guides": GUIDES,
        "voice_words": voice_words,
        "rows": range(1, MOST + 1),
        **preview(values),
    }


def prefix_of(view: View, place: str) -> str:
    """What keeps ids apart where several cases share a page."""
    return f"i{view.case.cycle}{view.case.parties.employee}-" if place == WAITING else ""


def preview(values: Fields) -> dict[str, Any]:
    """The predicate that the two ratings chosen so far would give."""
    chosen = tuple(values.get(name, "") for name in ("results", "behaviour"))
    both = all(rating in tuple(Rating) for rating in chosen)
    ratings = tuple(Rating(rating) for rating in chosen) if both else (None, None)
    return {"results": ratings[0], "behaviour": ratings[1]}
