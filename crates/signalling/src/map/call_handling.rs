//! Call handling, TS 29.002 §10: where a call goes, and on whose number it is forwarded.

use super::location::SUBSCRIBER_INFO;
use super::subscription::{CALL_CSI, DIALLED_CSI, FORWARDING_DATA};
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, choice, field, octets, sequence};
use crate::message::Exposes;
use crate::values::{FORWARDED_TO, IMSI, LMSI, MSISDN, SERVICE_NODE, SERVING_NODE};

pub(super) static PROVIDE_ROAMING_NUMBER: Operation = Operation::new(4, "provideRoamingNumber", &[3])
    .on("D")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&PROVIDE_ROAMING_NUMBER_ARG)))])
    .result(&[Form::between(3, u8::MAX, sequence(Kind::Inside(&ROAMING_NUMBER))), Form::between(1, 2, octets(FORWARDED_TO))]);
static PROVIDE_ROAMING_NUMBER_ARG: Type = Type::sequence(26, &[at(0, IMSI), at(1, SERVING_NODE), at(2, MSISDN), at(4, LMSI)]);
static ROAMING_NUMBER: Type =
    Type::sequence(0, &[octets(FORWARDED_TO), sequence(Kind::Pass), field(Tag::NULL, Kind::Pass), octets(SERVING_NODE)]);

/// From version 3 the result is marked [3].
pub(super) static SEND_ROUTING_INFO: Operation = Operation::new(22, "sendRoutingInfo", &[5])
    .on("C")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&SEND_ROUTING_INFO_ARG)))])
    .result(&[
        Form::between(3, u8::MAX, at(3, Kind::Inside(&SEND_ROUTING_INFO_RES))),
        Form::between(1, 2, sequence(Kind::Inside(&SEND_ROUTING_INFO_V2_RES))),
    ]);
static SEND_ROUTING_INFO_ARG: Type = Type::sequence(29, &[at(0, MSISDN), at(6, SERVICE_NODE)]);
static SEND_ROUTING_INFO_RES: Type = Type::sequence(
    23,
    &[
        at(9, IMSI),
        choice(&[octets(FORWARDED_TO), sequence(Kind::Inside(&FORWARDING_DATA)), at(8, Kind::Inside(&CAMEL_ROUTING))]),
        at(7, Kind::Inside(&SUBSCRIBER_INFO)),
        at(2, SERVING_NODE),
        at(12, MSISDN),
        at(17, Kind::Inside(&ROUTING_2)),
    ],
);
/// RoutingInfo.
static ROUTING_2: Type = Type::sequence(0, &[choice(&[octets(FORWARDED_TO), sequence(Kind::Inside(&FORWARDING_DATA))])]);
static CAMEL_ROUTING: Type =
    Type::sequence(1, &[sequence(Kind::Inside(&FORWARDING_DATA)), at(0, Kind::ExposingInside(Exposes::PROFILE, &GMSC_CAMEL))]);
/// GmscCamelSubscriptionInfo.
static GMSC_CAMEL: Type =
    Type::sequence(5, &[at(0, Kind::Inside(&CALL_CSI)), at(1, Kind::Inside(&CALL_CSI)), at(5, Kind::Inside(&DIALLED_CSI))]);
static SEND_ROUTING_INFO_V2_RES: Type =
    Type::sequence(0, &[octets(IMSI), choice(&[octets(FORWARDED_TO), sequence(Kind::Inside(&FORWARDING_DATA))]), sequence(Kind::Pass)]);

pub(super) static RESUME_CALL_HANDLING: Operation = Operation::new(6, "resumeCallHandling", &[6])
    .since(3)
    .on("E")
    .argument(&[Form::any(sequence(Kind::Inside(&RESUME_CALL_HANDLING_ARG)))]);
static RESUME_CALL_HANDLING_ARG: Type = Type::sequence(
    15,
    &[
        at(2, Kind::Inside(&FORWARDING_DATA)),
        at(3, IMSI),
        at(5, Kind::Inside(&CALL_CSI)),
        at(9, MSISDN),
        at(12, Kind::Inside(&DIALLED_CSI)),
    ],
);

pub(super) static RELEASE_RESOURCES: Operation =
    Operation::new(20, "releaseResources", &[44]).since(3).argument(&[Form::any(sequence(Kind::Inside(&ROAMING_NUMBER)))]);

pub(super) static IST_ALERT: Operation = subscriber(87, "istAlert", 4);
pub(super) static IST_COMMAND: Operation = subscriber(88, "istCommand", 9);
pub(super) static STATUS_REPORT: Operation = subscriber(74, "statusReport", 7);
pub(super) static REMOTE_USER_FREE: Operation = subscriber(75, "remoteUserFree", 7);
pub(super) static SET_REPORTING_STATE: Operation = subscriber(73, "setReportingState", 7);

/// An operation of version 3 whose argument begins with an IMSI.
const fn subscriber(code: i64, name: &'static str, context: u32) -> Operation {
    Operation::new(code, name, &[context]).since(3).about(Subject::Argument).argument(SUBSCRIBER_ARG)
}
const SUBSCRIBER_ARG: &[Form] = &[Form::any(sequence(Kind::Inside(&SUBSCRIBER)))];
static SUBSCRIBER: Type = Type::sequence(6, &[at(0, IMSI)]);

/// Withdrawn with release 5: TS 29.002 §10.6 of release 4.
pub(super) static PROVIDE_SIWFS_NUMBER: Operation = Operation::new(31, "provideSIWFSNumber", &[12]).since(3);
pub(super) static SIWFS_SIGNALLING_MODIFY: Operation = Operation::new(32, "sIWFSSignallingModify", &[12]).since(3);
