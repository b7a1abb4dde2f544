"""What the image's owner can configure for the page: one table, its parsers, and how a value is chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LANGUAGES = ("auto", "en", "fa")
MAX_USER_LENGTH = 255
MAX_TOKEN_LENGTH = 512
MAX_BANNER_LINES = 20
MAX_BANNER_LINE_LENGTH = 400


class InvalidValue(ValueError):
    """A value that can't be used. Its text says what is expected, as a sentence's second half."""


@dataclass(frozen=True)
class Field:
    """One setting: its traitlet, the key the page knows it by, where its default comes from, and its sentence."""

    name: str
    key: str
    environment: tuple[str, ...]
    parse: Callable[[object], object]
    sentence: str


def text(value: object) -> str:
    """A line of text that can be shown and sent. @raises InvalidValue"""
    if not isinstance(value, str):
        raise InvalidValue("must be text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        # An environment variable that is not UTF-8 arrives as lone surrogates.
        raise InvalidValue("must be UTF-8 text") from error
    if any(ord(character) < 0x20 or ord(character) == 0x7F for character in value):
        raise InvalidValue("must be one line without control characters")
    return value.strip()


def address(value: object) -> str:
    """The address of an audit server without a trailing slash. @raises InvalidValue"""
    expected = "must be an address such as http://localhost:8001"
    try:
        parts = urlsplit(text(value))
        _ = parts.port  # raises where the port is no number
    except ValueError as error:
        raise InvalidValue(expected) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidValue(expected)
    if parts.username or parts.password:
        raise InvalidValue("must carry no user name or password: every page would show them")
    if parts.query or parts.fragment:
        raise InvalidValue("must end before any ? or #")
    return parts.geturl().rstrip("/")


def language(value: object) -> str:
    """A language of ours, or `auto`. @raises InvalidValue"""
    chosen = text(value).lower()
    if chosen not in LANGUAGES:
        raise InvalidValue(f"must be one of {', '.join(LANGUAGES)}")
    return chosen


def user(value: object) -> str:
    """A user's name. @raises InvalidValue"""
    name = text(value)
    if not 0 < len(name) <= MAX_USER_LENGTH:
        raise InvalidValue(f"must be a name of 1 to {MAX_USER_LENGTH} characters")
    return name


def token(value: object) -> str:
    """A bearer token. What is wrong with it is said without showing it. @raises InvalidValue"""
    secret = text(value)
    if not 0 < len(secret) <= MAX_TOKEN_LENGTH or not secret.isascii() or " " in secret:
        raise InvalidValue("must be a token as celltrail token create shows it")
    return secret


def switch(value: object) -> bool:
    """On or off. @raises InvalidValue"""
    if isinstance(value, bool):
        return value
    word = text(value).lower() if isinstance(value, str) else ""
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    raise InvalidValue("must be True or False")


def lines(value: object) -> list[str]:
    """Lines of text, from a list, a JSON list (as the command line gives it) or text of several lines.

    @raises InvalidValue
    """
    if isinstance(value, str):
        value = _list_in_text(value)
    if not isinstance(value, (list, tuple)):
        raise InvalidValue("must be a list of lines")
    if len(value) > MAX_BANNER_LINES:
        raise InvalidValue(f"must have at most {MAX_BANNER_LINES} lines")
    read = [text(line) for line in value]
    if any(len(line) > MAX_BANNER_LINE_LENGTH for line in read):
        raise InvalidValue(f"must have lines of at most {MAX_BANNER_LINE_LENGTH} characters")
    return read


def _list_in_text(value: str) -> object:
    if not value.lstrip().startswith("["):
        return value.splitlines()
    try:
        return json.loads(value)
    except ValueError as error:
        raise InvalidValue("must be a JSON list of lines") from error


FIELDS = (
    Field("endpoint", "endpoint", ("AUDIT_ENDPOINT",), address, "Address of the audit server, as the browser reaches it."),
    Field("language", "language", ("AUDIT_LANGUAGE",), language, "Language of Celltrail's own words: auto, en or fa."),
    Field("banner", "banner", (), lines, "Lines of the banner; {user} stands for the user's name."),
    Field("show_banner", "showBanner", (), switch, "Whether the banner is shown when a kernel starts."),
    Field("user", "user", ("AUDIT_USER", "JUPYTERHUB_USER"), user, "The user's name, shown until the server has said its own."),
    Field("token", "token", ("AUDIT_TOKEN",), token, "The token that this Lab's events are sent with, where the server asks for one."),
)
"""Every setting. What is not set is not handed over, so that the page's own default counts."""


def page_values(
    configured: Mapping[str, object], environment: Mapping[str, str]
) -> tuple[dict[str, object], list[str]]:
    """What the page is told.

    @param configured values from Jupyter's configuration by field name; None: not set
    @param environment the process's environment; an empty variable counts as not set
    @returns values by the page's key, and a sentence for each value that can't be used: such a value is left out
    """
    values: dict[str, object] = {}
    faults: list[str] = []
    for field in FIELDS:
        source, value = _chosen(field, configured, environment)
        if value is None:
            continue
        try:
            values[field.key] = field.parse(value)
        except InvalidValue as fault:
            faults.append(f"{source} {fault}; it is left out. {field.sentence}")
    return values, faults


def _chosen(
    field: Field, configured: Mapping[str, object], environment: Mapping[str, str]
) -> tuple[str, object | None]:
    """Where a field's value comes from, and the value: Jupyter's configuration first, then the environment."""
    value = configured.get(field.name)
    if value is not None:
        return f"Celltrail.{field.name}", value
    for name in field.environment:
        if environment.get(name):
            return name, environment[name]
        path = environment.get(f"{name}_FILE") if field.name == "token" else None
        if path:
            return f"{name}_FILE", _content(path)
    return field.name, None


def _content(path: str) -> str:
    """What stands in a secret's file; nothing, which no parser takes, where it can't be read."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError):
        return ""
