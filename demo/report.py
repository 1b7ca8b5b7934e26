"""What came of the rehearsal: figures from the service, and the costs from Temporal itself."""

import statistics
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from temporalio.client import Client

TAKEN = ("take_over", "given_to_superior", "given_to_hr")
STEPS = ("targets", "approval", "self_assessment", "review", "calibration", "acknowledgement", "nomination", "closed")


async def costs(client: Client, cycle: str) -> tuple[dict[str, float], dict[str, float]]:
    """History events and state transitions per case, as {median, max}, described by the server."""
    events, transitions = [], []
    async for found in client.list_workflows(
        f'WorkflowType = "AppraisalWorkflow" AND WorkflowId STARTS_WITH "appraisal/{cycle}/"'
    ):
        described = await client.get_workflow_handle(found.id).describe()
        info = described.raw_description.workflow_execution_info
        events.append(info.history_length)
        transitions.append(info.state_transition_count)
    return _spread(events), _spread(transitions)


def _spread(values: list[int]) -> dict[str, float]:
    return {"median": statistics.median(values), "max": max(values)} if values else {"median": 0, "max": 0}


def figures(
    board: dict[str, Any],
    record: tuple[dict[str, Any], list[dict[str, Any]]],
    by_hand: Mapping[str, int],
    seconds: float,
    spread: tuple[dict[str, float], dict[str, float]],
    siasn: dict[str, Any],
) -> dict[str, Any]:
    """The one object that `--json` prints; `reassigned` counts cases that followed a change of who must act.

    `record` is what was done in the cases, and the periods of the year; `periods` counts the evaluations that were rated.
    """
    acts, periods = record
    totals, kinds = board["totals"], acts["by_kind"]
    return {
        "employees": board["participants"],
        "closed": totals["closed"],
        "open": board["participants"] - totals["closed"],
        "escalated": totals["escalated"],
        "returned": totals["returned"],
        "endorsed": kinds.get("endorse_review", 0),
        "sent_back": kinds.get("return_review", 0),
        "calibrated": totals["calibrated"],
        "voted": by_hand["voted"],
        "undone": kinds.get("take_back", 0),
        "nominated": totals["nominated"],
        "words": {"agreed": by_hand["spoken"] - by_hand["objected"], "objected": by_hand["objected"]},
        "objections": {"granted": totals["objections"]["changed"], "refused": totals["objections"]["upheld"]},
        "periods": sum(one["rated"] for one in periods),
        "siasn": siasn,
        "reminded": kinds.get("reminded", 0),
        "escalated_by_level": acts["escalated_by_level"],
        "delegated": by_hand["delegated"],
        "reassigned": kinds.get("follow_line", 0),
        "extended": kinds.get("extend", 0),
        "held": kinds.get("hold", 0),
        "taken_over": sum(kinds.get(kind, 0) for kind in TAKEN),
        "exits_by_kind": acts["exits_by_kind"],
        "seconds": round(seconds, 1),
        "events_per_case": spread[0],
        "transitions_per_case": spread[1],
    }


def show_voices(console: Console, done: list[Counter[str]], shown: int) -> None:
    """Who was asked about whom, in one line."""
    total = sum(done, Counter[str]())
    console.print(
        f"Other voices: {total['named']} employees named colleagues or subordinates; {total['answered']} answers, "
        f"{total['declined']} declined; {shown} employees see what was said, the others had too few answers."
    )


def show_catalogue(console: Console, catalogue: dict[str, Any]) -> None:
    """The seats and the money of the year for which trainings were given away, in one line."""
    seats = sum(one["course"]["seats"] for one in catalogue["courses"])
    given, limits = sum(one["given"] for one in catalogue["courses"]), catalogue["limits"]
    spent, budget = (int(float(amount)) for amount in (limits["given"]["spent"], limits["limits"]["budget"]))
    console.print(
        f"Trainings of {catalogue['year']}: {given} of {seats} seats given away, "
        f"for Rp{spent:,} of a budget of Rp{budget:,}."
    )


