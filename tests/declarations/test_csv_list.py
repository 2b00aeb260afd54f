"""Declaration lists: what is known of carriers without IR.21."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.declarations.documents import COUNTRIES, codes, corpus_of

from ipxray.declarations import PROBLEMS, Corpus
from ipxray.declarations import read as read_all
from ipxray.declarations.csv_list import Countries, read_list
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.record import Origin
from ipxray.declarations.section import ROWS
from ipxray.declarations.xml import Refusal

FULL = """tadig,country,organisation,service,carrier,role,point_code,asn,effective_from,document_created,mcc_mnc
TSTZ1,XA,Example Mobile,sccp,Umbra,Primary,4.176.4,,2024-05-01,2025-01-01,00101 001-02
TSTZ1,XA,Example Mobile,grx,"Penumbra, Lucent",,,64497,,2025-02-01,
Op 17,XBB,Other,SMS-Hub,Example Other Ltd,,,,,,
"""


def read(folder: Path, text: str | bytes) -> Corpus:
    return corpus_of(folder, text.encode() if isinstance(text, str) else text, suffix=".csv")


def test_a_list_gives_networks_and_rows_with_their_lines(tmp_path: Path) -> None:
    corpus = read(tmp_path, FULL)
    one, other = corpus.networks
    assert (one.tadig, one.country, one.organisation, one.mcc_mnc) == (
        "TSTZ1",
        "XA",
        "Example Mobile",
        ("00101", "00102"),
    )
    assert (one.document_created, one.schema_version, one.services["sccp"], one.services["mms"]) == (
        date(2025, 2, 1), "csv", "declared", "missing",
    )  # fmt: skip
    assert (other.tadig, other.country) == ("Op 17", "XB")
    assert [
        (
            row.tadig,
            row.service,
            row.carrier_text,
            row.carrier_name,
            row.role,
            row.point_code,
            row.asn,
            row.element_path,
        )
        for row in corpus.declarations
    ] == [
        ("TSTZ1", "sccp", "Umbra", "Umbra", "primary", "4-176-4", None, "line 2"),
        ("TSTZ1", "grx", "Penumbra, Lucent", "Penumbra", "unstated", None, 64497, "line 3"),
        ("TSTZ1", "grx", "Penumbra, Lucent", "Lucent", "unstated", None, 64497, "line 3"),
        ("Op 17", "sms_hub", "Example Other Ltd", "Example Other Ltd", "unstated", None, None, "line 4"),
    ]
    assert corpus.declarations[0].effective_from == date(2024, 5, 1)
    assert corpus.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_encodings_and_line_ends(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    text = end.join(("Operator;CARRIER;Service", "TSTZ1;Umbra Télécom;sccp", "", "")).replace(";", separator)
    corpus = read(tmp_path, text.encode(encoding))
    assert [(row.tadig, row.carrier_name) for row in corpus.declarations] == [("TSTZ1", "Umbra Télécom")]
    assert codes(corpus) == ["country-unknown"]


@pytest.mark.parametrize(
    ("tadig", "country", "told"),
    [
        ("XAATZ", "XA", "no country is given: XA by the letters of its code"),
        ("TSTZ9", "XB", "no country is given: XB by registers"),
        ("TSTZ1", None, "the country is absent"),
        ("XAA: a name", None, "the country is absent"),
    ],
)
def test_a_country_that_is_not_given_is_inferred_from_the_code_and_marked(
    tmp_path: Path, tadig: str, country: str | None, told: str
) -> None:
    (tmp_path / "list.csv").write_text(f"tadig,service,carrier\n{tadig},sccp,Umbra\n", encoding="utf-8")
    corpus = read_all([tmp_path], country_codes={"XAA": "XA"}, tadig_countries={"TSTZ9": "XB"})
    assert [network.country for network in corpus.networks] == [country]
    assert [(problem.code, problem.message) for problem in corpus.problems] == [
        ("country-inferred" if country else "country-unknown", told)
    ]


def test_without_a_column_service_sccp_is_taken_and_noted(tmp_path: Path) -> None:
    corpus = read(tmp_path, "tadig,country,carrier\ntstz1,XA,Umbra\n")
    assert [(row.tadig, row.service) for row in corpus.declarations] == [("TSTZ1", "sccp")]
    assert codes(corpus) == ["csv-service-assumed"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("alpha,beta\n1,2\n", "csv-header"),
        ("tadig\nTSTZ1\n", "csv-header"),
        ("tadig,carrier,carrier\nTSTZ1,a,b\n", "csv-header"),
        ("tadig,operator,carrier\nTSTZ1,a,b\n", "csv-header"),
        (b"tadig,carrier\nTSTZ1,Umbra\0\n", "csv-encoding"),
        ("tadig,carrier\nTSTZ1,Télécom\n".encode("latin-1"), "csv-encoding"),
        (bytes(range(256)) * 8, "csv-encoding"),
        ("tadig,carrier\n", "network-missing"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str | bytes, code: str) -> None:
    corpus = read(tmp_path, text)
    assert code in codes(corpus)
    assert corpus.networks == ()
    assert [problem.severity for problem in corpus.problems].count("error") == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("TSTZ2,XA,sccp", "csv-row"),
        (",XA,sccp,Umbra", "csv-row"),
        ("TSTZ2,XA,sccp,", "csv-row"),
        ("TSTZ2,XA,,Umbra", "csv-row"),
        ("TSTZ2,XA,telex,Umbra", "csv-row"),
        ("TSTZ2,XA,sccp,Umbra, Penumbra", "csv-row"),
        ('TSTZ2,XA,sccp,"Umbra', "csv-broken"),
        ('TSTZ2,XA,sccp,"Umbra" x', "csv-broken"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_others_count(tmp_path: Path, line: str, code: str) -> None:
    corpus = read(tmp_path, f"tadig,country,service,carrier\nTSTZ1,XA,sccp,Umbra\n{line}\n")
    assert [one.tadig for one in corpus.networks] == ["TSTZ1"]
    assert codes(corpus) == [code]
    assert corpus.problems[0].element_path == "line 3"


def test_a_formula_stays_text_and_is_told(tmp_path: Path) -> None:
    corpus = read(tmp_path, 'tadig,country,service,carrier\nTSTZ1,XA,sccp,=HYPERLINK("x")\n'.replace('"', "'"))
    assert corpus.declarations[0].carrier_text == "=HYPERLINK('x')"
    assert codes(corpus) == ["csv-formula"]


def test_escape_sequences_are_defused(tmp_path: Path) -> None:
    corpus = read(tmp_path, "tadig,country,service,carrier\nTSTZ1,XA,sccp,Um\x1b[2Jbra\n")
    assert corpus.declarations[0].carrier_text == "Um\ufffd[2Jbra"


def test_faulty_values_are_none_and_told(tmp_path: Path) -> None:
    corpus = read(
        tmp_path, "tadig,country,service,carrier,point_code,effective_from,asn\nTSTZ1,XZZ,sccp,Umbra,9.9.9,soon,x\n"
    )
    (row,) = corpus.declarations
    assert (row.country, row.point_code, row.effective_from, row.asn) == (None, None, None, None)
    assert codes(corpus) == ["country-unknown", "point-code-invalid", "date-invalid"]


def test_a_network_that_names_itself_has_its_own_gateway(tmp_path: Path) -> None:
    corpus = read(
        tmp_path, "tadig,country,organisation,service,carrier\nTSTZ1,XA,Example Mobile,sccp,EXAMPLE MOBILE LTD\n"
    )
    assert corpus.networks[0].services["sccp"] == "own_gateway"


def test_lines_without_end_are_cut_and_told(tmp_path: Path) -> None:
    corpus = read(tmp_path, "tadig,country,service,carrier\n" + "TSTZ1,XA,sccp,Umbra\n" * (ROWS + 5))
    assert len(corpus.declarations) == ROWS
    assert codes(corpus) == ["rows-truncated"]
    assert codes(read(tmp_path, "tadig,carrier\n" + "A,B\n" * 10_000_000)) == ["too-large"]


@given(st.binary(max_size=300) | st.text(alphabet='TSTZ1,;\t"\n\r=XAsccp\x00é ', max_size=200).map(
    lambda text: f"tadig,country,service,carrier\n{text}".encode()
))  # fmt: skip
def test_any_bytes_give_a_list_or_a_refusal(data: bytes) -> None:
    log = ProblemLog("a.csv")
    found = read_list(data, Origin("a.csv", "0" * 64, len(data)), Countries(COUNTRIES, {}), log)
    assert all(problem.code in PROBLEMS for problem in log.close())
    if isinstance(found, Refusal):
        assert found.code in PROBLEMS
    else:
        assert all(record.declarations for record in found)
