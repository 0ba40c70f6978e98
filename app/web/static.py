"""Files that all pages share: they hold nothing private, and browsers may keep them."""

from os import PathLike, stat_result

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

AN_HOUR = "public, max-age=3600"


class Static(StaticFiles):
    """Styles, scripts and pictures of the house."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = AN_HOUR
        return answer
