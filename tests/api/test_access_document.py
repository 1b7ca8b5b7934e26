"""docs/access.md is made of the code, and nothing is missing in it: no address, no relation, no step."""

from api.gates import Answer, gates
from appraisal.access import Relation, relations
from appraisal.vocabulary import Step
from console.access import DOCUMENT, STANDS, document
from tests.announced import application
from tests.api.access_table import TABLE
from tests.api.test_access_matrix import ROWS, endpoints


def test_it_is_current() -> None:
    assert DOCUMENT.read_text() == document(), "write it anew: python -m console.access > docs/access.md"


def test_every_address_has_said_whom_it_lets_in() -> None:
    asked = {gate.address for gate in gates(application().routes)}
    by_form = {
        address for address in endpoints(application()) if address.endswith("}/{form}") and "/api/" not in address
    }
    assert endpoints(application()) - by_form <= asked
    assert len(by_form) == 1, "the page of a case has a line for each of its forms"


def test_every_relation_is_a_column_and_every_column_is_what_it_says() -> None:
    held = {stand.relation for stand in STANDS if stand.relation}
    assert held == set(Relation) - {Relation.SYSTEM}
    for stand in STANDS:
        if stand.relation and stand.actor:
            assert relations(stand.actor, stand.parties) == (stand.relation,), stand.short


def test_every_step_has_something_that_can_be_done_in_it() -> None:
    bound = [gate.steps for gate in gates(application().routes) if len(gate.steps) < len(Step)]
    assert {step for steps in bound for step in steps} == set(Step)


def test_the_table_of_the_api_says_the_same() -> None:
    """What is for officers, or for everybody about himself, as the running service answers it to ten callers."""
    known = {gate.address: gate for gate in gates(application().routes)}
    answers = {"401": Answer.SIGN_IN, "403": Answer.REFUSED}
    columns = {"empl": "emp", "coll": "none", "hr": "hr", "supp": "look", "anon": "out"}
    heading = TABLE.strip().splitlines()[0].split()[2:]
    for method, path, _, *statuses in ROWS:
        gate = known[f"{method} /api/v1/{path}"]
        if gate.of_people or not gate.signed:
            continue
        for column, short in columns.items():
            stand = next(one for one in STANDS if one.short == short)
            found = statuses[heading.index(column)]
            told = gate.answer(stand.actor, None)
            assert answers.get(found, Answer.LET_IN) is told, f"{gate.address} for {column}: {found}, and not {told}"
