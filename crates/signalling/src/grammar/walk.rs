//! The walk over one argument or result: what the tables name is kept, what they do not expect is told.

use super::{Form, Kind, Type};
use crate::anomaly::Anomaly;
use crate::ber::{Element, Elements, Joined, Reading, Tag};
use crate::budget::MAX_BER_DEPTH;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::message::{Message, Node};
use crate::sms::Sender;
use crate::values::Value;

/// A walk over one argument or result, filling one message.
#[derive(Debug)]
pub struct Walk<'w, 'a> {
    /// The row that is filled.
    pub message: &'w mut Message<'a>,
    /// Cost and differences.
    pub reading: &'w mut Reading,
    /// True when the argument must name a subscriber.
    pub is_about_subscriber: bool,
    /// True when an LMSI or TMSI names the subscriber.
    pub has_temporary_identity: bool,
    /// Who sent the short message, as far as it is known.
    pub sender: Option<Sender>,
    /// Called party number of a call.
    pub called: Digits,
    /// Calling party number of a call.
    pub calling: Digits,
    /// Redirecting party number of a forwarded call.
    pub redirecting: Digits,
    /// Detection point that triggered.
    pub event: Option<i64>,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// Start with nothing found.
    pub fn new(message: &'w mut Message<'a>, reading: &'w mut Reading, is_about_subscriber: bool, sender: Option<Sender>) -> Self {
        let none = Digits::default();
        Self {
            message,
            reading,
            is_about_subscriber,
            has_temporary_identity: false,
            sender,
            called: none,
            calling: none,
            redirecting: none,
            event: None,
        }
    }

    /// True when the row names a subscriber.
    #[must_use]
    pub fn has_identity(&self) -> bool {
        !(self.message.imsi.is_empty() && self.message.msisdn.is_empty() && self.message.imei.is_empty())
    }

    /// Read the parameter of a component by the form that its tag selects, in `version` where that is known.
    pub fn parameter(&mut self, parameter: &'a [u8], forms: &'static [Form], version: Option<u8>) {
        let mut elements = Elements::new(parameter);
        let Some(element) = elements.next(self.reading) else { return };
        if !elements.rest().is_empty() {
            self.reading.note(Anomaly::BerTrailingBytes);
        }
        let mut other_version = None;
        for form in forms {
            let Some(field) = form.field.matching(element.tag) else { continue };
            if version.is_none_or(|version| (form.oldest..=form.newest).contains(&version)) {
                return self.element(element, &field.kind, 0);
            }
            other_version = Some(field);
        }
        if let Some(field) = other_version {
            self.reading.note(Anomaly::MapVersionMismatch);
            self.element(element, &field.kind, 0);
        } else if self.is_about_subscriber {
            self.reading.note(Anomaly::BerUnknownElement);
        }
    }

    fn element(&mut self, element: Element<'a>, kind: &'static Kind, depth: u32) {
        match *kind {
            Kind::Pass | Kind::Choice(_) => {}
            Kind::Keep(value) => self.primitive(element, value),
            Kind::InsideOr(_, value) if !element.constructed => self.primitive(element, value),
            Kind::Inside(of) | Kind::InsideOr(of, _) => self.inside(element, of, depth),
            Kind::Exposing(classes) => self.message.exposes.add(classes),
            Kind::ExposingInside(classes, of) => {
                self.message.exposes.add(classes);
                self.inside(element, of, depth);
            }
            Kind::Vector(kind) => self.vectors(kind, u32::from(element.complete)),
            Kind::Vectors(kind) => {
                let mut elements = Elements::new(element.content);
                while let Some(vector) = elements.next(self.reading) {
                    self.vectors(kind, u32::from(vector.complete));
                }
            }
        }
    }

    fn primitive(&mut self, element: Element<'a>, value: Value) {
        if !element.complete {
            return;
        }
        if element.constructed {
            if let Some(joined) = Joined::new(element, self.reading) {
                self.keep(value, joined.as_bytes());
            }
        } else if matches!(value, Value::ServingName) {
            if self.message.serving_node == Node::Absent && !element.content.is_empty() {
                self.message.serving_node = Node::Name(element.content);
            }
        } else {
            self.keep(value, element.content);
        }
    }

    fn inside(&mut self, outer: Element<'a>, of: &'static Type, depth: u32) {
        if depth > MAX_BER_DEPTH {
            return self.reading.fail(Reason::TooDeep);
        }
        if !outer.constructed {
            self.reading.note(Anomaly::BerPrimitiveForm);
        }
        let (mut next, mut taken, mut others) = (0_usize, 0_u64, 0_u64);
        let mut elements = Elements::new(outer.content);
        while let Some(element) = elements.next(self.reading) {
            let depth = depth.saturating_add(1);
            if let Some((position, field)) = of.find(next, element.tag) {
                if !of.is_list {
                    next = position.saturating_add(1);
                    taken |= bit(position);
                }
                self.element(element, &field.kind, depth);
            } else if let Some((position, field)) = of.find(0, element.tag) {
                let is_again = taken & bit(position) != 0;
                self.reading.note(if is_again { Anomaly::BerDuplicateElement } else { Anomaly::BerElementOrder });
                taken |= bit(position);
                self.element(element, &field.kind, depth);
            } else if !of.is_list {
                self.other(element.tag, of, &mut others, depth);
            }
        }
    }

    /// An element that is not read: another one of the type, an extension, or one that the type does not have.
    fn other(&mut self, tag: Tag, of: &'static Type, others: &mut u64, depth: u32) {
        if let Some(number) = tag.context_number().filter(|number| *number <= of.highest) {
            let bit = bit(usize::try_from(number).unwrap_or(usize::MAX));
            if *others & bit != 0 {
                self.reading.note(Anomaly::BerDuplicateElement);
            }
            *others |= bit;
            self.message.exposes.add(of.others);
        } else if self.is_about_subscriber && depth == 1 && !self.has_identity() && !self.has_temporary_identity {
            self.reading.note(Anomaly::BerUnknownElement);
        }
    }

    /// Count vectors; EPS vectors name the kind when several kinds come together, as theirs is the longest-lived key.
    pub(crate) fn vectors(&mut self, kind: &'static str, count: u32) {
        if count > 0 {
            let vectors = &mut self.message.vectors;
            vectors.count = vectors.count.saturating_add(count);
            if vectors.kind.is_none() || kind == "eps" {
                vectors.kind = Some(kind);
            }
        }
    }
}

const fn bit(position: usize) -> u64 {
    if position < 64 { 1 << position } else { 0 }
}
