"""Whose process is on the other end of a loopback connection."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

ESTABLISHED = "01"
"""State of a connection that is up. Ended ones are listed too, and as if they were root's. Linux, net/tcp_states.h"""


def peer_is_ours(connection: socket.socket, tables: Path = Path("/proc/net")) -> bool | None:
    """Whether the other end of a TCP connection within this machine is a process of our own user.

    The kernel lists every socket with its owner, the peer's end of this connection among them, so the answer needs
    no secret and can't be forged by another user: root alone can open a socket in another's name.

    @param connection an accepted connection
    @param tables where the kernel lists its sockets
    @returns None where this machine can't tell: it is no Linux, or the peer's end is not listed (another network
    namespace, another machine)
    """
    if sys.platform != "linux":
        return None
    try:
        ends = f"{_address(connection.getpeername())} {_address(connection.getsockname())}"
        owner = _owner(ends, tables / ("tcp6" if connection.family == socket.AF_INET6 else "tcp"))
        if owner is None and connection.family == socket.AF_INET6:
            # A v4 client of a socket that serves both families stands in the v4 table.
            v4 = [_address_v4(end) for end in (connection.getpeername(), connection.getsockname())]
            owner = _owner(" ".join(v4), tables / "tcp") if all(v4) else None
    except OSError:  # the peer is gone, or the tables are hidden
        return None
    return None if owner is None else owner == os.geteuid()


def _owner(ends: str, table: Path) -> int | None:
    """The user id of the socket with these ends (its own first), or None where none is listed."""
    with table.open(encoding="ascii") as rows:
        next(rows, None)  # the heading
        for row in rows:
            # sl, local_address, rem_address, st, tx_queue:rx_queue, tr:tm->when, retrnsmt, uid, …
            columns = row.split()
            if f"{columns[1]} {columns[2]}" == ends and columns[3] == ESTABLISHED:
                return int(columns[7])
    return None


def _address(end: tuple[object, ...]) -> str:
    """An address as the kernel's tables write it: each 32-bit word in this machine's byte order, then the port."""
    host, port = str(end[0]).partition("%")[0], int(str(end[1]))
    packed = socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
    words = [packed[at : at + 4] for at in range(0, len(packed), 4)]
    text = "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words)
    return f"{text}:{port:04X}"


def _address_v4(end: tuple[object, ...]) -> str:
    """The v4 form of a mapped address (::ffff:127.0.0.1), or nothing."""
    host = str(end[0])
    return _address((host[7:], end[1])) if host.startswith("::ffff:") else ""
