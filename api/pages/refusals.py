"""Refusals in people's own language: one table from the stable code to a sentence and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.errors import KINDS, NOT_FOUND, Problem, problem_of
from api.pages import (
    data_words,
    development_words,
    enrolment_words,
    seat_words,
    security_words,
    session_words,
    siasn_words,
    sign_on_words,
    training_words,
    voice_words,
)
from api.pages.career_refusals import OF_CAREERS
from api.pages.objection_refusals import OF_OBJECTIONS
from api.pages.people_refusals import OF_PEOPLE
from api.pages.period_refusals import OF_PERIODS
from api.pages.words import N_, Words
from appraisal.errors import AppraisalError

AGAIN = N_("Load the page again and decide anew. What you have typed is kept as a draft.")
CORRECT = N_("Correct the field and send the form again.")

SENTENCES: dict[str, tuple[str, str]] = {
    **voice_words.REFUSALS,
    **enrolment_words.REFUSALS,
    **siasn_words.REFUSALS,
    **sign_on_words.REFUSALS,
    **training_words.REFUSALS,
    **seat_words.REFUSALS,
    **development_words.REFUSALS,
    **security_words.REFUSALS,
    **data_words.REFUSALS,
    # about the request
    "not_found": (
        N_("There is nothing here, or nothing that you may see."),
        N_("Check the address, or start from the menu."),
    ),
    "not_signed_in": (N_("You are not signed in, or not any more."), N_("Sign in; what you typed is kept as a draft.")),
    "cross_site": (
        N_("This form was sent from another site."),
        N_("Open Jenjang itself and send the form from there."),
    ),
    "wrong_method": (N_("This address takes no such request."), N_("Go back and use the buttons of the page.")),
    "too_large": (
        N_("This is too much text for one form."),
        N_("Go back, shorten it, and link to long documents instead."),
    ),
    "invalid_request": (N_("The request cannot be read."), N_("Go back and fill in the form again.")),
    "wrong_credentials": (
        N_("Login and password, or this link, do not open an account."),
        N_("Check both and try again, or ask HR for a sign-in link."),
    ),
    "not_reachable": (
        N_("The process could not be reached; nothing was decided."),
        N_("Send the form again in a moment."),
    ),
    "not_recorded_yet": (
        N_("This has been taken and holds; it is not on record yet."),
        N_("Load the page again in a moment; you need not send the form again."),
    ),
    "record_not_reachable": (
        N_("The record cannot be reached or written at the moment."),
        N_("Load the page, or send the form, again in a moment."),
    ),
    # about the case
    "not_allowed": (N_("This is not yours to do."), N_("Ask whoever holds the step, or HR.")),
    "wrong_step": (N_("The case is at another step by now."), AGAIN),
    "already_closed": (
        N_("This has ended; nothing can be changed any more."),
        N_("Speak to HR if something is wrong."),
    ),
    "not_closed": (N_("This case is open."), N_("Send it back to an earlier step instead.")),
    "not_issued_yet": (
        N_("This document cannot be issued yet: what it says does not hold yet."),
        N_("Look at the page of the case, which says when it can."),
    ),
    "not_open_yet": (N_("This step is not open yet."), N_("Come back when it opens; your draft is kept.")),
    "quarter_not_ended": (
        N_("This quarter is not over yet; what it has reached is known afterwards."),
        N_("Come back when it has ended."),
    ),
    "missing_evidence": (
        N_("This indicator needs evidence."),
        N_("Give the address of a document that shows the value."),
    ),
    "unit_result_missing": (
        N_("The result of the unit itself is not set yet; it comes before the ratings of its people."),
        N_("The superior of its head sets it, or HR records it for him. They have been told."),
    ),
    "on_hold": (
        N_("This is on hold: its clock and its work stand still."),
        N_("Wait until it goes on, or ask HR to end the hold."),
    ),
    "not_on_hold": (N_("This is not on hold."), AGAIN),
    "invalid_extension": (
        N_("Such an extension does not fit."),
        N_("Choose a day after the present due date and before the cycle closes."),
    ),
    "invalid_hold": (
        N_("A hold ends in the future, and before the cycle closes."),
        N_("Choose another day, or none."),
    ),
    "forbidden_address": (
        N_("Nothing is sent to this address."),
        N_("Give a public address that begins with https://, without a user name in it."),
    ),
    "address_known": (
        N_("This address is registered already."),
        N_("Another secret is made on the page of the program."),
    ),
    "switched_off": (N_("This program is switched off."), N_("Add its address again; it then gets another secret.")),
    "invalid_schedule": (
        N_("A unit works five or six days a week, in the zone WIB, WITA or WIT."),
        N_("Choose one of the list."),
    ),
    "invalid_bulk": (N_("These cases cannot be taken together."), N_("Load the board again and choose anew.")),
    "under_way": (N_("The order is still being carried out."), N_("Wait until everybody has been told.")),
    "stale_revision": (N_("The case has moved on since you opened this page."), AGAIN),
    "reviews_himself": (N_("Nobody reviews or calibrates himself."), N_("HR must name another superior.")),
    "acts_on_own_case": (
        N_("You act for your superior, but not on your own case."),
        N_("It has gone to the next superior."),
    ),
    **OF_PEOPLE,
    **OF_OBJECTIONS,
    **OF_CAREERS,
    **OF_PERIODS,
    # about the rules of a cycle
    "stale_rules": (
        N_("The rules of this cycle have changed since you read them."),
        N_("Read them again, then confirm."),
    ),
    "already_reminded": (
        N_("Those who are missing have been reminded in this window already."),
        N_("Once the targets open you may remind once more; after that, speak to the units."),
    ),
    # about what was typed
    "number_of_targets": (N_("A plan has 3 to 7 targets."), N_("Add targets, or leave out the least important.")),
    "weights_not_hundred": (N_("The weights do not sum to 100."), N_("Change them until the sum is 100.")),
    "invalid_target": (
        N_("The target is tied to nothing."),
        N_("Choose an indicator of the unit or a target of the superior."),
    ),
    "missing_reason": (N_("A reason is missing."), N_("Say in a sentence why.")),
    "invalid_text": (
        N_("This text is too long or holds characters that cannot be shown."),
        N_("Shorten it or type it again."),
    ),
    "invalid_number": (N_("This is no usable number."), N_("Give 0 or more, with at most 4 decimals.")),
    "invalid_evidence": (
        N_("This is no web address."),
        N_("Give at most 10 addresses that begin with https://, one per line."),
    ),
    "incomplete_realisations": (N_("Each target needs exactly one realisation."), CORRECT),
    # about cycles, calibration, nomination, people
    "invalid_policy": (N_("The policy contradicts itself."), N_("Correct the policy, or choose another.")),
    "stale_policy": (
        N_("Somebody else has changed this policy since you opened it."),
        N_("Look at the newest version and make your change there."),
    ),
    "invalid_launch": (N_("A cycle cannot be launched like this."), CORRECT),
    "still_starting": (
        N_("The cases of this cycle are still being started."),
        N_("Wait until all have been started."),
    ),
    "closes_in_the_past": (
        N_("By this policy the cycle would have closed already."),
        N_("Choose a policy that closes later."),
    ),
    "same_dates": (N_("The cycle has these dates already."), N_("Choose another policy, or leave it as it is.")),
    "stale_list": (
        N_("The list has changed since you saw it."),
        N_("Load the list again, look at it and sign that one."),
    ),
    "stale_board": (
        N_("The members have changed since this page was loaded."),
        N_("Load the page again and decide anew."),
    ),
    **session_words.SENTENCES,
    "nothing_chosen": (N_("No case was chosen."), N_("Tick at least one case in the list.")),
    "nothing_to_decide": (N_("There is nothing here to decide any more."), N_("Load the page again.")),
    "not_a_member": (N_("Somebody named here is not being decided on now."), N_("Load the page again.")),
    "unknown_training": (N_("The catalogue has no such training."), N_("Choose one of the list.")),
    "hours_exceeded": (N_("The training exceeds the hours allowed in a year."), N_("Choose a shorter training.")),
    "invalid_import": (N_("The import cannot be applied as it stands."), N_("Correct the file and upload it again.")),
    "unreadable_file": (
        N_("The file cannot be read as CSV or XLSX."),
        N_("Save it again from the spreadsheet and upload it."),
    ),
}
"""code -> (what is wrong, what to do)."""

UNKNOWN = (N_("This could not be done."), N_("Try again; if it fails again, tell HR."))


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told; both sentences in the page's language."""

    what: str
    remedy: str


