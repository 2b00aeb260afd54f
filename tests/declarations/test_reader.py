"""Many documents → one corpus: which of two holds, in which order, and what hostile ones cost the others: nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.declarations.documents import (
    COUNTRIES,
    codes,
    corpus_of,
    document,
    dpc,
    network,
    node,
    nodes,
    number_range,
    routing,
    sccp,
    sccp_carrier,
)  # fmt: skip

from ipxray.declarations import PROBLEMS, Corpus, read, reader
from ipxray.errors import InputError

OWN = routing(number_range("999", "1"))
OTHER = routing(number_range("999", "2"), plmn=("001", "02"))


def one(carrier: str, created: str = "2025-01-01T00:00:00+00:00", tadig: str = "TSTZ1") -> bytes:
    return document(network(tadig, OWN, sccp(sccp_carrier(carrier, dpc("1.1.1")))), created=created)


def carriers(corpus: Corpus) -> list[str]:
    return [row.carrier_name for row in corpus.declarations]


def test_documents_zips_and_lists_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(one("Umbra"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("x/inner.xml", one("Penumbra", tadig="TSTZ2"))
    (tmp_path / "c.csv").write_text("tadig,country,service,carrier\nTSTZ3,XA,sccp,Lucent\n")
    corpus = read([tmp_path], country_codes=COUNTRIES)
    assert [network.tadig for network in corpus.networks] == ["TSTZ1", "TSTZ2", "TSTZ3"]
    assert carriers(corpus) == ["Umbra", "Penumbra", "Lucent"]
    assert corpus.networks[1].document_path == f"{tmp_path}/b.zip!x/inner.xml"
    assert [document.path for document in corpus.documents] == [network.document_path for network in corpus.networks]
    assert corpus.problems == ()


def test_the_newer_of_two_documents_holds_whatever_the_order(tmp_path: Path) -> None:
    old, new = one("Umbra", "2024-12-31T23:00:00-02:00"), one("Penumbra", "2025-01-01T02:00:00+00:00")
    for documents, older in (((old, new), "1.xml"), ((new, old), "2.xml")):
        corpus = corpus_of(tmp_path, *documents)
        assert carriers(corpus) == ["Penumbra"]
        assert [(problem.code, problem.path, problem.tadig) for problem in corpus.problems] == [
            ("document-older", str(tmp_path / older), "TSTZ1")
        ]
        assert len(corpus.documents) == 2


def test_a_dated_document_holds_over_an_undated_one(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, one("Umbra", "never"), one("Penumbra", "2001-01-01T00:00:00Z"))
    assert carriers(corpus) == ["Penumbra"]
    assert codes(corpus) == ["date-invalid", "document-older"]


def test_of_two_that_differ_at_one_date_the_first_by_path_is_used(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(one("Umbra"))
    (tmp_path / "a.xml").write_bytes(one("Penumbra"))
    corpus = read([tmp_path / "b.xml", tmp_path / "a.xml"], country_codes=COUNTRIES)
    assert carriers(corpus) == ["Penumbra"]
    assert [(problem.code, problem.severity, problem.path) for problem in corpus.problems] == [
        ("document-rival", "warning", str(tmp_path / "b.xml"))
    ]


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, one("Umbra"), one("Umbra"))
    assert (carriers(corpus), len(corpus.documents), codes(corpus)) == (["Umbra"], 1, ["file-repeated"])
    again = read([tmp_path / "1.xml", tmp_path / "1.xml", tmp_path], country_codes=COUNTRIES)
    assert carriers(again) == ["Umbra"]
    assert again.networks == corpus.networks


def test_a_newer_document_replaces_only_the_networks_it_holds(tmp_path: Path) -> None:
    both = document(
        network("TSTZ1", OWN, sccp(sccp_carrier("Umbra"))), network("TSTZ2", OTHER, sccp(sccp_carrier("Lucent"))),
        created="2024-01-01T00:00:00Z",
    )  # fmt: skip
    corpus = corpus_of(tmp_path, both, one("Penumbra"))
    assert {(row.tadig, row.carrier_name) for row in corpus.declarations} == {
        ("TSTZ1", "Penumbra"),
        ("TSTZ2", "Lucent"),
    }
    assert [network.tadig for network in corpus.networks] == ["TSTZ2", "TSTZ1"]


def test_rows_are_the_same_whether_read_alone_or_together(tmp_path: Path) -> None:
    single = corpus_of(tmp_path, one("Umbra"))
    together = corpus_of(tmp_path, one("Umbra"), one("Penumbra", tadig="TSTZ2"))
    assert together.declarations[:1] == single.declarations
    assert together.numbering[: len(single.numbering)] == single.numbering


def test_progress_is_told_before_each_document_and_at_the_end(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.xml").write_bytes(one("Umbra", tadig=f"TSTZ{number}"))
    seen: list[tuple[int, int, str]] = []
    read([tmp_path], progress=lambda *step: seen.append(step))
    assert seen == [(0, 2, f"{tmp_path}/1.xml"), (1, 2, f"{tmp_path}/2.xml"), (2, 2, "")]


def test_an_empty_folder_gives_an_empty_corpus(tmp_path: Path) -> None:
    assert read([tmp_path]) == Corpus((), (), (), (), ()) == read([])


def test_only_a_path_that_does_not_exist_raises(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read([tmp_path, tmp_path / "no\x1bwhere"])
    assert "\x1b" not in str(caught.value)


def zip_of(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.xml": (b"", "empty"),
    "truncated.xml": (one("Umbra")[:900], "xml-broken"),
    "text.xml": (b"Dear partner", "xml-broken"),
    "root.xml": (b"<html/>", "wrong-root"),
    "doctype.xml": (b"<!DOCTYPE a><a/>", "xml-doctype"),
    "deep.xml": (b"<a>" * 200_000 + b"</a>" * 200_000, "xml-too-complex"),
    "latin.xml": (b'<?xml version="1.0" encoding="UTF-8"?><a>\xe9</a>', "xml-encoding"),
    "bomb.zip": (zip_of("a.xml", b" " * (8 << 20)), "zip-bomb"),
    "parent.zip": (zip_of("../a.xml", b"<a/>"), "zip-name"),
    "broken.zip": (b"PK\x03\x04 and no more", "zip-broken"),
    "header.csv": (b"alpha,beta\n1,2\n", "csv-header"),
    "binary.csv": (bytes(range(256)), "csv-encoding"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_clear_line_and_the_others_count(tmp_path: Path, name: str) -> None:
    data, code = HOSTILE[name]
    (tmp_path / "good.xml").write_bytes(one("Umbra"))
    (tmp_path / name).write_bytes(data)
    corpus = read([tmp_path], country_codes=COUNTRIES)
    assert carriers(corpus) == ["Umbra"]
    (problem,) = corpus.problems
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.path.startswith(str(tmp_path / name))
    assert problem.message.isprintable()
    assert problem.hint
    assert len(problem.message) < 300


def test_a_corpus_that_is_full_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "CORPUS_ROWS", 2)
    documents = [one("Umbra", tadig=f"TSTZ{number}") for number in range(1, 4)]
    corpus = corpus_of(tmp_path, *documents)
    assert len(corpus.networks) == 1
    assert codes(corpus) == ["corpus-full", "corpus-full"]


@given(st.binary(max_size=300), st.integers(0, 1400), st.binary(max_size=12))
def test_any_bytes_give_a_corpus(tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, patch: bytes) -> None:
    good = document(network("TSTZ1", OWN, sccp(sccp_carrier("Umbra", dpc("1.1.1"))), nodes(node("HLR", vendor="A"))))
    folder = tmp_path_factory.getbasetemp()
    for data in (junk, good[:at] + patch + good[at + len(patch) :], good[:at]):
        for suffix in (".xml", ".csv", ".zip"):
            corpus = corpus_of(folder, data, suffix=suffix)
            assert all(problem.code in PROBLEMS for problem in corpus.problems)
            assert all(problem.message.isprintable() for problem in corpus.problems)
            repr(corpus).encode("utf-8")


def test_dates_are_those_written_in_the_document(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, one("Umbra", "2025-01-01T01:00:00+02:00"))
    assert corpus.networks[0].document_created == date(2025, 1, 1)
