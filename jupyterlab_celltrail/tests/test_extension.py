"""What a page of a real JupyterLab and a real Notebook carries."""

from __future__ import annotations

import importlib.resources
import json
import sys
from collections.abc import Callable
from pathlib import Path

import jupyterlab_celltrail
import pytest
from conftest import Jupyter, page_option

Start = Callable[..., Jupyter]
PAGES = pytest.mark.parametrize(("application", "path"), [("lab", "/lab"), ("notebook", "/tree")])
SHARE = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "jupyterlab-celltrail"


@PAGES
def test_the_page_carries_the_configuration(jupyter: Start, application: str, path: str) -> None:
    running = jupyter(
        application,
        {"Celltrail": {"banner": ["خط ۱", "line 2"], "show_banner": True}},
        AUDIT_ENDPOINT="http://localhost:8001/",
        AUDIT_LANGUAGE="fa",
        AUDIT_USER="test_user",
    )
    assert page_option(running.page(path)) == {
        "endpoint": "http://localhost:8001",
        "language": "fa",
        "banner": ["خط ۱", "line 2"],
        "showBanner": True,
        "user": "test_user",
    }


@PAGES
def test_html_in_the_configuration_stays_text(jupyter: Start, application: str, path: str) -> None:
    attack = "</script><script>alert('x')</script><!--"
    running = jupyter(application, {"Celltrail": {"banner": [attack], "user": attack}})
    html = running.page(path)
    assert "alert('x')" not in html
    assert page_option(html) == {"banner": [attack], "user": attack}


def test_bad_values_are_logged_and_the_page_still_comes(jupyter: Start) -> None:
    running = jupyter(
        "lab",
        {"Celltrail": {"banner": 7, "show_banner": "perhaps", "endpoint": {"a": 1}, "user": "ali"}},
        AUDIT_LANGUAGE="klingon",
    )
    assert page_option(running.page("/lab")) == {"user": "ali"}
    log = running.log()
    assert "Celltrail.endpoint must be an address" in log
    assert "AUDIT_LANGUAGE must be one of auto, en, fa" in log
    assert "Celltrail.banner must be a list of lines" in log
    assert "Celltrail.show_banner must be True or False" in log
    assert "Traceback" not in log


def test_without_any_configuration_the_page_uses_its_defaults(jupyter: Start) -> None:
    assert page_option(jupyter("lab").page("/lab")) == {}


def test_lab_finds_the_front_end_of_the_wheel() -> None:
    package = json.loads((SHARE / "package.json").read_text(encoding="utf-8"))
    assert package["name"] == "jupyterlab-celltrail"
    assert package["jupyterlab"]["_build"]["load"].startswith("static/remoteEntry.")
    assert (SHARE / package["jupyterlab"]["_build"]["load"]).is_file()
    assert (SHARE / "schemas" / "jupyterlab-celltrail" / "plugin.json").is_file()
    assert json.loads((SHARE / "install.json").read_text(encoding="utf-8"))["packageName"] == "jupyterlab-celltrail"


def test_the_page_loads_the_front_end_and_its_settings(jupyter: Start) -> None:
    running = jupyter("lab")
    assert '"jupyterlab-celltrail"' in running.page("/lab")
    settings = json.loads(running.page("/lab/api/settings/jupyterlab-celltrail:plugin"))
    assert settings["schema"]["properties"]["enabled"]["type"] == "boolean"


def test_wheel_and_package_json_say_the_same_version() -> None:
    package = json.loads((SHARE / "package.json").read_text(encoding="utf-8"))
    assert jupyterlab_celltrail.__version__ == package["version"]


def test_the_wheel_brings_no_tests_and_no_second_front_end() -> None:
    names = {entry.name for entry in importlib.resources.files(jupyterlab_celltrail).iterdir()}
    assert not names & {"tests", "labextension"}
