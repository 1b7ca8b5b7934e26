"""The form of a policy: its fields in words, the document that they make, and refusals beside the field that they are about."""

import re
from collections.abc import Iterator
from typing import Any

from api.pages import enrolment_form, heads_form, period_form, policy_spans, refusals, session_form
from api.pages.forms import Fields
from api.pages.labels import STEPS
from api.pages.policy_refusals import EXPLAINED
from api.pages.words import N_, Words
from appraisal.errors import AppraisalError, InvalidPolicy
from appraisal.objection.policy import ObjectionPolicy
from appraisal.policy.document import MOST_RUNGS
from appraisal.policy.policy import WEIGHTING, Policy, StepPolicy
from appraisal.vocabulary import OPEN_STEPS, STAGES, Audience, Step
from appraisal.voices.policy import VoicesPolicy

PLAIN = ("zone", "day_opens", "day_closes", "follow_every", "shown_from", "agreed_need")
"""Fields that are kept as they are typed or chosen."""
SPANS = ("grace", "closes")
DATES = ("opens", "due", "end")
OBJECTION = "objection"
LENGTHS = ("window", "account", "due", "end")
RULES = ("end_rule", "at_closing")
"""Of an objection, beside its reminders and its ladder."""
VOICES = "voices"
COUNTS = ("peers", "subordinates", "shown_from")
POINTS = ("above", "expected", "below")
OF_THE_WHOLE = (*PLAIN, *SPANS)
ROWS = tuple(range(1, MOST_RUNGS + 1))
OWN_FORMS = {
    "session": session_form.field_at,
    "periods": period_form.field_at,
    "enrolment": enrolment_form.field_at,
    "heads": heads_form.field_at,
}
"""Tables of a policy whose fields have a module of their own."""

NO_SPAN = N_("This says no time. Write “%(days)s”, “%(span)s” or a date like “%(date)s”.")
NO_REMINDER = N_("“%(line)s” says no time. Write “%(before)s”, “%(due)s” or “%(after)s”.")
NO_AUDIENCE = N_("Choose to whom the step is handed on.")
OTHER_VOICES, POINTS_OF_RATINGS = N_("Other voices"), N_("Points of the ratings (PP 30/2019)")
NO_RUNG = N_("Say how long after the due date, or hand it on to nobody.")


def fields_of(policy: Policy, language: str) -> dict[str, str]:
    """The form filled in with this policy."""
    found = {name: str(getattr(policy, name)) for name in PLAIN}
    found |= {name: policy_spans.shown(getattr(policy, name), language) for name in SPANS}
    found |= period_form.fields_of(policy.periods, language) | enrolment_form.fields_of(policy.enrolment, language)
    found |= heads_form.fields_of(policy.heads, language)
    for step in policy.steps:
        found |= {} if step.step in OPEN_STEPS else {f"{step.step}_on": "yes"}
        found |= {f"{step.step}_{name}": value for name, value in _step_fields(step, DATES, language)}
    objection = policy.objection
    fields = (
        {**dict(_step_fields(objection, LENGTHS, language)), "at_closing": objection.at_closing} if objection else {}
    )
    taken = {"taken": "yes" if objection else "no"}
    found |= {f"{OBJECTION}_{name}": value for name, value in {**taken, **fields}.items()}
    found |= session_form.fields_of(policy.session, language)
    points = policy.weighting.document() if policy.weighting else {}
    found |= {f"{WEIGHTING}_{name}": str(value) for name, value in points.items()}
    return found | (_voices_fields(policy.voices, language) if policy.voices else {})


def _voices_fields(policy: VoicesPolicy, language: str) -> dict[str, str]:
    found = {name: str(getattr(policy, name)) for name in COUNTS}
    found |= {name: policy_spans.shown(getattr(policy, name), language) for name in DATES}
    found |= {"remind": _lines(policy.remind, language), "on": "yes", "texts": "yes" if policy.texts else ""}
    return {f"{VOICES}_{name}": value for name, value in found.items()}


def _lines(reminders: tuple[str, ...], language: str) -> str:
    return "\n".join(policy_spans.shown_reminder(span, language) for span in reminders)


def _step_fields(
    step: StepPolicy | ObjectionPolicy, dates: tuple[str, ...], language: str
) -> Iterator[tuple[str, str]]:
    for name in dates:
        yield name, policy_spans.shown(getattr(step, name), language)
    yield "end_rule", step.end_rule
    yield "remind", _lines(step.remind, language)
    for number, rung in enumerate(step.escalate, 1):
        yield f"after_{number}", policy_spans.shown(rung.after, language)
        yield f"to_{number}", rung.to


def rows_shown(fields: Fields, step: str) -> tuple[int, ...]:
    """The rungs that the form offers for a step: those that are filled in and one more, at least two."""
    filled = [row for row in ROWS if fields.get(f"{step}_after_{row}", "") or fields.get(f"{step}_to_{row}", "")]
    return tuple(range(1, min(max(max(filled, default=0) + 1, 2), MOST_RUNGS) + 1))


