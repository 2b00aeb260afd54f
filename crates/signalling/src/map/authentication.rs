//! Authentication management, TS 29.002 §8.5: vectors are counted by kind; no key is read.

use super::subscription::SUBSCRIBER_DATA;
use super::{Operation, Subject};
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, choice, field, octets, sequence};
use crate::message::Exposes;
use crate::values::{CELL_OR_AREA, IMEI, IMSI, LMSI, SERVING_NODE, VISITED_PLMN, VLR_NUMBER};

const KEY: Kind = Kind::Exposing(Exposes::CREDENTIAL);

pub(super) static SEND_AUTHENTICATION_INFO: Operation = Operation::new(56, "sendAuthenticationInfo", &[14])
    .since(2)
    .about(Subject::Argument)
    .argument(&[Form::between(3, u8::MAX, sequence(Kind::Inside(&SEND_AUTHENTICATION_INFO_ARG))), Form::between(2, 2, octets(IMSI))])
    .result(&[
        Form::between(3, u8::MAX, at(3, Kind::Inside(&AUTHENTICATION_SETS))),
        Form::between(2, 2, sequence(Kind::Vectors("triplet"))),
    ]);
static SEND_AUTHENTICATION_INFO_ARG: Type =
    Type::sequence(7, &[at(0, IMSI), field(Tag::INTEGER, Kind::Pass), field(Tag::NULL, Kind::Pass), at(4, VISITED_PLMN)]);
static AUTHENTICATION_SETS: Type = Type::sequence(
    3,
    &[choice(&[at(0, Kind::Vectors("triplet")), at(1, Kind::Vectors("quintuplet"))]), sequence(Kind::Pass), at(2, Kind::Vectors("eps"))],
);

pub(super) static AUTHENTICATION_FAILURE_REPORT: Operation = Operation::new(15, "authenticationFailureReport", &[39])
    .since(3)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&FAILURE_REPORT_ARG)))]);
/// The second OCTET STRING is the RAND that failed.
static FAILURE_REPORT_ARG: Type = Type::sequence(1, &[octets(IMSI), octets(Kind::Pass), at(0, SERVING_NODE), at(1, SERVING_NODE)]);

pub(super) static SEND_IDENTIFICATION: Operation = Operation::new(55, "sendIdentification", &[15])
    .since(2)
    .on("G")
    .argument(&[Form::between(3, u8::MAX, sequence(Kind::Inside(&SEND_IDENTIFICATION_ARG))), Form::between(2, 2, octets(LMSI))])
    .result(&[
        Form::between(3, u8::MAX, at(3, Kind::Inside(&SEND_IDENTIFICATION_RES))),
        Form::between(2, 2, sequence(Kind::Inside(&SEND_IDENTIFICATION_V2_RES))),
    ]);
static SEND_IDENTIFICATION_ARG: Type =
    Type::sequence(4, &[octets(LMSI), octets(SERVING_NODE), at(0, CELL_OR_AREA), at(3, VLR_NUMBER), at(4, Kind::Pass)]);
static SEND_IDENTIFICATION_RES: Type =
    Type::sequence(5, &[octets(IMSI), choice(&[at(0, Kind::Vectors("triplet")), at(1, Kind::Vectors("quintuplet"))]), at(2, KEY)]);
static SEND_IDENTIFICATION_V2_RES: Type = Type::sequence(0, &[octets(IMSI), sequence(Kind::Vectors("triplet"))]);

pub(super) static SEND_PARAMETERS: Operation = Operation::new(9, "sendParameters", &[1, 14, 15])
    .until(1)
    .about(Subject::Argument)
    .argument(&[Form::any(sequence(Kind::Inside(&SEND_PARAMETERS_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&SENT_PARAMETERS)))]);
static SEND_PARAMETERS_ARG: Type = Type::sequence(1, &[choice(&[at(0, IMSI), at(1, LMSI)]), sequence(Kind::Pass)]);
/// SentParameterList: each authentication set [1] is one triplet, ki [4] is the key itself.
static SENT_PARAMETERS: Type =
    Type::list(&[at(0, IMSI), at(1, Kind::Vector("triplet")), at(2, Kind::ExposingInside(Exposes::PROFILE, &SUBSCRIBER_DATA)), at(4, KEY)]);

pub(super) static CHECK_IMEI: Operation = Operation::new(43, "checkIMEI", &[13])
    .about(Subject::Argument)
    .argument(&[Form::between(3, u8::MAX, sequence(Kind::Inside(&CHECK_IMEI_ARG))), Form::between(1, 2, octets(IMEI))]);
static CHECK_IMEI_ARG: Type = Type::sequence(0, &[octets(IMEI)]);
