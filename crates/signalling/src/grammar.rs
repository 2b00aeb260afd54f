//! ASN.1 types as data (TS 29.002, TS 29.078): which elements of an argument are kept, where they stand, and the walk that follows them.

use crate::ber::Tag;
use crate::message::{Exposes, Message, Node};
use crate::values::Value;

mod walk;

pub use walk::Walk;

/// What to do with an element.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The type defines it; nothing of it is kept.
    Pass,
    /// A value that is kept.
    Keep(Value),
    /// Its own elements hold something.
    Inside(&'static Type),
    /// Its presence gives these data classes away.
    Exposing(u8),
    /// Its own elements when it is constructed, else the value: releases differ.
    InsideOr(&'static Type, Value),
    /// Presence and elements both.
    ExposingInside(u8, &'static Type),
    /// A list of authentication vectors of this kind: counted, never read.
    Vectors(&'static str),
    /// One such vector.
    Vector(&'static str),
    /// One of several elements at this place.
    Choice(&'static [Field]),
}

/// An element that a type may hold.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    tag: Tag,
    kind: Kind,
}

/// An element with this tag.
pub const fn field(tag: Tag, kind: Kind) -> Field {
    Field { tag, kind }
}

/// An element with this context tag.
pub const fn at(number: u32, kind: Kind) -> Field {
    field(Tag::context(number), kind)
}

/// An OCTET STRING.
pub const fn octets(kind: Kind) -> Field {
    field(Tag::OCTETS, kind)
}

/// A SEQUENCE.
pub const fn sequence(kind: Kind) -> Field {
    field(Tag::SEQUENCE, kind)
}

/// A CHOICE without a tag of its own: one of these at this place.
pub const fn choice(fields: &'static [Field]) -> Field {
    field(Tag::END, Kind::Choice(fields))
}

impl Field {
    #[inline]
    fn matching(&'static self, tag: Tag) -> Option<&'static Self> {
        match self.kind {
            Kind::Choice(fields) => fields.iter().find(|field| field.tag == tag),
            _ if self.tag == tag => Some(self),
            _ => None,
        }
    }
}

/// A SEQUENCE or SEQUENCE OF: the elements worth reading, in their order.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    fields: &'static [Field],
    highest: u32,
    others: u8,
    is_list: bool,
}

impl Type {
    /// A SEQUENCE with these elements among its context tags 0 to `highest`.
    pub const fn sequence(highest: u32, fields: &'static [Field]) -> Self {
        Self { fields, highest, others: 0, is_list: false }
    }

    /// A SEQUENCE OF, whose elements are one of these.
    pub const fn list(fields: &'static [Field]) -> Self {
        Self { fields, highest: 0, others: 0, is_list: true }
    }

    /// The other context tags give these data classes away.
    pub const fn exposing(mut self, classes: u8) -> Self {
        self.others = classes;
        self
    }

    #[inline]
    fn find(&self, from: usize, tag: Tag) -> Option<(usize, &'static Field)> {
        let mut position = from;
        while let Some(field) = self.fields.get(position) {
            if let Some(field) = field.matching(tag) {
                return Some((position, field));
            }
            position = position.wrapping_add(1);
        }
        None
    }
}

/// One way in which an argument or result is written.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    field: Field,
    oldest: u8,
    newest: u8,
}

impl Form {
    /// A form of all versions.
    pub const fn any(field: Field) -> Self {
        Self::between(1, u8::MAX, field)
    }

    /// The form of these versions.
    pub const fn between(oldest: u8, newest: u8, field: Field) -> Self {
        Self { field, oldest, newest }
    }
}

/// Say what the fields of a row give away.
pub fn expose(message: &mut Message<'_>) {
    if !(message.imsi.is_empty() && message.msisdn.is_empty() && message.imei.is_empty()) {
        message.exposes.add(Exposes::IDENTITY);
    }
    let has_cell = !message.cell.plmn.is_empty() || message.cell.area.is_some() || message.cell.cell.is_some();
    if has_cell || message.serving_node != Node::Absent {
        message.exposes.add(Exposes::LOCATION);
    }
    if message.vectors.count > 0 {
        message.exposes.add(Exposes::CREDENTIAL);
    }
}
