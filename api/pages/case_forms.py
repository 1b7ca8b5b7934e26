"""The forms of a case: from fields to a command, and from what is known back to fields."""

from dataclasses import dataclass

from api.pages.forms import Fields, Reader
from api.pages.words import Words
from appraisal import commands
from appraisal.assessment import Realisation, Review, SelfAssessment
from appraisal.case import Case
from appraisal.endorsement import EndorseReview, ReturnReview
from appraisal.errors import AppraisalError, InvalidTarget
from appraisal.objection.commands import AnswerObjection, DecideObjection
from appraisal.objection.objections import Account
from appraisal.targets import MOST, Expectation, Plan, Support, Target
from appraisal.text import SHORT
from appraisal.vocabulary import Aspect, Behaviour, Rating, SupportKind

ROW_FIELDS = ("title", "support", "aspect", "indicator", "value", "unit", "weight")
RATED = ("results", "results_reason", "behaviour", "behaviour_reason")
SUPPORT_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a target can be tied to, by the value of the option. `waiting`: the superior has no targets to choose from yet."""

    by_value: dict[str, Support]
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    waiting: bool = False


def command_of(form: str, reader: Reader, case: Case, choices: Choices | None) -> commands.Command:
    """The command that the form asks for; whether it is usable stands in `reader.errors`."""
    match form:
        case "targets":
            assert choices is not None
            return commands.SubmitTargets(_plan(reader, choices))
        case "approval":
            return _decision(reader)
        case "self_assessment":
            return commands.SubmitSelfAssessment(_account(reader, case))
        case "review":
            return commands.SubmitReview(review_of(reader, case.plan))
        case "endorsement":
            return _endorsement(reader)
        case "hearing":
            text = reader.reason("text", reader.words.gettext("How the rating came about"))
            return AnswerObjection(Account(text, reader.links("evidence", reader.words.gettext("evidence"))))
        case "ruling":
            return _ruling(reader)
        case _:
            label = reader.words.gettext("Comment")
            return commands.Acknowledge(reader.text("comment", label, required=False))


def filled_rows(fields: Fields) -> tuple[int, ...]:
    """The numbers of the rows in which anything was typed."""
    return tuple(n for n in range(1, MOST + 1) if any(fields.get(f"t{n}_{name}", "").strip() for name in ROW_FIELDS))


def _plan(reader: Reader, choices: Choices) -> Plan:
    rows = filled_rows(reader.fields)
    targets = tuple(_target(reader, n, choices) for n in rows)
    label = reader.words.gettext("Expectation")
    texts = ((b, reader.text(f"e_{b}", f"{label} {b}", required=False)) for b in Behaviour)
    plan = Plan(targets, tuple(Expectation(behaviour, text) for behaviour, text in texts))
    if not reader.errors:
        try:
            plan.checked()
        except AppraisalError as refusal:
            reader.refuse(refusal, rows)
    return plan


def _target(reader: Reader, n: int, choices: Choices) -> Target:
    _ = reader.words.gettext
    row = _("Target %(number)s", number=n)
    support = choices.by_value.get(reader.fields.get(f"t{n}_support", ""))
    if support is None:
        reader.refuse(InvalidTarget("The target is tied to nothing.", f"targets[{n - 1}].support"))
    aspect = reader.one_of(f"t{n}_aspect", f"{row}, {_('aspect')}", Aspect, Aspect.KUANTITAS)
    return Target(
        title=reader.text(f"t{n}_title", f"{row}, {_('result')}", SHORT),
        aspect=aspect,
        indicator=reader.text(f"t{n}_indicator", f"{row}, {_('indicator')}", SHORT),
        value=reader.number(f"t{n}_value", f"{row}, {_('target value')}"),
        unit_of_measure=reader.text(f"t{n}_unit", f"{row}, {_('unit of measure')}", 40),
        weight=reader.whole(f"t{n}_weight", f"{row}, {_('weight')}"),
        support=support or Support(SupportKind.UNIT_INDICATOR, "", ""),
    )


def _decision(reader: Reader) -> commands.Command:
    label = reader.words.gettext("Reason")
    if reader.fields.get("decision") == "approve":
        return commands.ApproveTargets(reader.text("reason", label, required=False))
    return commands.ReturnTargets(reader.reason("reason", label))


def _endorsement(reader: Reader) -> commands.Command:
    label = reader.words.gettext("Reason")
    if reader.fields.get("decision") == "endorse":
        return EndorseReview(reader.text("reason", label, required=False))
    return ReturnReview(reader.reason("reason", label))


def _account(reader: Reader, case: Case) -> SelfAssessment:
    told = realisations(reader, case.plan)
    return SelfAssessment(told, reader.text("reflection", reader.words.gettext("Reflection")))


def realisations(reader: Reader, plan: Plan | None) -> tuple[Realisation, ...]:
    """What was reached of each target of the plan."""
    _ = reader.words.gettext
    found = []
    for n in range(1, (len(plan.targets) if plan else 0) + 1):
        row = _("Target %(number)s", number=n)
        value = reader.number(f"r{n}_value", f"{row}, {_('value reached')}")
        text = reader.text(f"r{n}_text", f"{row}, {_('what was reached')}")
        found.append(Realisation(n, value, text, reader.links(f"r{n}_evidence", f"{row}, {_('evidence')}")))
    return tuple(found)


def review_of(reader: Reader, plan: Plan | None) -> Review:
    """The two ratings with their reasons, and a comment on each target of the plan."""
    _ = reader.words.gettext
    count = len(plan.targets) if plan else 0
    return Review(
        results=reader.one_of("results", _("Rating of the results"), Rating, Rating.SESUAI),
        results_reason=reader.reason("results_reason", _("Reason for the rating of the results")),
        behaviour=reader.one_of("behaviour", _("Rating of the behaviour"), Rating, Rating.SESUAI),
        behaviour_reason=reader.reason("behaviour_reason", _("Reason for the rating of the behaviour")),
        comments=tuple(
            reader.text(f"c{n}", _("Comment on target %(number)s", number=n), required=False)
            for n in range(1, count + 1)
        ),
    )


def _ruling(reader: Reader) -> DecideObjection:
    _, decision = reader.words.gettext, reader.fields.get("decision", "")
    why = reader.reason("reason", _("Reason of the decision"))
    if decision == "uphold":
        return DecideObjection(why)
    if decision != "change":
        reader.errors["decision"] = _("%(label)s: fill this in.", label=_("Your decision"))
    results = reader.one_of("results", _("Rating of the results"), Rating, Rating.SESUAI)
    behaviour = reader.one_of("behaviour", _("Rating of the behaviour"), Rating, Rating.SESUAI)
    return DecideObjection(why, results, behaviour)


def support_value(support: Support) -> str:
    """The option of the list that stands for this support."""
    return f"{support.kind}{SUPPORT_SEPARATOR}{support.ref}"


def known_values(form: str, case: Case, words: Words) -> dict[str, str]:
    """What the form starts with where there is no draft: what was handed in the last time."""
    values: dict[str, str] = {}
    if form == "targets" and case.plan:
        for n, target in enumerate(case.plan.targets, start=1):
            row = (target.title, support_value(target.support), target.aspect, target.indicator)
            numbers = (words.number(target.value), target.unit_of_measure, str(target.weight))
            values |= {f"t{n}_{name}": value for name, value in zip(ROW_FIELDS, (*row, *numbers), strict=True)}
        values |= {f"e_{expectation.behaviour}": expectation.text for expectation in case.plan.expectations}
    if form == "review" and case.review:  # it was sent back to be amended
        values |= {name: getattr(case.review, name) for name in RATED}
        values |= {f"c{n}": comment for n, comment in enumerate(case.review.comments, start=1)}
    if form == "ruling" and case.objection:
        values |= {"results": case.objection.results, "behaviour": case.objection.behaviour}
    return values


def total_weight(values: Fields) -> int:
    """The sum of the weights as typed so far."""
    typed = (values.get(f"t{n}_weight", "").strip() for n in range(1, MOST + 1))
    return sum(int(weight) for weight in typed if weight.isascii() and weight.isdecimal() and len(weight) <= 3)
