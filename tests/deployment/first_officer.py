"""What the first HR officer does in the browser, by HTTP: python -m tests.deployment.first_officer <link>."""

import re
import ssl
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx2

from adapters.one_time_codes import code_at, step_of

PASSWORD = "sebuah sandi yang panjang"
SECRET = re.compile(r"\b[A-Z2-7]{32}\b")


def arrive(link: str) -> None:
    """By the link, with a password and the second step, to a page that an officer alone may see; then again from the door."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(link))
    trusted = ssl.create_default_context(cafile="/etc/nginx/tls/fullchain.pem")
    with httpx2.Client(base_url=origin, headers={"origin": origin}, verify=trusted, follow_redirects=True) as client:
        client.post(urlsplit(link).path).raise_for_status()
        client.post("/account/password", data={"password": PASSWORD, "again": PASSWORD}).raise_for_status()
        assert client.get("/webhooks").url.path == "/account/second-step", "no rights before the second step"
        client.post("/account/second-step").raise_for_status()
        secrets = SECRET.findall(client.get("/account/second-step").text)
        code = code_at(secrets[0], step_of(datetime.now(UTC)) - 1)
        client.post("/account/second-step/confirmation", data={"code": code}).raise_for_status()
        assert client.get("/webhooks").url.path == "/webhooks"
        client.post("/sign-out").raise_for_status()
        client.post("/sign-in", data={"login": "hr", "password": PASSWORD}).raise_for_status()
        client.post("/sign-in/code", data={"code": code_at(secrets[0], step_of(datetime.now(UTC)))}).raise_for_status()
        assert client.get("/webhooks").url.path == "/webhooks"


if __name__ == "__main__":
    arrive(sys.argv[1])
