"""Hands the image owner's configuration to the page."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from traitlets import Any
from traitlets.config import Configurable

from .config import FIELDS, page_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_server.serverapp import ServerApp

PAGE_OPTION = "celltrail"
"""The name under which the page finds it: `PageConfig.getOption('celltrail')`."""


class Celltrail(Configurable):
    """The configuration section `c.Celltrail`.

    The traits take anything: a typed one would raise on a bad value and take the whole section with it, where one
    logged sentence and the other values are wanted. `config.py` parses.
    """

    endpoint = Any(None, allow_none=True, help=FIELDS[0].sentence).tag(config=True)
    language = Any(None, allow_none=True, help=FIELDS[1].sentence).tag(config=True)
    banner = Any(None, allow_none=True, help=FIELDS[2].sentence).tag(config=True)
    show_banner = Any(None, allow_none=True, help=FIELDS[3].sentence).tag(config=True)
    user = Any(None, allow_none=True, help=FIELDS[4].sentence).tag(config=True)
    token = Any(None, allow_none=True, help=FIELDS[5].sentence).tag(config=True)

    def page_option(self, environment: Mapping[str, str]) -> tuple[str, list[str]]:
        """The page's option as JSON text, and a sentence for each value that can't be used."""
        values, faults = page_values({field.name: getattr(self, field.name) for field in FIELDS}, environment)
        return json.dumps(values), faults


def load(serverapp: ServerApp) -> None:
    """Put the configuration where JupyterLab and Notebook look for their page's. Nothing here ever breaks them."""
    try:
        option, faults = Celltrail(parent=serverapp).page_option(os.environ)
    except Exception:
        serverapp.log.exception("Celltrail can't read its configuration; the page uses its defaults")
        return
    for fault in faults:
        serverapp.log.error("Celltrail: %s", fault)
    # JSON text, not an object: the page config on disk is merged into objects key by key, which would let a user's
    # file change one value of ours and keep the rest. Templates escape it, `tojson` turns < > & ' into \uXXXX.
    serverapp.web_app.settings.setdefault("page_config_data", {})[PAGE_OPTION] = option
    serverapp.log.info("Celltrail's configuration is in the page")
