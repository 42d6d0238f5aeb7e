"""What a person may do with a canvas, read off the file object that Slack gives an app."""

from typing import Any

import pytest

from bot.domain.people import Person
from bot.slack.access import Access, access_of, channel_access_of, own_access_of

ANA = Person(id="U0ANA00001", team_id="T0SANDBOX1", name="Ana")
GUEST = Person(id="U0CEM00001", team_id="T0SANDBOX1", name="Cem", is_guest=True)
DEE = Person(id="U0DEE00001", team_id="T0SANDBOX1", name="Dee", is_external=True)
HERE = "C0DESIGN01"

GIVEN = "dm_mpdm_users_with_file_access"

PEOPLE: list[tuple[dict[str, Any], Person, Access]] = [
    ({"user": "U0ANA00001"}, ANA, Access.OWNER),
    ({"user": "U0BEN00001"}, ANA, Access.NONE),
    ({"canvas_creator_id": "U0ANA00001", "user": "U0BEN00001"}, ANA, Access.NONE),
    ({GIVEN: [{"user_id": "U0ANA00001", "access": "write"}]}, ANA, Access.WRITE),
    ({GIVEN: [{"user_id": "U0BEN00001", "access": "write"}]}, ANA, Access.NONE),
    ({GIVEN: [{"user_id": "U0ANA00001"}]}, ANA, Access.NONE),
    ({"org_or_workspace_access": "write"}, ANA, Access.WRITE),
    ({"org_or_workspace_access": "write"}, GUEST, Access.NONE),
    ({"org_or_workspace_access": "write"}, DEE, Access.NONE),
    ({"org_or_workspace_access": "none"}, ANA, Access.NONE),
    ({"shares": {"public": {HERE: [{"access": "write"}]}}}, ANA, Access.NONE),
    ({}, ANA, Access.NONE),
]

CHANNELS: list[tuple[dict[str, Any], Access]] = [
    ({"shares": {"public": {HERE: [{"access": "write"}]}}}, Access.WRITE),
    ({"shares": {"private": {HERE: [{"access": "read"}]}}}, Access.READ),
    ({"shares": {"public": {HERE: [{"ts": "1"}]}}}, Access.READ),
    ({"shares": {"public": {HERE: [{"access": "none"}]}}}, Access.NONE),
    ({"shares": {"public": {"C0OTHER001": [{"access": "write"}]}}}, Access.NONE),
    ({"channels": [HERE]}, Access.NONE),
    ({}, Access.NONE),
]


@pytest.mark.parametrize(("file", "person", "level"), PEOPLE)
def test_what_slack_does_not_grant_a_person_they_do_not_have(
    file: dict[str, Any], person: Person, level: Access
) -> None:
    assert access_of(file, person) is level


@pytest.mark.parametrize(("file", "level"), CHANNELS)
def test_a_channel_has_what_its_share_says(file: dict[str, Any], level: Access) -> None:
    assert channel_access_of(file, HERE) is level


def test_our_own_access_is_what_slack_says_of_us() -> None:
    assert own_access_of({"access": "write"}) is Access.WRITE
    assert own_access_of({}) is Access.NONE
