"""Signs the person at this machine in to a Jupyter Server of their own, without a token in an address."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from jupyter_server.auth import User
from jupyter_server.auth.identity import PasswordIdentityProvider
from traitlets import Unicode

from .peers import peer_is_ours

if TYPE_CHECKING:
    from tornado.web import RequestHandler

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")
"""Headers of a proxy: the connection is the proxy's, so its owner says nothing about who asks."""


class OwnLoopbackIdentity(PasswordIdentityProvider):
    """Whoever runs this server may use it from their own processes; anyone else needs its token.

    Jupyter signs a browser in by `?token=…`, which ends up in histories, logs and referrers; a server without a
    token lets every user of the machine run code as its owner. Where the kernel tells whose socket is on the other
    end (Linux), that answers the question better than either. Elsewhere Jupyter's login page asks for the token.
    Other sites' pages are kept out as ever, by Jupyter's checks of Host, Origin and the XSRF cookie.
    """

    username = Unicode("", help="Name of the one user; empty: Jupyter's anonymous names.").tag(config=True)

    async def _get_user(self, handler: RequestHandler) -> User | None:
        """The user of a request, or None. A token in a header still marks a script, which needs no XSRF cookie."""
        known = await super()._get_user(handler)
        if getattr(handler, "_token_authenticated", False):
            return known
        return self.owner(known) if self._is_owner(handler) else known

    def generate_anonymous_user(self, handler: RequestHandler) -> User:
        """The user of a login by token: there is only one."""
        return self.owner(super().generate_anonymous_user(handler))

    def owner(self, known: User | None) -> User:
        """The one user, with what is known of them from a cookie."""
        name = self.username or (known.username if known else "owner")
        return User(name, color=known.color if known and known.username == name else None)

    def _is_owner(self, handler: RequestHandler) -> bool:
        if any(header in handler.request.headers for header in FORWARDED):
            return False
        stream = getattr(handler.request.connection, "stream", None)
        connection = getattr(stream, "socket", None)
        return isinstance(connection, socket.socket) and peer_is_ours(connection) is True
