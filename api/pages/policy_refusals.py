"""What is wrong with a policy, in the words of people: by the place that the rules name in the spelling of the file."""

import re

from api.pages import enrolment_form, heads_form, period_form
from api.pages.words import N_

EXPLAINED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"steps\.\w+"),
        N_("These dates are not in order: the step opens, is due, is handed on at each rung, and then ends."),
    ),
    (
        re.compile(r"steps\.\w+\.(opens|due|end)"),
        N_("This date does not fit: it is no day of the year, or the step would end before the one before it does."),
    ),
    (re.compile(r"session\.minimum_size"), N_("Give a whole number of people, from 1 on.")),
    (re.compile(r"session\.undo"), N_("Give a length of time in days or hours, not in working days; 0 days is none.")),
    (re.compile(r"steps\.\w+\.end_rule"), N_("This step cannot end like that. Choose one of the list.")),
    (
        re.compile(r"steps\.\w+\.escalate\.\d+\.to"),
        N_(
            "HR of a unit cannot do this step: a calibration is decided by the head, the nomination by HR of the agency."
        ),
    ),
    (re.compile(r"objection\.(window|account)"), N_("Give a length of time, like “14 days” or “5 working days”.")),
    (
        re.compile(r"objection\.due"),
        N_(
            "Give lengths of time in this order: the supervisor answers, it is due, it is handed on at each rung, it ends."
        ),
    ),
    (
        re.compile(r"objection\.end"),
        N_("An objection must end before the cycle closes. Give it less time, or let the cycle close later."),
    ),
    (re.compile(r"objection\.(end_rule|at_closing)"), N_("Choose one of the list.")),
    (
        re.compile(r"(steps\.\w+|objection|voices)\.(remind|escalate).*"),
        N_("There are too many of these, or one of them says no time."),
    ),
    (
        re.compile(r"voices\.(peers|subordinates)"),
        N_("Ask as many of a kind as are needed to show anything, up to 20; or 0, but then some of the other kind."),
    ),
    (
        re.compile(r"voices\.shown_from"),
        N_("Write a whole number, at least 3: of two, each would know what the other said."),
    ),
    (
        re.compile(r"voices(\.\w+)?"),
        N_("These dates do not fit: it opens, is due, and ends before the review does."),
    ),
    (
        re.compile(r"weighting\.\w+"),
        N_("Write whole numbers, at most 120: the most for above expectation, the least for below."),
    ),
    *period_form.EXPLAINED,
    *enrolment_form.EXPLAINED,
    *heads_form.EXPLAINED,
    (re.compile("closes"), N_("The cycle closes before its last step ends, or only after more than five years.")),
    (re.compile("grace"), N_("Give a length of time, in days or hours, of at most five years.")),
    (re.compile("agreed_need"), N_("Write a whole number from 0 to 6.")),
    (re.compile("shown_from"), N_("Write a whole number, like 5.")),
    (re.compile("day_opens|day_closes"), N_("Write times like 07:30; the office closes after it opens.")),
    (re.compile(r"zone|session\.\w+\.?\w*"), N_("Choose one of the list.")),
    (re.compile("name"), N_("Use lower-case letters, digits and hyphens, up to 40.")),
)
"""What is wrong where. The rules say it too, but in the spelling of the file."""
