"""A case as pages show it: where it stands, what comes next, how it was measured, what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import cascade, case_rows, directory, evaluations
from adapters.database.reads.facts import CaseFacts
from adapters.database.reads.superior_reports import ReportRow, open_report_of
from api import orders, voices
from api.errors import NOT_FOUND
from api.pages import parts
from api.pages.case_forms import Choices, support_value
from api.pages.parts import PartShown
from api.pages.render import Page
from api.routes.appraisals import allowed
from api.security import actor
from api.voices import Voices
from appraisal.access import Action, Relation, can, relations
from appraisal.case import Case
from appraisal.clock import LAPSES
from appraisal.errors import AppraisalError
from appraisal.objection.deciding import barred
from appraisal.objection.objecting import demand_objectable
from appraisal.parties import HR
from appraisal.periods.evaluation import Evaluation
from appraisal.privacy.disclosure import BEFORE_DELIVERY, STILL_CHANGING, withheld_event
from appraisal.targets import WAITING
from appraisal.transitions import BELONGS_TO
from appraisal.vocabulary import OBJECTION_STEPS, WAY, Step

FORM_OF = {
    "submit_targets": "targets",
    "approve_targets": "approval",
    "return_targets": "approval",
    "submit_self_assessment": "self_assessment",
    "submit_review": "review",
    "endorse_review": "endorsement",
    "acknowledge": "acknowledgement",
    "answer_objection": "hearing",
    "decide_objection": "ruling",
}
"""The form in which each command is given."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the picture. `state`: done, here, to_come, lapsed, skipped."""

    step: Step
    state: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class View:
    """A case with everything that a page says about it. `form` is what this visitor may do now, if anything.

    `report` waits for HR and says that the superior is wrong: for the employee and for HR, nobody else. `voices` are there
    for whom other voices concern, where the cycle asks any.
    """

    case: Case
    facts: CaseFacts
    cycle: dict[str, Any]
    events: tuple[dict[str, Any], ...]
    names: dict[str, str]
    visitor: Visitor
    form: str | None
    training: str | None
    report: ReportRow | None = None
    parts: tuple[PartShown, ...] = ()
    voices: Voices | None = None
    periods: tuple[Evaluation, ...] = ()

    @property
    def url(self) -> str:
        return f"/appraisals/{self.case.cycle}/{self.case.parties.employee}"

    @property
    def own(self) -> bool:
        return self.visitor.id == self.case.parties.employee

    @property
    def reopens(self) -> bool:
        """Whether the visitor may let a closed case go on."""
        return can(actor(self.visitor), Action.REOPEN, self.facts.parties).allowed

    @property
    def employee(self) -> str:
        return self.name(self.case.parties.employee)

    @property
    def prepares(self) -> bool:
        """Whether the visitor may prepare this step for its holder and not sign it."""
        return self.visitor.id == self.case.preparer

    @property
    def acts_for(self) -> str:
        """The name of the official for whom the holder of this step acts; empty where nobody does."""
        return self.name(self.case.official) if self.case.official != self.case.holder else ""

    @property
    def delivered(self) -> bool:
        """Whether the ratings may be shown to this visitor."""
        withheld = self.visitor.reads_as(self.case.parties.employee) and self.case.step in BEFORE_DELIVERY
        return bool(self.case.results) and not withheld

    def objectable(self, now: datetime) -> bool:
        """Whether the visitor can object to the own rating now."""
        if not self.own or self.case.held or self.case.step not in BELONGS_TO["object"]:
            return False
        try:
            demand_objectable(self.case, now)
        except AppraisalError:
            return False
        return True

    @property
    def names_decider(self) -> bool:
        """Whether the visitor may name who decides on the objection."""
        may = can(actor(self.visitor), Action.NAME_DECIDER, self.facts.parties).allowed
        return may and self.case.step is Step.OBJECTION

    def name(self, person: str | None) -> str:
        """A person's name; empty for HR and for processes, which pages name in their own words."""
        return self.names.get(person or "", "")

    def stages(self) -> tuple[Stage, ...]:
        """The stages in order, as far as the record tells."""
        left = {change[1]: event["kind"] for event in self.events for change in event["changes"] if change[0] == "step"}
        case, here = self.case, self.case.step
        way = [one for one in WAY if (case.objection if one in OBJECTION_STEPS else case.timetable.has(one))]
        passed = way.index(here) if here in way else len(way)
        return tuple(self._stage(step, number, passed, left) for number, step in enumerate(way))

    def _stage(self, step: Step, number: int, passed: int, left: dict[str, str]) -> Stage:
        if step is self.case.step:
            return Stage(step, "here", self.case.window.due)
        if number > passed:
            return Stage(step, "to_come", self.case.timetable.window(step).due)
        kind = left.get(step)
        return Stage(
            step, "skipped" if kind is None else "lapsed" if kind in (*LAPSES, "closed_with_cycle") else "done", None
        )


