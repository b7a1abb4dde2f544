"""Whose process is on the other end."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyterlab_celltrail.peers import peer_is_ours

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the owners of sockets")
ADDRESSES = pytest.mark.parametrize("address", ["127.0.0.1", "::1"])


@pytest.fixture
def accepted(address: str) -> Iterator[socket.socket]:
    """The server's end of a connection within this process."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as server:
        with socket.create_connection(server.getsockname()[:2]):
            connection, _ = server.accept()
            with connection:
                yield connection


def _table(accepted: socket.socket, tmp_path: Path, change: dict[int, str]) -> Path:
    """The kernel's tables with some columns of every row changed."""
    for name in ("tcp", "tcp6"):
        heading, *rows = Path("/proc/net", name).read_text(encoding="ascii").splitlines()
        columns = [row.split() for row in rows]
        for row in columns:
            for at, text in change.items():
                row[at] = text
        (tmp_path / name).write_text("\n".join([heading, *(" ".join(row) for row in columns)]), encoding="ascii")
    return tmp_path


@ADDRESSES
def test_a_process_of_ours_is_known(accepted: socket.socket) -> None:
    assert peer_is_ours(accepted) is True


@ADDRESSES
def test_another_users_process_is_told_apart(accepted: socket.socket, tmp_path: Path) -> None:
    stranger = str(os.geteuid() + 1)
    assert peer_is_ours(accepted, _table(accepted, tmp_path, {7: stranger})) is False


@ADDRESSES
def test_a_connection_that_has_ended_proves_nothing(accepted: socket.socket, tmp_path: Path) -> None:
    # TIME_WAIT rows carry user 0, so they would make everybody root.
    assert peer_is_ours(accepted, _table(accepted, tmp_path, {3: "06"})) is None


@ADDRESSES
def test_hidden_tables_prove_nothing(accepted: socket.socket, tmp_path: Path) -> None:
    assert peer_is_ours(accepted, tmp_path / "absent") is None


def test_a_mapped_address_is_found_in_the_other_table() -> None:
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        with socket.create_connection(("127.0.0.1", server.getsockname()[1])):
            connection, _ = server.accept()
            with connection:
                assert peer_is_ours(connection) is True
