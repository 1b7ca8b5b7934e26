"""Telling many cases what was decided about them, page by page, so that another worker goes on where one died."""

from asyncio import TaskGroup
from typing import TypeVar

from temporalio import activity

from activities.ports import Cases
from appraisal.commands import Order
from appraisal.group import Told

AT_ONCE = 10
"""Cases told at the same time, and between two heartbeats."""

Cursor = TypeVar("Cursor", int, str)


def progress(first: Cursor) -> tuple[Cursor, Told]:
    """Where to go on: at `first`, or where the last heartbeat of an earlier attempt says."""
    details = activity.info().heartbeat_details
    if not details:
        return first, Told(0)
    cursor, moved, elsewhere = details
    return type(first)(cursor), Told(int(moved), tuple((str(who), str(code)) for who, code in elsewhere))


async def tell(cases: Cases, orders: tuple[tuple[str, str, Order, str], ...], told: Told) -> Told:
    """Give each case its order, all at once: (employee, case id, order, command id). Returns `told` and these."""
    async with TaskGroup() as group:
        tasks = [group.create_task(cases.perform(case_id, order, command)) for _, case_id, order, command in orders]
    codes = tuple((employee, task.result()) for (employee, *_), task in zip(orders, tasks, strict=True))
    elsewhere = tuple((employee, code) for employee, code in codes if code)
    return Told(told.moved + len(orders) - len(elsewhere), (*told.elsewhere, *elsewhere))
