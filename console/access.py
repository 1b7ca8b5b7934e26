"""docs/access.md, made of the routes and the table of rights: python -m console.access > docs/access.md. A test compares them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from api.app import create_app
from api.gates import MEANING, Also, Answer, Gate, gates, stages
from appraisal.access import RIGHTS, Action, Actor, Relation
from appraisal.parties import Parties
from appraisal.people.acting import Acting
from appraisal.vocabulary import Step
from runtime.settings import Settings

DOCUMENT = Path(__file__).parents[1] / "docs" / "access.md"
PERSON = (Also.PERSON, Also.EMPLOYED)


@dataclass(frozen=True, slots=True)
class Stand:
    """One way to stand to a case: a column of the table. `actor` None has not signed in."""

    short: str
    says: str
    actor: Actor | None
    parties: Parties
    relation: Relation | None = None
    also: tuple[Also, ...] = PERSON


CASE = Parties("ani", "unit", ("budi", "citra"), "dewi")
STANDS: tuple[Stand, ...] = (
    Stand(
        "emp",
        "the employee",
        Actor("ani"),
        CASE,
        Relation.EMPLOYEE,
        (Also.PERSON, Also.EMPLOYED, Also.MEMBER, Also.TAKES_PART),
    ),
    Stand("sup", "the supervisor of now", Actor("budi"), CASE, Relation.SUPERVISOR),
    Stand(
        "act",
        "who acts for the supervisor and signs",
        Actor("eko"),
        replace(CASE, acting=(Acting("budi", "eko", True),)),
        Relation.ACTING,
    ),
    Stand(
        "prep",
        "who prepares for the supervisor",
        Actor("eko"),
        replace(CASE, acting=(Acting("budi", "eko", False),)),
        Relation.PREPARER,
    ),
    Stand(
        "called",
        "who was called in, or has taken the step over",
        Actor("eko"),
        replace(CASE, taken_by="eko"),
        Relation.STAND_IN,
    ),
    Stand("line", "superiors of the supervisor", Actor("citra"), CASE, Relation.LINE),
    Stand("head", "the head of the pool", Actor("dewi"), CASE, Relation.HEAD),
    Stand(
        "earl",
        "the superior of a part of the year that is over",
        Actor("eko"),
        replace(CASE, earlier=("eko",)),
        Relation.EARLIER,
    ),
    Stand(
        "rater",
        "whose rating is looked at, or objected to",
        Actor("eko"),
        replace(CASE, rater="eko"),
        Relation.RATER,
    ),
    Stand(
        "dec",
        "who decides on it",
        Actor("eko"),
        replace(CASE, decider="eko"),
        Relation.DECIDER,
    ),
    Stand("hr", "HR of the agency", Actor("olga", hr=True), CASE, Relation.HR, ()),
    Stand("uhr", "HR of the unit", Actor("umi", units=("unit",)), CASE, Relation.UNIT_HR, ()),
    Stand("own", "an HR officer in the own case", Actor("ani", hr=True), CASE),
    Stand("ohr", "HR of another unit", Actor("usman", units=("elsewhere",)), CASE, None, ()),
    Stand("look", "support staff who look on", Actor("sari", support=True), CASE, Relation.SUPPORT, ()),
    Stand("none", "everybody else, the former supervisor too", Actor("fajar"), CASE),
    Stand("out", "who is not signed in", None, CASE),
)
"""Every relation that people can have to a case, and those who have none. A new role is one more line."""
SIGNS = {Answer.LET_IN: "●", Answer.REFUSED: "○", Answer.HIDDEN: "·", Answer.SIGN_IN: "→"}
INTRODUCTION = """# Who may do what

Made of the routes, `api/gate_table.py` and `appraisal/access.py` by `python -m console.access`; do not edit it by hand. Tests
ask every cell of the running service: `tests/api/test_whole_table.py` (all addresses, all who can stand to a case, all stages),
`tests/rules/test_every_stage.py` (what the process of a case takes from whom at which step).

