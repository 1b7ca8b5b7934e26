"""Seats hear what an applied file of attendance says of them."""

from temporalio import activity

from activities.enrolment_ports import NotedAttendance
from activities.pages import AT_ONCE
from activities.reopening_ports import SeatOrders


class AttendanceActivities:
    """A seat takes each import once, by its command id; a repeated attempt goes on where the last one died."""

    def __init__(self, attendance: NotedAttendance, seats: SeatOrders) -> None:
        self._attendance, self._seats = attendance, seats

    @activity.defn
    async def record_attendance(self, batch: str) -> None:
        """One after the other: who was not there comes first, and frees hours for the same person.

        A seat that has changed since the decision may refuse; which one, and why, is noted.
        """
        last = int(next(iter(activity.info().heartbeat_details), 0))
        while page := await self._attendance.noted(batch, last, AT_ONCE):
            answers = [(seat, await self._seats.tell(seat, order, f"import/{batch}")) for _, seat, order in page]
            await self._attendance.refused(batch, tuple((seat, code) for seat, code in answers if code))
            last = page[-1][0]
            activity.heartbeat(last)
