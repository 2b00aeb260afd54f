//! Location services, TS 29.002 §13A: a location to the metre, for a client that a GMLC vouches for.

use super::location::{CELL, GEOGRAPHY};
use super::subscription::IDENTITY;
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, choice, field, octets, sequence};
use crate::values::{AGE, GSN_ADDRESS, IMEI, IMSI, LMSI, MSISDN, SERVICE_NODE, SERVING_NAME, SERVING_NODE};

pub(super) static SEND_ROUTING_INFO_FOR_LCS: Operation = Operation::new(85, "sendRoutingInfoForLCS", &[37])
    .since(3)
    .on("Lh")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&ROUTING_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&ROUTING_RES)))]);
static ROUTING_ARG: Type = Type::sequence(2, &[at(0, SERVICE_NODE), at(1, Kind::Inside(&IDENTITY))]);
static ROUTING_RES: Type = Type::sequence(6, &[at(0, Kind::Inside(&IDENTITY)), at(1, Kind::Inside(&LCS_LOCATION)), at(3, GSN_ADDRESS)]);
/// LCSLocationInfo.
static LCS_LOCATION: Type = Type::sequence(10, &[octets(SERVING_NODE), at(6, SERVING_NAME), at(9, SERVING_NAME)]);

pub(super) static PROVIDE_SUBSCRIBER_LOCATION: Operation = Operation::new(83, "provideSubscriberLocation", &[38])
    .since(3)
    .on("Lg")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&LOCATION_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&LOCATION_RES)))]);
static LOCATION_ARG: Type = Type::sequence(
    18,
    &[sequence(Kind::Pass), octets(SERVICE_NODE), at(2, IMSI), at(3, MSISDN), at(4, LMSI), at(5, IMEI), at(15, GSN_ADDRESS)],
);
static LOCATION_RES: Type = Type::sequence(
    16,
    &[
        octets(GEOGRAPHY),
        at(0, AGE),
        at(2, GEOGRAPHY),
        at(6, Kind::Inside(&CELL)),
        at(13, Kind::Inside(&SERVING_NODE_ADDRESS)),
        at(16, GEOGRAPHY),
    ],
);
/// ServingNodeAddress.
static SERVING_NODE_ADDRESS: Type = Type::sequence(2, &[choice(&[at(0, SERVING_NODE), at(1, SERVING_NODE), at(2, SERVING_NAME)])]);

/// An emergency call may name nobody.
pub(super) static SUBSCRIBER_LOCATION_REPORT: Operation =
    Operation::new(86, "subscriberLocationReport", &[38]).since(3).on("Lg").argument(&[Form::any(sequence(Kind::Inside(&REPORT_ARG)))]);
static REPORT_ARG: Type = Type::sequence(
    29,
    &[
        field(Tag::ENUMERATED, Kind::Pass),
        sequence(Kind::Pass),
        sequence(Kind::Inside(&LCS_LOCATION)),
        at(0, MSISDN),
        at(1, IMSI),
        at(2, IMEI),
        at(5, GEOGRAPHY),
        at(6, AGE),
        at(8, GEOGRAPHY),
        at(13, Kind::Inside(&CELL)),
        at(14, GSN_ADDRESS),
        at(29, GEOGRAPHY),
    ],
);
