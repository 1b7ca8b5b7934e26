"""What calendars take (iCalendar, RFC 5545 and 5546): an invitation to a course, and the due dates of one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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


@dataclass(frozen=True, slots=True)
class DueDate:
    """Something that somebody has to do. `uid` stays and `sequence` grows when it is due at another time."""

    uid: str
    sequence: int
    due_at: datetime
    title: str
    url: str


def as_feed(name: str, dates: Iterable[DueDate], zone: ZoneInfo, at: datetime) -> bytes:
    """The file that a calendar asks for again and again, made at this instant. Events, because few calendars show the tasks of a
    file that they have subscribed to; without a length, because nobody is busy at that time."""
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in dates:
        event = Event()
        event.add("uid", one.uid)
        event.add("sequence", one.sequence)
        event.add("dtstamp", at)
        event.add("dtstart", one.due_at.astimezone(zone))
        event.add("summary", one.title)
        event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


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
    calendar = _calendar()
    calendar.add("method", "CANCEL" if invitation.cancelled else "REQUEST")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    return made


def _address(name: str, email: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{email}")
    found.params["CN"] = vText(name)
    return found
