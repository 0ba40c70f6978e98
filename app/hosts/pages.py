"""Pages of organisers: signing in and out, setting a password by a link, and the front page."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from app import audit, db, models
from app.errors import AppError, Invalid, Limited, Unknown
from app.hosts.access import Caller, Role, may, public
from app.hosts.cookies import check_privacy, forget, keep, secret_of_browser
from app.hosts.inviting import Opened, accept, opened
from app.hosts.passwords import LONGEST, Weakness, hash_of, is_password, weakness_of
from app.hosts.queries import events_of, hosts_of
from app.hosts.signing_in import count_attempt, sign_in, sign_out, turn_to
from app.languages import sentences
from app.templating import language_of, page
from app.web.addresses import network_of_request, own_path
from app.web.pages import SEE_OTHER, PageRouter
from app.web.problems import status_of
from app.web.sessions import Db, Engine_, Now

router: APIRouter = PageRouter()
NO_ZERO = r"^[^\x00]*$"
"""A zero byte cannot be asked for in PostgreSQL."""
FOR_ALL = [Depends(public())]
Written = Annotated[str, Form(max_length=LONGEST * 4)]


@router.get("/sign-in", dependencies=FOR_ALL)
def sign_in_page(request: Request, next: str = "/") -> Response:  # noqa: A002  the name that such links have
    """Ask for address and password."""
    return page(request, "sign-in.html", {"next": own_path(next), "email": "", "sentence": None})


@router.post("/sign-in", dependencies=FOR_ALL)
def sign_in_form(
    request: Request,
    engine: Engine_,
    now: Now,
    email: Annotated[str, Form(max_length=320, pattern=NO_ZERO)],
    password: Written,
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002  the name that such links have
) -> Response:
    """Sign in, and go on to the page that was asked for. No transaction is held while the password is looked at."""
    check_privacy(request)
    try:
        with db.writing(engine) as session:
            trial = count_attempt(session, email, network_of_request(request), now)
        fits = is_password(password, trial.kept)
        with db.writing(engine) as session:
            secret = sign_in(session, trial, fits=fits, former=secret_of_browser(request), now=now)
    except (Unknown, Limited) as refusal:
        return _asked_again(request, email, own_path(next), refusal)
    answer = RedirectResponse(own_path(next), SEE_OTHER)
    keep(request, answer, secret.text)
    return answer


def _asked_again(request: Request, email: str, path: str, refusal: Unknown | Limited) -> Response:
    _ = sentences(language_of(request)).gettext
    unknown = _("This address and password do not fit together, or you are no longer in a team.")
    sentence = refusal.told(_) if isinstance(refusal, Limited) else unknown
    return _refused(request, "sign-in.html", {"next": path, "email": email, "sentence": sentence}, refusal)


def _refused(request: Request, template: str, values: Mapping[str, object], refusal: AppError) -> Response:
    answer = page(request, template, values, status_of(refusal))
    if isinstance(refusal, Limited):
        answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


@router.post("/sign-out", dependencies=FOR_ALL)
def sign_out_form(request: Request, session: Db) -> Response:
    """End this sign-in."""
    secret = secret_of_browser(request)
    if secret is not None:
        sign_out(session, secret)
    answer = RedirectResponse("/sign-in", SEE_OTHER)
    forget(request, answer)
    return answer


@router.get("/invitations/{token}", dependencies=FOR_ALL)
def invitation_page(request: Request, token: str, session: Db, now: Now) -> Response:
    """Show what the link is for. Mail scanners open it too: nothing happens."""
    return page(request, "invitation.html", {"invitation": opened(session, token, now), "sentence": None})


@router.post("/invitations/{token}", dependencies=FOR_ALL)
def invitation_form(request: Request, token: str, engine: Engine_, now: Now, password: Written) -> Response:
    """Set the password, or prove to have one already; then join the team and sign in."""
    check_privacy(request)
    with db.reading(engine) as session:
        invitation = opened(session, token, now)
    try:
        with db.writing(engine) as session:
            trial = count_attempt(session, invitation.email, network_of_request(request), now)
        new_hash = _proved_or_new(request, invitation, password)
    except (Invalid, Limited) as refusal:
        told = refusal.told(sentences(language_of(request)).gettext)
        return _refused(request, "invitation.html", {"invitation": invitation, "sentence": told}, refusal)
    with db.writing(engine) as session:
        organiser = accept(session, invitation, new_hash, now)
        session.flush()
        session.info[audit.HOST] = invitation.host_id
        who = f"organiser:{organiser.id}"
        joined = {"role": invitation.role.word}
        audit.record(session, who, "accept-invitation", event_id=None, subject=who, after=joined, now=now)
        secret = sign_in(session, trial.of(organiser.id), fits=True, former=secret_of_browser(request), now=now)
        turn_to(session, secret.text, invitation.host_id)
    answer = RedirectResponse("/", SEE_OTHER)
    keep(request, answer, secret.text)
    return answer


def _proved_or_new(request: Request, invitation: Opened, password: str) -> str | None:
    """Return the hash of a new password, None where the one that there is was proved. Raises Invalid."""
    _ = sentences(language_of(request)).gettext
    if invitation.has_password:
        if not is_password(password, invitation.kept):
            raise Invalid(_("This is not the password that you sign in with."))
        return None
    weakness = weakness_of(password, (invitation.email, invitation.host))
    if weakness is None:
        return hash_of(password)
    raise Invalid(
        {
            Weakness.SHORT: _("It takes at least 8 characters. A few words in a row are easy to remember."),
            Weakness.LONG: _("It takes at most 1,000 characters."),
            Weakness.GUESSED: _("This is one of the passwords that others try first; take a few words of your own."),
            Weakness.PERSONAL: _("Your address and the name of your team are what others try first."),
        }[weakness]
    )


@router.get("/")
def home(request: Request, caller: Annotated[Caller, Depends(may(Role.READER))], session: Db) -> Response:
    """List the events of the team."""
    host = session.get_one(models.Host, caller.host_id)
    hosts = hosts_of(session, caller.id) if caller.kind == "organiser" else [host]
    events = events_of(session, caller.host_id)
    return page(request, "home.html", {"host": host, "hosts": hosts, "events": events, "role": caller.role.word})


@router.post("/hosts/{host_id}", dependencies=FOR_ALL)
def turn_to_host(request: Request, host_id: int, session: Db) -> Response:
    """Work for another of one's teams."""
    secret = secret_of_browser(request)
    if secret is None or not turn_to(session, secret, host_id):
        raise Unknown("Sign in first.")
    return RedirectResponse("/", SEE_OTHER)
