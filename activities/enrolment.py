"""A seat in a training: how it is offered, on record, and on to the next where one is given back."""

from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.enrolment_ports import EnrolmentProcesses, Enrolments
from appraisal.parties import Parties
from appraisal.training.enrolment import Enrolment, Seat


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer this seat, as of this instant."""

    seat: Seat
    at: datetime


class EnrolmentActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, enrolments: Enrolments, processes: EnrolmentProcesses) -> None:
        self._enrolments, self._processes = enrolments, processes

    @activity.defn
    async def offer_seat(self, offer: Offer) -> Enrolment:
        """The seat with its course and its dates."""
        return await self._enrolments.offer(offer.seat, offer.at)

    @activity.defn
    async def see_superiors(self, employee: str) -> Parties:
        """Who is above the employee today."""
        return await self._enrolments.parties(employee)

    @activity.defn
    async def keep_seat(self, enrolment: Enrolment) -> None:
        """Keep the newest event; where it gives the seat back, the process of whoever gets it starts."""
        following = await self._enrolments.keep(enrolment)
        if following:
            await self._processes.start(following)
