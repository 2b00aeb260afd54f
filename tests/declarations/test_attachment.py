"""A section may hold for other networks of its document, which then say that it is not applicable."""

from __future__ import annotations

from pathlib import Path

from tests.declarations.documents import (
    codes,
    corpus_of,
    data_roaming,
    document,
    dpc,
    el,
    grx,
    ipx,
    leaf,
    lte,
    network,
    node,
    nodes,
    not_applicable,
    number_range,
    routing,
    sccp,
    sccp_carrier,
)  # fmt: skip

from ipxray.declarations import Corpus

FIRST = routing(number_range("999", "1"))
SECOND = routing(number_range("999", "2"), plmn=("001", "02"))
NOTHING = not_applicable("InternationalSCCPGatewaySection")


def carriers(corpus: Corpus, tadig: str) -> list[str]:
    return [row.carrier_name for row in corpus.declarations if row.tadig == tadig]


def test_a_network_that_another_attaches_has_its_carriers_with_their_path(tmp_path: Path) -> None:
    shared = sccp(sccp_carrier("Umbra", dpc("1.1.1")), attached=["TSTZ2"], since="2024-05-01")
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, shared), network("TSTZ2", SECOND, NOTHING)))
    one, other = corpus.declarations
    assert (other.tadig, other.mcc_mnc) == ("TSTZ2", ("00102",))
    assert other._replace(tadig="TSTZ1", mcc_mnc=one.mcc_mnc) == one
    assert other.element_path.startswith("Network[1]/")
    assert corpus.networks[1].services["sccp"] == "declared"
    assert codes(corpus) == ["section-attached"]


def test_without_attachment_not_applicable_is_believed(tmp_path: Path) -> None:
    alone = sccp(sccp_carrier("Umbra"))
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, alone), network("TSTZ2", SECOND, NOTHING)))
    assert carriers(corpus, "TSTZ2") == []
    assert corpus.networks[1].services["sccp"] == "not_applicable"
    assert corpus.networks[1].services["grx"] == "missing"
    assert corpus.problems == ()


def test_the_order_of_networks_does_not_matter(tmp_path: Path) -> None:
    shared = sccp(sccp_carrier("Umbra"), attached=["TSTZ2"])
    corpus = corpus_of(tmp_path, document(network("TSTZ2", SECOND, NOTHING), network("TSTZ1", FIRST, shared)))
    assert carriers(corpus, "TSTZ2") == ["Umbra"]
    assert corpus.declarations[0].element_path.startswith("Network[2]/")


def test_a_section_that_is_left_out_is_filled_too(tmp_path: Path) -> None:
    shared = sccp(sccp_carrier("Umbra"), attached=["TSTZ2"])
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, shared), network("TSTZ2", SECOND)))
    assert carriers(corpus, "TSTZ2") == ["Umbra"]


def test_a_networks_own_section_goes_before_an_attached_one(tmp_path: Path) -> None:
    shared = sccp(sccp_carrier("Umbra"), attached=["TSTZ2"])
    own = sccp(sccp_carrier("Penumbra"))
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, shared), network("TSTZ2", SECOND, own)))
    assert carriers(corpus, "TSTZ2") == ["Penumbra"]
    assert corpus.problems == ()


def test_nodes_and_addresses_are_attached_as_well(tmp_path: Path) -> None:
    attached = el("SectionAttachedNetworkList", leaf("tadigCodeItem", "TSTZ2"))
    shared = nodes(node("HLR", vendor="Examplesoft")).replace("<NwNodeList>", f"{attached}<NwNodeList>")
    addresses = data_roaming(
        el("InterPMNBackboneIPList", el("IPAddressOrRange", leaf("IPAddressRange", "192.0.2.0/24"))),
        grx("Umbra"), attached=["TSTZ2"],
    )  # fmt: skip
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, shared, addresses), network("TSTZ2", SECOND)))
    rows = {tadig: [row[1:] for row in corpus.numbering if row.tadig == tadig and row.kind in ("node", "ip_range")]
            for tadig in ("TSTZ1", "TSTZ2")}  # fmt: skip
    assert len(rows["TSTZ1"]) == 2
    assert rows["TSTZ1"] == rows["TSTZ2"]


def test_whose_gateway_it_is_depends_on_the_network(tmp_path: Path) -> None:
    shared = sccp(sccp_carrier("Example Second"), attached=["TSTZ2"])
    corpus = corpus_of(
        tmp_path, document(network("TSTZ1", FIRST, shared), network("TSTZ2", SECOND, NOTHING, name="Example Second"))
    )
    assert [row.own_gateway for row in corpus.declarations] == [False, True]


def test_the_first_of_two_that_attach_is_taken_and_told(tmp_path: Path) -> None:
    corpus = corpus_of(
        tmp_path,
        document(
            network("TSTZ1", FIRST, sccp(sccp_carrier("Umbra"), attached=["TSTZ3"])),
            network("TSTZ2", SECOND, sccp(sccp_carrier("Penumbra"), attached=["TSTZ3"])),
            network("TSTZ3", routing(number_range("999", "3"), plmn=("001", "03")), NOTHING),
        ),
    )
    assert carriers(corpus, "TSTZ3") == ["Umbra"]
    assert codes(corpus) == ["attached-twice", "section-attached"]


def test_attaching_oneself_or_a_network_that_is_not_there(tmp_path: Path) -> None:
    shared = sccp(sccp_carrier("Umbra"), attached=["TSTZ1", "TSTZ9", ""])
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, shared)))
    assert carriers(corpus, "TSTZ1") == ["Umbra"]
    assert codes(corpus) == ["attached-unknown"]


def test_a_section_that_says_both_is_used_and_told(tmp_path: Path) -> None:
    both = sccp(sccp_carrier("Umbra")).replace(
        "<InternationalSCCPGatewayInfo>", "<SectionNA>x</SectionNA><InternationalSCCPGatewayInfo>"
    )
    corpus = corpus_of(tmp_path, document(network("TSTZ1", FIRST, both)))
    assert carriers(corpus, "TSTZ1") == ["Umbra"]
    assert codes(corpus) == ["section-contradiction"]


def test_a_section_that_occurs_twice_is_read_once(tmp_path: Path) -> None:
    corpus = corpus_of(
        tmp_path, document(network("TSTZ1", FIRST, sccp(sccp_carrier("Umbra")), sccp(sccp_carrier("Penumbra"))))
    )
    assert carriers(corpus, "TSTZ1") == ["Umbra"]
    assert codes(corpus) == ["section-repeated"]


def test_contacts_and_packet_data_are_never_entered(tmp_path: Path) -> None:
    person = el(
        "ContactPerson", leaf("GivenName", "Jo"), leaf("FamilyName", "Person"), leaf("ProviderName", "Jo Person")
    )
    secret = el("APN_Credential", leaf("APN", "internet"), leaf("Username", "jo"), leaf("Password", "s3cret"))
    corpus = corpus_of(
        tmp_path,
        document(
            network(
                "TSTZ1", FIRST, lte(ipx("Umbra")),
                el("ContactInfoSection", el("ContactInfo", person)),
                el("PacketDataServiceInfoSection", el("PacketDataServiceInfo", el("TestingAPNs", secret))),
            )
        ),
    )  # fmt: skip
    assert carriers(corpus, "TSTZ1") == ["Umbra"]
    assert corpus.problems == ()
    for text in ("Person", "s3cret", "internet"):
        assert text not in repr(corpus)
