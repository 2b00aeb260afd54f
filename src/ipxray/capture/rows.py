"""What a capture says, as rows. The native decoder builds the same columns; a test holds the two together."""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

__all__ = ["TABLES", "Gap", "Message", "Tunnel"]


class Message(NamedTuple):
    """One row per MAP or CAP component, Diameter message, GTP-C or PFCP message, HTTP/2 request or answer. Keys and message texts are counted and dropped by the decoder. A packet quoted in an ICMP error gives no row: it was seen when it was sent."""

    capture: Annotated[
        str, "file the frame lies in: its name, or its path where two have one name; - for standard input"
    ]
    frame: Annotated[
        int, "number of the frame in that file, from 1; of a message in parts, and of an HTTP/2 stream, its last"
    ]
    index: Annotated[int, "position among the messages of the frame, from 0"]  # type: ignore[assignment] # shadows tuple.index
    observed_at: Annotated[int, "microseconds since 1970, UTC"]
    protocol: Annotated[str, "map, cap, tcap, isup, diameter, gtpv0, gtpv1, gtpv2, gtp_prime, pfcp or http2"]
    interface: Annotated[
        str | None,
        "reference point where the message tells it: C, D, Gr, S6a, S11, S5/S8, Gp, N32-f …; null where it does not, as a GTPv2 message without endpoint identifiers",
    ]
    message_type: Annotated[
        str | None,
        "begin, continue, end, abort, unidirectional (ITU-T Q.773); request or answer; or the message's name where it asks and answers nothing",
    ]
    component: Annotated[
        str | None,
        "invoke, return_result, return_error or reject (ITU-T Q.773); of Diameter the kind of request where an AVP tells one (initial, update …); of HTTP/2 the method, of N32-c the security agreed: tls or prins",
    ]
    operation_code: Annotated[
        int | None, "operation (TS 29.002, 29.078), command (RFC 6733) or message type (TS 29.060, 29.244, 29.274)"
    ]
    operation: Annotated[str | None, "its name as the standard writes it"]
    application_context: Annotated[
        str | None, "TCAP application context, object identifier with dots; or Diameter application id"
    ]
    error_code: Annotated[
        int | None,
        "MAP or CAP error; 256 times kind plus code of a reject's problem, cause of an abort, diagnostic of a refused dialogue (ITU-T Q.773); Diameter Result-Code or Experimental-Result-Code; GTP or PFCP cause; HTTP status",
    ]
    source_ip: Annotated[str | None, "source address of the outer IP datagram"]
    destination_ip: Annotated[str | None, "destination address of the outer IP datagram"]
    source_port: Annotated[int | None, "source port of SCTP, TCP or UDP"]
    destination_port: Annotated[int | None, "destination port of SCTP, TCP or UDP"]
    network_indicator: Annotated[int | None, "MTP3 network indicator, 0 to 3 (ITU-T Q.704)"]
    originating_point_code: Annotated[int | None, "MTP3 originating point code as a number"]
    destination_point_code: Annotated[int | None, "MTP3 destination point code as a number"]
    calling_global_title: Annotated[
        str | None,
        "SCCP calling party: digits of the global title, A to F for semi-octets above nine (ITU-T Q.713 §3.4)",
    ]
    calling_nature_of_address: Annotated[int | None, "SCCP calling party: nature of address indicator"]
    calling_numbering_plan: Annotated[int | None, "SCCP calling party: numbering plan; 1 E.164, 6 E.212, 7 E.214"]
    calling_translation_type: Annotated[int | None, "SCCP calling party: translation type"]
    calling_subsystem_number: Annotated[
        int | None, "SCCP calling party: subsystem number; 6 HLR, 7 VLR, 8 MSC, 146 CAP, 149 SGSN (TS 23.003 §8)"
    ]
    calling_point_code: Annotated[int | None, "SCCP calling party: point code inside the address"]
    called_global_title: Annotated[str | None, "SCCP called party: digits of the global title"]
    called_nature_of_address: Annotated[int | None, "SCCP called party: nature of address indicator"]
    called_numbering_plan: Annotated[int | None, "SCCP called party: numbering plan"]
    called_translation_type: Annotated[int | None, "SCCP called party: translation type"]
    called_subsystem_number: Annotated[int | None, "SCCP called party: subsystem number"]
    called_point_code: Annotated[int | None, "SCCP called party: point code inside the address"]
    originating_transaction: Annotated[
        int | None,
        "TCAP originating transaction id; of GTP and PFCP the endpoint identifier that the sender gives itself, which the headers of what comes back carry; eight octets are read as two's complement",
    ]
    destination_transaction: Annotated[
        int | None, "TCAP destination transaction id; session endpoint identifier of the PFCP header; likewise"
    ]
    invoke_id: Annotated[int | None, "TCAP invoke id"]
    origin_host: Annotated[
        str | None,
        "Diameter Origin-Host. All host names: at most 255 octets, control characters as \\u{1b}, no UTF-8 as U+FFFD",
    ]
    origin_realm: Annotated[str | None, "Diameter Origin-Realm"]
    destination_host: Annotated[str | None, "Diameter Destination-Host; HTTP/2 authority"]
    destination_realm: Annotated[str | None, "Diameter Destination-Realm"]
    route_record: Annotated[
        tuple[str, ...], "Diameter Route-Records in order, at most 16; HTTP/2 Via; empty when there is none"
    ]
    session_id_form: Annotated[str | None, "form of the Diameter Session-Id: rfc6733, imsi_inside or other"]
    hop_by_hop: Annotated[int | None, "Diameter hop-by-hop identifier"]
    end_to_end: Annotated[int | None, "Diameter end-to-end identifier"]
    teid: Annotated[int | None, "tunnel endpoint identifier of the GTP header, flow label of GTPv0"]
    sequence: Annotated[int | None, "GTP or PFCP sequence number"]
    imsi: Annotated[str | None, "subscriber: IMSI (ITU-T E.212); a pseudonym when decoded under a key"]
    msisdn: Annotated[str | None, "subscriber: number (ITU-T E.164); a pseudonym under a key"]
    imei: Annotated[str | None, "equipment: IMEI (TS 23.003 §6); a pseudonym under a key"]
    visited_plmn: Annotated[str | None, "visited network that the message names: MCC and MNC, 5 or 6 digits"]
    serving_node: Annotated[str | None, "VLR, MSC, SGSN or MME that the message names, by number or host name"]
    home_node: Annotated[str | None, "HLR or HSS that the message names, by number or host name"]
    gmlc_or_scf: Annotated[
        str | None, "GMLC, gsmSCF, SCEF or short message service centre that the message names, by number or host name"
    ]
    cell_mcc: Annotated[str | None, "mobile country code of the cell or area"]
    cell_mnc: Annotated[str | None, "mobile network code of the cell or area"]
    cell_area: Annotated[int | None, "location, routing or tracking area code"]
    cell_cell: Annotated[int | None, "cell identity, service area code or E-UTRAN cell identifier"]
    location_age: Annotated[int | None, "minutes since the location was last known"]
    forwarded_to: Annotated[str | None, "number that calls are forwarded to; a pseudonym under a key"]
    apn: Annotated[str | None, "access point name, labels joined by dots (TS 23.003 §9)"]
    gsn_address: Annotated[str | None, "first GSN or F-TEID address inside the message"]
    rat: Annotated[
        int | None,
        "radio access technology in the numbers of TS 29.274 §8.17, which GTPv1 and MAP share; of Diameter and HTTP/2 turned into them",
    ]
    authentication_vectors_count: Annotated[
        int | None, "authentication vectors carried; 0 where keys of a session come without; null in what asks for them"
    ]
    authentication_vectors_kind: Annotated[
        str | None, "triplet, quintuplet, eps or 5g, the strongest where there are several"
    ]
    sms_direction: Annotated[
        str | None,
        "kind of short message: deliver, submit, status_report or command (TS 23.040); ussd for a USSD string",
    ]
    sms_pid: Annotated[int | None, "protocol identifier of the short message"]
    sms_dcs: Annotated[int | None, "data coding scheme of the short message"]
    sms_length: Annotated[
        int | None, "length of the user data as its header says, in septets or octets; octets of a USSD string"
    ]
    sms_originator: Annotated[
        str | None, "originating or destination address of the short message; a number becomes a pseudonym under a key"
    ]
    sms_alphanumeric: Annotated[bool | None, "true when that address is a name"]
    sms_is_binary: Annotated[bool | None, "true for 8-bit data or a SIM toolkit message"]
    sms_toolkit_application: Annotated[
        int | None, "toolkit application reference of a command packet, 24 bits (TS 31.115)"
    ]
    exposes: Annotated[
        int,
        "data classes that the message gives away: 1 credential + 2 location + 4 sms + 8 user_traffic + 16 identity + 32 profile",
    ]
    anomalies: Annotated[tuple[str, ...], "where a strict reading differs: names of docs/reference/anomalies.md"]
    length: Annotated[int, "bytes of the message at its own layer"]
    request_frame: Annotated[int | None, "frame of the request that this answers; null when it lies in another file"]
    delay: Annotated[int | None, "microseconds from that request to this answer; null when it answers none"]