async def load(page: Page, cycle: str, employee: str) -> View:
    """The case for this visitor; NOT_FOUND also where its existence is none of their business."""
    facts = await orders.visible(page.jenjang, page.person, cycle, employee)
    async with page.jenjang.reading() as session:
        case = await case_rows.case(session, facts.id)
        found = await directory.cycle(session, cycle)
        if case is None or found is None:
            raise NOT_FOUND
        events = await case_rows.events(session, facts.id)
        year = await evaluations.year_of(session, cycle, employee)
        rated = tuple(one.rated_by for one in year if one.rated_by)
        names = await directory.person_names(session, (*_people(case, events), *rated))
        given = case.nominated.training if case.nominated else None
        training = await directory.training_name(session, given) if given else None
        shown = page.person.hr or page.person.id == employee
        report = await open_report_of(session, employee) if shown else None
        units = await directory.unit_names(session, page.jenjang.today()) if case.parts else {}
        others = await voices.shown(session, page.person, facts, voices.opening_of(case, found), page.now)
    told = not page.person.reads_as(employee) or case.step not in STILL_CHANGING
    events = events if told else tuple(map(withheld_event, events))
    form, parted = form_for(page.person, case, facts), parts.shown(case, names, units, told)
    return View(case, facts, found, events, names, page.person, form, training, report, parted, others, year)


def form_for(visitor: Visitor, case: Case, facts: CaseFacts) -> str | None:
    """The form that is this visitor's to fill in now."""
    given = case.objection is not None and case.objection.given is not None
    own = visitor.id in barred(case.parties)
    done = {"answer_objection": given, "decide_objection": own, "endorse_review": own}
    kinds = (kind for kind in allowed(visitor, case.step, facts) if not done.get(kind))
    forms = (FORM_OF[kind] for kind in kinds if kind in FORM_OF)
    prepared = "review" if case.step is Step.REVIEW and case.preparer == visitor.id else None
    return next(forms, prepared)


def stands_in(view: View) -> bool:
    """Whether the visitor would act in place of the holder, because the step was escalated."""
    return (
        Relation.STAND_IN in relations(actor(view.visitor), view.facts.parties) and view.case.holder != view.visitor.id
    )


def _people(case: Case, events: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    named = [case.parties.employee, *case.parties.line, case.parties.head, case.parties.escalated_to, case.reviewed_by]
    named += [one.by for one in case.parties.acting]
    named += [event[key] for event in events for key in ("actor", "on_behalf_of")]
    named += [
        part
        for event in events
        for change in event["changes"]
        if change[0] in ("holder", "escalated_to")
        for part in change[1:]
    ]
    named += [case.parties.taken_by, case.parties.rater, case.parties.decider, *(part.superior for part in case.parts)]
    named += [one.by for one in (case.objection and case.objection.given,) if one]
    named += [one.decided_by for one in (case.objection and case.objection.ruling,) if one]
    named += [case.calibrated.decided_by] if case.calibrated else []
    named += [look.by for look in case.looks]
    return tuple(sorted({person for person in named if person and person != HR}))


async def choices(page: Page, view: View) -> Choices:
    """What this employee's targets can be tied to, by where it comes from; while the superior has none, also to wait."""
    _, today = page.gettext, page.jenjang.today()
    async with page.jenjang.reading() as session:
        found = await cascade.supports(session, view.case, view.cycle["year"], today)
        units = await directory.unit_names(session, today)
    groups = [(_("Indicators: %(unit)s", unit=units.get(unit, unit)), them) for unit, them in found.indicators.items()]
    groups += [(_("Targets of the superior"), found.superior)] if found.superior else []
    named = [(name, tuple((support_value(one), one.name) for one in members)) for name, members in groups]
    if not found.superior:
        named.append((_("Later"), ((support_value(WAITING), _("wait for the targets of the superior")),)))
    known = {support_value(one): one for __, members in groups for one in members}
    return Choices(
        known | ({} if found.superior else {support_value(WAITING): WAITING}), tuple(named), not found.superior
    )
