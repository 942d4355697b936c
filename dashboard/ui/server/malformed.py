"""What is said to bytes that are no HTTP request: they reach no middleware, uvicorn answers them itself, in English."""

from __future__ import annotations

from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from dashboard.ui.server.replies import french_error

STATUS_LINE: Final = b"HTTP/1.1 400 Bad Request\r\n"


def _refuse(protocol: Any, _english: str) -> None:
    """Answer 400 and close; close alone when the answer to a former request is still on its way."""
    cycle = getattr(protocol, "cycle", None)
    if cycle is None or cycle.response_complete:
        answer = french_error(400, html=False)
        answer.headers["Connection"] = "close"
        head = b"".join(name + b": " + value + b"\r\n" for name, value in answer.raw_headers)
        protocol.transport.write(STATUS_LINE + head + b"\r\n" + bytes(answer.body))
    protocol.transport.close()


def answer_in_french() -> bool:
    """Put it in the place of uvicorn's own; False when this version has no such place, and its English stays."""
    if not hasattr(AutoHTTPProtocol, "send_400_response"):
        return False
    AutoHTTPProtocol.send_400_response = _refuse
    return True
