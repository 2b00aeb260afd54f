//! Group and broadcast calls, TS 29.002 §10.8: group keys among them.

use super::Operation;
use crate::ber::Tag;
use crate::grammar::{Form, Kind, Type, at, field, octets, sequence};
use crate::message::Exposes;
use crate::values::{CELL_OR_AREA, IMSI, LMSI};

const KEY: Kind = Kind::Exposing(Exposes::CREDENTIAL);

pub(super) static PREPARE_GROUP_CALL: Operation =
    Operation::new(39, "prepareGroupCall", &[31]).since(3).on("E").argument(&[Form::any(sequence(Kind::Inside(&PREPARE_GROUP_CALL_ARG)))]);
static PREPARE_GROUP_CALL_ARG: Type = Type::sequence(8, &[at(1, KEY), at(5, KEY)]);

pub(super) static SEND_GROUP_CALL_END_SIGNAL: Operation =
    Operation::new(40, "sendGroupCallEndSignal", &[31]).since(3).on("E").argument(&[Form::any(sequence(Kind::Inside(&GROUP_CALL_SIGNAL)))]);
pub(super) static PROCESS_GROUP_CALL_SIGNALLING: Operation = Operation::new(41, "processGroupCallSignalling", &[31]).since(3).on("E");
pub(super) static FORWARD_GROUP_CALL_SIGNALLING: Operation = Operation::new(42, "forwardGroupCallSignalling", &[31])
    .since(3)
    .on("E")
    .argument(&[Form::any(sequence(Kind::Inside(&GROUP_CALL_SIGNAL)))]);
static GROUP_CALL_SIGNAL: Type = Type::sequence(10, &[octets(IMSI)]);

pub(super) static SEND_GROUP_CALL_INFO: Operation = Operation::new(84, "sendGroupCallInfo", &[45])
    .since(3)
    .argument(&[Form::any(sequence(Kind::Inside(&SEND_GROUP_CALL_INFO_ARG)))])
    .result(&[Form::any(sequence(Kind::Inside(&SEND_GROUP_CALL_INFO_RES)))]);
static SEND_GROUP_CALL_INFO_ARG: Type =
    Type::sequence(6, &[field(Tag::ENUMERATED, Kind::Pass), at(0, CELL_OR_AREA), at(1, IMSI), at(2, LMSI)]);
static SEND_GROUP_CALL_INFO_RES: Type = Type::sequence(6, &[at(2, IMSI), at(5, KEY)]);
