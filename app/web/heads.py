"""HEAD, at every address that GET answers: the same status and headers, and no body (RFC 9110, 9.3.2)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Asks the routes for GET, and lets go of them once the headers are there: a stream would never end."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        is_told = False

        async def bodiless(message: Message) -> None:
            nonlocal is_told
            if message["type"] == "http.response.start":
                is_told = True
                await send(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        async def left() -> Message:
            return {"type": "http.disconnect"} if is_told else await receive()

        inner = {**scope, "method": "GET"}
        try:
            await self.app(inner, left, bodiless)
        finally:
            scope.update({**inner, "method": "HEAD"})  # what was found out about the request is told outside
