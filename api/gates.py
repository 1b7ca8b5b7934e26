"""The table of endpoint x relation x stage, made of the code: the routes of the application, their lines, and `can()`.

Nothing here lets anybody in: each route asks for itself. What it asks for is said here in one line, so that the whole can be
read (docs/access.md) and every cell of it be asked of the running service (tests/api/test_whole_table.py).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from fastapi.routing import iter_route_contexts

from api import looking, security
from api.description import dependencies
from api.gate_table import API, PAGES, SHORT
from api.pages import render
from appraisal.access import Action, Actor, can
from appraisal.commands import Command
from appraisal.parties import Parties
from appraisal.transitions import BELONGS_TO
from appraisal.vocabulary import Step

PREFIX = "/api/v1/"
FORM = "{form}"
MACHINES = frozenset({"/healthz", "/readyz", "/metrics", "/openapi.json", "/api/docs"})
"""For machines and for who writes programs: no case and no person in them."""


COMMANDS = frozenset(str(command.__dataclass_fields__["kind"].default) for command in Command.__args__)
"""What the process of a case is told to do, by the right that it takes."""


class Also(StrEnum):
    """What lets somebody in beside the rights of the table, and is looked up where it is asked."""

    PERSON = "person"
    EMPLOYED = "employed"
    OWN = "own"
    ASKED = "asked"
    MEMBER = "member"
    TAKES_PART = "takes_part"
    COMMITTEE = "committee"
    LEADS = "leads"
    REPRESENTED = "represented"


MEANING = {
    Also.PERSON: "is a person of the agency; the account of an officer may be nobody's",
    Also.EMPLOYED: "is such a person and an employee, which a Pejabat Negara is not",
    Also.OWN: "it is the visitor's own: the own case, or what was made by him or concerns him",
    Also.ASKED: "was asked for a view, and has not answered yet",
    Also.MEMBER: "works in the unit",
    Also.TAKES_PART: "takes part in the cycle",
    Also.COMMITTEE: "is on the talent committee",
    Also.LEADS: "leads somebody in the cycle, where the policy asks heads",
    Also.REPRESENTED: "is represented by whoever acts",
}


class Answer(StrEnum):
    """What somebody finds at an address."""

    LET_IN = "let in"
    REFUSED = "refused"
    HIDDEN = "hidden"
    SIGN_IN = "sign in"


@dataclass(frozen=True, slots=True)
class Gate:
    """What one address asks for. `agency`: a right to the agency as a whole, before anything else is looked at.

    `support`: it is for support staff alone.
    """

    method: str
    path: str
    signed: bool
    agency: Action | None = None
    sees: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    support: bool = False

    @property
    def address(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def of_people(self) -> bool:
        """Whether the answer depends on how somebody stands to a case, a session, a unit or a person."""
        return bool(self.sees or self.does)

    @property
    def of_case(self) -> bool:
        """Whether it is about one employee's case, which has a stage; a seat in a training comes after it."""
        return "{cycle}/{employee}" in self.path and SHORT["SEAT"] not in self.path and self.of_people

    @property
    def steps(self) -> tuple[Step, ...]:
        """The stages in which what is asked for here can be done; all of them where it is no command to the case."""
        asked = [Action(word) for word in self.does or self.sees if word in tuple(Action)]
        if self.method == "GET" or not asked or not self.of_case:
            return tuple(Step)
        return tuple(step for step in Step if any(step in stages(action) for action in asked))

    def answer(
        self, actor: Actor | None, parties: Parties | None, also: Iterable[str] = (), live: Parties | None = None
    ) -> Answer:
        """What this person finds. `live`: the same people with the superiors of today, who see a case before it follows."""
        if actor is None:
            return Answer.SIGN_IN if self.signed else Answer.LET_IN
        if self._shut(actor) or (self.agency and not can(actor, self.agency).allowed):
            return Answer.REFUSED
        sees = {*self.sees, *(self.does if Action.VIEW in self.sees else ())}
        known = _holds(actor, sees, parties, also)
        if live is not None and Action.VIEW in sees:
            known = known or _holds(actor, sees, live, also)
        if self.sees and not known:
            return Answer.HIDDEN
        return Answer.LET_IN if not self.does or _holds(actor, self.does, parties, also) else Answer.REFUSED

    def _shut(self, actor: Actor) -> bool:
        """Whether it is closed to whoever looks on as support, or to everybody else."""
        opened = looking.SHOWN if self.method == "GET" else looking.WAYS_OUT
        return self.signed and (self.path not in opened if actor.support else self.support)


