"""Who is served: the hosts of the settings and this machine; which pages may open a websocket.

The settings are Streamlit's own: browser.serverAddress, server.allowedHosts, server.corsAllowedOrigins. As long as none
is given, every host is served: on one's own machine, or on the network of an office, nobody knows the name by which a
person comes.

Streamlit makes these checks on its websocket, but before it reads the list of allowed origins it asks a service on the
Internet for its own public address, and the whole server waits for the answer. Nothing must leave the machine, and no
foreign page must be able to slow it: the decision is taken here, and what goes on bears the origin of the host itself.
"""

import logging
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from itertools import chain
from typing import Final, Self

from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_LOG: Final = logging.getLogger(__name__)
LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_PORTS: Final = {"http": 80, "https": 443}
_ADDRESS: Final = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>\[[0-9a-f:.]+\]|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^\s,]*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    """Where a page comes from, a request goes, or a setting leads; the last two may leave out scheme and port."""

    scheme: str
    host: str
    port: int | None = None

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The address that this text is as a whole, whatever path follows it; None for anything else."""
        found = _ADDRESS.fullmatch(text)
        if found is None:
            return None
        port = int(found["port"]) if found["port"] else None
        return cls((found["scheme"] or "").lower(), found["host"].lower(), port)

    def is_of(self, origin: Self) -> bool:
        """True when a page of this origin comes from here. A port left out is that of the scheme of the origin."""
        usual = _PORTS[origin.scheme]
        ports = (self.port or usual) == (origin.port or usual)
        return self.host == origin.host and ports and self.scheme in {"", origin.scheme}


@dataclass(frozen=True)
class Allowed:
    """What the settings allow. `hosts`: every one when it is empty."""

    hosts: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    check: bool = True

    def opens(self, origin: str | None, host: str | None) -> bool:
        """True for no origin (not a browser), a page of this very host, or of an address of the settings."""
        if not self.check or origin is None:
            return True
        page, here = Address.read(origin), Address.read(host or "")
        # A browser writes an origin whole and without a path; a host never has a scheme.
        if page is None or not page.scheme or origin.count("/") != 2 or "*" in origin:
            return False
        known = self.addresses if here is None or here.scheme else (*self.addresses, here)
        return any(address.is_of(page) for address in known)


def allowed(
    public: str | None,
    hosts: Iterable[str] | str = (),
    origins: Iterable[str] | str = (),
    *,
    listening: str = "",
    port: int | None = None,
    check: bool = True,
) -> Allowed:
    """What the settings allow, all read in the same way. What cannot be read opens nothing, and is named in the log.

    public: the address that people type; None as long as nobody gave it. listening, port: where the server is.
    """
    given = {"browser.serverAddress": public or (), "server.allowedHosts": hosts, "server.corsAllowedOrigins": origins}
    texts = {setting: _texts(value) for setting, value in given.items()}
    if not any(texts.values()):
        return Allowed(check=check)
    anyone = "*" in texts["server.allowedHosts"]
    read = {
        setting: [found for text in written if text != "*" and (found := _read(setting, text))]
        for setting, written in texts.items()
    }
    # Without nginx in front, the address is typed with the port of the server.
    typed = [Address(found.scheme, found.host, found.port or port) for found in read["browser.serverAddress"]]
    here = [found for found in (Address.read(listening),) if found]
    names = [*LOOPBACK, *(found.host for found in (*here, *chain.from_iterable(read.values())))]
    sources = (*read["browser.serverAddress"], *typed, *read["server.corsAllowedOrigins"])
    return Allowed(() if anyone else tuple(dict.fromkeys(names)), sources, check)


def _texts(given: Iterable[str] | str) -> list[str]:
    """The entries of a setting; several written as one text are cut where a person would."""
    every = [given] if isinstance(given, str) else given
    return [part for text in every for part in re.split(r"[\s,]+", str(text)) if part]


def _read(setting: str, text: str) -> Address | None:
    with suppress(AddressValueError):  # written here as it is, and between brackets in an address
        text = f"[{IPv6Address(text)}]"
    found = Address.read(text)
    if found is None:
        _LOG.warning("%s : « %.100s » n’est pas une adresse; rien n’est ouvert pour elle.", setting, text)
    return found


class HostGuard(TrustedHostMiddleware):
    """Answers 400 to a host that is neither of the settings nor this machine."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Allowed]) -> None:
        super().__init__(app, allowed_hosts=settings().hosts or ["*"], www_redirect=False)


class OriginGuard:
    """Closes, before they open, the websockets whose origin is not allowed; the others go on as if their page came from
    the host itself."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Allowed]) -> None:
        self.app = app
        self.settings = settings()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        once = all(len(headers.getlist(name)) <= 1 for name in ("origin", "host"))
        if once and self.settings.opens(headers.get("origin"), headers.get("host")):
            if "origin" in headers:
                scheme = "https" if scope.get("scheme") == "wss" else "http"
                same = (b"origin", f"{scheme}://{headers.get('host', '')}".encode("latin-1"))
                scope = {**scope, "headers": [*(own for own in scope["headers"] if own[0] != b"origin"), same]}
            await self.app(scope, receive, send)
            return
        _LOG.warning(
            "Connexion refusée : l’origine %.100r n’est pas celle du serveur. "
            "S’il s’agit de l’adresse publique du tableau de bord, ajoutez-la à server.corsAllowedOrigins.",
            headers.get("origin"),
        )
        await receive()  # the connection request, which must be read before it is refused
        await send({"type": "websocket.close", "code": 1008})
