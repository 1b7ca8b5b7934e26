"""Freeing a case from its own page: what HR may do with it, and a superior who takes a step over."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.errors import Problem
from api.pages import labels, refusals
from api.pages.case_view import View
from api.pages.forms import Fields, Reader
from api.security import actor
from appraisal import commands
from appraisal.access import Action, can
from appraisal.case import Case
from appraisal.remedies import TAKEN_OVER, goes_back_to
from appraisal.vocabulary import GROUP_STEPS, OPEN_STEPS, WAY, Step

FIELDS = {"due": "day", "until": "day", "end": "day", "step": "step", "reason": "reason"}
"""Where the rules point to -> the field of the form."""


def offered(view: View) -> tuple[str, ...]:
    """What this visitor may do with this case as it stands; ending a hold comes first where there is one."""
    case = view.case
    fits = {
        "extend": case.step not in GROUP_STEPS,
        "hold": not case.held,
        "release": case.held is not None,
        "nudge": not case.held,
        "take_over": case.step in TAKEN_OVER and case.holder != view.visitor.id,
        "send_back": bool(earlier(case)),
    }
    may = (k for k in labels.REMEDIES if can(actor(view.visitor), Action(k), view.facts.parties).allowed)
    kinds = tuple(kind for kind in may if fits.get(kind, True)) if case.open else ()
    return tuple(sorted(kinds, key=lambda kind: kind != "release"))


def earlier(case: Case) -> tuple[Step, ...]:
    """The steps to which this case can be sent back from where it is, or at which a closed one can go on."""
    passed = WAY[: WAY.index(case.step)] if case.open else WAY
    return tuple(one for one in passed if goes_back_to(case, one))


def remedy_of(reader: Reader, zone: ZoneInfo) -> commands.Remedy | None:
    """The remedy that was filled in, or None; the reader then says beside which field something is wrong."""
    fields, words = reader.fields, reader.words
    kind, day = fields.get("remedy", ""), end_of(fields.get("day", ""), zone)
    if kind not in labels.REMEDIES:
        reader.errors[""] = words.gettext("Choose what to do.")
        return None
    why = fields.get("reason", "").strip() if kind == "nudge" else reader.reason("reason", words.gettext("Reason"))
    if day is None and (kind == "extend" or (kind == "hold" and fields.get("day"))):
        reader.errors["day"] = words.gettext("Choose a day.")
    step = reader.one_of("step", words.gettext("Back to"), Step, Step.TARGETS) if kind == "send_back" else Step.TARGETS
    return None if reader.errors else _filled(kind, why, day, step)


def _filled(kind: str, why: str, day: datetime | None, step: Step) -> commands.Remedy:
    if kind == "extend" and day:
        return commands.Extend(day, why)
    if kind == "hold":
        return commands.Hold(why, day)
    if kind == "send_back":
        return commands.SendBack(step, why)
    plain: dict[str, type[commands.Nudge | commands.Release | commands.TakeOver]] = {
        "nudge": commands.Nudge,
        "release": commands.Release,
        "take_over": commands.TakeOver,
    }
    return plain[kind](why) if kind in plain else commands.CloseUnrateable(why)


def end_of(day: str, zone: ZoneInfo) -> datetime | None:
    """The last moment of the day, as people mean 'until'."""
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), zone) - timedelta(seconds=1)
    except (ValueError, OverflowError):
        return None


def context(view: View, values: Fields, errors: dict[str, str], key: str) -> dict[str, Any]:
    """What the form needs on the page of the case."""
    return _form(offered(view), earlier(view.case), values, errors, key)


def for_many(values: Fields, errors: dict[str, str]) -> dict[str, Any]:
    """What the form needs on the board, where cases stand at every step."""
    back = tuple(step for step in OPEN_STEPS if step not in GROUP_STEPS)
    return _form(tuple(labels.REMEDIES), back, values, errors, uuid.uuid4().hex)


def _form(
    kinds: tuple[str, ...], back: tuple[Step, ...], values: Fields, errors: dict[str, str], key: str
) -> dict[str, Any]:
    return {
        "remedies": kinds,
        "earlier": back,
        "remedy_values": values,
        "remedy_errors": errors,
        "remedy_key": key,
    }


def refuse(reader: Reader, problem: Problem) -> None:
    """The refusal beside the field that it is about."""
    reader.errors[FIELDS.get(problem.where, "")] = refusals.sentence(reader.words, problem)
