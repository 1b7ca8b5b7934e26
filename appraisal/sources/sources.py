"""Every rule of the field that the code keeps, by key, each with its source.

Docstrings in appraisal/ name these rules, as in 'Rule: predicate_matrix.'; tests/rules/test_sources.py walks both and finds
what is missing or leads nowhere. Pages and docs/rules.md tell them to people.
"""

from appraisal.sources.after import AFTERWARDS, PEOPLE, TIME
from appraisal.sources.career import CAREER
from appraisal.sources.catalogue import CATALOGUE
from appraisal.sources.development import DEVELOPMENT
from appraisal.sources.enrolment import ENROLMENT
from appraisal.sources.privacy import PRIVACY
from appraisal.sources.rating import RATING, REPORT, TARGETS
from appraisal.sources.rule import Rule
from appraisal.sources.seats import SEATS
from appraisal.sources.siasn import SIASN
from appraisal.sources.unit import UNIT

RULES: dict[str, Rule] = {
    **TARGETS,
    **REPORT,
    **RATING,
    **UNIT,
    **AFTERWARDS,
    **CATALOGUE,
    **SEATS,
    **ENROLMENT,
    **CAREER,
    **DEVELOPMENT,
    **SIASN,
    **PEOPLE,
    **PRIVACY,
    **TIME,
}
"""In the order in which people read them: how a rating comes about, what follows, who and when."""
