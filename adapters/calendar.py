"""Indonesia's days off, from the `holidays` package: public holidays and cuti bersama (its category `government`)."""

from datetime import date, time

import holidays

from appraisal.spans import Calendar

CATEGORIES = ("public", "government")


class HolidayCalendar:
    """Implements activities.ports.Calendars."""

    def calendar(self, years: tuple[int, ...], zone: str, hours: tuple[time, time]) -> Calendar:
        """The calendar of these years. Dates that the package marks as estimated count as holidays too."""
        days: tuple[date, ...] = tuple(sorted(holidays.country_holidays("ID", years=years, categories=CATEGORIES)))
        return Calendar(zone, *hours, holidays=days)
