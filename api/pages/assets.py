"""Styles, scripts and drawings: addressed with a mark of their content, so that browsers keep them for a year."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

STATIC = Path(__file__).parents[1] / "static"
FOR_A_YEAR = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Serves api/static; what is asked for with its mark never changes under that address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_A_YEAR if scope.get("query_string") else "no-cache"
        return response


def assets() -> Assets:
    """To be mounted at /static."""
    return Assets(directory=STATIC, check_dir=False)


@cache
def asset(name: str) -> str:
    """The address of a file of api/static."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={mark}"
