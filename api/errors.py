"""Refusals as HTTP: one table of statuses, one shape (problem details, RFC 9457) with a stable `code`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from adapters.guesses import TooManyTries
from appraisal import errors
from appraisal.calibration import session_errors
from appraisal.career import errors as career_errors
from appraisal.development import errors as development_errors
from appraisal.errors import AppraisalError
from appraisal.objection import errors as objection_errors
from appraisal.people import errors as people_errors
from appraisal.periods import errors as period_errors
from appraisal.privacy import errors as data_errors
from appraisal.seats import errors as seat_errors
from appraisal.siasn import errors as siasn_errors
from appraisal.training import enrolment_errors
from appraisal.training import errors as training_errors
from appraisal.unit import errors as unit_errors
from appraisal.voices import errors as voice_errors

STATUS: dict[type[AppraisalError], int] = {
    errors.NotAllowed: 403,
    errors.ActsOnOwnCase: 403,
    errors.AppointedTwice: 409,
    errors.HasLeft: 409,
    errors.WrongStep: 409,
    errors.OnHold: 409,
    errors.NotOnHold: 409,
    errors.AlreadyClosed: 409,
    errors.NotClosed: 409,
    errors.NotOpenYet: 409,
    errors.NotIssuedYet: 409,
    errors.StillStarting: 409,
    errors.SameDates: 409,
    errors.TakesPartAlready: 409,
    errors.StaleList: 412,
    errors.StaleRevision: 412,
    errors.StaleBoard: 412,
    errors.StalePolicy: 412,
    errors.NoSeatLeft: 409,
    seat_errors.NoPlanInTime: 409,
    seat_errors.StaleNomination: 412,
    seat_errors.HeadNotHeard: 409,
    seat_errors.HeadsTimeOver: 409,
    errors.NothingToDecide: 409,
    people_errors.AlreadyReported: 409,
    people_errors.AnswersAlready: 409,
    people_errors.AwayAlready: 409,
    people_errors.NotAway: 409,
    people_errors.LaterChange: 409,
    session_errors.TooLateToUndo: 409,
    session_errors.NothingToUndo: 409,
    session_errors.NotInvited: 403,
    session_errors.VotesOnHimself: 403,
    session_errors.VotesOpened: 409,
    session_errors.NoVotes: 409,
    session_errors.StaleProposal: 412,
    errors.UnderWay: 409,
    errors.AddressKnown: 409,
    errors.SwitchedOff: 409,
    people_errors.StaleLine: 412,
    errors.StaleRules: 412,
    errors.AlreadyReminded: 409,
    errors.OwnOffice: 409,
    unit_errors.QuarterNotEnded: 409,
    unit_errors.UnitResultMissing: 409,
    objection_errors.ObjectionsNotTaken: 409,
    objection_errors.ObjectionTooLate: 409,
    objection_errors.AlreadyObjected: 409,
    objection_errors.NotHeard: 409,
    objection_errors.ObjectionOver: 409,
    objection_errors.DecidesOwnRating: 403,
    voice_errors.AsksNoVoices: 409,
    voice_errors.AskedAlready: 409,
    voice_errors.AnsweredAlready: 409,
    voice_errors.DeclinedAlready: 409,
    voice_errors.NotAsked: 403,
    period_errors.AnotherSuperiorsPeriod: 403,
    period_errors.NoTargetsYet: 409,
    enrolment_errors.SeatAnswered: 409,
    enrolment_errors.SeatGone: 409,
    enrolment_errors.CourseNotBegun: 409,
    enrolment_errors.AttendanceRecorded: 409,
    enrolment_errors.NotAttended: 409,
    enrolment_errors.SameHours: 409,
    enrolment_errors.LookedBack: 409,
    enrolment_errors.NotAskedYet: 409,
    career_errors.NothingProposed: 409,
    data_errors.NothingToErase: 409,
    career_errors.ProposalChanged: 412,
    career_errors.DecidesOnHimself: 403,
    development_errors.PlanChanged: 412,
    development_errors.NothingToChange: 409,
    development_errors.NotPlannedYet: 409,
    siasn_errors.CycleStillRuns: 409,
    siasn_errors.NotConnected: 409,
    training_errors.OtherEmployment: 409,
    training_errors.OtherPosition: 409,
    training_errors.LowerGrade: 409,
    training_errors.GradeMissing: 409,
    training_errors.DatesOverlap: 409,
    training_errors.CourseBegun: 409,
    training_errors.NoBudgetLeft: 409,
    training_errors.NoQuotaLeft: 409,
    training_errors.SeatsGivenAway: 409,
    training_errors.Withdrawn: 409,
    training_errors.NothingChanges: 409,
    training_errors.StaleCatalogue: 412,
}
"""Statuses by refusal; what is not named here is bad input (422)."""

BAD_INPUT = 422
KINDS: dict[str, type[AppraisalError]] = {kind.__name__: kind for kind in AppraisalError.__subclasses__()}
"""Every refusal by the name under which it crosses the wire."""


@dataclass(eq=False)
class Problem(Exception):
    """What a person is told when something cannot be done: what, where and what to do."""

    status: int
    code: str
    what: str
    where: str = ""
    remedy: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


def problem_of(refusal: "AppraisalError | Problem") -> Problem:
    """The refusal as a problem; a problem as it is."""
    if isinstance(refusal, Problem):
        return refusal
    status = STATUS.get(type(refusal), BAD_INPUT)
    return Problem(status, refusal.code(), refusal.what, refusal.where, refusal.remedy, refusal.about)


def too_many(refused: TooManyTries) -> Problem:
    """Wrong too often: what to tell, and when it may be tried again."""
    about = {"minutes": str(-(-refused.seconds // 60)), "seconds": str(refused.seconds)}
    remedy = "Wait for the time that Retry-After says, then try again."
    return Problem(429, "too_many_tries", "Too many tries were wrong.", "", remedy, about)


NOT_FOUND = Problem(404, "not_found", "There is nothing here, or nothing that you may see.", "", "Check the address.")
NOT_SIGNED_IN = Problem(401, "not_signed_in", "You are not signed in, or not any more.", "", "Sign in and try again.")
NOT_YOURS = Problem(403, "not_allowed", "This is not yours to do.", "", "Ask whoever holds the step, or HR.")
AGAIN = "Try again with the same key in a moment."
NO_KEY = Problem(
    503, "no_sealing_key", "There is no key to keep the secret with.", "", "The operator sets JENJANG_PAYLOAD_KEYS."
)
BUSY = Problem(503, "not_reachable", "The process could not be reached; nothing was decided.", "", AGAIN)
TAKEN = Problem(503, "not_recorded_yet", "This has been taken and holds; it is not on record yet.", "", AGAIN)

BROKEN = Problem(500, "broken", "Something failed that nobody foresaw.", "", "Try again; tell whoever runs Jenjang.")


def headers_of(problem: Problem) -> dict[str, str]:
    """What HTTP wants said beside a status."""
    if problem.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": problem.about["seconds"]} if problem.status == 429 else {}


def render(
    problem: Problem, errors_found: list[dict[str, str]] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The problem as application/problem+json."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": problem.what,
        "status": problem.status,
        "code": problem.code,
        "where": problem.where,
        "remedy": problem.remedy,
    }
    if errors_found:
        body["errors"] = errors_found
    told = {**(headers or {}), **headers_of(problem)}
    return JSONResponse(body, problem.status, told, media_type="application/problem+json")


def malformed(failed: RequestValidationError) -> tuple[Problem, list[dict[str, str]]]:
    """A request that does not even have the right shape: every field that is wrong, without repeating what was sent.

    An address that cannot be one is simply not there.
    """
    if any(e["loc"][0] == "path" for e in failed.errors()):
        return NOT_FOUND, []
    found = [{"where": ".".join(str(part) for part in e["loc"][1:]), "what": str(e["msg"])} for e in failed.errors()]
    first = found[0] if found else {"where": "", "what": "The request cannot be read."}
    remedy = "Correct the fields named under errors."
    return Problem(BAD_INPUT, "invalid_request", first["what"], first["where"], remedy), found


def register(app: FastAPI) -> None:
    """Every way in which a JSON request can fail ends here."""

    @app.exception_handler(Problem)
    async def _problem(_: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return render(problem)

    @app.exception_handler(RPCError)
    @app.exception_handler(WorkflowUpdateRPCTimeoutOrCancelledError)
    async def _away(_: Request, __: Exception) -> Response:
        return render(BUSY)

    @app.exception_handler(TooManyTries)
    async def _too_many(_: Request, refused: Exception) -> Response:
        assert isinstance(refused, TooManyTries)
        return render(too_many(refused))

    @app.exception_handler(AppraisalError)
    async def _refusal(_: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, AppraisalError)
        return render(problem_of(refusal))

    @app.exception_handler(RequestValidationError)
    async def _malformed(_: Request, failed: Exception) -> Response:
        assert isinstance(failed, RequestValidationError)
        return render(*malformed(failed))

    @app.exception_handler(Exception)
    async def _broken(request: Request, _: Exception) -> Response:
        return render(BROKEN) if request.url.path.startswith("/api/") else PlainTextResponse(BROKEN.what, 500)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, failed: Exception) -> Response:
        assert isinstance(failed, HTTPException)
        code = {
            400: "unreadable",
            404: "not_found",
            405: "wrong_method",
            413: "too_large",
            415: "wrong_content_type",
        }.get(failed.status_code, "http")
        problem = Problem(failed.status_code, code, str(failed.detail), "", "Look it up in /api/docs.")
        return render(problem, headers=failed.headers)
