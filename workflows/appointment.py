"""One appointment to act for somebody: made, followed when it begins and when it ends, or ended before its time."""

from dataclasses import dataclass

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from activities.appointments import AppointmentActivities
from activities.organisation import OrganisationActivities
from appraisal.access import Actor
from appraisal.commands import Receipt
from appraisal.people.appointment import Appoint, Appointment, appointed
from workflows.attempts import settle
from workflows.policies import FOLLOW_MANY


@dataclass(frozen=True, slots=True)
class EndNow:
    """End the appointment at once."""

    actor: Actor


@workflow.defn
class AppointmentWorkflow:
    """Id `appointment/{appointment}`. The rules are appraisal.people.appointment; who acts is never copied, only followed."""

    @workflow.init
    def __init__(self, order: Appoint) -> None:
        self._state = appointed(order, workflow.now())
        self._stored_revision = -1
        self._refusal: ApplicationError | None = None

    @workflow.run
    async def run(self, order: Appoint) -> Receipt:
        making = self._state
        try:
            await settle(AppointmentActivities.make_appointment, making)
        except ApplicationError as refusal:
            self._refusal = refusal
        else:
            self._on_record(making)
            await self._follow_until_the_end()
        await workflow.wait_condition(workflow.all_handlers_finished)
        if self._refusal is not None:
            raise self._refusal
        return self._receipt()

    @workflow.update
    async def made(self) -> Receipt:
        """Answers once the appointment is on record, or with the reason why it is not."""
        return await self._recorded(0)

    @workflow.update
    async def end(self, order: EndNow) -> Receipt:
        """End it now, and answer once that is on record."""
        after = self._ended(order)
        self._state = after
        return await self._recorded(after.revision)

    @end.validator
    def _may_end(self, order: EndNow) -> None:
        self._ended(order)

    @workflow.query
    def appointment(self) -> Appointment:
        return self._state

    def _ended(self, order: EndNow) -> Appointment:
        info = workflow.current_update_info()
        return self._state.ended(order.actor, workflow.now(), info.id if info else "")

    async def _follow_until_the_end(self) -> None:
        boundary = workflow.now()
        while True:
            await workflow.execute_activity_method(OrganisationActivities.follow_from, boundary, **FOLLOW_MANY)
            following = self._state.next_boundary(workflow.now())
            if following is not None:
                await self._quiet_until_boundary()
            if self._state.events:
                await self._store_the_end()
            elif following is None:
                return
            boundary = workflow.now()

    async def _quiet_until_boundary(self) -> None:
        """Wait for the next instant at which somebody else must act; or until somebody ends it."""
        following = self._state.next_boundary(workflow.now())
        assert following is not None, "there is something to wait for"
        try:
            await workflow.wait_condition(lambda: bool(self._state.events), timeout=following - workflow.now())
        except TimeoutError:
            return

    async def _store_the_end(self) -> None:
        ending = self._state
        await settle(AppointmentActivities.end_appointment, ending)
        self._on_record(ending)

    async def _recorded(self, revision: int) -> Receipt:
        await workflow.wait_condition(lambda: self._refusal is not None or self._stored_revision >= revision)
        if self._refusal is not None:
            raise self._refusal
        return self._receipt()

    def _on_record(self, stored: Appointment) -> None:
        self._stored_revision = stored.revision
        self._state = self._state.stored(stored.revision)

    def _receipt(self) -> Receipt:
        return Receipt(self._state.revision, "ended" if self._state.ends_at <= workflow.now() else "made")
