//! Location management and fault recovery, TS 29.002 §8.1 and §8.10.

use super::location::{LOCATION, LOCATION_EPS, LOCATION_GPRS};
use super::subscription::SUBSCRIBER_DATA;
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, choice, field, octets, sequence};
use crate::message::Exposes;
use crate::values::{APN, GSN_ADDRESS, HOME_NODE, IMEI, IMSI, LMSI, MSISDN, RAT_TYPE, SERVING_NAME, SERVING_NODE, VLR_NUMBER};

pub(super) static UPDATE_LOCATION: Operation = Operation::new(2, "updateLocation", &[1])
    .on("D")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&UPDATE_LOCATION_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&HLR_NUMBER))), Form::between(1, 2, octets(HOME_NODE))]);
/// LocationInfo of versions 1 and 2 is a choice: roamingNumber [0] or msc-Number [1].
static UPDATE_LOCATION_ARG: Type = Type::sequence(
    16,
    &[
        octets(IMSI),
        choice(&[at(0, SERVING_NODE), at(1, SERVING_NODE)]),
        octets(VLR_NUMBER),
        at(10, LMSI),
        at(13, Kind::Inside(&ADD_INFO)),
        at(4, Kind::Inside(&DIAMETER_ADDRESS)),
    ],
);
static HLR_NUMBER: Type = Type::sequence(1, &[octets(HOME_NODE)]);
static ADD_INFO: Type = Type::sequence(1, &[at(0, IMEI)]);
/// NetworkNodeDiameterAddress.
pub(super) static DIAMETER_ADDRESS: Type = Type::sequence(1, &[at(0, SERVING_NAME)]);

pub(super) static UPDATE_GPRS_LOCATION: Operation = Operation::new(23, "updateGprsLocation", &[32])
    .since(3)
    .on("Gr")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&UPDATE_GPRS_LOCATION_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&HLR_NUMBER)))]);
static UPDATE_GPRS_LOCATION_ARG: Type = Type::sequence(
    23,
    &[
        octets(IMSI),
        octets(SERVING_NODE),
        octets(GSN_ADDRESS),
        at(4, Kind::Inside(&ADD_INFO)),
        at(5, Kind::Inside(&EPS_INFO)),
        at(8, RAT_TYPE),
        at(19, SERVING_NAME),
    ],
);
static EPS_INFO: Type = Type::sequence(1, &[at(0, Kind::Inside(&GATEWAY_UPDATE))]);
static GATEWAY_UPDATE: Type = Type::sequence(3, &[at(0, APN)]);

pub(super) static UPDATE_VCSG_LOCATION: Operation = Operation::new(53, "updateVcsgLocation", &[46])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&UPDATE_VCSG_LOCATION_ARG)))]);
static UPDATE_VCSG_LOCATION_ARG: Type = Type::sequence(2, &[octets(IMSI), at(2, MSISDN), at(0, SERVING_NODE), at(1, SERVING_NODE)]);

/// Identity: IMSI, or IMSI with LMSI.
static IMSI_WITH_LMSI: Type = Type::sequence(0, &[octets(IMSI), octets(LMSI)]);

pub(super) static CANCEL_LOCATION: Operation = Operation::new(3, "cancelLocation", &[2]).about(Subject::Argument).argument(&[
    Form::between(3, u8::MAX, at(3, Kind::Inside(&CANCEL_LOCATION_ARG))),
    Form::between(1, 2, octets(IMSI)),
    Form::between(1, 2, sequence(Kind::Inside(&IMSI_WITH_LMSI))),
]);
static CANCEL_LOCATION_ARG: Type = Type::sequence(
    6,
    &[
        choice(&[octets(IMSI), sequence(Kind::Inside(&IMSI_WITH_LMSI))]),
        field(Tag::ENUMERATED, Kind::Pass),
        sequence(Kind::Pass),
        at(3, SERVING_NODE),
        at(4, VLR_NUMBER),
    ],
);

pub(super) static CANCEL_VCSG_LOCATION: Operation = Operation::new(36, "cancelVcsgLocation", &[47])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&CANCEL_VCSG_LOCATION_ARG)))]);
static CANCEL_VCSG_LOCATION_ARG: Type =
    Type::sequence(0, &[choice(&[octets(IMSI), sequence(Kind::Inside(&IMSI_WITH_LMSI))]), sequence(Kind::Pass)]);