- ● let in · ○ refused: it is there, and not yours (403) · `·` hidden: for you there is nothing (404) · → sign in first (401)
- Stages: where steps are named, whoever is let in elsewhere is told that the case is at another step (409), and nothing changes.
  Where there is a dash, the stage changes nothing.
- Two ask: the API with the organisation as of today, and the process of the case with its own facts. Both ask the same table.
- Pages let people look at what they may look at, and give orders to the same processes. A form that is not theirs comes back
  with the refusal (403, or 422 beside its field), and nothing is on record.
- Support staff who look on are shut out of everything that `api/looking.py` does not name, and change nothing.
- Keys of programs can do what their scopes and their owner may: [api.md](api.md#keys-and-scopes).
"""


def document() -> str:
    app = create_app(Settings())
    return "\n".join((INTRODUCTION, *_document(gates(app.routes)), ""))


def _document(found: tuple[Gate, ...]) -> Iterator[str]:
    yield "## Columns\n"
    yield from (f"- **{stand.short}**: {stand.says}" for stand in STANDS)
    yield "\nThe rights, and what else lets somebody in:\n"
    yield from (f"- `{one}`: {MEANING[one]}" for one in Also)
    yield "\n## Rights\n"
    yield "What each right is for, and, where it is a command to a case, at which steps the process takes it."
    yield "`system`: the processes among themselves.\n"
    yield "| right | for | steps |"
    yield "|---|---|---|"
    yield from (f"| `{right}` | {', '.join(RIGHTS[right])} | {_steps(stages(right))} |" for right in Action)
    yield from _people("API: cases, sessions, units, people", [one for one in found if one.of_people and _api(one)])
    yield from _people(
        "Pages: cases, sessions, units, people", [one for one in found if one.of_people and not _api(one)]
    )
    yield from _agency([one for one in found if (one.agency or one.support) and not one.of_people])
    yield from _plain(
        "Everybody who is signed in, about himself",
        "No stage and no relation: the answer holds what is the visitor's own, or what everybody may know.",
        [one for one in found if one.signed and not (one.agency or one.support or one.of_people)],
    )
    yield from _plain("Everybody", "Without signing in.", [one for one in found if not one.signed])


def _people(title: str, found: list[Gate]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield f"| address | to see it | to do it | steps | {' | '.join(stand.short for stand in STANDS)} |"
    yield f"|---|---|---|---|{'---|' * len(STANDS)}"
    for gate in found:
        cells = " | ".join(SIGNS[gate.answer(stand.actor, stand.parties, stand.also)] for stand in STANDS)
        asked = (_or(gate.sees), _or(gate.does))
        at = _steps(gate.steps) if gate.of_case else "–"
        yield f"| `{gate.address}` | {asked[0]} | {asked[1]} | {at} | {cells} |"


def _agency(found: list[Gate]) -> Iterator[str]:
    yield "\n## The agency as a whole\n"
    yield "No stage. Lists are cut to the units of whoever reads them. HR of a unit is one like any other.\n"
    yield "| address | right | HR of the agency | HR of a unit | support | others who are signed in | who is not |"
    yield "|---|---|---|---|---|---|---|"
    people = (Actor("olga", hr=True), Actor("umi", units=("unit",)), Actor("sari", support=True), Actor("fajar"), None)
    for gate in found:
        cells = " | ".join(SIGNS[gate.answer(who, None)] for who in people)
        yield f"| `{gate.address}` | `{gate.agency or Relation.SUPPORT}` | {cells} |"


def _plain(title: str, says: str, found: list[Gate]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield f"{says}\n"
    yield from (f"- `{gate.address}`" for gate in found)


def _api(gate: Gate) -> bool:
    return gate.path.startswith("/api/")


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(f"`{word}`" for word in words) or "–"


def _steps(steps: tuple[Step, ...]) -> str:
    if steps == tuple(Step):
        return "–"
    return "all open" if steps == stages(Action.EXTEND) else ", ".join(steps)


if __name__ == "__main__":
    print(document(), end="")
