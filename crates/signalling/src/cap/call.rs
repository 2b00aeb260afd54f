//! Circuit-switched call control, TS 29.078 §6: who calls whom, where they are, and where the call is sent instead.

use super::operations::argument;
use crate::grammar::{Form, Kind, Type, at, octets};
use crate::map::location::LOCATION;
use crate::values::{
    CALLED_PARTY, CALLING_PARTY, EVENT, GENERIC_ADDRESS, IMEI, IMSI, REDIRECTING_PARTY, ROUTING_ADDRESS, SERVICE_NODE, SERVING_NODE,
};

pub(super) const INITIAL_DP: &[Form] = &[argument(&INITIAL_DP_ARG)];
static INITIAL_DP_ARG: Type = Type::sequence(
    59,
    &[
        at(2, CALLED_PARTY),
        at(3, CALLING_PARTY),
        at(28, EVENT),
        at(29, REDIRECTING_PARTY),
        at(50, IMSI),
        at(52, Kind::Inside(&LOCATION)),
        at(55, SERVING_NODE),
        at(59, Kind::Inside(&INITIAL_DP_EXTENSION)),
    ],
);
/// InitialDPArgExtension: forwardingDestinationNumber [1], iMEI [3].
static INITIAL_DP_EXTENSION: Type = Type::sequence(14, &[at(1, ROUTING_ADDRESS), at(3, IMEI)]);

pub(super) const CONNECT: &[Form] = &[argument(&CONNECT_ARG)];
static CONNECT_ARG: Type = Type::sequence(59, &[at(0, Kind::Inside(&DESTINATIONS))]);
/// DestinationRoutingAddress.
static DESTINATIONS: Type = Type::list(&[octets(ROUTING_ADDRESS)]);

pub(super) const INITIATE_CALL_ATTEMPT: &[Form] = &[argument(&INITIATE_CALL_ATTEMPT_ARG)];
static INITIATE_CALL_ATTEMPT_ARG: Type = Type::sequence(53, &[at(0, Kind::Inside(&DESTINATIONS)), at(52, SERVICE_NODE)]);

pub(super) const ESTABLISH_TEMPORARY_CONNECTION: &[Form] = &[argument(&TEMPORARY_CONNECTION_ARG)];
/// AssistingSSPIPRoutingAddress.
static TEMPORARY_CONNECTION_ARG: Type = Type::sequence(53, &[at(0, GENERIC_ADDRESS)]);

pub(super) const EVENT_REPORT_BCSM: &[Form] = &[argument(&EVENT_REPORT_ARG)];
static EVENT_REPORT_ARG: Type = Type::sequence(5, &[at(0, EVENT), at(2, Kind::Inside(&EVENT_INFORMATION))]);
/// EventSpecificInformationBCSM: busy [8] and no answer [9] forward, seizure [13], acceptance [20] and movement [50], [51] locate.
static EVENT_INFORMATION: Type = Type::sequence(
    52,
    &[
        at(8, Kind::Inside(&FORWARDED)),
        at(9, Kind::Inside(&FORWARDED)),
        at(13, Kind::Inside(&LOCATED)),
        at(20, Kind::Inside(&LOCATED)),
        at(50, Kind::Inside(&LOCATED)),
        at(51, Kind::Inside(&LOCATED)),
    ],
);
static FORWARDED: Type = Type::sequence(52, &[at(52, ROUTING_ADDRESS)]);
static LOCATED: Type = Type::sequence(51, &[at(50, Kind::Inside(&LOCATION))]);
