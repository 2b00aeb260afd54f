"""The words operators write for a role, and what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations.roles import role_from_comments, role_of
from ipxray.declarations.rows import Role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Primary", "primary"),
        ("MAIN", "primary"),
        ("Backup", "backup"),
        ("Back-up", "backup"),
        ("Secondary", "backup"),
        ("stand by", "backup"),
        ("Load Sharing", "load_sharing"),
        ("Loadsharing", "load_sharing"),
        ("load-balanced with the other one", "load_sharing"),
        ("Primary, load share", "load_sharing"),
        ("Please configure all of DPC for sharing Load Balance", "load_sharing"),
        ("To be used as secondary option (without loadsharing)", "backup"),
        ("To be used as primary option (no load sharing)", "primary"),
        ("Primary/Backup", "unstated"),
        ("Gateway", "unstated"),
        ("", "unstated"),
        (None, "unstated"),
    ],
)
def test_a_role_is_read_out_of_its_words(text: str | None, role: Role) -> None:
    assert role_of(text) == role


def test_comments_give_a_role_only_when_all_agree() -> None:
    assert role_from_comments(["backup link", "as backup"]) == ("backup", "backup link")
    assert role_from_comments(["backup link", "primary link"]) == ("unstated", None)
    assert role_from_comments(["backup link", None]) == ("unstated", None)
    assert role_from_comments([]) == role_from_comments([None]) == role_from_comments(["hello"]) == ("unstated", None)


@given(st.none() | st.text(max_size=600))
def test_any_text_has_a_role(text: str | None) -> None:
    assert role_of(text) in ("primary", "backup", "load_sharing", "unstated")
