//! Handover and access signalling between MSCs, TS 29.002 §8.4: keys travel here.

use super::Operation;
use crate::grammar::{Form, Kind, Type, at, octets, sequence};
use crate::message::Exposes;
use crate::values::{CELL_OR_AREA, IMEI, IMSI, SERVING_NODE};

const KEY: Kind = Kind::Exposing(Exposes::CREDENTIAL);

pub(super) static PREPARE_HANDOVER: Operation = Operation::new(68, "prepareHandover", &[11]).since(2).on("E").argument(&[
    Form::between(3, u8::MAX, at(3, Kind::Inside(&PREPARE_HANDOVER_ARG))),
    Form::between(2, 2, sequence(Kind::Inside(&TARGET_CELL))),
]);
/// Integrity [5] and encryption [6] information hold IK and CK.
static PREPARE_HANDOVER_ARG: Type = Type::sequence(31, &[at(0, CELL_OR_AREA), at(4, IMSI), at(5, KEY), at(6, KEY), at(22, IMEI)]);
static TARGET_CELL: Type = Type::sequence(0, &[octets(CELL_OR_AREA)]);

pub(super) static PREPARE_SUBSEQUENT_HANDOVER: Operation = Operation::new(69, "prepareSubsequentHandover", &[11]).on("E").argument(&[
    Form::between(3, u8::MAX, at(3, Kind::Inside(&SUBSEQUENT_HANDOVER_ARG))),
    Form::between(1, 2, sequence(Kind::Inside(&SUBSEQUENT_HANDOVER_V2_ARG))),
]);
static SUBSEQUENT_HANDOVER_ARG: Type = Type::sequence(7, &[at(0, CELL_OR_AREA), at(1, SERVING_NODE)]);
static SUBSEQUENT_HANDOVER_V2_ARG: Type = Type::sequence(0, &[octets(CELL_OR_AREA), octets(SERVING_NODE), sequence(Kind::Pass)]);

pub(super) static SEND_END_SIGNAL: Operation = Operation::new(29, "sendEndSignal", &[11]).on("E");
pub(super) static PROCESS_ACCESS_SIGNALLING: Operation = Operation::new(33, "processAccessSignalling", &[11]).on("E");
pub(super) static FORWARD_ACCESS_SIGNALLING: Operation = Operation::new(34, "forwardAccessSignalling", &[11])
    .on("E")
    .argument(&[Form::between(3, u8::MAX, at(3, Kind::Inside(&FORWARD_ACCESS_SIGNALLING_ARG))), Form::between(1, 2, sequence(Kind::Pass))]);
static FORWARD_ACCESS_SIGNALLING_ARG: Type = Type::sequence(21, &[sequence(Kind::Pass), at(0, KEY), at(1, KEY), at(21, IMEI)]);

/// Version 1 only: target cell, serving cell, channel and classmark; the key Kc is [12].
pub(super) static PERFORM_HANDOVER: Operation =
    Operation::new(28, "performHandover", &[11]).until(1).on("E").argument(&[Form::any(sequence(Kind::Inside(&PERFORM_HANDOVER_ARG)))]);
static PERFORM_HANDOVER_ARG: Type =
    Type::sequence(12, &[octets(CELL_OR_AREA), octets(Kind::Pass), octets(Kind::Pass), octets(Kind::Pass), at(12, KEY)]);
pub(super) static PERFORM_SUBSEQUENT_HANDOVER: Operation = Operation::new(30, "performSubsequentHandover", &[11])
    .until(1)
    .on("E")
    .argument(&[Form::any(sequence(Kind::Inside(&PERFORM_SUBSEQUENT_HANDOVER_ARG)))]);
static PERFORM_SUBSEQUENT_HANDOVER_ARG: Type = Type::sequence(10, &[octets(CELL_OR_AREA), octets(Kind::Pass), octets(SERVING_NODE)]);
pub(super) static NOTE_INTERNAL_HANDOVER: Operation =
    Operation::new(35, "noteInternalHandover", &[11]).until(1).argument(&[Form::any(sequence(Kind::Inside(&NOTE_INTERNAL_HANDOVER_ARG)))]);
static NOTE_INTERNAL_HANDOVER_ARG: Type = Type::sequence(2, &[at(1, CELL_OR_AREA)]);
