"""A real Jupyter process per test that needs one: what a person starts, with the wheel that they installed."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PATIENCE_S = 60


@dataclass
class Jupyter:
    """A running Jupyter and what it logged."""

    url: str
    token: str
    log_file: Path

    def log(self) -> str:
        """Everything it has logged so far."""
        return self.log_file.read_text(encoding="utf-8")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of an answer; redirections are not followed."""
        request = urllib.request.Request(self.url + path, headers=headers)
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=PATIENCE_S) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def page(self, path: str) -> str:
        """A page's HTML, asked for with the token."""
        status, html = self.get(path, Authorization=f"token {self.token}")
        assert status == 200, html
        return html


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def page_option(html: str) -> dict[str, Any]:
    """What the page's script finds under PageConfig.getOption('celltrail')."""
    match = re.search(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert match, "the page has no jupyter-config-data"
    option = json.loads(match.group(1))["celltrail"]
    assert isinstance(option, str), "the option must be JSON text"
    return json.loads(option)


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Jupyter]]:
    """Starts `jupyter <application>` with a configuration of its own: jupyter('lab', {'Celltrail': …}, AUDIT_USER=…).

    Tests only read from it, so those that ask for the same one share it.
    """
    started: dict[str, tuple[Jupyter, subprocess.Popen[bytes]]] = {}

    def start(application: str, config: dict[str, Any] | None = None, **environment: str) -> Jupyter:
        wish = json.dumps([application, config, environment])
        if wish not in started:
            started[wish] = _start(tmp_path_factory.mktemp("jupyter"), application, config or {}, environment)
        return started[wish][0]

    yield start
    for _, process in started.values():
        process.terminate()
    for _, process in started.values():
        process.wait(PATIENCE_S)


def _start(
    home: Path, application: str, config: dict[str, Any], environment: dict[str, str]
) -> tuple[Jupyter, subprocess.Popen[bytes]]:
    (home / "config").mkdir()
    (home / "work").mkdir()
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
    port, log_file = _free_port(), home / "log"
    command = [sys.executable, "-m", "jupyter", application, "--no-browser", "--allow-root"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.root_dir={home / 'work'}", "--IdentityProvider.token=test-token"]
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, cwd=home, env=_environment(home, environment), stdout=log, stderr=log)
    running = Jupyter(f"http://127.0.0.1:{port}", "test-token", log_file)
    try:
        _wait_until_up(running, process)
    except BaseException:
        process.kill()
        raise
    return running, process


def _environment(home: Path, chosen: dict[str, str]) -> dict[str, str]:
    """This environment without a person's own Jupyter and without settings of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AUDIT_", "JUPYTER"))}
    folders = {f"JUPYTER_{kind.upper()}_DIR": str(home / kind) for kind in ("config", "data", "runtime")}
    return {**kept, **folders, "IPYTHONDIR": str(home / "ipython"), **chosen}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(running: Jupyter, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        assert process.poll() is None, running.log()
        try:
            running.get("/api")
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"Jupyter did not come up in {PATIENCE_S} s:\n{running.log()}")
