"""Letters in words: what, by when, and the way to the very step; as plain text, and as simple HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from adapters.mail import Written
from api.pages.notice_words import address, text
from api.pages.templating import translated
from api.pages.words import N_, Words, language_of
from appraisal.delivery import Kind
from appraisal.sending import Letter, Line

environment = cache(translated)

OPENING = {
    Kind.DIGEST: N_("This has reached your inbox since the last mail:"),
    Kind.URGENT: N_("This does not wait for the next working day's mail:"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice of a letter, translated."""

    text: str
    due: str
    url: str


class Letters:
    """Writes letters for the site at this address, in whose zone instants are told."""

    def __init__(self, public_url: str, zone: str) -> None:
        self._site, self._zone = public_url, ZoneInfo(zone)

    def write(self, letter: Letter) -> Written:
        """The letter in its reader's language."""
        words = Words(language_of(letter.language, ""), self._zone)
        entries = [self._entry(words, line, letter.person) for line in letter.lines]
        more = ""
        if letter.more:
            more = words.gettext("%(count)s more notices stand in your inbox.", count=letter.more)
        told = {
            "opening": words.gettext(OPENING[letter.kind]),
            "entries": entries,
            "more": more,
            "inbox": f"{self._site}/inbox",
            "rhythm": words.gettext(
                "You get one such mail on a working day at most, and at once only what is urgent. "
                "Everything stands in your inbox:"
            ),
        }
        template = environment(words.language).get_template("letter.html")
        html = template.render(words=words, subject=_subject(words, letter), **told)
        return Written(_subject(words, letter), _text(words, told, entries), html)

    def _entry(self, words: Words, line: Line, reader: str) -> Entry:
        said = words.gettext(text(line.kind))
        due = words.gettext("Due: %(instant)s", instant=words.instant(line.due)) if line.due else ""
        url = self._site + address(line.kind, line.subject, line.cycle, line.employee, reader)
        return Entry(f"{said} ({line.name})" if line.name else said, due, url)


def _subject(words: Words, letter: Letter) -> str:
    """Names stand in the letter, not on its envelope."""
    count = len(letter.lines) + letter.more
    if count == 1 and letter.lines:
        return f"Jenjang: {words.gettext(text(letter.lines[0].kind))}"
    if letter.kind is Kind.URGENT:
        return words.gettext("Jenjang: %(count)s urgent notices", count=count)
    return words.gettext("Jenjang: %(count)s notices, %(day)s", count=count, day=words.day(letter.created_at))


def _text(words: Words, told: Mapping[str, object], entries: list[Entry]) -> str:
    parts = [
        "\n".join(filter(None, (f"- {entry.text}", f"  {entry.due}" * bool(entry.due), f"  {entry.url}")))
        for entry in entries
    ]
    ending = f"{told['rhythm']}\n{told['inbox']}"
    return "\n\n".join(str(part) for part in (told["opening"], *parts, told["more"], ending) if part) + "\n"
