"""What a request needs, opened once per process and kept on the application."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from temporalio.client import Client

from adapters.database.desk.accounts import Accounts
from adapters.database.desk.boards import Boards
from adapters.database.desk.career import CareerDesk
from adapters.database.desk.catalogue import Catalogue
from adapters.database.desk.credentials import Credentials
from adapters.database.desk.development import DevelopmentDesk
from adapters.database.desk.drafts import Drafts
from adapters.database.desk.feedback import FeedbackDesk
from adapters.database.desk.hooks import Hooks
from adapters.database.desk.identities import Identities
from adapters.database.desk.inbox import Inbox
from adapters.database.desk.looks import Looks
from adapters.database.desk.papers import Papers
from adapters.database.desk.policies import Policies
from adapters.database.desk.schedules import Schedules
from adapters.database.desk.second_step import SecondSteps
from adapters.database.desk.security_record import SecurityRecord
from adapters.database.desk.socialisation import Socialisation
from adapters.database.desk.unit_performance import UnitPerformance
from adapters.database.desk.uploads import Uploads
from adapters.database.desk.voices import Voices
from adapters.database.engine import Sessions
from adapters.guesses import Guesses
from adapters.single_sign_on.provider import Provider
from api.live import Live
from api.readings import Notebook
from api.vitals import Vitals
from runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """`reading` sessions read the record; the desk writes what is no process state; `temporal` reaches the processes.

    Without a `provider` there is no single sign-on.
    """

    settings: Settings
    reading: Sessions
    temporal: Client
    accounts: Accounts
    drafts: Drafts
    inbox: Inbox
    uploads: Uploads
    policies: Policies
    schedules: Schedules
    hooks: Hooks
    socialisation: Socialisation
    papers: Papers
    performance: UnitPerformance
    boards: Boards
    voices: Voices
    feedback: FeedbackDesk
    careers: CareerDesk
    catalogue: Catalogue
    development: DevelopmentDesk
    guesses: Guesses
    credentials: Credentials
    looks: Looks
    second_steps: SecondSteps
    security: SecurityRecord
    live: Live
    vitals: Vitals
    notebook: Notebook
    identities: Identities
    provider: Provider | None

    def now(self) -> datetime:
        return datetime.now(UTC)

    def present(self) -> tuple[datetime, date]:
        """This instant and this day."""
        return self.now(), self.today()

    def today(self) -> date:
        """The day in the agency's own zone."""
        return self.now().astimezone(ZoneInfo(self.settings.zone)).date()

    def start_of(self, day: date) -> datetime:
        """The instant at which this day begins in the agency's own zone."""
        return datetime.combine(day, time(), ZoneInfo(self.settings.zone)).astimezone(UTC)


async def services(request: Request) -> Services:
    """Asynchronous, as all dependencies here: FastAPI hands others to a thread, which costs more than they do."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


Jenjang = Annotated[Services, Depends(services)]