class Gap(NamedTuple):
    """One row per stretch of a capture that gave no message: counted, never silent."""

    capture: Annotated[str, "file the frame lies in, as in messages"]
    frame: Annotated[int, "number of the frame in that file, from 1"]
    offset: Annotated[
        int, "offset in the bytes handed to the protocol that failed; of the file itself, in its expanded bytes"
    ]
    length: Annotated[int, "bytes concerned; 0 when nobody can say"]
    protocol: Annotated[str, "who could not go on: file, link, ip, tcp, sctp, m3ua, sccp, tcap, diameter, gtpv2 …"]
    reason: Annotated[str, "closed list: docs/reference/gaps.md"]


class Tunnel(NamedTuple):
    """One row per GTP-U tunnel direction: user traffic is measured, never looked into (TS 29.281)."""

    capture: Annotated[str, "file of the first packet, as in messages"]
    source_ip: Annotated[str, "sender of the packets"]
    destination_ip: Annotated[str, "receiver, whose tunnel endpoint identifier it is"]
    teid: Annotated[int, "tunnel endpoint identifier"]
    packets: Annotated[int, "packets seen"]
    bytes: Annotated[int, "bytes of the inner packets"]
    first_at: Annotated[int, "first packet, microseconds since 1970, UTC"]
    last_at: Annotated[int, "last packet, likewise"]
    first_frame: Annotated[int, "frame of the first packet in that file"]
    inner_version: Annotated[int, "version of the inner IP packets: 4, 6, or 0 for something else"]
    nested: Annotated[bool, "true when an inner packet was itself GTP"]


TABLES: Final[dict[str, type[Message] | type[Gap] | type[Tunnel]]] = {
    "messages": Message,
    "gaps": Gap,
    "tunnels": Tunnel,
}
"""The tables of a capture by name, in the order in which they are written."""
