"""What the tables hold about accounts, notices and requests; and what is about the agency or the machine alone."""

from adapters.database.holdings.holding import Holding
from adapters.database.tables import (
    career,
    delivery,
    desk,
    organisation,
    policies,
    privacy,
    process,
    retention,
    seat_plans,
    sign_on,
    signing_in,
    socialisation,
    training,
    unit_performance,
    watch,
)
from appraisal.privacy.personal_data import Category

DESK = (
    Holding(
        *(desk.Account, Category.ACCOUNT),
        whose="person_id",
        people="id person_id",
        identity="login",
        facts="hr hr_unit_id support disabled language second_step_at",
        secrets="password_hash",
        rest="created_at",
    ),
    Holding(
        *(signing_in.SecondStep, Category.ACCOUNT),
        whose="account_id",
        people="account_id",
        secrets="sealed",
        rest="used_step made_at",
    ),
    Holding(
        *(signing_in.RecoveryCode, Category.ACCOUNT),
        whose="account_id",
        people="account_id",
        secrets="code_hash",
        rest="used_at",
    ),
    Holding(
        *(sign_on.Identity, Category.ACCOUNT),
        whose="account_id",
        people="account_id ended_by",
        identity="subject",
        rest="id issuer found_by linked_at ended_at",
    ),
    Holding(
        *(desk.Credential, Category.SESSION),
        whose="account_id",
        people="account_id",
        identity="address",
        words="name look_reason",
        facts="kind scopes",
        secrets="secret_hash",
        rest="id created_at expires_at used_at look_until",
        age="expires_at",
    ),
    Holding(
        *(sign_on.SignOnWay, Category.SESSION),
        secrets="state_hash browser_hash nonce verifier",
        rest="wanted language expires_at",
        age="expires_at",
    ),
    Holding(
        *(sign_on.SignOnSession, Category.SESSION),
        secrets="secret_hash hint",
        rest="identity_id expires_at",
        age="expires_at",
    ),
    Holding(
        *(signing_in.SecurityEvent, Category.SECURITY),
        whose="account_id",
        people="account_id by_id",
        identity="address",
        facts="deed about",
        rest="id at",
        age="at",
    ),
    Holding(
        *(process.Notice, Category.NOTICE),
        whose="recipient",
        people="recipient",
        facts="kind read_at",
        rest="id subject revision channel created_at mail_settled_at hooks_settled_at",
        age="created_at",
    ),
    Holding(
        *(delivery.Delivery, Category.NOTICE),
        whose="recipient",
        people="recipient",
        rest="id channel kind slot notices created_at try_at sent_at attempts last_error",
        age="created_at",
    ),
    Holding(
        *(desk.Draft, Category.DRAFT),
        whose="person_id",
        people="person_id",
        words="body",
        rest="subject form saved_at",
        age="saved_at",
    ),
    Holding(
        *(desk.Upload, Category.IMPORT),
        people="account_id",
        identity="content",
        rest="id filename uploaded_at",
        age="uploaded_at",
    ),
    Holding(
        *(process.RosterImport, Category.IMPORT),
        people="uploaded_by",
        identity="problems differences",
        rest="id kind filename effective_on phase revision created_at",
        age="created_at",
    ),
    Holding(
        *(privacy.DataRequest, Category.REQUEST),
        whose="person_id",
        people="person_id holder_id answered_by",
        words="words should_be evidence reason ground",
        facts="parts stays",
        rest="id subject kind area unit_id phase asked_at due_at reminded escalated answered_at revision",
    ),
    Holding(
        *(privacy.Erasure, Category.ERASURE),
        whose="person_id",
        people="person_id",
        facts="parts",
        rest="request_id erased_at",
    ),
)

OFFICE = (
    Holding(*(organisation.Unit, Category.OFFICE), rest="id code"),
    Holding(*(organisation.UnitPeriod, Category.OFFICE), rest="id unit_id name parent_id valid_from valid_to"),
    Holding(*(organisation.Position, Category.OFFICE), rest="id unit_id title kind echelon"),
    Holding(
        *(organisation.Indicator, Category.OFFICE),
        rest="id unit_id year code name unit_of_measure baseline target direction evidence",
    ),
    Holding(
        *(organisation.Training, Category.OFFICE),
        rest="id year code name topics hours seats starts_on ends_on place kind price provider employments positions "
        "lowest_grades withdrawn",
    ),
    Holding(*(organisation.CalendarDay, Category.OFFICE), rest="version day name kind source import_id"),
    Holding(*(organisation.UnitSchedule, Category.OFFICE), people="changed_by", rest="unit_id week zone changed_at"),
    Holding(*(training.TrainingLimits, Category.OFFICE), rest="year budget quotas revision"),
    Holding(
        *(unit_performance.IndicatorActual, Category.OFFICE),
        people="entered_by",
        words="evidence remark",
        rest="id indicator_id quarter number value entered_at",
    ),
    Holding(
        *(policies.Policy, Category.OFFICE), people="author", words="reason", rest="name version document created_at"
    ),
    Holding(
        *(career.CareerRules, Category.OFFICE), people="author", words="reason", rest="version document created_at"
    ),
    Holding(
        *(process.Cycle, Category.OFFICE),
        people="document",
        rest="id year name phase policy timetable participants started starts_at closes_at calendar_version "
        "unconfirmed_years revision",
    ),
    Holding(
        *(process.Nomination, Category.OFFICE),
        people="document",
        rest="id cycle_id phase round opens_at heads_until due_at ends_at next_alarm next_at revision",
    ),
    Holding(*(seat_plans.SeatPlan, Category.OFFICE), rest="cycle_id revision made_at document"),
    Holding(
        *(process.Bulk, Category.OFFICE),
        people="ordered_by refused",
        words="remedy",
        rest="id ordered_at cases done taken revision cycle_id unit_id releases groups",
        age="ordered_at",
    ),
    Holding(
        *(socialisation.RulesReminder, Category.OFFICE),
        people="reminded_by",
        rest="cycle_id rules stage reminded_at people",
    ),
    Holding(
        *(delivery.Webhook, Category.OFFICE),
        people="added_by",
        secrets="secret sealed former",
        rest="id url created_at off_at former_until",
    ),
    Holding(
        *(watch.Trouble, Category.MACHINE),
        people="repaired_by",
        rest="subject kind detail attempts first_seen last_seen resolved_at repair changed_at",
        age="resolved_at",
    ),
    Holding(*(retention.Removal, Category.MACHINE), rest="day kind before rows at"),
    Holding(*(watch.Passage, Category.MACHINE), rest="case_id revision cycle_id unit_id step seconds in_time"),
)
