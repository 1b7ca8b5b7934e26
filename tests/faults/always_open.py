"""Jenjang's programs in an agency that is always open, and whose worker looks every second whether there is news to send.

The real one writes to people in office hours only, and tests run at night and on Sundays.
"""

import sys
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import uvloop

import console.main
import worker
from appraisal.delivery import Hours
from appraisal.policy.almanac import Almanac
from appraisal.policy.dates import Schedule
from workflows import policies


class EveryDay:
    """Implements activities.ports.Calendars: no day is off."""

    async def almanac(self, years: tuple[int, ...]) -> Almanac:
        return Almanac(0, (), ())

    async def schedules(self) -> dict[str, Schedule]:
        return {}


def always_open(notices: Callable[..., Any]) -> Callable[..., Any]:
    return lambda sessions, settings, _: notices(sessions, settings, EveryDay())


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        policies.URGENT_CHECK = timedelta(seconds=1)
        worker.hours = lambda settings: Hours(settings.zone, time(0), time.max, time(0), week=7)
        worker.notices = always_open(worker.notices)
        uvloop.run(worker.main())
    else:
        console.main.main()
