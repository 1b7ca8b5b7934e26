"""Markup and formulas typed into every field that there is, and the looks that tell whether any of it came out as such."""

import re
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2

from api.examples import EXAMPLES
from tests.announced import description

MARK = "=\"'><svg onload=hacked=1>{{7*7}}#{1+1}"
"""Closes attributes and tags, runs when it is drawn, and is a formula, an expression of a template and one of a paper."""
TRACE = "hacked=1>{{7*7}}#{1+1}"
"""What of it stands in any text that says it as it was typed."""
SAME_SITE = {"sec-fetch-site": "same-origin"}
FIXED = {"enum", "const", "pattern", "format", "contentMediaType"}
WORKED_OUT = ("hacked=1>49", "{{7*7}}2")
"""What stands there where somebody took it for an expression of his own."""
STEP = re.compile(r"[^.\[\]]+")


class Look(HTMLParser):
    """Reads a page: its links and forms, and whatever in it would run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.running: list[str] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.running += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        self.running += [f"<{tag}>" for url in given.values() if url.lower().lstrip().startswith("javascript:")]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form" and given.get("method") == "post":
            self.forms.append((given.get("action", ""), {}))
        elif self.forms and "name" in given and tag in ("input", "textarea", "select", "button"):
            self._field(tag, given)
        elif tag == "option" and self.forms and self._select:
            self.forms[-1][1].setdefault(self._select, given.get("value", ""))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        kind, fields = given.get("type", "text"), self.forms[-1][1]
        self._select = given["name"] if tag == "select" else ""
        if tag == "textarea" or (tag == "input" and kind in ("text", "search", "url", "email", "password")):
            fields[given["name"]] = MARK
        elif tag != "select" and kind != "file":
            fields.setdefault(given["name"], given.get("value", ""))


def texts(value: Any, schema: dict[str, Any], at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where in this body free text stands, as the description says."""
    schemas = description()["components"]["schemas"]
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    choices = [part for kind in ("anyOf", "oneOf") for part in schema.get(kind, ())]
    if isinstance(value, str):
        if not any(FIXED & set(one) for one in (schema, *choices)):
            yield at
    elif choices:
        found = [[*texts(value, one, at)] for one in choices]
        yield from max(found, key=len)
    elif isinstance(value, dict):
        for name, part in value.items():
            inner = schema.get("properties", {}).get(name) or schema.get("additionalProperties") or {}
            yield from texts(part, inner if isinstance(inner, dict) else {}, (*at, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, schema.get("items", {}), (*at, number))


def put(body: Any, at: tuple[str | int, ...], text: str) -> None:
    for step in at[:-1]:
        body = body[step]
    body[at[-1]] = text


def get(body: Any, at: tuple[str | int, ...]) -> Any:
    for step in at:
        body = body[step]
    return body


async def typed(visitor: httpx2.AsyncClient, operation: str, path: str) -> tuple[int, httpx2.Response]:
    """The operation's example with the mark in every text; what the rules refuse is as in the example again.

    The answer, and in how many fields the mark then stood.
    """
    method, _, pattern = operation.partition(" ")
    content = description()["paths"][f"/api/v1/{pattern}"][method.lower()]["requestBody"]["content"]
    example, schema = EXAMPLES[operation], content["application/json"]["schema"]
    body, marked = deepcopy(example), [*texts(example, schema)]
    for at in marked:
        put(body, at, MARK)
    while True:
        answer = await visitor.request(method, f"/api/v1/{path}", json=body)
        assert answer.status_code < 500, f"{operation}: {answer.text}"
        if answer.is_success or not marked:
            return len(marked) if answer.is_success else 0, answer
        where = answer.json()["where"]
        steps = tuple(int(step) if step.isdecimal() else step for step in STEP.findall(where))
        wrong = [at for at in marked if steps and at[: len(steps)] == steps] or [marked[-1]]
        for at in wrong:
            put(body, at, get(example, at))
            marked.remove(at)


def addresses(base: str, page: str, look: Look) -> Iterator[str]:
    """Where this page leads, within the site and by looking alone."""
    for link in look.links:
        parts = urlsplit(urljoin(f"{base}{page}", link))
        if f"{parts.scheme}://{parts.netloc}" == base and not parts.path.startswith("/static/"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path
