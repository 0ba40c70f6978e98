"""The headers that every answer has: nothing from elsewhere, in no frame, in no cache unless a route says so."""

from starlette.datastructures import MutableHeaders

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PRIVATE = "no-store"
A_YEAR_OF_HTTPS = "max-age=31536000"


def complete(headers: MutableHeaders, *, is_secure: bool) -> None:
    """Add what is missing; a route that sets one of them itself keeps its own."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", PRIVATE)
    if is_secure:
        headers["Strict-Transport-Security"] = A_YEAR_OF_HTTPS
