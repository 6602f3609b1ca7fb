"""HTTP to a triple store: who asks, how long to wait, what to try again, and what went wrong in one line.

Credentials come from the caller, the environment or a netrc file, and are sent only to a server that asks for them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth

from oncopact.errors import LoadError

__all__ = ["WAITS", "Credentials", "Transport", "credentials"]

USER: Final = "ONCOPACT_USER"
PASSWORD: Final = "ONCOPACT_PASSWORD"  # noqa: S105  (a variable's name)
WAITS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each new attempt; a server may ask for more by Retry-After, up to LONGEST."""
LONGEST: Final = 120.0
PASSING: Final = frozenset({429, 502, 503, 504})
"""What a server answers that is busy or just restarting."""
_CONNECT: Final = 10.0
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SHOWN: Final = 200
_AGAIN: Final = "what is loaded stays, and the next run sends the rest"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, which is in no message and no `repr`."""

    user: str
    password: str = field(repr=False)


def credentials(url: str, environ: Mapping[str, str] | None = None) -> Credentials | None:
    """Who we are to a server: by the environment, else by a netrc file ($NETRC, ~/.netrc), else nobody.

    Raises:
        LoadError: Only one of user and password is set, or the netrc file is broken.
    """
    environ = os.environ if environ is None else environ
    user, password = environ.get(USER), environ.get(PASSWORD)
    if user is not None and password is not None:
        return Credentials(user, password)
    if user is not None or password is not None:
        lacking = USER if user is None else PASSWORD
        raise LoadError(f"{lacking} is not set", where="environment", remedy=f"set {USER} and {PASSWORD}, or neither")
    from netrc import NetrcParseError

    try:
        found = requests.utils.get_netrc_auth(url, raise_errors=True)
    except NetrcParseError as error:
        place = f"{error.filename}:{error.lineno}" if error.lineno else str(error.filename)
        raise LoadError(f"the netrc file is broken: {error.msg}", where=place, remedy="mend it") from error
    except OSError as error:
        raise LoadError(f"cannot read the netrc file: {error}", remedy="check its permissions") from error
    return Credentials(found[0], found[1]) if found else None


class Transport:
    """A session with one server.

    Args:
        who: Told to the server where it asks, by basic or digest authentication as it wishes.
        timeout: Seconds to wait for an answer.
        say: Told in a line what is waited for.
        sleep: Waits so many seconds.
    """

    def __init__(
        self,
        who: Credentials | None = None,
        *,
        timeout: float = 300.0,
        say: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.who = who
        self._timeout, self._say, self._sleep = timeout, say, sleep
        self._met = False
        self._session = requests.Session()
        self._session.auth = _nobody  # else requests sends a netrc file's password unasked, and as plain text
        self._session.headers["User-Agent"] = "oncopact"

    def close(self) -> None:
        """End the session."""
        self._session.close()

    def greet(self, url: str) -> str:
        """What the server at an address calls itself, whatever else it answers.

        Raises:
            LoadError: There is no answer.
        """
        every = frozenset(range(100, 600))
        return self.request("GET", url, doing="reach the server", accept=every).headers.get("Server", "")

    def request(
        self,
        method: str,
        url: str,
        *,
        doing: str,
        params: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: frozenset[int] = frozenset(),
    ) -> requests.Response:
        """The server's answer, after as many attempts as it takes.

        Whatever is asked for here may be asked twice: it must change nothing the second time.

        Args:
            method: GET, PUT, POST or DELETE.
            url: The address.
            doing: What for, as in 'cannot …'.
            params: What goes into the address's query.
            body: Bytes, or the fields of a form.
            headers: Beside those that every request has.
            accept: Statuses that are an answer, too, beside success.

        Raises:
            LoadError: There is no answer, or the server refused or failed.
        """
        waits = iter(WAITS)
        while True:
            longer = 0.0
            try:
                answer = self._ask(method, url, params, body, headers)
            except requests.RequestException as error:
                trouble = self._broken(error, url, doing)
            else:
                self._met = True
                if answer.status_code in accept or (answer.ok and not answer.is_redirect):
                    return answer
                if answer.status_code not in PASSING:
                    raise _refusal(answer, url, doing, known=self.who is not None)
                trouble, longer = f"the server answers {_status(answer)}", _asked_for(answer)
            wait = next(waits, None)
            if wait is None:
                raise LoadError(f"cannot {doing}: {trouble}, {len(WAITS) + 1} times", where=url, remedy=_AGAIN)
            wait = max(wait, longer)
            self._say(f"{trouble}; trying again in {wait:g} s")
            self._sleep(wait)

    def _ask(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        body: bytes | Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
    ) -> requests.Response:
        def once() -> requests.Response:
            limits = (_CONNECT, self._timeout)
            return self._session.request(
                method, url, params=params, data=body, headers=headers, timeout=limits, allow_redirects=False
            )

        answer = once()
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self._introduce(answer, url):
            answer = once()
        return answer

    def _introduce(self, answer: requests.Response, url: str) -> bool:
        """Whether there is something to say to a server that asks who we are."""
        if self.who is None or self._session.auth is not _nobody:
            return False
        user, password = self.who.user, self.who.password
        if "digest" in answer.headers.get("WWW-Authenticate", "").lower():
            self._session.auth = HTTPDigestAuth(user, password)
            return True
        place = urlsplit(url)
        if place.scheme == "http" and place.hostname not in _LOCAL:
            self._say(f"the password goes to {place.netloc} as plain text; use https")
        self._session.auth = HTTPBasicAuth(user.encode(), password.encode())
        return True

    def _broken(self, error: requests.RequestException, url: str, doing: str) -> str:
        """What broke, where a new attempt may help.

        Raises:
            LoadError: It would not.
        """
        reason = _reason(error)
        if isinstance(error, requests.exceptions.SSLError):
            remedy = "name its authority's file in REQUESTS_CA_BUNDLE, or mend its certificate"
            raise LoadError(f"the server's certificate is not trusted: {reason}", where=url, remedy=remedy) from error
        deaf = isinstance(error, requests.exceptions.ReadTimeout) and not self._met and url.startswith("https:")
        if deaf and f"(read timeout={_CONNECT})" in str(error):  # urllib3 reports a greeting without answer so
            what = f"no connection: nothing there speaks https within {_CONNECT:g} seconds"
            raise LoadError(what, where=url, remedy="check whether the address begins with http://") from error
        if isinstance(error, requests.exceptions.ReadTimeout):
            what = f"cannot {doing}: no answer within {self._timeout:g} seconds"
            raise LoadError(what, where=url, remedy=f"give a longer --timeout; {_AGAIN}") from error
        if not isinstance(error, requests.exceptions.ConnectionError | requests.exceptions.ChunkedEncodingError):
            raise LoadError(f"cannot {doing}: {reason}", where=url, remedy="check the address") from error
        if not self._met:
            remedy = "check the address, and whether the server runs"
            raise LoadError(f"no connection: {reason}", where=url, remedy=remedy) from error
        return f"the connection broke ({reason})"


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Say nothing of who we are."""
    return request