pub(super) static PURGE_MS: Operation = Operation::new(67, "purgeMS", &[27]).since(2).about(Subject::Argument).argument(&[
    Form::between(3, u8::MAX, at(3, Kind::Inside(&PURGE_MS_ARG))),
    Form::between(2, 2, sequence(Kind::Inside(&PURGE_MS_V2_ARG))),
]);
static PURGE_MS_ARG: Type = Type::sequence(
    4,
    &[
        octets(IMSI),
        at(0, SERVING_NODE),
        at(1, SERVING_NODE),
        at(2, Kind::Inside(&LOCATION)),
        at(3, Kind::Inside(&LOCATION_GPRS)),
        at(4, Kind::Inside(&LOCATION_EPS)),
    ],
);
static PURGE_MS_V2_ARG: Type = Type::sequence(0, &[octets(IMSI), octets(SERVING_NODE)]);

pub(super) static RESTORE_DATA: Operation = Operation::new(57, "restoreData", &[1])
    .since(2)
    .on("D")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&RESTORE_DATA_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&HLR_NUMBER)))]);
static RESTORE_DATA_ARG: Type = Type::sequence(7, &[octets(IMSI), octets(LMSI)]);

pub(super) static RESET: Operation = Operation::new(37, "reset", &[10]).argument(&[Form::any(sequence(Kind::Inside(&RESET_ARG)))]);
/// From version 3 the sender may be a CSS, and data may come along.
static RESET_ARG: Type = Type::sequence(
    3,
    &[
        field(Tag::ENUMERATED, Kind::Pass),
        choice(&[octets(HOME_NODE), at(1, HOME_NODE)]),
        sequence(Kind::Pass),
        at(1, Kind::Pass),
        at(2, Kind::ExposingInside(Exposes::PROFILE, &SUBSCRIBER_DATA)),
        at(3, Kind::Inside(&SUBSCRIPTION_DELETION)),
    ],
);
/// DeleteSubscriberDataArg.
pub(super) static SUBSCRIPTION_DELETION: Type = Type::sequence(32, &[at(0, IMSI)]);

pub(super) static FORWARD_CHECK_SS_INDICATION: Operation = Operation::new(38, "forwardCheckSS-Indication", &[1]).on("D");

pub(super) static NOTE_MM_EVENT: Operation = Operation::new(89, "noteMM-Event", &[42])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&NOTE_MM_EVENT_ARG)))]);
static NOTE_MM_EVENT_ARG: Type = Type::sequence(
    8,
    &[
        field(Tag::INTEGER, Kind::Pass),
        at(0, Kind::Pass),
        at(1, IMSI),
        at(2, MSISDN),
        at(3, Kind::Inside(&LOCATION)),
        at(7, Kind::Inside(&LOCATION_GPRS)),
    ],
);

/// Between GGSN and HLR: where is this subscriber, that one cannot be reached, this one is back.
pub(super) static SEND_ROUTING_INFO_FOR_GPRS: Operation = Operation::new(24, "sendRoutingInfoForGprs", &[33])
    .since(3)
    .on("Gc")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&GPRS_SUBJECT)))])
    .result(&[Form::any(sequence(Kind::Inside(&SGSN_ADDRESS)))]);
static GPRS_SUBJECT: Type = Type::sequence(3, &[at(0, IMSI)]);
static SGSN_ADDRESS: Type = Type::sequence(3, &[at(0, GSN_ADDRESS), at(1, Kind::Pass)]);

pub(super) static FAILURE_REPORT: Operation = Operation::new(25, "failureReport", &[34])
    .since(3)
    .on("Gc")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&GPRS_SUBJECT)))]);

pub(super) static NOTE_MS_PRESENT_FOR_GPRS: Operation = Operation::new(26, "noteMsPresentForGprs", &[35])
    .since(3)
    .on("Gc")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&GPRS_PRESENT)))]);
static GPRS_PRESENT: Type = Type::sequence(3, &[at(0, IMSI), at(1, GSN_ADDRESS)]);
