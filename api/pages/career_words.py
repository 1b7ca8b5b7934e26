"""Recognition and career in words: what is proposed, why, and what is recommended."""

from collections.abc import Mapping
from decimal import Decimal

from api.pages import labels
from api.pages.words import N_, Words
from appraisal.career.career import CARRIED_OVER, Ground, Kind, Verdict, Why
from appraisal.career.credit import Half
from appraisal.career.recognition import Award
from appraisal.career.talent import Advice, Third
from appraisal.vocabulary import Level

KINDS: dict[str, str] = {
    Kind.CREDIT: N_("Angka kredit"),
    Kind.BOX: N_("Boxes of the talent map"),
    Kind.AWARD: N_("Awards"),
    Kind.SUCCESSION: N_("Successors"),
}
VERDICTS: dict[str, str] = {
    Verdict.CONFIRMED: N_("confirmed as proposed"),
    Verdict.CHANGED: N_("decided otherwise"),
    Verdict.REFUSED: N_("refused"),
    Verdict.GIVEN: N_("put on record"),
}
AWARDS: dict[str, str] = {
    Award.VERY_GOOD_TWICE: N_("Very good two years running: priority for succession and for development"),
    Award.SATYALANCANA_30: N_("Satyalancana Karya Satya, 30 years"),
    Award.SATYALANCANA_20: N_("Satyalancana Karya Satya, 20 years"),
    Award.SATYALANCANA_10: N_("Satyalancana Karya Satya, 10 years"),
    Award.TANDA_KEHORMATAN: N_("Another decoration of honour (tanda kehormatan)"),
    Award.KP_LUAR_BIASA: N_("Extraordinary promotion in rank (KP luar biasa)"),
    Award.PRIORITY: N_("Priority for the development of competence"),
    Award.EVENT: N_("Attending an official event"),
}
PERFORMANCE: dict[str, str] = {
    Third.HIGH: N_("Above expectation"),
    Third.MIDDLE: N_("As expected"),
    Third.LOW: N_("Below expectation"),
}
POTENTIAL: dict[str, str] = {
    Third.HIGH: N_("High potential"),
    Third.MIDDLE: N_("Middle potential"),
    Third.LOW: N_("Low potential"),
}
WAYS: dict[str, str] = {
    Half.UP: N_("a half goes up"),
    Half.EVEN: N_("a half goes to the even digit"),
    Half.DOWN: N_("the rest is cut off"),
}
ADVICE: dict[str, str] = {
    Advice.PROMOTE: N_("promote"),
    Advice.KEEP: N_("keep"),
    Advice.POOL_NATIONAL: N_("pool of successors of the agency or the nation (KRS)"),
    Advice.POOL_AGENCY: N_("pool of successors of the agency (KRS)"),
    Advice.AWARD: N_("award"),
    Advice.ROTATE_BROADEN: N_("rotate, or broaden the position"),
    Advice.ROTATE_ENRICH: N_("rotate, or enrich the position"),
    Advice.ROTATE: N_("rotate"),
    Advice.DEVELOP: N_("develop competence"),
    Advice.STUDY: N_("study leave (tugas belajar)"),
    Advice.PLACE: N_("place where it fits"),
    Advice.COACH: N_("guidance (bimbingan kinerja)"),
    Advice.COUNSEL: N_("counselling (konseling kinerja)"),
    Advice.BY_REGULATION: N_("proceed by the regulations"),
}
GROUNDS: dict[str, str] = {
    Why.CONVERTED: N_(
        "%(year)s was rated %(predicate)s: %(months)s / 12 months × %(percent)s %% × %(per_year)s as %(level)s = %(credit)s."
    ),
    Why.PERFORMANCE: N_("%(year)s was rated %(predicate)s."),
    Why.POTENTIAL: N_("The potential was assessed with %(score)s on %(on)s (%(source)s)."),
    Why.TWICE: N_("%(before)s and %(year)s were both rated very good."),
    Why.SERVICE: N_(
        "In service since %(since)s by the NIP: %(years)s years are reached. Breaks and discipline stand elsewhere: check."
    ),
    Why.IN_POOL: N_("Box %(box)s of %(year)s belongs to the pool of successors."),
    Why.NEXT_POST: N_("%(post)s is the nearest position above that leads a unit."),
}
ON_THE_MAP: dict[str, str] = {
    Why.PERFORMANCE: N_("On the map that is performance “%(third)s”."),
    Why.POTENTIAL: N_("That is “%(third)s”: high from %(high)s, middle from %(middle)s on."),
}
RULES: dict[str, tuple[str, ...]] = {
    Kind.CREDIT: ("credit_formula", "credit_percent", "credit_coefficient", "credit_months", "credit_rounding"),
    Kind.BOX: ("talent_map", "talent_performance", "talent_cutoffs", "talent_committee"),
    Kind.AWARD: ("very_good_twice", "satyalancana", "awards"),
    Kind.SUCCESSION: ("succession_pool", "succession_post", "talent_committee"),
}
"""The rules behind each kind, as appraisal/sources/sources.py names them."""
NUMBERS = ("credit", "per_year", "score", "high", "middle")
DAYS = ("on", "since")


def level(name: str) -> str:
    """A level as people write it; legal words stay as they are."""
    return Level(name).replace("_", " ").title()


def grounds(words: Words, found: tuple[Ground, ...]) -> tuple[str, ...]:
    """The reasons as sentences."""
    return tuple(sentence for ground in found for sentence in _sentences(words, ground))


def what(words: Words, kind: str, about: str, value: str, told: tuple[Ground, ...] = ()) -> str:
    """What is proposed or decided, in a few words; without a value, what it is about."""
    if kind == Kind.CREDIT:
        credit = words.number(Decimal(value))
        if about == CARRIED_OVER:
            return words.gettext("Angka kredit %(credit)s from before", credit=credit)
        return words.gettext("Angka kredit %(credit)s for %(year)s", credit=credit, year=about)
    if kind == Kind.AWARD:
        return words.gettext(AWARDS[value])
    if kind == Kind.SUCCESSION:
        post = next((dict(one.parameters)["post"] for one in told if one.why is Why.NEXT_POST), "")
        return words.gettext("Prepare as successor: %(post)s", post=post) if post else words.gettext("Succession")
    if not value:
        return words.gettext("Talent map %(year)s", year=about)
    return words.gettext("Box %(box)s of %(year)s", box=value, year=about)


def _sentences(words: Words, ground: Ground) -> tuple[str, ...]:
    given = dict(ground.parameters)
    third = (PERFORMANCE if ground.why is Why.PERFORMANCE else POTENTIAL).get(given.get("third", ""), "")
    said: Mapping[str, str] = {name: _shown(words, name, value) for name, value in given.items()}
    said = {**said, "third": words.gettext(third).lower() if third else ""}
    first = words.gettext(GROUNDS[ground.why], **said)
    return (first, words.gettext(ON_THE_MAP[ground.why], **said)) if third else (first,)


def _shown(words: Words, name: str, value: str) -> str:
    if name in NUMBERS:
        return words.number(Decimal(value))
    if name in DAYS:
        return words.day_written(value)
    if name == "predicate":
        return words.gettext(labels.PREDICATES[value]).lower()
    return level(value) if name == "level" else value
