"""Where the answer of an order leads: which operations take the id that it has just given. OpenAPI calls them links."""

from typing import Any

ID = "$response.body#/id"
LEADS_TO: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "POST webhooks": (
        "hook",
        ID,
        ("POST webhooks/{hook}/test", "GET webhooks/{hook}/deliveries", "DELETE webhooks/{hook}"),
    ),
    "POST appointments": (
        *("appointment", ID),
        ("GET appointments/{appointment}", "POST appointments/{appointment}/end"),
    ),
    "POST departures": (
        *("order", "$response.body#/people/0/order_id"),
        ("GET departures/{order}", "POST departures/{order}/return"),
    ),
    "POST data-requests": (
        *("request", ID),
        ("GET data-requests/{request}", "POST data-requests/{request}/decision"),
    ),
    "POST superior-reports": (
        *("report", ID),
        ("GET superior-reports/{report}", "POST superior-reports/{report}/decision"),
    ),
    "POST imports": (
        *("batch", ID),
        ("GET imports/{batch}", "POST imports/{batch}/application", "DELETE imports/{batch}"),
    ),
    "POST remedies": ("order", ID, ("GET remedies/{order}",)),
    "POST cycles/{cycle}/standstills": ("order", ID, ("GET remedies/{order}",)),
    "POST cycles": (
        *("cycle", ID),
        (
            *(
                "GET cycles/{cycle}",
                "GET cycles/{cycle}/cases",
                "GET cycles/{cycle}/closing",
                "GET cycles/{cycle}/rules",
            ),
            *("POST cycles/{cycle}/participants", "POST cycles/{cycle}/dates", "POST cycles/{cycle}/standstills"),
        ),
    ),
}


def links(operation: str, ids: dict[str, str]) -> dict[str, Any]:
    """The links of this operation's success; `ids` are the operations by their ids in the description."""
    name, where, targets = LEADS_TO.get(operation, ("", "", ()))
    return {ids[target]: {"operationId": ids[target], "parameters": {name: where}} for target in targets}