def _holds(actor: Actor, words: Iterable[str], parties: Parties | None, also: Iterable[str]) -> bool:
    own = parties is not None and actor.id == parties.employee
    held = {*also, *((Also.OWN,) if own else ())}
    return any(word in held or (word in tuple(Action) and can(actor, Action(word), parties).allowed) for word in words)


def stages(action: Action) -> tuple[Step, ...]:
    """The steps in which the process of a case takes this: its own; all open ones for what keeps a case moving.

    All steps for what is no command to a case.
    """
    if action is Action.REOPEN:
        return (Step.CLOSED,)
    if action not in COMMANDS:
        return tuple(Step)
    return BELONGS_TO.get(action, tuple(step for step in Step if step is not Step.CLOSED))


@cache
def lines() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """`METHOD /path` -> what one must hold to see it, and to do it."""
    found = {}
    for prefix, table in ((PREFIX, API), ("/", PAGES)):
        for line in table.strip().splitlines()[1:]:
            method, short, sees, does = line.split()
            name, slash, rest = short.partition("/")
            path = f"{prefix}{SHORT.get(name, name)}{slash}{rest}"
            found[f"{method} {path}"] = (_words(sees), _words(does))
    return found


def _words(text: str) -> tuple[str, ...]:
    words = tuple(word for word in text.split("|") if word != "-")
    unknown = [word for word in words if word not in (*Action, *Also)]
    assert not unknown, f"{unknown} is neither a right nor one of api.gates.Also"
    return words


def gates(routes: Iterable[Any]) -> tuple[Gate, ...]:
    """Every address of the application with what it asks for, by address; ValueError where nobody has said it."""
    found = {gate.address: gate for context in iter_route_contexts(list(routes)) for gate in _of_route(context)}
    unused = lines().keys() - found.keys()
    if unused:
        raise ValueError(f"api/gate_table.py has lines for addresses that are gone: {sorted(unused)}")
    return tuple(found[address] for address in sorted(found, key=lambda one: (one.split()[1], one)))


def _of_route(context: Any) -> Iterator[Gate]:
    path = context.path or ""
    if path in MACHINES or not hasattr(context, "dependant"):
        return
    asked = set(dependencies(context.dependant))
    signed = bool(asked & {security.signed_in, render.page_for_signed_in})
    agency = next((right for right, calls in AGENCY.items() if asked & calls), None)
    for method in sorted(set(context.methods or ()) - {"HEAD", "OPTIONS"}):
        for address in _addresses(method, path):
            yield _gate(method, address, signed, agency, security.supporter in asked)


AGENCY: dict[Action, set[Any]] = {
    Action.ADMINISTER: {security.officer, render.page_for_officers},
    Action.OVERSEE: {security.overseer, render.page_for_overseers},
}


def _addresses(method: str, path: str) -> Iterator[str]:
    """The address; one for each form where the form decides what is asked for."""
    forms = [address.split(" ")[1] for address in lines() if address.startswith(f"{method} {path[: -len(FORM)]}")]
    if path.endswith(f"/{FORM}") and method == "POST" and not path.startswith(PREFIX):
        yield from (one for one in forms if one.removeprefix(path[: -len(FORM)]) in FORMS)
    else:
        yield path


ABOUT_SOMETHING = re.compile(r"\{(?!kind|year)")
"""An address that names a case, a person, a unit, or something that somebody has made."""
FORMS = (
    *("targets", "approval", "self_assessment", "review"),
    *("endorsement", "acknowledgement", "hearing", "ruling"),
)


def _gate(method: str, path: str, signed: bool, agency: Action | None, support: bool) -> Gate:
    named = lines().get(f"{method} {path}")
    if named is None and signed and not agency and ABOUT_SOMETHING.search(path):
        raise ValueError(f"{method} {path}: say in api/gate_table.py who is let in")
    return Gate(method, path, signed, agency, *(named or ((), ())), support)
