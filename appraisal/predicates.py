"""The predikat of an employee from the two ratings: the quadrant of PermenPANRB 6/2022. Rule: predicate_matrix."""

from appraisal.sources.sources import RULES
from appraisal.vocabulary import Predicate, Rating

SOURCE = RULES["predicate_matrix"].source

MATRIX: dict[tuple[Rating, Rating], Predicate] = {
    (Rating.DI_ATAS, Rating.DI_BAWAH): Predicate.KURANG,
    (Rating.DI_ATAS, Rating.SESUAI): Predicate.BAIK,
    (Rating.DI_ATAS, Rating.DI_ATAS): Predicate.SANGAT_BAIK,
    (Rating.SESUAI, Rating.DI_BAWAH): Predicate.KURANG,
    (Rating.SESUAI, Rating.SESUAI): Predicate.BAIK,
    (Rating.SESUAI, Rating.DI_ATAS): Predicate.BAIK,
    (Rating.DI_BAWAH, Rating.DI_BAWAH): Predicate.SANGAT_KURANG,
    (Rating.DI_BAWAH, Rating.SESUAI): Predicate.BUTUH_PERBAIKAN,
    (Rating.DI_BAWAH, Rating.DI_ATAS): Predicate.BUTUH_PERBAIKAN,
}
"""(rating of results, rating of behaviour) -> predicate. It is not symmetric."""


def predicate(results: Rating, behaviour: Rating) -> Predicate:
    """The predicate that the two ratings give."""
    return MATRIX[results, behaviour]
