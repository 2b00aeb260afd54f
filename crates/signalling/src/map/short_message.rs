//! Short message service, TS 29.002 §12: addresses here, the unit itself in `sms.rs`. A service centre stands as `gmlc_or_scf`.

use super::mobility::DIAMETER_ADDRESS;
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Field, Form, Kind, Type, at, choice, field, octets, sequence};
use crate::values::{CENTRE_DESTINATION, CENTRE_ORIGIN, IMSI, LMSI, MSISDN, SERVICE_CENTRE, SERVING_NODE, TPDU};

/// SM-RP-DA; roamingNumber [3] stands in versions 1 and 2 only.
const DESTINATION: Field = choice(&[at(0, IMSI), at(1, LMSI), at(3, SERVING_NODE), at(4, CENTRE_DESTINATION), at(5, Kind::Pass)]);
/// SM-RP-OA.
const ORIGIN: Field = choice(&[at(2, MSISDN), at(4, CENTRE_ORIGIN), at(5, Kind::Pass)]);

pub(super) static MO_FORWARD_SM: Operation = Operation::new(46, "mo-forwardSM", &[21, 25])
    .called_until(2, "forwardSM")
    .about(Subject::FirstArgument)
    .argument(&[Form::any(sequence(Kind::Inside(&MO_FORWARD_SM_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&FORWARD_SM_RES)))]);
pub(super) static MT_FORWARD_SM: Operation = Operation::new(44, "mt-forwardSM", &[25])
    .since(3)
    .about(Subject::FirstArgument)
    .argument(&[Form::any(sequence(Kind::Inside(&MT_FORWARD_SM_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&FORWARD_SM_RES)))]);
/// Tags of the addresses come again behind the unit, for something else; the extension container has none of its own.
static MO_FORWARD_SM_ARG: Type = Type::sequence(
    1,
    &[
        DESTINATION,
        ORIGIN,
        octets(TPDU),
        field(Tag::NULL, Kind::Pass),
        sequence(Kind::Pass),
        octets(IMSI),
        at(0, Kind::Pass),
        at(1, Kind::Pass),
    ],
);
static MT_FORWARD_SM_ARG: Type = Type::sequence(
    4,
    &[
        DESTINATION,
        ORIGIN,
        octets(TPDU),
        field(Tag::NULL, Kind::Pass),
        sequence(Kind::Pass),
        field(Tag::INTEGER, Kind::Pass),
        octets(Kind::Pass),
        at(0, Kind::Pass),
        at(1, Kind::Pass),
        at(2, Kind::Pass),
        at(3, Kind::Pass),
        at(4, Kind::Pass),
    ],
);
static FORWARD_SM_RES: Type = Type::sequence(0, &[octets(TPDU)]);

pub(super) static MT_FORWARD_SM_VGCS: Operation = Operation::new(21, "mt-forwardSM-VGCS", &[41])
    .since(3)
    .argument(&[Form::any(sequence(Kind::Inside(&VGCS_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&VGCS_RES)))]);
static VGCS_ARG: Type = Type::sequence(0, &[octets(Kind::Pass), ORIGIN, octets(TPDU)]);
static VGCS_RES: Type = Type::sequence(3, &[at(0, TPDU)]);

pub(super) static SEND_ROUTING_INFO_FOR_SM: Operation = Operation::new(45, "sendRoutingInfoForSM", &[20])
    .on("C")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&ROUTING_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&ROUTING_RES)))]);
static ROUTING_ARG: Type = Type::sequence(17, &[at(0, MSISDN), at(2, SERVICE_CENTRE), at(12, IMSI)]);
static ROUTING_RES: Type = Type::sequence(5, &[octets(IMSI), at(0, Kind::Inside(&LOCATION_INFO))]);
/// LocationInfoWithLMSI; versions 1 and 2 have a choice of roamingNumber [0] and msc-Number [1].
static LOCATION_INFO: Type = Type::sequence(
    17,
    &[
        choice(&[at(0, SERVING_NODE), at(1, SERVING_NODE)]),
        octets(LMSI),
        at(6, Kind::Inside(&ADDITIONAL_NUMBER)),
        at(7, Kind::Inside(&DIAMETER_ADDRESS)),
    ],
);
static ADDITIONAL_NUMBER: Type = Type::sequence(1, &[choice(&[at(0, SERVING_NODE), at(1, SERVING_NODE)])]);

pub(super) static REPORT_SM_DELIVERY_STATUS: Operation = Operation::new(47, "reportSM-DeliveryStatus", &[20])
    .called_until(1, "setMessageWaitingData")
    .on("C")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&REPORT_ARG)))])
    .result(&[Form::between(3, u8::MAX, sequence(Kind::Inside(&STORED_MSISDN))), Form::between(1, 2, octets(MSISDN))]);
static REPORT_ARG: Type = Type::sequence(17, &[octets(MSISDN), octets(SERVICE_CENTRE), field(Tag::ENUMERATED, Kind::Pass), at(9, IMSI)]);
static STORED_MSISDN: Type = Type::sequence(2, &[octets(MSISDN)]);

pub(super) static ALERT_SERVICE_CENTRE: Operation = Operation::new(64, "alertServiceCentre", &[23])
    .since(2)
    .on("C")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&ALERT_ARG)))]);
pub(super) static ALERT_SERVICE_CENTRE_WITHOUT_RESULT: Operation = Operation::new(49, "alertServiceCentreWithoutResult", &[23])
    .until(1)
    .on("C")
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&ALERT_ARG)))]);
static ALERT_ARG: Type = Type::sequence(
    7,
    &[octets(MSISDN), octets(SERVICE_CENTRE), octets(IMSI), at(3, SERVING_NODE), at(5, SERVING_NODE), at(7, SERVING_NODE)],
);

pub(super) static INFORM_SERVICE_CENTRE: Operation =
    Operation::new(63, "informServiceCentre", &[20]).since(2).on("C").argument(&[Form::any(sequence(Kind::Inside(&STORED_MSISDN)))]);

pub(super) static READY_FOR_SM: Operation =
    Operation::new(66, "readyForSM", &[24]).since(2).about(Subject::Argument).argument(&[Form::any(sequence(Kind::Inside(&READY_ARG)))]);
static READY_ARG: Type = Type::sequence(1, &[at(0, IMSI)]);

pub(super) static NOTE_SUBSCRIBER_PRESENT: Operation =
    Operation::new(48, "noteSubscriberPresent", &[24]).until(1).about(Subject::Argument).argument(&[Form::any(octets(IMSI))]);
