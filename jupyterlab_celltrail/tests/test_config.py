"""How a value is chosen and what is refused."""

from pathlib import Path

import pytest
from jupyterlab_celltrail.config import FIELDS, InvalidValue, address, language, lines, page_values, switch, user


def test_nothing_set_hands_nothing_over() -> None:
    assert page_values({}, {}) == ({}, [])


def test_every_field_reaches_the_page_under_its_key() -> None:
    configured = {
        "endpoint": "https://audit.example/",
        "language": "fa",
        "banner": ["one", "two"],
        "show_banner": False,
        "user": "test_user",
    }
    assert page_values(configured, {}) == (
        {
            "endpoint": "https://audit.example",
            "language": "fa",
            "banner": ["one", "two"],
            "showBanner": False,
            "user": "test_user",
        },
        [],
    )


def test_the_environment_gives_what_jupyter_does_not() -> None:
    environment = {"AUDIT_ENDPOINT": "http://localhost:8001", "AUDIT_LANGUAGE": "en", "AUDIT_USER": "from_env"}
    values, faults = page_values({"user": "configured"}, environment)
    assert values == {"endpoint": "http://localhost:8001", "language": "en", "user": "configured"}
    assert faults == []


def test_audit_user_goes_before_the_hubs_name() -> None:
    assert page_values({}, {"JUPYTERHUB_USER": "hub"})[0] == {"user": "hub"}
    assert page_values({}, {"JUPYTERHUB_USER": "hub", "AUDIT_USER": "audit"})[0] == {"user": "audit"}


def test_an_empty_variable_counts_as_not_set() -> None:
    assert page_values({}, {"AUDIT_ENDPOINT": "", "AUDIT_LANGUAGE": ""}) == ({}, [])


def test_a_bad_value_is_named_and_leaves_its_neighbours_alone() -> None:
    values, faults = page_values({"show_banner": "perhaps"}, {"AUDIT_ENDPOINT": "localhost:8001", "AUDIT_USER": "ali"})
    assert values == {"user": "ali"}
    assert len(faults) == 2
    assert faults[0].startswith("AUDIT_ENDPOINT must be an address such as http://localhost:8001")
    assert faults[1].startswith("Celltrail.show_banner must be True or False")


def test_every_field_says_what_it_is_for() -> None:
    assert all(field.sentence.endswith(".") for field in FIELDS)


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "//audit.example",
        "http://",
        "http://user:secret@audit.example",
        "http://audit.example/?token=1",
        "http://audit.example/#top",
        "http://audit.example:port",
        "http://[::1",
        "http://audit.example/\nx",
        8001,
        None,
    ],
)
def test_what_is_no_address_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue):
        address(value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("http://localhost:8001/", "http://localhost:8001"),
        (" https://audit.example/trail/ ", "https://audit.example/trail"),
        ("http://[::1]:8001", "http://[::1]:8001"),
    ],
)
def test_an_address_loses_its_last_slash(value: str, read: str) -> None:
    assert address(value) == read


def test_a_secret_in_an_address_is_not_repeated_in_the_fault() -> None:
    _, faults = page_values({}, {"AUDIT_ENDPOINT": "http://ali:hunter2@audit.example"})
    assert "hunter2" not in faults[0]


def test_a_language_is_one_of_ours() -> None:
    assert language("FA") == "fa"
    assert language("auto") == "auto"
    with pytest.raises(InvalidValue, match="auto, en, fa"):
        language("de")


@pytest.mark.parametrize(("value", "read"), [(True, True), ("yes", True), ("0", False), ("False", False)])
def test_a_switch_reads_words(value: object, read: bool) -> None:
    assert switch(value) is read


@pytest.mark.parametrize("value", [1, "maybe", "", None, ["true"]])
def test_what_is_no_switch_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue):
        switch(value)


def test_lines_come_as_a_list_as_json_or_as_text() -> None:
    assert lines(("a", "b")) == ["a", "b"]
    assert lines('["🔒 سیستم", "b"]') == ["🔒 سیستم", "b"]
    assert lines("a\nb") == ["a", "b"]
    assert lines([]) == []


@pytest.mark.parametrize("value", [7, {"a": 1}, [1], ["a\0b"], "[not json", ["x"] * 21, ["x" * 401]])
def test_what_are_no_lines_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue):
        lines(value)


@pytest.mark.parametrize("value", ["", "  ", "x" * 256, "a\tb", "\udcff", 7])
def test_what_is_no_name_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue):
        user(value)


def test_a_token_comes_from_the_environment_or_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("celltrail_abc\n", encoding="utf-8")
    assert page_values({}, {"AUDIT_TOKEN": "celltrail_x"}) == ({"token": "celltrail_x"}, [])
    assert page_values({}, {"AUDIT_TOKEN_FILE": str(file)}) == ({"token": "celltrail_abc"}, [])
    for wrong in ({"AUDIT_TOKEN": "my secret"}, {"AUDIT_TOKEN_FILE": str(tmp_path / "none")}):
        values, faults = page_values({}, wrong)
        assert values == {}
        assert "secret" not in faults[0]
