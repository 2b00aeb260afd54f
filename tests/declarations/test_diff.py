"""What counts as a change between two corpora, and what does not. All is fictional: MCC 001, calling code 999."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations import SERVICES, Corpus, Declaration, Network, Numbering, Service, ServiceState, read
from ipxray.declarations.diff import Change, diff
from ipxray.lab import write_world
from ipxray.tables import columns_of

TADIG = "TSTZ1"


def network(tadig: str = TADIG, **other: object) -> Network:
    services: dict[Service, ServiceState] = dict.fromkeys(SERVICES, "missing")
    row = Network(tadig, "XA", "Example Mobile", "", ("00101",), date(2025, 1, 1), "14.0", "0" * 64, "a.xml", services)
    return row._replace(**other)


def carrier(name: str, point_code: str | None = None, **other: object) -> Declaration:
    row = Declaration(
        TADIG, "XA", "Example Mobile", ("00101",), "sccp", None, "unstated", name, " ".join(name.split()), point_code,
        None, None, date(2025, 1, 1), "14.0", "0" * 64, f"Carrier/{name}", inferred=False, confidence="high",
        own_gateway=False,
    )  # fmt: skip
    return row._replace(**other)


def number(kind: str, value: str, path: str = "", **other: object) -> Numbering:
    first, dash, last = value.partition("-")
    is_range = dash and first.isdigit()
    row = Numbering(
        TADIG, kind, first if is_range else value, first if is_range else None, last if is_range else None, None, None,
        None, None, date(2025, 1, 1), "0" * 64, path or f"{kind}/{value}",
    )  # fmt: skip
    return row._replace(**other)


def node(value: str, vendor: str | None = "Examplesoft", node_class: str = "hlr_hss", path: str = "") -> Numbering:
    return number("node", value, path, node_type="HLR", node_class=node_class, vendor_text=vendor)


def corpus(*rows: Network | Declaration | Numbering) -> Corpus:
    """The rows given; the network of the others when none is among them."""
    networks = tuple(row for row in rows if isinstance(row, Network)) or (network(),)
    declared = tuple(row for row in rows if isinstance(row, Declaration))
    return Corpus(networks, declared, tuple(row for row in rows if isinstance(row, Numbering)), (), ())


def told(old: Corpus, new: Corpus) -> list[tuple[str, str | None, str | None]]:
    return [(change.topic, change.before, change.after) for change in diff(old, new)]


def test_every_column_of_a_change_says_what_it_holds() -> None:
    assert [column.name for column in columns_of(Change)] == list(Change._fields)


def test_a_network_that_came_is_one_change_whatever_it_declares() -> None:
    new = corpus(network(), network("TSTZ2", organisation="Other"), number("asn", "64512", tadig="TSTZ2"))
    assert diff(corpus(), new) == (Change("TSTZ2", "network", "added", None, "Other", None, None, None),)
    assert diff(new, corpus()) == (Change("TSTZ2", "network", "removed", "Other", None, None, None, None),)


def test_who_a_network_is() -> None:
    new = network(organisation="Sample Mobile", country=None, mcc_mnc=("00101", "00102"), network_type="Full MVNO")
    assert told(corpus(network()), corpus(new)) == [
        ("country", "XA", None),
        ("network_type", None, "Full MVNO"),
        ("organisation", "Example Mobile", "Sample Mobile"),
        ("plmn", None, "00102"),
    ]


def test_a_plmn_in_two_places_of_a_document_is_one_fact_with_its_path() -> None:
    old = corpus(network(), number("e212", "00101"))
    new = corpus(network(mcc_mnc=("00101", "00102")), number("e212", "00102", "Series"))
    assert diff(old, new) == (Change(TADIG, "plmn", "added", None, "00102", None, "Series", None),)


def test_the_state_of_a_service() -> None:
    old, new = network(), network()
    new.services["mms"] = "not_applicable"
    change = Change(TADIG, "service_state", "changed", "missing", "not_applicable", None, None, "mms")
    assert diff(corpus(old), corpus(new)) == (change,)


def test_a_carrier_that_came_is_one_change_with_all_that_is_said_of_it() -> None:
    rows = [
        carrier("Alpha Carriage", code, role="primary", asn=64512, element_path=f"Item[{place}]")
        for place, code in enumerate(["1-2-3", "1-2-2"], 1)
    ]
    text = "Alpha Carriage (primary, 1-2-2, 1-2-3, AS64512)"
    assert diff(corpus(), corpus(*rows)) == (Change(TADIG, "carrier", "added", None, text, None, "Item[1]", "sccp"),)


def test_a_carrier_of_one_service_is_not_that_of_another() -> None:
    old, new = carrier("Alpha", service="grx"), carrier("Alpha", service="mms")
    assert [(change.kind, change.service) for change in diff(corpus(old), corpus(new))] == [
        ("removed", "grx"),
        ("added", "mms"),
    ]


def test_a_host_that_shows_a_carrier_is_marked_as_inferred() -> None:
    new = corpus(carrier("alpha.example", service="diameter", inferred=True))
    assert told(corpus(), new) == [("carrier", None, "alpha.example (inferred)")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (carrier("Alpha Carriage Ltd."), carrier("ALPHA carriage")),
        (carrier("Alpha", "1-2-3"), carrier("Beta", "1-2-3")),
        (carrier("Alpha", asn=64512), carrier("Beta", asn=64512)),
    ],
    ids=["words", "point code", "ASN"],
)
def test_a_carrier_that_is_merely_written_otherwise(old: Declaration, new: Declaration) -> None:
    names = (old.carrier_name, new.carrier_name)
    assert told(corpus(old), corpus(new)) == [("carrier_name", *names)]


def test_another_carrier_with_some_of_the_point_codes_is_another() -> None:
    old = corpus(carrier("Alpha", "1-2-3"), carrier("Alpha", "1-2-4"))
    assert told(old, corpus(carrier("Beta", "1-2-3"))) == [
        ("carrier", None, "Beta (1-2-3)"),
        ("carrier", "Alpha (1-2-3, 1-2-4)", None),
        ("point_code", "Alpha: 1-2-3", "Beta: 1-2-3"),
    ]


def test_a_point_code_that_two_new_names_share_says_of_neither_who_it_was() -> None:
    new = corpus(carrier("Beta", "1-2-3"), carrier("Gamma", "1-2-3"))
    assert [topic for topic, *_ in told(corpus(carrier("Alpha", "1-2-3")), new)] == ["carrier"] * 3 + ["point_code"]


def test_point_codes_of_carriers_that_stay_come_go_and_move() -> None:
    old = corpus(carrier("Alpha", "1-2-3"), carrier("Alpha", "1-2-4"), carrier("Beta", "1-3-1"))
    new = corpus(
        carrier("Alpha", "1-2-3"), carrier("Alpha", "1-2-5"), carrier("Beta", "1-3-1"), carrier("Beta", "1-2-4")
    )
    assert diff(old, new) == (
        Change(TADIG, "point_code", "added", None, "Alpha: 1-2-5", None, "Carrier/Alpha", "sccp"),
        Change(TADIG, "point_code", "changed", "Alpha: 1-2-4", "Beta: 1-2-4", "Carrier/Alpha", "Carrier/Beta", "sccp"),
    )


def test_the_role_and_the_as_number_of_a_carrier_that_stays() -> None:
    new = corpus(carrier("Alpha", role="backup", role_text="stand-by", asn=64512))
    assert told(corpus(carrier("Alpha", role="primary")), new) == [
        ("carrier_asn", None, "Alpha: AS64512"),
        ("role", "Alpha: primary", "Alpha: backup"),
    ]


def test_the_date_of_a_section_is_one_change_for_all_its_carriers() -> None:
    old = corpus(*[carrier(name, effective_from=date(2025, 1, 1)) for name in ("Beta", "Alpha")])
    new = corpus(*[carrier(name, effective_from=date(2026, 1, 1)) for name in ("Alpha", "Beta", "Gamma")])
    assert told(old, new) == [("carrier", None, "Gamma"), ("effective_from", "2025-01-01", "2026-01-01")]


def test_the_date_of_a_section_is_shown_at_its_first_carrier() -> None:
    days = [date(2025, 1, 1), date(2026, 1, 1)]
    old, new = (
        corpus(
            carrier(name, "1-2-3", effective_from=day, element_path="Item[1]"),
            carrier("Gamma", effective_from=day, element_path="Item[2]"),
        )
        for name, day in zip(["Alpha", "Beta"], days, strict=True)
    )
    (moved,) = [change for change in diff(old, new) if change.topic == "effective_from"]
    assert (moved.before_path, moved.after_path) == ("Item[1]", "Item[1]")


def test_a_date_that_is_no_longer_said_is_removed() -> None:
    old = corpus(carrier("Alpha", effective_from=date(2025, 1, 1)))
    assert told(old, corpus(carrier("Alpha"))) == [("effective_from", "2025-01-01", None)]


def test_an_own_gateway_is_told_apart_from_a_carrier() -> None:
    own = carrier("Example Mobile", "1-2-3", own_gateway=True)
    assert told(corpus(own), corpus(carrier("Alpha", "1-2-3"))) == [
        ("carrier", None, "Alpha (1-2-3)"),
        ("own_gateway", "Example Mobile (1-2-3)", None),
        ("point_code", "Example Mobile: 1-2-3", "Alpha: 1-2-3"),
    ]


def test_an_as_number_does_not_make_a_carrier_of_the_network_itself() -> None:
    old = corpus(carrier("Example Mobile", asn=64512, own_gateway=True))
    assert [topic for topic, *_ in told(old, corpus(carrier("Alpha", asn=64512)))] == ["carrier", "own_gateway"]


def test_an_own_gateway_under_the_networks_new_name_is_the_same() -> None:
    old = corpus(carrier("Example Mobile", "1-2-3", own_gateway=True))
    new = corpus(carrier("Sample Mobile", "1-2-4", own_gateway=True))
    assert told(old, new) == [
        ("carrier_name", "Example Mobile", "Sample Mobile"),
        ("point_code", None, "Sample Mobile: 1-2-4"),
        ("point_code", "Example Mobile: 1-2-3", None),
    ]


def test_a_carrier_turns_out_to_be_the_network_itself() -> None:
    old, new = carrier("Alpha"), carrier("Alpha", own_gateway=True)
    assert told(corpus(old), corpus(new)) == [("own_gateway", None, "Alpha")]


@pytest.mark.parametrize("kind", ["msisdn_range", "gt_range", "msrn_range", "portability_range"])
def test_ranges_tell_the_numbers_that_came_and_went(kind: str) -> None:
    old = corpus(number(kind, "9991000-9991999", "Range[1]"))
    new = corpus(number(kind, "9991500-9992099", "Range[2]"), number(kind, "9991000-9991299", "Range[1]"))
    assert diff(old, new) == (
        Change(TADIG, kind, "added", None, "9992000-9992099", None, "Range[2]", None),
        Change(TADIG, kind, "removed", "9991300-9991499", None, "Range[1]", None, None),
    )


def test_a_prefix_is_not_the_numbers_of_one_length_under_it() -> None:
    old, new = corpus(number("gt_range", "99912")), corpus(number("gt_range", "9991200-9991299"))
    assert told(old, new) == [("gt_range", None, "9991200-9991299"), ("gt_range", "99912", None)]


def test_one_kind_of_range_is_not_another() -> None:
    old, new = corpus(number("gt_range", "99912")), corpus(number("msrn_range", "99912"))
    assert told(old, new) == [("gt_range", "99912", None), ("msrn_range", None, "99912")]


def test_nodes_are_counted_by_class_and_vendor_and_their_global_titles_joined() -> None:
    old = corpus(node("99912001"), node("99912002", "Otherware"), node("99912003", None))
    new = corpus(node("99912001"), node("99912002"), node("99912003", "EXAMPLESOFT"), node("99912004"))
    assert told(old, new) == [
        ("node_gt", None, "99912004"),
        ("nodes", "hlr_hss, Examplesoft: 1", "hlr_hss, Examplesoft: 4"),
        ("nodes", "hlr_hss, Otherware: 1", None),
        ("nodes", "hlr_hss, vendor not stated: 1", None),
    ]


def test_a_node_listed_twice_counts_once_and_nodes_without_address_each() -> None:
    old = corpus(node("99912001"), node(""))
    assert diff(old, corpus(node("99912001"), node("99912001", path="again"), node(""))) == ()
    assert told(old, corpus(node("99912001"), node(""), node(""))) == [
        ("nodes", "hlr_hss, Examplesoft: 2", "hlr_hss, Examplesoft: 3")
    ]


def test_a_global_title_written_as_prefix_or_as_range_of_one_is_the_same() -> None:
    assert diff(corpus(node("99912001")), corpus(node("99912001-99912001")._replace(value="999"))) == ()


def test_addresses_of_nodes_are_told_and_their_names_are_not() -> None:
    old, new = corpus(node("192.0.2.0/29"), node("Box 1")), corpus(node("192.0.2.8"), node("²"))
    assert told(old, new) == [("node_address", None, "192.0.2.8"), ("node_address", "192.0.2.0/29", None)]


def test_address_ranges_are_collapsed() -> None:
    old = corpus(number("ip_range", "192.0.2.0/24"))
    new = [number("ip_range", prefix) for prefix in ("192.0.2.128/25", "192.0.2.0/25", "192.0.2.64/26")]
    assert diff(old, corpus(*new)) == ()
    assert told(old, corpus(*new[1:], number("ip_range", "2001:db8::/32"))) == [
        ("ip_range", None, "2001:db8::/32"),
        ("ip_range", "192.0.2.128/25", None),
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("e214", "99901", "99902"),
        ("scp_gt", "99912001", "99912002"),
        ("imsi_subrange", "0010112", "0010113"),
        ("dns", "192.0.2.1", "dns.example"),
        ("asn", "64512", "64513"),
        ("epc_realm", "epc.mnc001.mcc001.3gppnetwork.org", "epc.mnc002.mcc001.3gppnetwork.org"),
        ("diameter_edge_agent", "dea1.example", "192.0.2.1"),
    ],
)
def test_other_values_come_and_go(kind: str, old: str, new: str) -> None:
    before = corpus(number(kind, old), number(kind, old, "again"), number(kind, "99999"))
    assert sorted(diff(before, corpus(number(kind, "99999"), number(kind, new))), key=lambda change: change.kind) == [
        Change(TADIG, kind, "added", None, new, None, f"{kind}/{new}", None),
        Change(TADIG, kind, "removed", old, None, "again", None, None),
    ]


def test_dates_of_documents_and_words_that_carry_no_meaning_give_nothing() -> None:
    old = corpus(network(), carrier("Alpha", role="primary", role_text="main"), number("asn", "64512"))
    new = corpus(
        network(organisation=" Example  Mobile", document_created=date(2026, 1, 1), schema_version="18.0"),
        carrier("Alpha", role="primary", role_text="preferred", carrier_text="1. Alpha", document_sha256="1" * 64),
        number("asn", "64512", "Elsewhere", effective_from=date(2026, 1, 1), document_created=date(2026, 1, 1)),
    )
    assert diff(old, new) == ()


NAMES = st.sampled_from(["Alpha", "ALPHA Ltd", "Beta", "Gamma IPX", "Example Mobile"])
CARRIERS = st.builds(
    carrier,
    NAMES,
    st.sampled_from([None, "1-2-3", "1-2-4", "1-2-5"]),
    tadig=st.sampled_from(["TSTZ1", "TSTZ2"]),
    service=st.sampled_from(["sccp", "grx"]),
    role=st.sampled_from(["primary", "backup"]),
    asn=st.sampled_from([None, 64512, 64513]),
    effective_from=st.sampled_from([None, date(2025, 1, 1), date(2026, 1, 1)]),
)
RANGES = st.builds(
    lambda kind, first, size: number(kind, f"9991{first:02}-9991{min(first + size, 99):02}"),
    st.sampled_from(["msisdn_range", "node"]),
    st.integers(0, 99),
    st.integers(0, 30),
)
VALUES = st.one_of(
    RANGES,
    st.builds(number, st.just("ip_range"), st.integers(0, 31).map(lambda value: f"192.0.2.{value * 8}/29")),
    st.builds(number, st.sampled_from(["asn", "e212", "gt_range"]), st.sampled_from(["00101", "00102", "00103"])),
    st.builds(
        node, st.sampled_from(["9991201", "192.0.2.1", "Box 1"]), st.sampled_from(["Examplesoft", "Other", None])
    ),
)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """One or two networks, each row with a path of its own; a carrier is the network itself where its name says so."""
    networks = [network(), network("TSTZ2", organisation=draw(st.sampled_from(["Beta", "Example Mobile"])))]
    networks = networks[: draw(st.integers(1, 2))]
    names = {each.tadig: each.organisation for each in networks}
    declared = [
        row._replace(own_gateway=row.carrier_name == names[row.tadig], element_path=f"Item[{place}]")
        for place, row in enumerate(draw(st.lists(CARRIERS, max_size=8)))
        if row.tadig in names
    ]
    numbering = [row._replace(element_path=f"Row[{at}]") for at, row in enumerate(draw(st.lists(VALUES, max_size=8)))]
    return corpus(*networks, *declared, *numbering)


def shuffled(original: Corpus, chance: random.Random, again: int = 0) -> Corpus:
    """The same rows in another order, some of them repeated."""

    def mixed(rows: Iterable[Network | Declaration | Numbering]) -> list[Network | Declaration | Numbering]:
        kept = list(rows)
        kept += chance.choices(kept, k=again) if kept else []
        chance.shuffle(kept)
        return kept

    return corpus(*mixed(original.networks), *mixed(original.declarations), *mixed(original.numbering))


def mirrored(changes: Iterable[Change]) -> set[Change]:
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}
    return {
        each._replace(
            kind=kinds[each.kind],
            before=each.after,
            after=each.before,
            before_path=each.after_path,
            after_path=each.before_path,
        )
        for each in changes
    }


CHANCE = st.randoms(use_true_random=False)


@given(corpora(), CHANCE)
def test_nothing_differs_from_itself_in_any_order_with_rows_repeated(one: Corpus, chance: random.Random) -> None:
    assert diff(one, one) == ()
    assert diff(one, shuffled(one, chance, again=3)) == ()
    assert diff(shuffled(one, chance, again=3), one) == ()


@given(corpora(), corpora())
def test_backwards_what_was_added_is_removed(old: Corpus, new: Corpus) -> None:
    forwards, backwards = diff(old, new), diff(new, old)
    assert mirrored(backwards) == set(forwards)
    assert len(set(forwards)) == len(forwards) == len(backwards)


@given(corpora(), corpora(), CHANCE)
def test_the_order_of_rows_decides_nothing_in_the_result(old: Corpus, new: Corpus, chance: random.Random) -> None:
    assert diff(shuffled(old, chance), shuffled(new, chance)) == diff(old, new)


@given(corpora(), corpora())
def test_changes_are_sorted_and_their_kind_says_which_side_is_null(old: Corpus, new: Corpus) -> None:
    changes = diff(old, new)
    assert [change[:2] for change in changes] == sorted(change[:2] for change in changes)
    for change in changes:
        sides = {"added": (True, False), "removed": (False, True), "changed": (False, False)}[change.kind]
        assert (change.before is None, change.after is None) == sides
        assert change.before != change.after


@given(corpora(), CHANCE)
def test_a_range_in_adjacent_parts_is_no_change(one: Corpus, chance: random.Random) -> None:
    parts: list[Numbering] = []
    for row in one.numbering:
        if row.kind != "msisdn_range":
            parts.append(row)
            continue
        first, last = int(row.range_start or ""), int(row.range_stop or "")
        cut = chance.randint(first, last)
        parts.append(row._replace(range_stop=str(cut)))
        parts += [row._replace(range_start=str(cut + 1), element_path="Part")] if cut < last else []
    assert diff(one, corpus(*one.networks, *one.declarations, *parts)) == ()


class World:
    """A fictional world's documents as text, one of which may be edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_world(folder / "world", operators=8, countries=6, zipped=0.0).folder / "ir21"
        self.corpus = read([self.folder])

    def text(self, row: Declaration) -> str:
        return self._path(row).read_text(encoding="utf-8")

    def edited(self, row: Declaration, text: str) -> Corpus:
        """The corpus with another text for the document that holds the row; the document is put back."""
        path = self._path(row)
        kept = path.read_bytes()
        path.write_text(text, encoding="utf-8")
        try:
            return read([self.folder])
        finally:
            path.write_bytes(kept)

    def _path(self, row: Declaration) -> Path:
        shown = {each.tadig: each.document_path for each in self.corpus.networks}[row.tadig]
        return next(path for path in self.folder.rglob("*.xml") if shown.endswith(path.name))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("diff"))


