"""What enrichment adds to a message: the columns that rules rely on, beside those of `messages`."""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

from ipxray.capture import Message
from ipxray.tables import Column, columns_of

__all__ = ["ENRICHED", "Enrichment"]


class Enrichment(NamedTuple):
    """One row per message: the table `enriched` has every column of `messages` and these. Null: not known."""

    subscriber: Annotated[
        str | None, "IMSI, else msisdn: and the number; of an answer or continuation that names none, its request's"
    ]
    home_network: Annotated[str | None, "network of the subscriber: TADIG, or plmn: and its codes where none is known"]
    home_country: Annotated[str | None, "its country, ISO 3166-1 alpha-2"]
    home_plmn: Annotated[str | None, "its PLMN id, 5 or 6 digits (ITU-T E.212)"]
    is_protected: Annotated[bool, "true when the home network is one of --home; without --home, of every subscriber"]
    sender_network: Annotated[str | None, "network whose address the message bears as its origin"]
    sender_country: Annotated[str | None, "its country"]
    sender_operator: Annotated[str | None, "its organisation"]
    sender_address: Annotated[
        str | None,
        "calling global title, Origin-Host, GTP peer address or HTTP/2 authority; of a message without one, its "
        "originating point code",
    ]
    sender_address_kind: Annotated[str | None, "global_title, host, ip or point_code"]
    sender_declared: Annotated[
        bool | None,
        "true when the address lies, by prefix and exact length, in a range, host, realm or IP range that its network "
        "declares; null when it declares none of that kind",
    ]
    sender_reached_by: Annotated[
        str, "how the network was found: declared, numbering (country of an E.164 number only), realm, ip or none"
    ]
    receiver_network: Annotated[str | None, "network of the address that the message is sent to"]
    receiver_country: Annotated[str | None, "its country"]
    receiver_address: Annotated[str | None, "called global title, Destination-Host or -Realm, or GTP peer address"]
    serving_network: Annotated[str | None, "network of serving_node"]
    serving_country: Annotated[str | None, "country of serving_node"]
    home_node_network: Annotated[str | None, "network of home_node"]
    client_network: Annotated[str | None, "network of gmlc_or_scf"]
    client_country: Annotated[str | None, "country of gmlc_or_scf"]
    forwarded_country: Annotated[str | None, "country of forwarded_to"]
    realm_network: Annotated[str | None, "network that origin_realm names or belongs to"]
    host_network: Annotated[str | None, "network that origin_host names or belongs to"]
    visited_network: Annotated[str | None, "network of visited_plmn"]
    gsn_network: Annotated[str | None, "network that declares gsn_address"]
    direction: Annotated[
        str,
        "inbound, outbound, internal, transit or unknown: against --home, else against the home of the subscriber",
    ]
    from_outside: Annotated[
        bool | None, "true when sender_network is neither the subscriber's home nor of its organisation and country"
    ]
    sender_is_home: Annotated[bool | None, "true when sender_network is the subscriber's home or its sister"]
    sender_is_serving: Annotated[bool | None, "true when sender_network is where the subscriber registered last"]
    toward_home: Annotated[bool | None, "true when the receiver is the subscriber's home"]
    previous_network: Annotated[
        str | None,
        "network of the last earlier registration that was not refused (UL, UGL, ULR, session, N-registration)",
    ]
    previous_country: Annotated[str | None, "its country"]
    previous_at: Annotated[int | None, "its time, microseconds since 1970, UTC"]
    distance_km: Annotated[
        float | None, "great circle between the countries of previous_network and of this message's visited side"
    ]
    speed_kmh: Annotated[float | None, "distance_km over the time since previous_at; null for no time or no distance"]
    neighbours: Annotated[bool | None, "true when the two countries are one or share a border"]
    sender_neighbours: Annotated[
        bool | None, "true when the countries of sender and receiver are one or share a border"
    ]
    speed_excepted: Annotated[
        bool,
        "true when the speed says nothing: MCC 901, networks of one organisation, countries without a known place",
    ]
    since_registration_us: Annotated[int | None, "microseconds since the subscriber's last registration anywhere"]
    since_sender_registered_us: Annotated[int | None, "microseconds since the last one by this sender's network"]
    since_authentication_us: Annotated[int | None, "microseconds since this sender's network last asked for vectors"]
    since_home_asked_us: Annotated[
        int | None,
        "microseconds since the home's own request about the subscriber, or a registration that reached it",
    ]
    since_sri_sm_us: Annotated[int | None, "microseconds since the last SendRoutingInfoForSM or S6c request"]
    sri_sm_sender: Annotated[str | None, "sender_network of that request"]
    since_cancelled_us: Annotated[int | None, "microseconds since the last CancelLocation or S6a CLR"]
    sender_messages_10m: Annotated[int, "requests with this sender_address in the last ten minutes, this one included"]
    sender_subscribers_10m: Annotated[int, "different subscribers among them"]
    sender_operations_10m: Annotated[int, "different operations among them"]
    sender_errors_10m: Annotated[int, "errors answered to this sender_address in the last ten minutes"]
    sender_unknown_subscribers_10m: Annotated[int, "of these, unknown or unidentified subscriber, or unknown user"]
    sender_destinations_10m: Annotated[int, "different receiver addresses among its requests"]
    subscriber_senders_10m: Annotated[int, "networks that sent requests about this subscriber in ten minutes"]
    subscriber_countries_10m: Annotated[int, "countries of these networks"]
    sender_authentications_1d: Annotated[int, "requests for vectors by this sender_network within a day"]
    sender_registrations_1d: Annotated[int, "registrations by this sender_network within a day"]
    is_request: Annotated[bool, "true for an invoke, a Diameter or GTP request, an HTTP/2 request"]
    is_answered: Annotated[bool, "true when an answer to this request was seen"]
    answer_error: Annotated[int | None, "error, result code or cause of that answer"]
    answer_exposes: Annotated[int, "data classes that the answer gives away, as in exposes; 0 for none"]
    answer_delay_us: Annotated[int | None, "microseconds from the request to its answer"]
    category: Annotated[
        str | None, "Cat1, Cat2, Cat3, CatSMS, CAP2 or CAP3: by operation, application context and direction"
    ]
    legit_direction: Annotated[
        str | None,
        "where a legitimate one travels: v_to_h, h_to_v, x_to_h, h_to_x, x_to_v (home, visited, any), intra or any",
    ]
    operation_family: Annotated[
        str | None,
        "location, authentication, registration, cancel, profile, sms, supplementary, camel, imei, session, call, "
        "identity, trace, handover, reset, charging, path or other",
    ]
    adjacent_address: Annotated[
        str | None, "neighbour that handed the message over: Diameter first Route-Record or peer, point code or IP"
    ]
    observed_carriers: Annotated[tuple[str, ...], "carriers that hold that neighbour's point code, host or AS"]
    declared_carriers: Annotated[tuple[str, ...], "carriers that sender_network declares for the service"]
    route_verdict: Annotated[str, "declared, undeclared or unknown"]
    route_record_first: Annotated[str | None, "first Route-Record: the node nearest to the sender (RFC 6733 §6.1.9)"]
    profile_known: Annotated[
        bool | None, "true when sender, operation and neighbour stand in the learnt profile; null without one"
    ]
    indicator: Annotated[str | None, "id of the indicator that matches, the first in order where several do"]
    indicator_source: Annotated[str | None, "source of that indicator"]


ENRICHED: Final[tuple[Column, ...]] = columns_of(Message) + columns_of(Enrichment)
"""The columns of `enriched`, in order."""
