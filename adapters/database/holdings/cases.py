"""What the tables hold about the work of people and how it is rated, and the record of it."""

from adapters.database.holdings.holding import Holding
from adapters.database.tables import papers, periods, process, record, session, socialisation, voices
from appraisal.privacy.personal_data import Category

CASES = (
    Holding(
        *(process.Participant, Category.APPRAISAL),
        whose="person_id",
        people="person_id",
        facts="unit_id",
        rest="cycle_id",
    ),
    Holding(
        *(process.Appraisal, Category.APPRAISAL),
        whose="employee_id",
        people="employee_id supervisor_id superior_id head_id holder_id escalated_to preparer_id acting taken_by rater_id "
        "decider_id earlier",
        words="document",
        facts="unit_id step returned escalated results_rating behaviour_rating predicate calibrated outcome training_id "
        "exit objection predicate_objected",
        rest="id cycle_id since opens_at due_at ends_at next_alarm next_at revision handed_to_hr handed_to_unit_hr held "
        "held_until updated_at waits_upstream",
    ),
    Holding(
        *(periods.Evaluation, Category.APPRAISAL),
        whose="employee_id",
        people="employee_id supervisor_id superior_id acting holder_id",
        words="document",
        facts="unit_id stage reported results_rating behaviour_rating predicate",
        rest="id cycle_id number begins_at ends_at last_day due_at revision",
    ),
    Holding(
        *(process.Calibration, Category.APPRAISAL),
        people="head_id superior_id escalated_to",
        words="document",
        facts="unit_result",
        rest="id cycle_id unit_id phase round opens_at due_at ends_at next_alarm next_at revision",
    ),
    Holding(*(session.SessionBoard, Category.APPRAISAL), rest="calibration_id revision"),
    Holding(
        *(session.SessionProposal, Category.APPRAISAL),
        whose="employee_id",
        people="employee_id changed_by",
        words="reason",
        facts="results behaviour discussed",
        rest="calibration_id revision changed_at",
    ),
    Holding(
        *(session.SessionBallot, Category.APPRAISAL),
        people="voter_id",
        facts="votes",
        rest="calibration_id given_at",
    ),
    Holding(
        *(periods.Feedback, Category.FEEDBACK),
        whose="case_id",
        people="given_by",
        words="text",
        facts="kind about",
        rest="id case_id given_at",
    ),
    Holding(
        *(voices.VoiceRound, Category.VOICES),
        whose="employee_id",
        people="employee_id",
        facts="document",
        rest="id cycle_id closed due_at ends_at revision",
    ),
    Holding(
        *(voices.VoiceInvitation, Category.VOICES),
        whose="person_id",
        people="person_id",
        facts="kind standing",
        rest="round_id",
    ),
    Holding(*(voices.VoiceTally, Category.VOICES), words="document", rest="round_id kind"),
    Holding(
        *(papers.Paper, Category.PAPER),
        whose="about",
        people="about issued_by",
        identity="initials",
        facts="unit",
        rest="code kind cycle_id year number version digest agency issued_at",
    ),
    Holding(
        *(socialisation.RulesConfirmation, Category.QUESTION),
        whose="person_id",
        people="person_id",
        rest="cycle_id rules confirmed_at",
    ),
    Holding(
        *(socialisation.RulesQuestion, Category.QUESTION),
        whose="person_id",
        people="person_id",
        words="text",
        rest="id cycle_id asked_at",
    ),
    Holding(
        *(socialisation.RulesAnswer, Category.QUESTION),
        people="answered_by",
        words="text",
        rest="id question_id answered_at",
    ),
    Holding(
        *(record.Entry, Category.RECORD),
        whose="subject",
        people="actor on_behalf_of",
        words="reason changes",
        rest="subject revision command_id kind at previous_hash hash attempt",
    ),
    Holding(*(record.Anchor, Category.RECORD), rest="day made_at heads root previous_hash hash"),
    Holding(*(record.AnchoredHead, Category.RECORD), rest="subject day attempt revision hash"),
    Holding(
        *(record.Reading, Category.READING),
        whose="employee_id",
        people="reader employee_id",
        words="reason",
        facts="ground",
        rest="day subject at",
        age="at",
    ),
)