def test_one_carrier_replaced_in_a_document_is_that_change_alone(world: World) -> None:
    row = next(row for row in world.corpus.declarations if row.element_path.endswith("/GRXProvider[2]"))
    markup = f"<GRXProvider>{row.carrier_text}</GRXProvider>"
    assert world.text(row).count(markup) == 1
    new = world.edited(row, world.text(row).replace(markup, "<GRXProvider>Replaced Carriage</GRXProvider>"))
    path = row.element_path
    holders = sorted(each.tadig for each in world.corpus.declarations if each[7:] == row[7:])
    assert diff(world.corpus, new) == tuple(
        change
        for tadig in holders
        for change in (
            Change(tadig, "carrier", "added", None, "Replaced Carriage", None, path, "grx"),
            Change(tadig, "carrier", "removed", row.carrier_name, None, path, None, "grx"),
        )
    )


def test_a_carrier_renamed_in_a_document_keeps_its_point_codes(world: World) -> None:
    row = next(
        row for row in world.corpus.declarations if row.service == "sccp" and not row.own_gateway
        and row.element_path.endswith("SCCPCarrierName") and row.role == "load_sharing"
    )  # fmt: skip
    markup = f"<SCCPCarrierName>{row.carrier_text}</SCCPCarrierName>"
    assert world.text(row).count(markup) == 1
    renamed = world.text(row).replace(markup, "<SCCPCarrierName>Renamed Carriage</SCCPCarrierName>")
    path = row.element_path
    (change,) = diff(world.corpus, world.edited(row, renamed))
    wanted = ("carrier_name", "changed", row.carrier_name, "Renamed Carriage", path, path, "sccp")
    assert change == Change(row.tadig, *wanted)


