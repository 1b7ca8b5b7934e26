"""All that is held: every table, and every place beside the database."""

from dataclasses import dataclass

from adapters.database.holdings.cases import CASES
from adapters.database.holdings.desk import DESK, OFFICE
from adapters.database.holdings.people import PEOPLE
from appraisal.sources.rule import N_

HOLDINGS = (*PEOPLE, *CASES, *DESK, *OFFICE)


@dataclass(frozen=True, slots=True)
class Place:
    """Something beside the database that holds data of people: what, in which form, and when it goes."""

    where: str
    what: str
    goes: str


PLACES = (
    Place(
        N_("Temporal's store"),
        N_(
            "What open processes know: texts, reasons, ratings, ids; of imports names and NIPs. Closed with the payload key."
        ),
        N_("A process's history goes when the retention of the namespace is over after its end; the agency sets it."),
    ),
    Place(
        N_("Logs"),
        N_("Ids, addresses of requests and times; no names, no NIPs, no texts."),
        N_("As the operator rotates them."),
    ),
    Place(
        N_("Traces"),
        N_(
            "Ids, kinds of orders, statements without their values, and times; no names, no NIPs, no texts. Off by default."
        ),
        N_("As the collector keeps them."),
    ),
    Place(
        N_("Backups"),
        N_("All of the database and Temporal's store at one moment."),
        N_("When the operator deletes the file, or with a later backup where the agency has set a time."),
    ),
    Place(
        N_("Archives for auditors"),
        N_("The record of a cycle or a period: ids, texts and reasons, no table of names."),
        N_("When whoever holds the file deletes it."),
    ),
    Place(
        N_("Archives of finished cycles"),
        N_("Everything about the cases of a cycle, with names and NIPs."),
        N_("When the agency deletes the file. What is erased later stays in it."),
    ),
    Place(
        N_("Archives of own data"),
        N_("What one person took; it is made for the download and deleted after it."),
        N_("At once here; where it was downloaded, its owner decides."),
    ),
    Place(
        N_("Mail"),
        N_("Name, address and what waits; no ratings and no texts of others."),
        N_("In the mailbox of whoever got it."),
    ),
    Place(
        N_("Webhooks"),
        N_("Ids and kinds of events; no names, no texts."),
        N_("As the receiving program keeps it."),
    ),
    Place(
        N_("SIASN (BKN)"),
        N_("NIP, ratings and courses that HR has sent."),
        N_("By the rules of BKN."),
    ),
    Place(
        N_("Browsers"),
        N_("A cookie with the session's secret, and for minutes what a sign-in or a message needs."),
        N_("When the session ends, or the browser deletes it."),
    ),
)
