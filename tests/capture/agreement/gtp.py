"""What tshark reads of GTP and PFCP: one row a control message, in the columns of `messages`; G-PDUs are counted."""

from __future__ import annotations

from tests.capture.agreement.dissector import Field, Frame

Row = dict[str, object]

G_PDU = 255
HEADER = ("gtp.", "gtpv2.", "pfcp.")
VERSIONS = {0: "gtpv0", 1: "gtpv1"}
# Error Indication and End Marker belong to the user plane on any port.
USER_ONLY = {26, 254}
ADDRESSES = ("gtpv2.f_teid_ipv4", "gtpv2.f_teid_ipv6", "gtp.gsn_ipv4", "gtp.gsn_ipv6", "gtp.gsn_address.ipv4")


def rows(frame: Frame) -> list[Row]:
    """Every GTP-C, GTP prime and PFCP message in `frame` that carries no user packet."""
    is_user_plane = any(
        protocol.name == "udp" and protocol.every("udp.port") and "2152" in _ports(protocol)
        for protocol in frame.protocols
    )
    found: list[Row] = []
    for protocol in frame.protocols:
        if protocol.name in {"gtp", "gtpv2", "gtpprime", "pfcp"}:
            row = {"frame": frame.number, **_row(protocol)}
            if row["operation_code"] != G_PDU or protocol.name in {"gtpv2", "pfcp"}:
                is_user = is_user_plane or row["operation_code"] in USER_ONLY
                found.append(row | {"protocol": "gtpu"} if is_user and row["protocol"] == "gtpv1" else row)
    return found


def _ports(protocol: Field) -> set[str]:
    return {field.show for field in protocol.every("udp.port")}


def user_packets(frame: Frame) -> int:
    """How many G-PDUs `frame` carries, tunnels inside tunnels not counted."""
    kinds = [protocol.number("gtp.message") for protocol in frame.protocols if protocol.name in {"gtp", "gtpprime"}]
    return int(G_PDU in kinds)


def _row(protocol: Field) -> Row:
    if protocol.name == "gtpv2":
        return _version_2(protocol)
    if protocol.name == "pfcp":
        return _session(protocol)
    header: Row = {"operation_code": protocol.number("gtp.message"), "sequence": protocol.number("gtp.seq_number")}
    if protocol.text("gtp.flags.payload") in {"0", "False"}:
        # Charging records are not read.
        return {"protocol": "gtp_prime", **header}
    if protocol.number("gtp.flags.version") == 0:
        # GSM 09.60 §6: the flow label and the tunnel identifier, which is the IMSI and a digit, stand in the header.
        tunnel = protocol.text("gtp.tid") or ""
        imsi = tunnel[:15] if tunnel.strip("0") else None
        first = {"protocol": "gtpv0", **header, "teid": protocol.number("gtp.flow_label"), "imsi": imsi}
    else:
        first = {"protocol": "gtpv1", **header, "teid": protocol.number("gtp.teid"), "imsi": protocol.text("e212.imsi")}
    return first | {
        "error_code": protocol.number("gtp.cause"),
        "msisdn": protocol.text("e164.msisdn"),
        "imei": protocol.text("gtp.ext_imeisv"),
        "apn": protocol.text("gtp.apn"),
        "rat": protocol.number("gtp.ext_rat_type"),
        "gsn_address": protocol.text(*ADDRESSES),
        "visited_plmn": _network(protocol, "e212.rai", "e212.sai", "e212.cgi"),
    }


def _signed(number: int | None) -> int | None:
    """Eight octets in a column of signed numbers."""
    return number - (1 << 64) if number is not None and number >= 1 << 63 else number


def _session(protocol: Field) -> Row:
    return {
        "protocol": "pfcp",
        "operation_code": protocol.number("pfcp.msg_type"),
        "sequence": protocol.number("pfcp.seqno"),
        "destination_transaction": _signed(
            next((field.number("pfcp.seid") for field in protocol.children if field.name == "pfcp.seid"), None)
        ),
        "error_code": next(
            (element.number("pfcp.cause") for element in protocol.children if element.number("pfcp.ie_type") == 19),
            None,
        ),
        "length": (protocol.number("pfcp.length") or 0) + 4,
    }


def _version_2(protocol: Field) -> Row:
    place = {"cell_area": protocol.number("gtpv2.tai_tac"), "cell_cell": protocol.number("gtpv2.ecgi_eci")}
    # Other forms of location go by other names.
    return {name: value for name, value in place.items() if value is not None} | {
        "protocol": "gtpv2",
        "operation_code": protocol.number("gtpv2.message_type"),
        "teid": protocol.number("gtpv2.teid"),
        "sequence": protocol.number("gtpv2.seq"),
        "error_code": protocol.number("gtpv2.cause"),
        "imsi": protocol.text("e212.imsi"),
        "msisdn": protocol.text("e164.msisdn"),
        "imei": protocol.text("gtpv2.mei"),
        "apn": protocol.text("gtpv2.apn"),
        "rat": protocol.number("gtpv2.rat_type"),
        "gsn_address": _endpoint(protocol),
        "visited_plmn": _serving_network(protocol)
        or _network(protocol, "e212.tai", "e212.ecgi", "e212.rai", "e212.sai", "e212.cgi", "e212.lai"),
    }


def _endpoint(protocol: Field) -> str | None:
    """The address of the sender's own endpoint; of a bearer's when the message has no other."""
    own = [
        element
        for element in protocol.children
        if element.number("gtpv2.ie_type") == 87 and "Grouped" not in element.show
    ]
    return next((text for element in own if (text := element.text(*ADDRESSES))), None) or protocol.text(*ADDRESSES)


def _serving_network(protocol: Field) -> str | None:
    """MCC and MNC of the element Serving Network, TS 29.274 §8.18."""
    for element in protocol.children:
        if element.number("gtpv2.ie_type") == 83 and element.text("e212.mcc"):
            return _plmn(element.text("e212.mcc"), element.first("e212.mnc"))
    return None


def _network(protocol: Field, *prefixes: str) -> str | None:
    """MCC and MNC of the first location inside."""
    for prefix in prefixes:
        if protocol.text(f"{prefix}.mcc"):
            return _plmn(protocol.text(f"{prefix}.mcc"), protocol.first(f"{prefix}.mnc"))
    return None


def _plmn(country: str | None, network: Field | None) -> str | None:
    if country is None or network is None:
        return None
    # Octets 2 and 3 hold the network code; the high semi-octet of the first is filler when it has two digits.
    is_short = network.value[:1].upper() == "F"
    return country.zfill(3) + network.show.zfill(2 if is_short else 3)