def test_white_space_comments_dates_and_change_history_are_no_change(world: World) -> None:
    row = world.corpus.declarations[0]
    text = world.text(row)
    assert "<ChangeHistoryItem>" in text
    other = text.replace("><", ">\n  <!-- later -->\n  <").replace("<Description>", "<Description>Carrier replaced. ")
    stamp = other.index("<FileCreationTimestamp>") + len("<FileCreationTimestamp>")
    other = f"{other[:stamp]}2031{other[stamp + 4 :]}"
    new = world.edited(row, other)
    assert new.networks != world.corpus.networks
    assert diff(world.corpus, new) == ()


@pytest.mark.shared
def test_two_networks_of_one_real_document_differ_in_their_routing_alone(shared: Path) -> None:
    """DEUZ1 has DEUZ2's attached sections: the same carriers, nodes and addresses."""
    real = read([shared / "ir21"])
    sides = [
        Corpus(
            tuple(each._replace(tadig="DEUZ0") for each in real.networks if each.tadig == tadig),
            tuple(each._replace(tadig="DEUZ0") for each in real.declarations if each.tadig == tadig),
            tuple(each._replace(tadig="DEUZ0") for each in real.numbering if each.tadig == tadig),
            (),
            (),
        )
        for tadig in ("DEUZ2", "DEUZ1")
    ]
    changes = diff(*sides)
    assert {change.topic for change in changes if change.service is None} == {
        "e214", "gt_range", "msisdn_range", "msrn_range", "plmn", "portability_range",
    }  # fmt: skip
    # The SMS hub stands in RoutingInfo, the one section each has for itself.
    assert {change.service for change in changes} == {None, "sms_hub"}
