"""Every rule of the field that the code keeps, by key, each with its source.

Docstrings in appraisal/ name these rules, as in 'Rule: predicate_matrix.'; tests/rules/test_sources.py walks both and finds
what is missing or leads nowhere. Pages and docs/rules.md tell them to people.
"""

from appraisal.rule import Rule
from appraisal.sources_after import AFTERWARDS, PEOPLE, TIME
from appraisal.sources_career import CAREER
from appraisal.sources_catalogue import CATALOGUE
from appraisal.sources_development import DEVELOPMENT
from appraisal.sources_enrolment import ENROLMENT
from appraisal.sources_privacy import PRIVACY
from appraisal.sources_rating import RATING, REPORT, TARGETS
from appraisal.sources_seats import SEATS
from appraisal.sources_siasn import SIASN
from appraisal.sources_unit import UNIT

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