def plans(found: dict[str, Any]) -> dict[str, Any]:
    """Both plans for the seats, of those who waited for them together: points, people with a seat, and the proven bound."""
    made = found["comparison"]
    if made is None:
        return {"plans": {}}
    sides = {name: {"points": made[name]["points"], "seats": made[name]["seats"]} for name in ("rule", "optimum")}
    told = {"bound": float(made["bound"]), "people": made["people"], "different": made["differing"]}
    return {"plans": {**sides, **told}}


def show_plans(console: Console, found: dict[str, Any]) -> None:
    """The two plans side by side, in one line."""
    if found:
        rule, best = found["rule"], found["optimum"]
        console.print(
            f"Two plans for the seats of {found['people']} people: the rule meets needs worth {rule['points']} points with "
            f"{rule['seats']} seats, the optimiser {best['points']} with {best['seats']}; no plan exceeds {found['bound']:.0f}. "
            f"{found['different']} people are treated differently."
        )


def show(console: Console, found: dict[str, Any], board: dict[str, Any], periods: list[dict[str, Any]]) -> None:
    """The same for people."""
    meaning = {
        "employees": "employees appraised",
        "closed": "cases closed",
        "open": "cases still open",
        "escalated": "cases in which a deadline passed and the superior was called",
        "returned": "cases whose targets were returned with a reason",
        "endorsed": "reviews that the superior of the supervisor endorsed before the calibration",
        "sent_back": "reviews that he sent back to be amended",
        "calibrated": "cases whose rating the calibration changed, with a reason",
        "voted": "silent first views of reviewers before a calibration",
        "undone": "cases that went back because their calibration was undone",
        "nominated": "people nominated for a training, within its seats",
        "periods": "evaluations of a period that a supervisor rated",
        "reminded": "reminders by the clock, before and after the due date",
        "delegated": "superiors on leave for whom somebody else signed for a while",
        "reassigned": "times that a case followed a change of who must act",
        "extended": "steps that HR gave more time, with a reason",
        "held": "cases on hold for a while, the clock standing still",
        "taken_over": "steps that a superior or HR took over when nobody came",
    }
    table = Table(title="What came of the year", show_header=False)
    for key, text in meaning.items():
        table.add_row(f"[bold]{found[key]}[/]", text)
    for one in periods:
        told = f"reported of {one['people']} in period {one['number']}, and {one['rated']} rated"
        table.add_row(str(one["reported"]), told)
    for level, count in found["escalated_by_level"].items():
        table.add_row(str(count), f"escalations to level {level} of the ladder")
    for kind, count in found["exits_by_kind"].items():
        table.add_row(str(count), f"left the cycle as '{kind}'")
    for word, count in found["words"].items():
        table.add_row(str(count), f"trainings proposed of which the head of the unit {word} before HR decided")
    table.add_row(str(found["objections"]["granted"]), "objections granted: the rating was changed, finally")
    table.add_row(str(found["objections"]["refused"]), "objections not granted: the rating stands")
    table.add_row(str(found["siasn"]["sent"]), "results, courses and boxes of the map that have arrived at SIASN")
    table.add_row(str(found["siasn"]["listed"]), "results on HR's list, each with its reason (closed without a rating)")
    for predicate, count in board["totals"]["predicates"].items():
        table.add_row(str(count), f"predicate {predicate}")
    table.add_row(str(board["totals"]["unrated"]), "closed without a rating, by the end rule")
    events, transitions = found["events_per_case"], found["transitions_per_case"]
    table.add_row(f"{events['median']:g} / {events['max']:g}", "history events per case (median / most)")
    table.add_row(f"{transitions['median']:g} / {transitions['max']:g}", "state transitions per case (median / most)")
    console.print(table)
    show_plans(console, found["plans"])
