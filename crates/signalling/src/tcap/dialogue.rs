//! Dialogue portion, ITU-T Q.773 (06/97) §4.2.3, and the MAP dialogue inside it, TS 29.002 §17.4.

use crate::anomaly::Anomaly;
use crate::ber::{Element, Elements, Reading, Tag, integer, object};
use crate::message::ApplicationContext;
use crate::{cap, map};

/// {itu-t recommendation q 773 as(1) dialogue-as(1) or unidialogue-as(2) version1(1)}, encoded.
const DIALOGUE: [u8; 7] = [0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01];
const UNIDIALOGUE: [u8; 7] = [0x00, 0x11, 0x86, 0x05, 0x01, 0x02, 0x01];

/// What a dialogue portion says.
#[derive(Debug, Default)]
pub(super) struct Portion<'a> {
    /// Destination reference of a MAP-Open: it may name the subscriber.
    pub(super) reference: Option<Element<'a>>,
    /// Diagnostic of a dialogue that was not accepted.
    pub(super) refusal: Option<i64>,
}

/// A dialogue portion as equipment writes it, without user information: a request, and an acceptance after its context.
const REQUEST: [u8; 28] = [
    0x28, 0x1c, 0x06, 0x07, 0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01, 0xa0, 0x11, 0x60, 0x0f, 0x80, 0x02, 0x07, 0x80, 0xa1, 0x09, 0x06,
    0x07, 0x04, 0x00, 0x00, 0x01, 0x00,
];
const RESPONSE: [u8; 28] = [
    0x28, 0x28, 0x06, 0x07, 0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01, 0xa0, 0x1d, 0x61, 0x1b, 0x80, 0x02, 0x07, 0x80, 0xa1, 0x09, 0x06,
    0x07, 0x04, 0x00, 0x00, 0x01, 0x00,
];
const ACCEPTED: [u8; 12] = [0xa2, 0x03, 0x02, 0x01, 0x00, 0xa3, 0x05, 0xa1, 0x03, 0x02, 0x01, 0x00];

fn usual(content: &[u8]) -> Option<ApplicationContext> {
    let (front, [number @ 0..0x80, version @ 0..0x80, rest @ ..]) = content.split_first_chunk()? else { return None };
    if (*front == REQUEST && rest.is_empty()) || (*front == RESPONSE && *rest == ACCEPTED) {
        let arcs = [0, 4, 0, 0, 1, 0, u32::from(*number), u32::from(*version), 0, 0, 0, 0, 0, 0, 0, 0];
        return Some(ApplicationContext::Object { arcs, count: 8 });
    }
    None
}

impl<'a> Portion<'a> {
    /// Read a dialogue portion.
    pub(super) fn read(&mut self, element: Element<'a>, context: &mut ApplicationContext, reading: &mut Reading) {
        match usual(element.content) {
            Some(usual) => *context = usual,
            None => self.read_unusual(element, context, reading),
        }
    }

    fn read_unusual(&mut self, element: Element<'a>, context: &mut ApplicationContext, reading: &mut Reading) {
        let mut syntax: &[u8] = &[];
        let Some(external) = Elements::new(element.content).next(reading) else { return };
        let mut elements = Elements::new(external.content);
        while let Some(element) = elements.next(reading) {
            if element.tag == Tag::OBJECT {
                syntax = element.content;
            } else if element.tag == Tag::context(0)
                && let Some(unit) = Elements::new(element.content).next(reading)
            {
                self.unit(unit, context, reading);
            }
        }
        if external.tag != Tag::EXTERNAL || (syntax != DIALOGUE && syntax != UNIDIALOGUE) {
            reading.note(Anomaly::TcapDialogueSyntax);
        }
    }

    /// AARQ, AUDT, AARE or ABRT.
    fn unit(&mut self, unit: Element<'a>, context: &mut ApplicationContext, reading: &mut Reading) {
        let is_response = unit.tag == Tag::application(1);
        let (mut is_refused, mut diagnostic) = (false, None);
        let mut elements = Elements::new(unit.content);
        while let Some(element) = elements.next(reading) {
            match element.tag.context_number() {
                Some(1) => {
                    if let Some(name) = Elements::new(element.content).next(reading).filter(|name| name.tag == Tag::OBJECT && name.complete)
                    {
                        let (arcs, count) = object(name.content);
                        *context = ApplicationContext::Object { arcs, count };
                        if count > 8 && (map::context(context).is_some() || cap::context(context).is_some()) {
                            reading.note(Anomaly::TcapExtendedApplicationContext);
                        }
                    }
                }
                Some(2) if is_response => is_refused = inner(element, reading).is_some_and(|result| result != 0),
                Some(3) if is_response => {
                    diagnostic = Elements::new(element.content).next(reading).and_then(|source| inner(source, reading));
                }
                Some(30) => self.user_information(element, reading),
                _ => {}
            }
        }
        if is_refused {
            self.refusal = diagnostic;
        }
    }

    /// EXTERNAL, single-ASN1-type, map-open [0], destinationReference [0].
    fn user_information(&mut self, element: Element<'a>, reading: &mut Reading) {
        let Some(external) = Elements::new(element.content).next(reading) else { return };
        let mut elements = Elements::new(external.content);
        while let Some(element) = elements.next(reading) {
            if element.tag != Tag::context(0) || !element.constructed {
                continue;
            }
            let open = Elements::new(element.content).next(reading).filter(|open| open.tag == Tag::context(0) && open.constructed);
            let reference = open.and_then(|open| Elements::new(open.content).next(reading));
            self.reference = reference.filter(|reference| reference.tag == Tag::context(0) && reference.complete);
        }
    }
}

fn inner(element: Element<'_>, reading: &mut Reading) -> Option<i64> {
    let element = Elements::new(element.content).next(reading)?;
    integer(element, reading)
}
