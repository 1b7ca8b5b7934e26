"""Lists of the API that come whole, each with what bounds it. Every other list comes in pages (`api.paging`)."""

CASE, UNIT = "appraisals/{cycle}/{employee}", "calibrations/{cycle}/{unit}"
CAREER, CYCLE = "career/people/{person}", "cycles/{cycle}"
WHOLE: dict[str, tuple[str, ...]] = {
    "one process: what happened to it, what it holds": (
        *(f"{CASE}/events", f"{CASE}/documents", f"{CASE}/feedback", f"{CASE}/parts", f"{CASE}/periods"),
        *(f"{CYCLE}/siasn/{{employee}}/talent", f"{CYCLE}/siasn/{{employee}}/courses/{{course}}"),
        *(f"{CYCLE}/siasn/{{employee}}/{{period}}", "development/{employee}/{year}", "voices/{cycle}/{employee}"),
    ),
    "one person: what waits for him, what he has asked, holds or has had": (
        *(
            "appraisals",
            "career/own",
            CAREER,
            "data-requests",
            "enrolments/mine",
            "keys",
            "periods",
            "sign-ins",
            "voices",
        ),
    ),
    "the people who answer to one superior": ("development/line",),
    "the people beside one employee, among whom he names voices": ("voices/{cycle}/{employee}/candidates",),
    "the superior's plan, with at most as many targets as a plan has": (f"{CASE}/supports",),
    "one unit: decided as a whole, so it is seen as a whole": (
        *(UNIT, f"{UNIT}/board", f"{UNIT}/votes", f"{UNIT}/ballot", f"{UNIT}/reviewers"),
        *(f"{CYCLE}/units/{{unit}}/cascade", f"{CYCLE}/units/{{unit}}/matrix"),
        *("units/{unit}/performance", "units/{unit}/indicators"),
    ),
    "the units of the agency, or figures by unit and step": (
        *("board/figures", "calibrations", "schedules", f"{CYCLE}/periods", f"{CYCLE}/rules/confirmations"),
        *(f"{CYCLE}/standstills/preview", "officers"),
    ),
    "what HR of the agency gives by hand: orders, policies, programs, courses, cycles": (
        *("catalogue/{year}", "cycles", f"{CYCLE}/standstills", "enrolments/courses", "policies", "webhooks"),
    ),
    "what one order was about, as it was sent": ("departures/{order}", "superiors/{order}"),
    "who is away today, or is known to go": ("departures",),
    "the kinds of what is kept, the cycles, and what went in the last hundred nights": ("retention",),
    "what a search finds: the first 50, and then one types more of the name": ("support/cases",),
    "the days off of a year, the steps of a case": ("calendar/{year}", f"{CYCLE}/dates/preview"),
}
"""By the reason, the paths below /api/v1."""
