"""Small answers leave at once."""

from __future__ import annotations

import socket

from dashboard.ui.server.sockets import send_at_once


def nodelay(one: socket.socket) -> bool:
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_the_connections_of_a_listening_socket_do_not_wait() -> None:
    with socket.socket() as listening, socket.socket() as other:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert not nodelay(listening)
        assert send_at_once() >= 1
        assert nodelay(listening)
        assert not nodelay(other)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert nodelay(accepted)
