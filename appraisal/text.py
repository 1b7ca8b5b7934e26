"""What people type: bounded, printable, and never taken for markup by anybody here."""

import unicodedata
from urllib.parse import urlsplit

from appraisal.errors import InvalidEvidence, InvalidText, MissingReason

SHORT, LONG = 300, 4000
"""Characters at most: of a line (a title, an indicator) and of a paragraph (a reason, a reflection)."""
MOST_LINKS = 10


def checked(text: str, where: str, limit: int = LONG, required: bool = True) -> str:
    """The text without surrounding space; InvalidText when empty though required, too long, or not printable."""
    clean = text.strip()
    if required and not clean:
        raise InvalidText("This text is empty.", where, "Write at least one word.")
    if len(clean) > limit:
        raise InvalidText(f"This text has {len(clean)} characters; {limit} are allowed.", where, "Shorten it.")
    if any(unicodedata.category(character) == "Cc" and character not in "\n\r\t" for character in clean):
        raise InvalidText("This text holds control characters.", where, "Remove them or type the text again.")
    return clean


def reason(text: str, where: str = "reason") -> str:
    """A reason is a text that must be there: MissingReason when it is not. Rule: reasons."""
    if not text.strip():
        raise MissingReason("A reason is missing.", where, "Say in a sentence why.")
    return checked(text, where)


def evidence_link(link: str, where: str) -> str:
    """An absolute http(s) address; InvalidEvidence otherwise, so that no page ever links to a script."""
    clean = checked(link, where, limit=1000)
    if not _leads_somewhere(clean):
        raise InvalidEvidence("This is no web address.", where, "Give an address that begins with https://")
    return clean


def evidence_links(links: tuple[str, ...], where: str) -> tuple[str, ...]:
    """A few such addresses; InvalidEvidence where there are too many, or one of them is none."""
    if len(links) > MOST_LINKS:
        raise InvalidEvidence(f"More than {MOST_LINKS} links.", where, "Keep the ones that show most.")
    return tuple(evidence_link(link, f"{where}[{number}]") for number, link in enumerate(links))


def _leads_somewhere(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
