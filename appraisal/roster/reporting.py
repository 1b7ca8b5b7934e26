"""Who answers to whom: superiors that do not exist, are oneself, or go round in a circle. Rules: employment, positions."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from appraisal.roster.circles import circles
from appraisal.roster.codes import ProblemCode
from appraisal.roster.nip import became_number
from appraisal.roster.roster import PersonEntry, Problem, Roster
from appraisal.vocabulary import Employment, PositionKind


def reporting_problems(people: Sequence[PersonEntry], known: Roster) -> Iterator[Problem]:
    """Everything wrong with `nipAtasan`, within the file and together with what is on record."""
    on_record = {person.nip: person for person in known.people}
    in_file = {person.nip: person for person in people}
    for person in people:
        code = _superior(person, in_file.keys(), on_record.keys())
        if code:
            yield Problem(person.row, "nipAtasan", code)
    yield from _circles(on_record | in_file)
    yield from _not_structural(people, in_file)


def _superior(person: PersonEntry, in_file: Set[str], on_record: Set[str]) -> ProblemCode | None:
    if person.superior is None:
        official = person.employment is Employment.PEJABAT_NEGARA
        return None if official else ProblemCode.SUPERIOR_MISSING
    if became_number(person.superior):
        return ProblemCode.NIP_AS_NUMBER
    if person.superior == person.nip:
        return ProblemCode.SUPERIOR_SELF
    if person.superior in in_file:
        return None
    return ProblemCode.SUPERIOR_NOT_IN_FILE if person.superior in on_record else ProblemCode.SUPERIOR_UNKNOWN


def _circles(people: dict[str, PersonEntry]) -> Iterator[Problem]:
    above = {nip: person.superior for nip, person in people.items() if person.superior != nip}
    for circle in circles(above):
        members = sorted((people[nip] for nip in circle), key=lambda person: person.row or 10**9)
        first = circle.index(members[0].nip)
        walk = [people[nip] for nip in (*circle[first:], *circle[: first + 1])]
        if members[0].row:
            chain = " → ".join(_place(person) for person in walk)
            yield Problem(members[0].row, "nipAtasan", ProblemCode.SUPERIOR_LOOP, {"chain": chain})


def _place(person: PersonEntry) -> str:
    return f"row {person.row}" if person.row else f"{person.name} (on record)"


def _not_structural(people: Sequence[PersonEntry], in_file: dict[str, PersonEntry]) -> Iterator[Problem]:
    named = Counter(person.superior for person in people if person.superior not in (None, person.nip))
    for nip, count in named.items():
        superior = in_file.get(nip or "")
        if superior and superior.kind is not PositionKind.STRUKTURAL:
            yield Problem(superior.row, "jenisJabatan", ProblemCode.SUPERIOR_NOT_STRUCTURAL, {"count": str(count)})
