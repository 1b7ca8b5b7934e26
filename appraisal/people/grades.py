"""Golongan: the ladder of PNS from I/a to IV/e, and that of PPPK from I to XVII.

Rule: grades.
"""

from appraisal.vocabulary import Employment

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
LADDERS: dict[Employment, tuple[str, ...]] = {
    Employment.PNS: (*(f"{band}/{step}" for band in _ROMAN[:4] for step in "abcd"), "IV/e"),
    Employment.PPPK: _ROMAN,
}
"""From the lowest to the highest. The two ladders are not compared with each other."""
GRADES = frozenset(grade for ladder in LADDERS.values() for grade in ladder)


def ladder_of(grade: str) -> Employment | None:
    """Whose golongan this is; None where it is nobody's."""
    return next((employment for employment, ladder in LADDERS.items() if grade in ladder), None)


def below(grade: str, lowest: str, employment: Employment) -> bool:
    """Whether this golongan is lower than that one, both of this employment's ladder; one of no ladder is lower."""
    ladder = LADDERS[employment]
    return grade not in ladder or ladder.index(grade) < ladder.index(lowest)
