"""Nobody sees anything without the token, from another host name, or from another site."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from tests.dashboard.conftest import PORT

from ipxray.dashboard import Dashboard

EVERYWHERE = (
    "/",
    "/assessments.json",
    "/openapi.json",
    "/static/dashboard.css",
    "/nowhere",
    "/a/0123456789abcdef/overview",
)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_without_the_token_nothing_is_told(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert "token" in answer.text
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("token", ["", "x", "ä", "\ud800".encode("utf-8", "surrogatepass"), "a" * 5000])
def test_another_token_opens_nothing(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/", params={"token": token})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_the_printed_address_gives_a_cookie_that_scripts_and_other_sites_cannot_use(
    stranger: TestClient, dashboard: Dashboard
) -> None:
    answer = stranger.get(dashboard.keys.address)
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert dashboard.keys.token not in cookie
    assert dashboard.keys.token not in answer.text
    assert stranger.get("/").status_code == 200, "the cookie does from here on"


def test_the_token_is_taken_off_the_address_and_the_rest_kept(stranger: TestClient, dashboard: Dashboard) -> None:
    answer = stranger.get(f"/a/x?text=%22%3E<b>&token={dashboard.keys.token}")
    assert 'url=/a/x?text=%22%3E%3Cb%3E"' in answer.text


def test_an_address_that_starts_with_two_slashes_leads_nowhere_else(stranger: TestClient, dashboard: Dashboard) -> None:
    answer = stranger.get(f"http://127.0.0.1:{PORT}//elsewhere.example/?token={dashboard.keys.token}")
    assert 'url=/elsewhere.example/"' in answer.text


def test_a_program_brings_the_token_itself(stranger: TestClient, dashboard: Dashboard) -> None:
    assert stranger.get("/", headers={"Authorization": f"Bearer {dashboard.keys.token}"}).status_code == 200
    assert stranger.get("/", headers={"Authorization": f"Basic {dashboard.keys.token}"}).status_code == 401
    assert stranger.get("/", headers={"Authorization": f"Bearer {dashboard.keys.session}"}).status_code == 401


@pytest.mark.parametrize(
    "host", ["ipxray.example", f"ipxray.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "[::1]:8377", ""]
)
def test_another_host_name_is_refused_even_with_the_cookie(reader: TestClient, host: str) -> None:
    """A name that resolves to this machine (DNS rebinding) must not reach it."""
    assert reader.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "null", "http://127.0.0.1:3000", f"https://127.0.0.1:{PORT}", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_refused_even_with_the_cookie(reader: TestClient, origin: str, method: str) -> None:
    assert reader.request(method, "/assessments.json", headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_may_lead_here_but_not_read(reader: TestClient, site: str) -> None:
    """Another port of this machine is the same site to a browser, and its cookie comes along."""
    fetching = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
    leading = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
    assert reader.get("/assessments.json", headers=fetching).status_code == 403
    assert reader.get("/", headers=leading).status_code == 200
    assert reader.post("/uploads", headers=leading).status_code == 403


def test_a_browser_that_changes_something_says_where_it_comes_from(reader: TestClient) -> None:
    assert reader.post("/uploads").status_code == 401
    assert reader.post("/uploads", headers={"Origin": f"http://127.0.0.1:{PORT}"}).status_code != 401


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_forbids_what_does_not_come_from_here(reader: TestClient, stranger: TestClient, path: str) -> None:
    for client in (reader, stranger):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin", "stricter, and our own forms would come without an origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_two_runs_share_no_secret() -> None:
    from ipxray.dashboard import Keys

    first, second = Keys(PORT), Keys(PORT)
    assert len({first.token, first.session, second.token, second.session}) == 4
    assert len(first.token) >= 43, "256 bits"
