"""Who gets into a Lab of one's own without a token."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from conftest import Jupyter

Start = Callable[..., Jupyter]
OWN = {
    "ServerApp": {"identity_provider_class": "jupyterlab_celltrail.own_loopback.OwnLoopbackIdentity"},
    "OwnLoopbackIdentity": {"username": "test_user"},
}
NOBODY = 65534


def test_the_owner_is_signed_in_without_a_token(jupyter: Start) -> None:
    status, body = jupyter("lab", OWN).get("/api/me")
    assert status == 200
    assert json.loads(body)["identity"]["username"] == "test_user"


def test_a_token_still_works_and_names_the_same_user(jupyter: Start) -> None:
    status, body = jupyter("lab", OWN).get("/api/me", Authorization="token test-token")
    assert status == 200
    assert json.loads(body)["identity"]["username"] == "test_user"


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-Ip"])
def test_a_proxys_connection_says_nothing_about_who_asks(jupyter: Start, header: str) -> None:
    status, _ = jupyter("lab", OWN).get("/api/me", **{header: "127.0.0.1"})
    assert status == 403


def test_another_sites_page_can_change_nothing(jupyter: Start) -> None:
    running = jupyter("lab", OWN)
    status, _ = running.get("/api/contents", Origin="http://evil.example", Referer="http://evil.example/")
    assert status in (403, 404)
    status, _ = running.get("/api/contents", Host="evil.example")
    assert status == 403


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can act as another user")
def test_another_user_of_this_machine_is_asked_for_the_token(jupyter: Start) -> None:
    running = jupyter("lab", OWN)
    ask = "import sys, urllib.request, urllib.error as e\n"
    ask += "try: print(urllib.request.urlopen(sys.argv[1]).status)\nexcept e.HTTPError as error: print(error.code)"
    answer = subprocess.run(
        ["/usr/bin/env", "python3", "-c", ask, running.url + "/api/me"],
        capture_output=True,
        text=True,
        check=True,
        user=NOBODY,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert answer.stdout.strip() == "403", sys.version
