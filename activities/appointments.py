"""Putting appointments on record."""

from temporalio import activity

from activities.people_ports import Appointments
from appraisal.people.appointment import Appointment


class AppointmentActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, appointments: Appointments) -> None:
        self._appointments = appointments

    @activity.defn
    async def make_appointment(self, appointment: Appointment) -> None:
        """Check the order against the record and keep it; a refusal is raised and changes nothing."""
        await self._appointments.make(appointment)

    @activity.defn
    async def end_appointment(self, appointment: Appointment) -> None:
        await self._appointments.end(appointment)
