"""Development plans in words: sources, needs, ways, deeds, and how their rules say no."""

from api.pages import labels, terms
from api.pages.career_words import level
from api.pages.words import N_, Words
from appraisal.behaviours import NAMES
from appraisal.development.development import Competence, Need, Source, Way, Why
from appraisal.development.plan import Deed, Side
from appraisal.training.training import DEVELOPMENT

SOURCES: dict[str, str] = {
    Source.PERFORMANCE: N_("gap in performance"),
    Source.COMPETENCE: N_("gap in competence"),
    Source.HOURS: N_("hours owed (JP)"),
    Source.CAREER: N_("career"),
    Source.WISH: N_("own wish"),
}
COMPETENCES: dict[str, str] = {
    Competence.TECHNICAL: N_("technical"),
    Competence.MANAGERIAL: N_("managerial"),
    Competence.SOCIO_CULTURAL: N_("socio-cultural"),
}
WAYS: dict[str, str] = {
    Way.CLASSROOM: N_("classroom (klasikal)"),
    Way.ON_THE_JOB: N_("on the job (nonklasikal)"),
    Way.E_LEARNING: N_("e-learning (nonklasikal)"),
    Way.STUDY_LEAVE: N_("study leave (tugas belajar)"),
    Way.COACHING: N_("coaching (bimbingan)"),
}
STATES: dict[str, str] = {
    "open": N_("not planned yet"),
    "planned": N_("planned, not agreed to yet"),
    "agreed": N_("agreed"),
    "left_out": N_("left out of the plan"),
}
SIDES: dict[str, str] = {
    Side.EMPLOYEE: N_("Employee"),
    Side.SUPERIOR: N_("Superior"),
    Side.HR: N_("HR"),
}
DEEDS: dict[str, str] = {
    Deed.ADDED: N_("added"),
    Deed.PLANNED: N_("planned"),
    Deed.LEFT_OUT: N_("left out of the plan"),
    Deed.TAKEN_IN: N_("taken in again"),
    Deed.AGREED: N_("agreed to the plan"),
}
NEEDS: dict[str, str] = {
    **terms.PROPOSALS,
    Why.HOURS_OWED: N_("%(had)s of at least %(least)s JP are had or granted this year: %(owed)s JP are missing."),
    Why.NEXT_LEVEL: N_(
        "The next level after %(level)s needs %(needed)s angka kredit; %(credit)s are collected: prepare for it."
    ),
    Why.SUCCESSOR: N_("To be prepared as successor: %(post)s."),
    Why.LEVEL_MISSED: N_("%(what)s (%(competence)s): level %(assessed)s assessed, %(required)s required."),
    Why.OWN_WORDS: "%(what)s",
}
"""Why somebody needs it, by the code of the reason."""
TOPICS: dict[str, str] = {
    **labels.ASPECTS,
    **{str(value): name for value, name in NAMES.items()},
    DEVELOPMENT: N_("Development"),
}

REFUSALS: dict[str, tuple[str, str]] = {
    "plan_changed": (
        N_("The plan has changed since you saw it; nothing was changed. What you typed is kept."),
        N_("Look at the plan as it is now, and send it again if you still want to."),
    ),
    "invalid_need": (
        N_("Such a need cannot be added."),
        N_("Choose from the list. A gap in competence lies below the required level, both from 0 to 5."),
    ),
    "invalid_term": (
        N_("Say how the need is met, and by which day: from today on, and not before the year of the plan."),
        N_("Choose a kind of development and a day."),
    ),
    "not_planned_yet": (
        N_("Of some need nobody has said how it is met and by when."),
        N_("Say it of each need, or leave the need out with a reason."),
    ),
    "nothing_to_change": (
        N_("It is like this already, or is not in the plan any more."),
        N_("Look at the plan again."),
    ),
}


def need(words: Words, one: Need) -> str:
    """The need as a sentence."""
    said = {name: _shown(words, name, value) for name, value in one.parameters}
    return words.gettext(NEEDS[one.why], **said)


def of_year(one: Need) -> str:
    """The rated year from which the need follows; empty where it follows from none."""
    return dict(one.parameters).get("year", "")


def topics(words: Words, one: Need) -> str:
    """What courses would help with."""
    return ", ".join(words.gettext(TOPICS[topic]) for topic in one.topics)


def _shown(words: Words, name: str, value: str) -> str:
    if name == "aspect":
        return words.gettext(labels.ASPECTS[value]) if value in labels.ASPECTS else value
    if name == "competence":
        return words.gettext(COMPETENCES[value])
    return level(value) if name == "level" else value
