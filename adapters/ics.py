"""An invitation to a course as a calendar takes it (iCalendar, RFC 5545 and 5546)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Jenjang//Jenjang//ID"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A course for one guest. `uid` and `sequence` say of which invitation this is the how-many-th version; a `cancelled` one
    takes the course out of the calendar again."""

    uid: str
    sequence: int
    cancelled: bool
    title: str
    description: str
    place: str
    starts_on: date
    ends_on: date
    url: str
    organizer: tuple[str, str]
    guest: tuple[str, str]


def as_ics(invitation: Invitation, at: datetime) -> bytes:
    """The file, made at this instant. Whole days: no catalogue says at what time of the day a course begins."""
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", invitation.starts_on)
    event.add("dtend", invitation.ends_on + timedelta(days=1))  # the first day that is free again
    event.add("summary", invitation.title)
    event.add("description", invitation.description)
    if invitation.place:
        event.add("location", invitation.place)
    event.add("url", invitation.url)
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("organizer", _address(*invitation.organizer))
    guest = _address(*invitation.guest)
    guest.params["RSVP"] = vText("FALSE")  # the answer is given in Jenjang
    event.add("attendee", guest)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if invitation.cancelled else "REQUEST")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _address(name: str, email: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{email}")
    found.params["CN"] = vText(name)
    return found
