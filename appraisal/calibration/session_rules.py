"""What HR may set for the calibration session of a unit. Frozen when the session is prepared.

The guideline's small units and rounding, how a unit's result becomes the rating of its head, votes and undoing: the text of
the circulars was not found to say any of it, so all of it is the agency's own choice.
"""

from dataclasses import dataclass, field
from typing import Any

from appraisal.calibration.distribution import DistributionPolicy, Majority, Rounding
from appraisal.policy.document import Part
from appraisal.policy.spans import duration
from appraisal.vocabulary import Rating, UnitResult

HEAD_RESULTS: tuple[tuple[UnitResult, Rating], ...] = (
    (UnitResult.ISTIMEWA, Rating.DI_ATAS),
    (UnitResult.BAIK, Rating.SESUAI),
    (UnitResult.BUTUH_PERBAIKAN, Rating.DI_BAWAH),
    (UnitResult.KURANG, Rating.DI_BAWAH),
    (UnitResult.SANGAT_KURANG, Rating.DI_BAWAH),
)
"""The rating of results of whoever leads a unit, by the unit's result. SE MenPANRB 3/2023 names five results and three
ratings, and no table between them was found: this one is Jenjang's proposal. Rule: head_and_unit."""


@dataclass(frozen=True, slots=True)
class SessionRules:
    """`undo`: how long after a decision it can be taken back; no time at all turns that off.

    `votes`: reviewers of the unit give silent first votes; `votes_named`: once opened they are shown by name. `justified`:
    outside the guideline only with a justification. `head_results` is empty where a head's rating is free.
    """

    undo: str = "P2D"
    votes: bool = False
    votes_named: bool = False
    justified: bool = True
    distribution: DistributionPolicy = field(default_factory=DistributionPolicy)
    head_results: tuple[tuple[UnitResult, Rating], ...] = HEAD_RESULTS

    @staticmethod
    def read(document: Any, where: str = "session") -> "SessionRules":
        """The rules in this table of a policy; None is a policy from before there were any."""
        if document is None:
            return SessionRules()
        part = Part(document, where)
        part.knows_only(tuple(SessionRules().document()))
        undo = part.text("undo")
        duration(undo, part.place("undo"))
        spread = DistributionPolicy(
            part.number("minimum_size"),
            Rounding(part.one_of("rounding", tuple(Rounding))),
            Majority(part.one_of("majority", tuple(Majority))),
        )
        mapped = Part(part.given("head_results"), part.place("head_results"))
        mapped.knows_only(tuple(UnitResult))
        results = tuple((one, Rating(mapped.one_of(one, tuple(Rating)))) for one in UnitResult)
        return SessionRules(undo, part.flag("votes"), part.flag("votes_named"), True, spread, results)

    def document(self) -> dict[str, Any]:
        """The table that `read` makes these rules of."""
        spread = self.distribution
        return {
            "undo": self.undo,
            "votes": self.votes,
            "votes_named": self.votes_named,
            "minimum_size": spread.minimum_size,
            "rounding": str(spread.rounding),
            "majority": str(spread.majority),
            "head_results": {str(result): str(rating) for result, rating in self.head_results},
        }

    def of_head(self, result: UnitResult | None) -> Rating | None:
        """The rating of results of whoever leads a unit with this result; None where it is free."""
        return dict(self.head_results).get(result) if result else None


BEFORE = SessionRules(undo="PT0S", justified=False, head_results=())
"""What held for a calibration that was prepared before sessions had rules of their own. It ends by these."""
