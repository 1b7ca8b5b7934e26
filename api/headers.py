"""What browsers are told with every answer: what its page may load and who may frame, keep or read it. One place for all.

A script runs only with the mark (nonce) that this very answer gave it, wherever it comes from: markup that somebody smuggled in
cannot even load a script of ours. `strict-dynamic` would trust whatever a trusted script adds to the page, which is what htmx
does with fragments, so it is left out.
"""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOBODY = "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
PAGE = (
    f"default-src 'none'; script-src 'nonce-{{}}'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
form-action 'self'; {NOBODY}"
)
PAPER = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
"""The browser's own viewer of PDFs is an object in a page of its own."""
DATA = f"default-src 'none'; form-action 'none'; {NOBODY}"
UNUSED = (
    *(
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
    ),
    *("magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "usb"),
    *("screen-wake-lock", "xr-spatial-tracking"),
)
"""What no page of ours needs from a device."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000"
KEPT = "/static/"
"""What lies here is the same for everybody and may be kept; all else is somebody's, and is not."""


def nonce(request: Request) -> str:
    """The mark of the scripts of this answer."""
    found: str = request.state.nonce
    return found


class Guarded:
    """Puts these headers on every answer, those of failures included. The outermost of all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        mark = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = mark
        https_only = scope["app"].state.https_only

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Content-Security-Policy"] = _policy(headers.get("content-type", ""), mark)
                if https_only:
                    headers["Strict-Transport-Security"] = HTTPS_ONLY
                if not scope["path"].startswith(KEPT) or "cache-control" not in headers:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, answer)


def _policy(content_type: str, mark: str) -> str:
    if content_type.startswith("text/html"):
        return PAGE.format(mark)
    return PAPER if content_type.startswith("application/pdf") else DATA
