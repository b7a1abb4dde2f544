"""The audit trail of every cell: the Jupyter Server half of the extension."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

try:
    __version__ = version("jupyterlab-celltrail")
except PackageNotFoundError:  # imported from a source tree that was never installed
    __version__ = "0.0.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where the front end lies, for `jupyter labextension develop`."""
    return [{"src": "labextension", "dest": "jupyterlab-celltrail"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """The server extensions of this package, for Jupyter Server."""
    return [{"module": "jupyterlab_celltrail"}]


def _load_jupyter_server_extension(serverapp: ServerApp) -> None:
    """Called by Jupyter Server when it starts."""
    # Imported here, so that reading the version needs no Jupyter Server.
    from .extension import load

    load(serverapp)
