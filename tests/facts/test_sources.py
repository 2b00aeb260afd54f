"""A source has a publisher, a title, a believable address and dates in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ipxray.facts.sources import url_problem

RETRIEVED = date(2025, 6, 1)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/report",
        "http://www.example.co.uk:8080/a?b=c#d",
        "https://xn--bcher-kva.example/2025/06/",
        "https://example.org/accounts/000144766925000035.htm",
        "https://example.org/2026/outlook",
    ],
)
def test_a_web_address_is_believed(url: str) -> None:
    assert url_problem(url, RETRIEVED) is None


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://", "no plausible host"),
        ("https:///report", "no plausible host"),
        ("https://localhost/report", "no plausible host"),
        ("https://192.0.2.1/report", "no plausible host"),
        ("https://exa_mple.org/", "no plausible host"),
        ("https://-example.org/", "no plausible host"),
        ("https://user@example.org/", "no plausible host"),
        (f"https://{'a' * 300}.org/", "no plausible host"),
        ("ftp://example.org/report", "must begin with"),
        ("example.org/report", "must begin with"),
        ("javascript:alert(1)", "must begin with"),
        ("https://example.org/a report", "blanks"),
        ("https://example.org:port/", "no address"),
        ("https://[::1/", "no address"),
        ("https://example.org/freedom/2087", "2087"),
        ("https://example.org/report-2031.pdf", "2031"),
    ],
)
def test_an_address_that_cannot_be_is_refused_with_its_reason(url: str, says: str) -> None:
    problem = url_problem(url, RETRIEVED)
    assert problem is not None
    assert says in problem


def source(**fields: str) -> str:
    written = {
        "publisher": '"Example Press"',
        "title": '"A report"',
        "url": '"https://example.org/r"',
        "retrieved": "2025-06-01",
        "mark": '"news"',
    } | fields
    return "[sources.other]\n" + "\n".join(f"{name} = {value}" for name, value in written.items() if value)


def test_a_whole_source_is_taken(real_world: Callable[..., Any]) -> None:
    made = real_world(source(published="2025-05-01", licence='"CC BY 4.0"'))
    assert made.errors == []
    assert made.facts.sources["other"].published == date(2025, 5, 1)
    assert made.facts.sources["other"].licence == "CC BY 4.0"


@pytest.mark.parametrize("field", ["publisher", "title", "url", "retrieved", "mark"])
def test_each_part_of_a_source_must_be_there(real_world: Callable[..., Any], field: str) -> None:
    (error,) = real_world(source(**{field: ""})).errors
    assert error.startswith("facts.toml:8: source other ")
    assert f" {field}: is missing" in error


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("published", "2025-07-01", "is after 2025-06-01"),
        ("retrieved", "2087-01-01", "cannot be the day of retrieval"),
        ("retrieved", "9999-12-31", "cannot be the day of retrieval"),
        ("retrieved", "1950-01-01", "cannot be the day of retrieval"),
        ("retrieved", '"2025-06-01"', "must be a date"),
        ("retrieved", "2025-06-01T10:00:00", "must be a date"),
        ("mark", '"certain"', "is none of news, primary, weak"),
        ("publisher", "5", "must be text, not int"),
        ("title", '"  "', "is blank"),
        ("title", '"a\\u001b[2Jb"', "control characters"),
        ("title", '"\\u202Egnp"', "control characters"),
        ("url", '"urn:ipxray:lab"', "fictional = true"),
        ("editor", '"x"', "is not a field"),
    ],
)
def test_a_source_that_cannot_be_is_refused(real_world: Callable[..., Any], field: str, value: str, says: str) -> None:
    (error,) = real_world(source(**{field: value})).errors
    assert says in error


def test_a_misspelt_field_names_the_right_one(real_world: Callable[..., Any]) -> None:
    errors = real_world(source(licence='"x"').replace("licence", "license")).errors
    assert errors == ["facts.toml:8: source other license: is not a field of this table: did you mean licence?"]


def test_retrieval_after_the_day_of_the_run_is_refused_when_that_day_is_given(real_world: Callable[..., Any]) -> None:
    assert real_world(source(), today=date(2025, 6, 1)).errors == []
    errors = real_world(source(), today=date(2025, 5, 31)).errors
    assert len(errors) == 2
    assert "2025-06-01 lies in the future" in errors[0]


def test_a_key_that_is_no_key_is_refused(real_world: Callable[..., Any]) -> None:
    (error,) = real_world(source().replace("other", '"O ther"')).errors
    assert "lower-case letters" in error
