"""What every request has to pass and every answer carries, whatever page it is for (docs/adr/0016).

A request: the name it was sent to is ours (no rebinding of names), its body is of a size, and what changes something
comes from our own page, proven by a token that only our pages know.
An answer: a policy under which nothing runs but our files.
"""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from secrets import compare_digest, token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import PlainTextResponse
from itsdangerous import BadSignature, Signer
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evenstride.web.settings import WebSettings

CSP = "; ".join(
    (
        "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with that a browser hides the origin of our own forms, which is looked at below
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), screen-wake-lock=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PRIVATE = "no-store"
UPLOADS = "/upload"
"""How an address ends that takes files: only there a body may be large."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_FIELD, TOKEN_HEADER = "token", "X-Evenstride-Token"
COOKIE_SECONDS = 400 * 86400
_LOG = logging.getLogger("evenstride.web")


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """A visitor is a random name in a signed cookie; a form's token is another signature of the same name."""

    secret: str
    port: int

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies know no ports, and two evenstrides on one machine are two."""
        return f"evenstride_{self.port}"

    def visitor_of(self, headers: Headers) -> str | None:
        """Return whose cookie came with a request; None without one that we signed."""
        kept = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        try:
            return self._signer("visitor").unsign(kept).decode()
        except (BadSignature, ValueError):
            return None

    def set_cookie(self, visitor: str) -> str:
        """Return the header that gives a visitor the cookie."""
        value = self._signer("visitor").sign(visitor).decode()
        return f"{self.cookie}={value}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict"

    def token(self, visitor: str) -> str:
        """Return what a visitor's forms carry."""
        return self._signer("form").sign(visitor).decode().rpartition(".")[2]

    def is_genuine(self, visitor: str, token: str) -> bool:
        """Whether a token is the one that we gave this visitor's forms."""
        return compare_digest(self.token(visitor).encode(), token.encode())

    def _signer(self, salt: str) -> Signer:
        return Signer(self.secret, salt=f"evenstride.{salt}")


class Safety:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, settings: WebSettings, tokens: Tokens) -> None:
        self.app, self.settings, self.tokens = app, settings, tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the request, let it through, and put the headers on whatever is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            status, text = refused
            await PlainTextResponse(text, status_code=status)(scope, receive, _Answer(send))
            return
        known = self.tokens.visitor_of(headers)
        visitor = known or token_urlsafe(16)
        scope.setdefault("state", {})["visitor"] = visitor
        answer = _Answer(send, cookie="" if known else self.tokens.set_cookie(visitor))
        await self._answered(scope, _limited(receive, self._limit(scope)), answer)

    async def _answered(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        """What nobody foresaw is written to the log with its trace; the person gets a page without it."""
        try:
            await self.app(scope, receive, answer)
        except Exception:
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if answer.begun:
                raise
            unforeseen = scope["app"].state.unforeseen
            await unforeseen(scope)(scope, receive, answer)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        if not is_own_host(headers.get("host", ""), self.settings):
            return 421, "This is evenstride, and it was asked for under a name that it does not know."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._limit(scope):
            return 413, "This is larger than what is taken in at once."
        if scope["method"] not in SAFE_METHODS and not is_own_origin(headers):
            return 403, "This did not come from a page of evenstride, so nothing was changed."
        return None

    def _limit(self, scope: Scope) -> int:
        uploads = scope["path"].endswith(UPLOADS)
        return self.settings.upload_bytes_max if uploads else self.settings.form_bytes_max


async def refuse_forged(request: Request) -> None:
    """Refuse what would change something and does not carry the visitor's token; every address depends on this."""
    if request.method in SAFE_METHODS:
        return
    token = request.headers.get(TOKEN_HEADER)
    if token is None:
        field = (await request.form()).get(TOKEN_FIELD)
        token = field if isinstance(field, str) else ""
    if not request.app.state.site.tokens.is_genuine(request.state.visitor, token):
        raise HTTPException(403, "forged")


def is_own_host(host: str, settings: WebSettings) -> bool:
    """Whether a request was sent to a name of ours.

    A page elsewhere can point its own name at this machine, and would then count as the same site. So names are
    those of the loopback and those that were told; a plain number cannot be pointed anywhere, and counts where others
    are served.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return False
    if name in ("localhost", "127.0.0.1", "::1", *(one.lower() for one in settings.hosts)):
        return True
    if settings.only_here:
        return name == settings.host.lower()
    try:
        ip_address(name)
    except ValueError:
        return name == settings.host.lower()
    return True


def is_own_origin(headers: Headers) -> bool:
    """Whether a browser says that a request comes from our own page; what is no browser says nothing."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() and origin != "null"


class _Answer:
    """Sends an answer with the headers that all answers have."""

    def __init__(self, send: Send, *, cookie: str = "") -> None:
        self.send, self.cookie, self.begun = send, cookie, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", PRIVATE)
            if self.cookie and headers["Cache-Control"] == PRIVATE:
                headers.append("Set-Cookie", self.cookie)
        await self.send(message)


def _limited(receive: Receive, limit: int) -> Receive:
    """Stop a body that is longer than it said, or did not say."""
    taken = 0

    async def counted() -> MutableMapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)
        return message

    return counted
