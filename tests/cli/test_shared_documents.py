"""The main job on documents of real structure: what the assessment must say of them, with its evidence."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from tests.cli.conftest import Run

pytestmark = pytest.mark.shared

SCCP = "Network[1]/NetworkData/InternationalSCCPGatewaySection/InternationalSCCPGatewayInfo/"
DATA_ROAMING = "Network[1]/NetworkData/IPRoaming_IW_InfoSection/IPRoaming_IW_Info_General/"


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ipxray.cli import main

    out = tmp_path_factory.mktemp("assessment") / "out"
    assert (
        main(["assess", str(shared / "ir21"), "--controlled-by", "CN", "--at", "2026-11-01", "--output", str(out)]) == 0
    )
    return out


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Run a query in which {name} stands for the table of that name."""
    names = {path.stem: f"'{path}'" for path in (folder / "tables").glob("*.parquet")}
    return duckdb.sql(query.format(**names)).fetchall()


def test_the_sccp_carriers_come_out_of_scsignature(folder: Path) -> None:
    found = rows(
        folder,
        "select carrier_id, role, confirmed_by from {links} where tadig = 'THAZ1' and service = 'sccp' order by all",
    )
    assert found == [
        ("bics", "load_sharing", ["ispc"]),
        ("citic-telecom-international", "load_sharing", ["ispc"]),
        ("ibasis", "load_sharing", []),
        ("national-telecom-thailand", "load_sharing", ["ispc"]),
        ("tata-communications", "load_sharing", ["ispc"]),
    ]
    paths = rows(folder, "select element_path from {declarations} where tadig = 'THAZ1' and service = 'sccp'")
    assert len(paths) == 11
    assert all(str(path).startswith(SCCP) and str(path).endswith("/SCSignature") for (path,) in paths)


def test_thaz1_is_touched_on_sccp_by_two_confirmed_point_codes(folder: Path) -> None:
    found = rows(
        folder,
        "select d.carrier_text, d.point_code from {declarations} d, {links} l where l.tadig = 'THAZ1' and "
        "l.service = 'sccp' and l.carrier_id = 'citic-telecom-international' and d.tadig = l.tadig and "
        "d.service = l.service and list_contains(l.sources, d.element_path) order by d.point_code",
    )
    assert found == [("CITIC", "4-176-4"), ("CITIC", "4-179-0")]


def test_thaz1_is_touched_on_grx_by_a_short_name(folder: Path) -> None:
    found = rows(
        folder,
        "select d.carrier_text, l.carrier_id, d.element_path from {declarations} d, {links} l "
        "where d.tadig = 'THAZ1' and d.service = 'grx' and d.carrier_text = 'CMI' and "
        "l.tadig = d.tadig and l.service = d.service and "
        "list_contains(l.sources, d.element_path)",
    )
    assert found == [("CMI", "china-mobile-international", f"{DATA_ROAMING}GRXProvidersList/GRXProvider[6]")]
    controlled = rows(
        folder,
        "select carrier_id from {control} where controller = 'CN' and rule = 'majority_50' and low = 1 order by 1",
    )
    assert [row[0] for row in controlled] == [
        "china-mobile-international",
        "china-telecom-global",
        "china-unicom-global",
        "citic-telecom-international",
    ]


def test_pccw_global_is_a_minority_case(folder: Path) -> None:
    found = rows(
        folder, "select rule, low from {control} where controller = 'CN' and carrier_id = 'pccw-global' order by rule"
    )
    assert found == [("seat", 1.0), ("ten_percent", 1.0)]


def test_deuz1_has_the_carriers_of_deuz2(folder: Path) -> None:
    columns = "service, carrier_id, role, share_point"
    query = f"select {columns} from {{{{links}}}} where tadig = '{{}}' and service != 'sms_hub' order by all"
    assert rows(folder, query.format("DEUZ1")) == rows(folder, query.format("DEUZ2"))
    services = {row[0] for row in rows(folder, query.format("DEUZ1"))}
    assert {"sccp", "diameter", "grx"} <= services


def test_the_gateway_of_auz1_is_its_own(folder: Path) -> None:
    assert rows(folder, "select * from {links} where tadig = 'AUSZ1' and service = 'sccp'") == []
    found = rows(folder, "select service, carrier_text from {unresolved} where reason = 'own_gateway'")
    assert found == [("sccp", "Example Mobile AU")]


def test_vendor_shares_show_huawei_and_zte_where_nodes_say_so(folder: Path) -> None:
    found = rows(
        folder,
        "select tadig, vendor_id, sum(nodes) from {vendors} where controller = 'CN' group by all order by all",
    )
    assert found == [("DEUZ1", "huawei", 63), ("DEUZ2", "huawei", 63), ("THAZ1", "huawei", 34), ("THAZ1", "zte", 14)]
    for (total,) in rows(folder, "select sum(share) from {vendors} group by tadig, node_class"):
        assert total == pytest.approx(1.0)


def test_all_sixteen_point_codes_resolve_to_an_owner(folder: Path) -> None:
    from ipxray import facts
    from ipxray.identity import PointCode

    known = facts.load().signalling_point_by_code
    codes = {
        str(row[0])
        for row in rows(folder, "select distinct point_code from {declarations} where point_code is not null")
    }
    assert len(codes) == 16
    assert all(known[PointCode.parse(code).value].owner for code in codes)


def test_the_headline_is_one_network_of_four_in_one_country_of_three(folder: Path) -> None:
    headline = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))["headline"]
    assert (headline["operators_touched"], headline["operators"]) == (1, 4)
    assert (headline["countries_touched"], headline["countries"]) == (1, 3)
    assert headline["most_exposed"][0]["tadig"] == "THAZ1"


def test_route_names_both_ends_and_who_chooses_the_path(run: Run, shared: Path) -> None:
    done = run("route", "THAZ1", "DEUZ2", "--input", shared / "ir21", "--controlled-by", "CN")
    assert done.code == 0, done.err
    assert "home THAZ1" in done.out
    assert "CITIC = citic-telecom-international" in done.out
    assert "SendAuthenticationInfo answer" in done.out
    done = run("route", "THAZ9", "DEUZ2", "--input", shared / "ir21", "--controlled-by", "CN")
    assert done.code == 2
    assert "did you mean THAZ1?" in done.err


def test_no_personal_data_of_the_documents_reaches_a_table(folder: Path, shared: Path) -> None:
    import re

    text = "\n".join(path.read_text(encoding="utf-8") for path in (shared / "ir21").glob("*.xml"))
    names = re.compile("<(?:GivenName|FamilyName|Email|PhoneFix|PhoneMobile|Fax|Username|Password)>([^<]{4,})<")
    private = {found.strip() for found in names.findall(text)}
    assert private
    cells: set[str] = set()
    for path in (folder / "tables").glob("*.parquet"):
        for row in duckdb.sql(f"from '{path}'").fetchall():
            cells.update(str(cell) for cell in row)
    assert not {secret for secret in private if any(secret == cell for cell in cells)}
    assert not {secret for secret in private if "@" in secret and any(secret in cell for cell in cells)}
