//! Transaction capabilities, ITU-T Q.773 (06/97): transactions and components, each handed to MAP or CAP.

use crate::anomaly::{Anomalies, Anomaly};
use crate::ber::{Element, Elements, Reading};
use crate::dialogues::{Dialogues, Turn};
use crate::gap::{Gap, Reason};
use crate::message::{ApplicationContext, Message, Protocol};
use crate::sink::Sink;
use crate::{cap, map};

mod ansi;
mod application;
mod component;
mod dialogue;
mod package;

use application::Application;
pub(crate) use component::Component;
use component::Header;
use package::Package;

/// What MAP or CAP needs to know of a component.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    pub(crate) component: Component,
    /// Code of the operation.
    pub(crate) code: Option<i64>,
    pub(crate) bytes: &'a [u8],
    /// True in the first message of a dialogue.
    pub(crate) is_begin: bool,
    /// Destination reference of a MAP-Open.
    pub(crate) reference: Option<Element<'a>>,
}

/// Decode one TCAP message into a row for each component, or one when it has none; the first row gets `envelope`'s index.
/// What cannot be read is a gap. Returns how many rows were given.
///
/// `error_code` is the error of a return error, 256 × kind + code of a reject's problem (Q.773 §4.2.2.6), the cause of an abort
/// by the provider, or the diagnostic of a refused dialogue.
pub fn decode<'a>(payload: &'a [u8], envelope: &Message<'a>, dialogues: &mut Dialogues, sink: &mut impl Sink) -> u32 {
    if payload.first().is_some_and(|octet| octet & 0xe0 == 0xe0) {
        return ansi::decode(payload, envelope, sink);
    }
    let mut reading = Reading::default();
    // SS7 has no route records: without that list, the copy is one of plain bytes.
    let mut row = Message { route_record: Vec::new(), protocol: Protocol::Tcap, length: length(payload.len()), ..*envelope };
    let mut package = Package::default();
    let mut giver = Giver { payload, frame: row.frame, sink, rows: 0 };
    if let Err(reason) = package.read(payload, &mut row, &mut reading) {
        giver.gap(Protocol::Tcap, payload, reason);
        return 0;
    }
    package.find_place(&mut row, &mut reading, dialogues);
    let mut survey = component::survey(package.components, &mut reading);
    if !package.more_components.is_empty() {
        survey.add(component::survey(package.more_components, &mut reading));
    }
    if survey.components > 0 {
        let application = Application::of(&row, package.components, dialogues);
        application.note_subsystems(&row, &mut reading);
        // CAP and its kin arm, charge and continue in one message as a rule (TS 29.078 §14).
        if survey.invokes > 1 && matches!(application, Application::Map(_)) {
            reading.note(Anomaly::TcapSeveralComponents);
        }
        package.components(survey.components, application, &mut row, &mut reading, dialogues, &mut giver);
    } else {
        package.without_component(&mut row, &mut reading);
        giver.row(&mut row);
    }
    if let Some(reason) = reading.fault {
        giver.gap(Protocol::Tcap, payload, reason);
    }
    giver.rows
}

impl<'a> Package<'a> {
    /// Tie the message to its dialogue, which knows the application context when the message does not say it.
    fn find_place(&mut self, row: &mut Message<'a>, reading: &mut Reading, dialogues: &mut Dialogues) {
        let Some(turn) = self.turn else { return };
        self.place = dialogues.place(turn, self.origin, self.destination, row);
        if let Some(place) = &self.place {
            if row.application_context == ApplicationContext::Absent {
                row.application_context = dialogues.context(place);
            }
            if place.is_other_peer {
                reading.note(Anomaly::TcapPeerChanged);
            }
        }
    }

    fn without_component(&self, row: &mut Message<'a>, reading: &mut Reading) {
        row.error_code = self.abort_cause.or(self.dialogue.refusal);
        if let Some((frame, observed_at)) = self.place.and_then(|place| place.begun) {
            row.request_frame = Some(frame);
            row.delay = row.observed_at.checked_sub(observed_at);
        }
        map::reference(self.dialogue.reference, row, reading);
        row.anomalies.merge(reading.anomalies);
    }

