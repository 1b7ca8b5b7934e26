"""What is held about people, why, how long, and who sees it: the categories that the map, the notice and the terms share.

Where each stands, table by table and column by column, is declared in adapters/database/holdings.
Rules: data_basis, data_contact, data_information, data_record, data_security, data_terms.
"""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.sources.rule import N_


class Category(StrEnum):
    """One kind of data, in the order in which people read of it."""

    IDENTITY = "identity"
    POSITION = "position"
    APPRAISAL = "appraisal"
    FEEDBACK = "feedback"
    VOICES = "voices"
    TRAINING = "training"
    CAREER = "career"
    PAPER = "paper"
    EXCHANGE = "exchange"
    ACCOUNT = "account"
    SESSION = "session"
    SECURITY = "security"
    NOTICE = "notice"
    DRAFT = "draft"
    IMPORT = "import"
    REQUEST = "request"
    QUESTION = "question"
    RECORD = "record"
    READING = "reading"
    ERASURE = "erasure"
    OFFICE = "office"
    MACHINE = "machine"


class Term(StrEnum):
    """How long something is kept. Periods of the law were not found: each is the agency's to set. Rule: data_terms."""

    SERVICE = "service"
    CYCLE = "cycle"
    SHORT = "short"
    RECORD = "record"
    LASTING = "lasting"


TERMS: dict[Term, str] = {
    Term.SERVICE: N_("As long as you serve, and after that as long as a result on record names you."),
    Term.CYCLE: N_("With the record of the cycle that it belongs to, until the agency archives that cycle."),
    Term.SHORT: N_("Until it has served its purpose, and after that for a time that the agency sets."),
    Term.RECORD: N_("With the record: it is only ever added to, and nothing is taken out of it."),
    Term.LASTING: N_("As long as it is in force."),
}


@dataclass(frozen=True, slots=True)
class Purpose:
    """Of one category: what it is, why it is held, by which rules of the law, how long, and who sees it."""

    what: str
    why: str
    basis: tuple[str, ...]
    term: Term
    seen_by: str


TASK = ("data_basis",)
SELF = N_("You alone.")
CASE = N_(
    "You, your superiors and whoever acts for them, the head of your unit, whoever decides on an objection, and HR."
)