# ---------------------------------------------------------------- words


def _refusal(answer: requests.Response, url: str, doing: str, *, known: bool) -> LoadError:
    """Why the server did not do what it was asked to."""
    code, said = answer.status_code, _words(answer)
    if code == HTTPStatus.UNAUTHORIZED and known:
        return LoadError("the server knows no such user and password", where=url, remedy=f"check {USER} and {PASSWORD}")
    if code == HTTPStatus.UNAUTHORIZED:
        remedy = f"set {USER} and {PASSWORD}, or write a netrc file"
        return LoadError("the server asks for a user and a password", where=url, remedy=remedy)
    what = f"cannot {doing}: the server answers {_status(answer)}" + (f", {said}" if said else "")
    if answer.is_redirect:
        remedy = f"give the address that it moved to, {answer.headers.get('Location', 'unknown')}"
    elif code == HTTPStatus.FORBIDDEN or "permission" in said.lower():  # for which Virtuoso answers 500
        remedy = "give a user who may write, or a server that is not read-only"
    elif code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        remedy = "check --endpoint, and give the server's kind by --server"
    elif code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        remedy = "raise the server's, or its proxy's, limit on the size of a request"
    elif code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        remedy = f"see the server's log and its disk; {_AGAIN}"
    else:
        remedy = f"see the server's log; {_AGAIN}"
    return LoadError(what, where=url, remedy=remedy)


def _status(answer: requests.Response) -> str:
    return f"{answer.status_code} {answer.reason or ''}".rstrip()


def _words(answer: requests.Response) -> str:
    """What the server says first, as one short line without tags and control characters."""
    said = answer.text[: 20 * _SHOWN].strip()
    if "<" in said and "html" in f"{answer.headers.get('Content-Type', '')}{said[:200]}".lower():
        from lxml import html

        page = html.fromstring(said.encode(), parser=html.HTMLParser(encoding="utf-8"))
        said = " ".join(str(piece) for piece in page.itertext())
    else:
        said = said.partition("\n\n")[0]
    line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _asked_for(answer: requests.Response) -> float:
    """The seconds that a server asks to be left alone for."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST) if asked.isdecimal() else 0.0


def _reason(error: BaseException) -> str:
    """The words of the error at the root of a library's errors."""
    seen: BaseException = error
    while True:
        inner = getattr(seen, "reason", None) or next(
            (arg for arg in seen.args if isinstance(arg, BaseException)), None
        )
        if not isinstance(inner, BaseException):
            break
        seen = inner
    cause = seen.__cause__ or seen.__context__
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(seen)
    return words.rpartition(": ")[2].strip().rstrip(".") or type(seen).__name__
