"""What people ask about their own data: whose it is to answer, and what is kept of it."""

from typing import Protocol

from temporalio import activity

from appraisal.privacy.data_request import AskAboutData, DataRequest, Office
from appraisal.privacy.erasing import Stays


class DataRequests(Protocol):
    """Requests about own data. Each call is one transaction; repeated, it changes nothing."""

    async def office(self, person: str) -> Office:
        """Which HR holds a request of this person, as of today."""

    async def stays(self, order: AskAboutData) -> Stays:
        """What of an erasure that was asked for must stay, as of today."""

    async def keep(self, request: DataRequest) -> None:
        """Keep the newest event, erase what goes with it, and tell whom it concerns."""


class DataRequestActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, requests: DataRequests) -> None:
        self._requests = requests

    @activity.defn
    async def data_request_office(self, person: str) -> Office:
        """Which HR holds a request of this person, as of today."""
        return await self._requests.office(person)

    @activity.defn
    async def what_stays(self, order: AskAboutData) -> Stays:
        """What of an erasure that was asked for must stay, as of today."""
        return await self._requests.stays(order)

    @activity.defn
    async def keep_data_request(self, request: DataRequest) -> None:
        """Keep what was asked, reminded, called in or answered."""
        await self._requests.keep(request)
