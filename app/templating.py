"""Pages: templates with everything escaped, in the reader's language, filled by `page()`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from app.languages import SPOKEN, sentences, wanted_in

HERE = Path(__file__).resolve().parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


def page(
    request: HTTPConnection, name: str, values: Mapping[str, object], status: int = 200, lang: str | None = None
) -> HTMLResponse:
    """Return the page of a template. Without a language given it is the first of the browser's that Ronde speaks."""
    lang = lang or language_of(request)
    text = filled(name, {**values, "path": request.url.path}, lang)
    return HTMLResponse(text, status, headers={"Content-Language": lang, "Vary": "Accept-Language, Cookie"})


def filled(name: str, values: Mapping[str, object], lang: str) -> str:
    """Return what a template says in a language."""
    return _templates(lang).get_template(name).render({**values, "lang": lang})


def language_of(request: HTTPConnection) -> str:
    """Return the language that the browser's user reads best, of those that Ronde speaks."""
    return wanted_in(request.headers.get("accept-language", ""))


@cache
def _templates(lang: str) -> Environment:
    assert lang in SPOKEN, lang
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = sentences(lang)
    made.globals["_"] = known.gettext
    made.globals["ngettext"] = known.ngettext
    return made