PURPOSES: dict[Category, Purpose] = {
    Category.IDENTITY: Purpose(
        N_("Who you are: name, NIP, e-mail, kind of employment, grade and level."),
        N_("To know whose appraisal it is, to reach you, and to print the forms."),
        *(TASK, Term.SERVICE),
        N_("HR and whoever takes part in your appraisals; name and position also colleagues who look for people."),
    ),
    Category.POSITION: Purpose(
        N_("Your positions, units and superiors with their periods; who acts for whom; absence and departure."),
        N_("To find who reviews you, who calibrates your unit, and who steps in."),
        *(TASK, Term.SERVICE),
        N_("You, your superiors and HR."),
    ),
    Category.APPRAISAL: Purpose(
        N_("Targets, reports, reviews, ratings, calibrations, objections and predicates of each year and its periods."),
        N_("To appraise your work as the law asks of each agency."),
        *(TASK, Term.CYCLE, CASE),
    ),
    Category.FEEDBACK: Purpose(
        N_("Feedback on your work and notes of talks about it."),
        N_("To guide the work during the year."),
        *(TASK, Term.CYCLE, CASE),
    ),
    Category.VOICES: Purpose(
        N_("What colleagues said of your behaviour: sums without names and times; and who was asked."),
        N_("To let the superior know more than he saw himself."),
        *(TASK, Term.CYCLE),
        N_(
            "You, your superior and the head of your unit, once it has ended and enough have answered. Nobody sees who said what."
        ),
    ),
    Category.TRAINING: Purpose(
        N_("Trainings proposed and decided for you, seats, attendance, hours and certificates."),
        N_("To develop people by what their appraisal shows."),
        *(TASK, Term.CYCLE),
        N_("You, your superiors, the head of your unit and HR."),
    ),
    Category.CAREER: Purpose(
        N_("Credit, awards, assessment scores, the place on the talent map, and the development plan."),
        N_("To decide on careers by merit."),
        *(TASK, Term.SERVICE),
        N_("HR and the talent committee; of the plan also your superior; you, as far as the agency's rules tell it."),
    ),
    Category.PAPER: Purpose(
        N_("Which documents about you were issued: number, digest and initials, not what they say."),
        N_("So that whoever holds a paper can have it verified."),
        *(TASK, Term.CYCLE),
        N_("You, your superiors and HR; initials, unit and date also whoever holds the paper."),
    ),
    Category.EXCHANGE: Purpose(
        N_("Which of your results went to SIASN (BKN), when, and what came back."),
        N_("The national personnel system needs them."),
        *(TASK, Term.CYCLE),
        N_("HR. The results themselves go to BKN."),
    ),
    Category.ACCOUNT: Purpose(
        N_("Your account: login, language, rights, the digest of your password, and links with the agency's sign-in."),
        N_("To let in you alone."),
        *(("data_basis", "data_security"), Term.SERVICE),
        N_("You; HR sees that there is one. Nobody can read a password."),
    ),
    Category.SESSION: Purpose(
        N_("Where you are signed in: device, address, when; keys for programs; the address of your calendar."),
        N_("To let in you alone, and to let you end it."),
        *(("data_basis", "data_security"), Term.SHORT),
        N_("You; HR of the agency, to end it where something is wrong."),
    ),
    Category.SECURITY: Purpose(
        N_("What opened or shut an account: sign-ins, refusals, endings, with the address."),
        N_("To find misuse and to explain it."),
        *(("data_security",), Term.SHORT),
        N_("You, of your own account; HR of the agency."),
    ),
    Category.NOTICE: Purpose(
        N_("Notices to you: what they were about, when you read them, whether the mail went out."),
        N_("To tell you what waits for you."),
        *(TASK, Term.SHORT, SELF),
    ),
    Category.DRAFT: Purpose(
        N_("What you are typing and have not sent."),
        N_("So that nothing is lost when a session ends."),
        *(TASK, Term.SHORT, SELF),
    ),
    Category.IMPORT: Purpose(
        N_("Files of people that HR imports: the file until the import has ended, and what it changed."),
        N_("To take over data from SIMPEG, and to explain where they come from."),
        *(TASK, Term.SHORT),
        N_("HR."),
    ),
    Category.REQUEST: Purpose(
        N_("Your requests about own data and your reports that a superior is wrong, with HR's answers."),
        N_("To answer them in time, and to prove it."),
        *(("data_correction", "data_access", "data_erasure"), Term.SERVICE),
        N_("You and HR."),
    ),
    Category.QUESTION: Purpose(
        N_("Which rules you have confirmed, and your questions about them."),
        N_("So that everybody knows the rules."),
        *(TASK, Term.CYCLE),
        N_("Everybody of the cycle reads question and answer; who asked, HR alone."),
    ),
    Category.RECORD: Purpose(
        N_("The record: each decision and act with who, when and why, chained by hashes."),
        N_("So that each rating can be explained and nobody can change it unseen."),
        *(("data_basis", "data_record"), Term.RECORD, CASE),
    ),
    Category.READING: Purpose(
        N_("Who has looked at which appraisal or list, and on which ground."),
        N_("So that you know who reads what is held about you."),
        *(("data_record", "data_security"), Term.RECORD),
        N_("You, of your own appraisals; HR of the agency."),
    ),
    Category.ERASURE: Purpose(
        N_("What was erased at whose request: ids and kinds, nothing of what it said."),
        N_("So that a restored backup erases it again."),
        *(("data_erasure",), Term.RECORD),
        N_("You and HR."),
    ),
    Category.OFFICE: Purpose(
        N_("Units, positions, indicators, courses, rules and dates, with who of HR set them."),
        N_("To run the agency's appraisal."),
        *(TASK, Term.LASTING),
        N_("Whoever works with it."),
    ),
    Category.MACHINE: Purpose(
        N_("How the processes run: failures, repairs, durations, under ids."),
        N_("To keep the service running."),
        *(TASK, Term.SHORT),
        N_("HR and operators."),
    ),
}
NOBODYS = (Category.OFFICE, Category.MACHINE)
"""About nobody, but for who set it: in the map, so that the map is whole, and not in the notice."""
