"""Who decides on an objection: the superior of the supervisor, or HR where there is none. Rule: objection."""

from dataclasses import replace

from appraisal.parties import HR, Parties


def barred(parties: Parties) -> tuple[str | None, ...]:
    """Who must not decide: nobody about himself, nor about the own rating."""
    return parties.employee, parties.rater, parties.supervisor, parties.reviewer


def deciders(parties: Parties) -> tuple[str, ...]:
    """Who may decide, nearest first: the superiors of the supervisor, or who acts for them.

    A supervisor who acts for his own superior does not: the next superior does.
    """
    return tuple(who for who in map(parties.deputy, parties.line[1:]) if who not in barred(parties))


def with_decider(parties: Parties, named: str | None) -> Parties:
    """These parties with whoever decides as the reporting line is now: whom HR has named, else the nearest."""
    chosen = (named,) if named and named not in barred(parties) else deciders(parties)
    return replace(parties, decider=next(iter(chosen), HR))


def official(parties: Parties) -> str | None:
    """The decider, or the official for whom the decider acts."""
    return next((one for one in parties.line[1:] if parties.deputy(one) == parties.decider), parties.decider)


def above(parties: Parties, holder: str | None) -> str:
    """Who is called in where the holder is late."""
    return next((who for who in deciders(parties) if who != holder), HR)