def told(words: Words, problem: Problem) -> Told:
    """The problem in the page's language. In English the rule's own sentence, which names numbers and dates."""
    what, remedy = SENTENCES.get(problem.code, UNKNOWN)
    if words.language == "en" and problem.what:
        return Told(problem.what, problem.remedy or remedy)
    return Told(words.gettext(what, **problem.about), words.gettext(remedy, **problem.about))


def not_theirs(words: Words) -> Told:
    """What is told to whoever sends a form of a case that he may not see: the same whether there is one or not."""
    what = words.gettext("This appraisal is not there, or not yours any more. Nothing was recorded.")
    remedy = words.gettext(
        "If you were the superior, it has gone to another one with all that was decided. If that is wrong, speak to HR."
    )
    return Told(what, remedy)


def sentence(words: Words, failed: AppraisalError | Problem) -> str:
    """The same as one text, to stand beside a field."""
    found = told(words, problem_of(failed))
    return f"{found.what} {found.remedy}"


def of_name(words: Words, name: str) -> str:
    """The same of a refusal of which the record has nothing but the name of its type."""
    return sentence(words, KINDS.get(name, AppraisalError)(""))


def beside(words: Words, failed: AppraisalError | Problem, fields: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """The refusal beside its field, and its status. `fields`: where the rules point to -> the field of the form.

    What is none of the visitor's business stays a page of its own.
    """
    problem = problem_of(failed)
    if problem is NOT_FOUND:
        raise problem
    return {fields.get(problem.where, ""): sentence(words, problem)}, problem.status