    fn components(
        &self,
        count: u32,
        application: Application,
        row: &mut Message<'a>,
        reading: &mut Reading,
        dialogues: &mut Dialogues,
        giver: &mut Giver<'_, 'a, impl Sink>,
    ) {
        let (shared, outer_fault) = (reading.anomalies, reading.fault);
        let mut elements = Elements::new(self.components);
        let mut more = Some(self.more_components);
        let mut left = count;
        while let Some(rest) = left.checked_sub(1) {
            let start = elements.offset();
            (reading.anomalies, reading.fault) = (Anomalies::default(), None);
            let Some(element) = elements.next(reading) else {
                let Some(more) = more.take() else { break };
                elements = Elements::new(more);
                continue;
            };
            let Some(component) = Component::of(element.tag) else { continue };
            left = rest;
            let spare = (left > 0).then(|| row.clone());
            row.length = length(elements.offset().saturating_sub(start));
            let header = component::header(component, element.content, reading);
            if header.invoke_id.is_some() || header.code.is_some() {
                self.component(component, &header, application, row, reading, dialogues);
                row.anomalies.merge(shared);
                row.anomalies.merge(reading.anomalies);
                giver.row(row);
            } else {
                reading.fail(Reason::InvalidValue);
            }
            if let Some(reason) = reading.fault.filter(|reason| outer_fault != Some(*reason)) {
                giver.gap(row.protocol, element.content, reason);
            }
            if let Some(next) = spare {
                *row = Message { index: row.index, ..next };
            }
        }
        reading.fault = outer_fault;
    }

    fn component(
        &self,
        component: Component,
        header: &Header<'a>,
        application: Application,
        row: &mut Message<'a>,
        reading: &mut Reading,
        dialogues: &mut Dialogues,
    ) {
        row.component = Some(component.name());
        let code = self.relate(component, header, row, dialogues);
        let (bytes, reference) = (header.parameter, self.dialogue.reference);
        let parameter = Parameter { component, code, bytes, is_begin: self.turn == Some(Turn::Begin), reference };
        match application {
            Application::Map(context) => {
                // A dialogue that began without a context is version 1; one whose begin was not seen may be any.
                let version = context.map(|context| context.version).or(self.place.map(|_| 1));
                map::component(&parameter, context, version, row, reading);
            }
            Application::Cap(context) => cap::component(&parameter, context, row, reading),
            Application::Other => {}
        }
    }

    /// Put codes into the row and tie questions to answers; gives the operation's code.
    fn relate(&self, component: Component, header: &Header<'_>, row: &mut Message<'_>, dialogues: &mut Dialogues) -> Option<i64> {
        row.invoke_id = header.invoke_id;
        let place = self.place.as_ref().zip(header.invoke_id);
        if component == Component::Invoke {
            if let Some((place, id)) = place {
                dialogues.ask(place, id, header.code, row);
            }
            let is_known = |linked| self.place.as_ref().is_none_or(|place| dialogues.question(place, linked).is_some());
            if header.linked_id.is_some_and(|linked| self.turn == Some(Turn::Begin) || !is_known(linked)) {
                row.anomalies.add(Anomaly::TcapLinkedInvoke);
            }
            row.operation_code = header.code;
            return header.code;
        }
        let question = place.and_then(|(place, id)| dialogues.question(place, id));
        row.request_frame = question.map(|question| question.frame);
        row.delay = question.and_then(|question| row.observed_at.checked_sub(question.observed_at));
        row.operation_code = question.and_then(|question| question.operation());
        if component == Component::ReturnResult {
            row.operation_code = header.code.or(row.operation_code);
        } else {
            row.error_code = header.code;
        }
        row.operation_code
    }
}

fn length(octets: usize) -> u32 {
    u32::try_from(octets).unwrap_or(u32::MAX)
}

/// Gives rows and gaps to the sink, and counts the rows.
struct Giver<'s, 'a, S> {
    payload: &'a [u8],
    frame: u64,
    sink: &'s mut S,
    rows: u32,
}

impl<'a, S: Sink> Giver<'_, 'a, S> {
    fn row(&mut self, row: &mut Message<'a>) {
        self.sink.message(row);
        self.rows = self.rows.saturating_add(1);
        row.index = row.index.saturating_add(1);
    }

    fn gap(&mut self, protocol: Protocol, bytes: &[u8], reason: Reason) {
        let offset = bytes.as_ptr().addr().saturating_sub(self.payload.as_ptr().addr());
        let gap = Gap { frame: self.frame, offset: offset.min(self.payload.len()), length: bytes.len(), protocol, reason };
        self.sink.gap(gap);
    }
}