class PolicyReader:
    """Reads the form and collects what says nothing, so that people see all of it at once."""

    def __init__(self, fields: Fields, words: Words) -> None:
        self.fields, self.words = fields, words
        self.errors: dict[str, str] = {}
        self._rows: dict[str, tuple[int, ...]] = {}

    def document(self) -> dict[str, Any]:
        """The document of the policy; worth nothing where there are errors."""
        found: dict[str, Any] = {name: self._typed(name) for name in PLAIN}
        found |= {name: self._whole(name) for name in ("shown_from", "agreed_need")}
        found |= {name: self._span(name) for name in SPANS}
        found |= {"steps": {str(step): self._step(step) for step in STAGES if self._wanted(step)}}
        found |= session_form.document(self.fields, self._span) | period_form.document(self.fields, self._written)
        found |= enrolment_form.document(self.fields, self._span) | heads_form.document(self.fields, self._span)
        if self._typed(f"{OBJECTION}_taken") == "yes":
            found[OBJECTION] = self._objection()
        if self._typed(f"{VOICES}_on"):
            found[VOICES] = self._voices()
        if any(self._typed(f"{WEIGHTING}_{name}") for name in POINTS):
            found[WEIGHTING] = {name: self._whole(f"{WEIGHTING}_{name}") for name in POINTS}
        return found

    def refused(self, refusal: AppraisalError) -> dict[str, str]:
        """A refusal of the rules beside the field that it is about; the document must have been read."""
        field = self._field(refusal.where)
        return {field: self._named(field, self._sentence(refusal))}

    def _wanted(self, step: Step) -> bool:
        return step in OPEN_STEPS or self._typed(f"{step}_on") == "yes"

    def _step(self, step: Step) -> dict[str, Any]:
        found: dict[str, Any] = {name: self._span(f"{step}_{name}") for name in DATES}
        rule = self._typed(f"{step}_end_rule")
        return {**found, "end_rule": rule, "remind": self._reminders(step), "escalate": self._ladder(step)}

    def _objection(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: self._span(f"{OBJECTION}_{name}") for name in LENGTHS}
        found |= {name: self._typed(f"{OBJECTION}_{name}") for name in RULES}
        return {**found, "remind": self._reminders(OBJECTION), "escalate": self._ladder(OBJECTION)}

    def _voices(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: self._span(f"{VOICES}_{name}") for name in DATES}
        found |= {name: self._whole(f"{VOICES}_{name}") for name in COUNTS}
        return {**found, "texts": self._typed(f"{VOICES}_texts") == "yes", "remind": self._reminders(VOICES)}

    def _typed(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def _whole(self, name: str) -> int | str:
        """A whole number; anything else is left to the rules, which refuse it."""
        typed = self._typed(name)
        return int(typed) if re.fullmatch("[0-9]{1,6}", typed, re.ASCII) else typed

    def _span(self, name: str) -> str:
        return self._written(name, self._typed(name))

    def _written(self, name: str, text: str) -> str:
        found = policy_spans.written(text)
        if found is None:
            self._wrong(name, self.words.gettext(NO_SPAN, **self._examples("days", "span", "date")))
        return found or ""

    def _reminders(self, step: str) -> list[str]:
        lines = [line for line in self._typed(f"{step}_remind").splitlines() if line.strip()]
        found = [(line, policy_spans.written_reminder(line)) for line in lines]
        for line, span in found:
            if span is None:
                examples = self._examples("before", "due", "after")
                self._wrong(f"{step}_remind", self.words.gettext(NO_REMINDER, line=line.strip()[:60], **examples))
        return [span or "" for _, span in found]

    def _ladder(self, step: str) -> list[dict[str, str]]:
        """The rungs that are filled in. An empty row between two is no rung."""
        ladder: dict[int, dict[str, str]] = {}
        for row in ROWS:
            after, to = self._typed(f"{step}_after_{row}"), self._typed(f"{step}_to_{row}")
            if after and to not in tuple(Audience):
                self._wrong(f"{step}_to_{row}", self.words.gettext(NO_AUDIENCE))
            elif to and not after:
                self._wrong(f"{step}_after_{row}", self.words.gettext(NO_RUNG))
            elif after:
                ladder[row] = {"after": self._span(f"{step}_after_{row}"), "to": to}
        self._rows[step] = tuple(ladder)
        return list(ladder.values())

    def _wrong(self, field: str, sentence: str) -> None:
        self.errors[field] = self._named(field, sentence)

    def _named(self, field: str, sentence: str) -> str:
        """The sentence with its step: on top of the form it stands far from the field."""
        titles = {**STEPS, VOICES: OTHER_VOICES, WEIGHTING: POINTS_OF_RATINGS}
        of = next((title for part, title in titles.items() if field.startswith(f"{part}_")), None)
        return f"{self.words.gettext(of)}: {sentence}" if of else sentence

    def _examples(self, *names: str) -> dict[str, str]:
        shown, reminder = policy_spans.shown, policy_spans.shown_reminder
        found = {"days": shown("5 working days", self.words.language), "span": shown("P14D", self.words.language)}
        found |= {"date": shown("01-31", self.words.language), "due": reminder("when due", self.words.language)}
        found["before"] = reminder("3 working days before", self.words.language)
        found["after"] = reminder("1 working day after", self.words.language)
        return {name: found[name] for name in names}

    def _field(self, where: str) -> str:
        """The form's field for a path of the rules; empty for the form as a whole."""
        top, step, what, number = (*where.split("."), "", "", "")[:4]
        if top == OBJECTION:
            top, step, what, number = "steps", OBJECTION, step, what
        if top == "steps" and what == "escalate":
            filled = self._rows.get(step, ())
            return f"{step}_after_{filled[int(number)] if number else 1}"
        if top in (VOICES, WEIGHTING):
            return f"{top}_{step or 'due'}"
        if top == "steps":
            return f"{step}_{what or 'due'}"
        if top in OWN_FORMS:
            return OWN_FORMS[top](where)
        return "save_as" if where == "name" else where if where in OF_THE_WHOLE else ""

    def _sentence(self, refusal: AppraisalError) -> str:
        if isinstance(refusal, InvalidPolicy):
            for pattern, sentence in EXPLAINED:
                if pattern.fullmatch(refusal.where):
                    return self.words.gettext(sentence)
        return refusals.sentence(self.words, refusal)
