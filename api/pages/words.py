"""The two languages of the pages: texts, dates, numbers. Indonesian is the first; texts are written in English and translated."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import negotiate_locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from babel.support import Translations

LANGUAGES = ("id", "en")
NAMES = {"id": "Bahasa Indonesia", "en": "English"}
LOCALE = Path(__file__).parents[1] / "locale"
_PATTERNS = {"id": ("EEEE, d MMMM y HH.mm", "HH.mm"), "en": ("EEEE, d MMMM y HH:mm", "HH:mm")}


def N_(text: str) -> str:  # the name that the extraction of texts looks for
    """Marks a text that is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """One language, and the agency's zone, in which every instant is told."""

    language: str
    zone: ZoneInfo

    def gettext(self, text: str, **values: object) -> str:
        """The text in this language; `%(name)s` stands for a value, and a literal per cent sign is written twice."""
        return translations(self.language).gettext(text) % values

    def instant(self, value: datetime | None) -> str:
        """'Senin, 30 November 2026 15.00'."""
        if value is None:
            return ""
        return format_datetime(value.astimezone(self.zone), _PATTERNS[self.language][0], locale=self.language)

    def instant_written(self, value: str) -> str:
        """The same for an instant as the record writes it."""
        return self.instant(datetime.fromisoformat(value))

    def clock_time(self, value: datetime) -> str:
        """'15.00'."""
        return format_datetime(value.astimezone(self.zone), _PATTERNS[self.language][1], locale=self.language)

    def day(self, value: date | datetime | None) -> str:
        """'30 Nov 2026'."""
        if value is None:
            return ""
        local = value.astimezone(self.zone).date() if isinstance(value, datetime) else value
        return format_date(local, "d MMM y", locale=self.language)

    def weekday(self, value: date) -> str:
        """'Senin'."""
        return format_date(value, "EEEE", locale=self.language)

    def day_written(self, value: str) -> str:
        """The same for a day as the record writes it."""
        return self.day(date.fromisoformat(value))

    def span(self, value: timedelta) -> str:
        """'3 hari', in the largest unit that fits."""
        return format_timedelta(abs(value), threshold=1.2, locale=self.language)

    def number(self, value: Decimal | int) -> str:
        """'1.234,5' in Indonesian, '1,234.5' in English."""
        return format_decimal(value, format="#,##0.####", locale=self.language)


def language_of(wanted: str | None, accepted: str) -> str:
    """The language that a visitor without an account asked for, by address or by the browser's own list."""
    if wanted in LANGUAGES:
        return str(wanted)
    names = [part.partition(";")[0].strip() for part in accepted.split(",")]
    return negotiate_locale(names, list(LANGUAGES), sep="-") or LANGUAGES[0]


@cache
def translations(language: str) -> NullTranslations:
    return NullTranslations() if language == "en" else Translations.load(LOCALE, [language])
