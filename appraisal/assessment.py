"""What was reached, in the words of the employee and in those of the supervisor."""

from dataclasses import dataclass
from decimal import Decimal

from appraisal.errors import IncompleteRealisations
from appraisal.targets import checked_number
from appraisal.text import checked, evidence_links, reason
from appraisal.vocabulary import Rating


@dataclass(frozen=True, slots=True)
class Realisation:
    """What was reached of the target with this number (1 is the first), in the target's unit of measure.

    Rule: realisation.
    """

    target: int
    value: Decimal
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """The employee's own account."""

    realisations: tuple[Realisation, ...]
    reflection: str

    def checked(self, targets: int) -> "SelfAssessment":
        """This account with tidy texts; every one of the `targets` needs exactly one realisation."""
        numbers = tuple(sorted(realisation.target for realisation in self.realisations))
        if numbers != tuple(range(1, targets + 1)):
            remedy = f"Give one realisation for each target from 1 to {targets}."
            raise IncompleteRealisations(f"Realisations were given for targets {numbers}.", "realisations", remedy)
        ordered = sorted(self.realisations, key=lambda realisation: realisation.target)
        return SelfAssessment(
            tuple(_checked(realisation, f"realisations[{i}]") for i, realisation in enumerate(ordered)),
            checked(self.reflection, "reflection"),
        )


def _checked(realisation: Realisation, where: str) -> Realisation:
    return Realisation(
        realisation.target,
        checked_number(realisation.value, f"{where}.value"),
        checked(realisation.text, f"{where}.text"),
        evidence_links(realisation.evidence, f"{where}.evidence"),
    )


@dataclass(frozen=True, slots=True)
class Review:
    """The supervisor's ratings of results and of behaviour, each with its reason, and a comment per target.

    Rules: results_rating, behaviour_rating.
    """

    results: Rating
    results_reason: str
    behaviour: Rating
    behaviour_reason: str
    comments: tuple[str, ...] = ()

    def checked(self, targets: int) -> "Review":
        """This review with tidy texts; MissingReason when a rating stands without one."""
        padded = (*self.comments[:targets], *("",) * (targets - len(self.comments)))
        return Review(
            self.results,
            reason(self.results_reason, "results_reason"),
            self.behaviour,
            reason(self.behaviour_reason, "behaviour_reason"),
            tuple(checked(comment, f"comments[{i}]", required=False) for i, comment in enumerate(padded)),
        )
