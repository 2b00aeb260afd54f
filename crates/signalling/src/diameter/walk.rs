//! The walk through the AVPs of a message and of its groups, RFC 6733 §4.4: layout and flags judged, fields handed on.

use super::avp::{Avp, Avps, tell};
use super::dictionary::{Dictionary, MAX_SINGLE, Rule, key};
use super::entries::{Field, Kind};
use super::fields::number;
use crate::anomaly::Anomaly;
use crate::budget::{MAX_AVP_DEPTH, MAX_AVPS};
use crate::gap::Reason;
use crate::message::Message;

/// Where a walk ended before the bytes did.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    pub offset: usize,
    pub length: usize,
    pub reason: Reason,
}

/// The walk through one message.
pub(super) struct Walk<'m, 'd, 'a> {
    pub message: &'m mut Message<'a>,
    pub dictionary: &'d Dictionary,
    /// The sender serves the subscriber: its short messages are the mobile's.
    pub is_from_mobile: bool,
    /// The capture ends before the message does.
    pub is_cut: bool,
    pub session_id: Option<&'a [u8]>,
    /// The first place that could not be walked.
    pub stop: Option<Stop>,
    /// AVPs that may still be visited.
    left: u32,
}

/// Where a group stands.
#[derive(Clone, Copy)]
struct Place {
    /// Where it ends, from the start of the message.
    end: usize,
    /// False in a group that its holder does not hold: nothing feeds from there.
    feeds: bool,
    depth: u32,
}

/// What the AVPs of one group say together, and which of those that may stand once were seen in it.
#[derive(Default)]
pub(super) struct Together<'a> {
    seen: [u64; MAX_SINGLE.div_ceil(64)],
    has_pairs: bool,
    pub subscription_type: Option<u32>,
    pub subscription: Option<&'a [u8]>,
    pub equipment_type: Option<u32>,
    pub equipment: Option<&'a [u8]>,
}

impl<'m, 'd, 'a> Walk<'m, 'd, 'a> {
    pub const fn new(message: &'m mut Message<'a>, dictionary: &'d Dictionary, is_cut: bool) -> Self {
        Self { message, dictionary, is_from_mobile: false, is_cut, session_id: None, stop: None, left: MAX_AVPS }
    }

    /// Walk the AVPs of a message, which begin `offset` bytes into it.
    pub fn whole(&mut self, bytes: &'a [u8], offset: usize) {
        self.group(bytes, Place { end: offset.saturating_add(bytes.len()), feeds: true, depth: 0 }, None);
    }

    /// Walk one group.
    fn group(&mut self, bytes: &'a [u8], place: Place, holder: Option<Rule>) {
        let mut avps = Avps::new(bytes, self.is_cut && place.depth == 0);
        let mut together = Together::default();
        loop {
            match avps.next(&mut self.message.anomalies) {
                Ok(Some(avp)) => {
                    let Some(left) = self.left.checked_sub(1) else {
                        self.halt(place.end, avps.remaining(), Reason::TooManyElements);
                        break;
                    };
                    self.left = left;
                    self.avp(&avp, avps.remaining(), &mut together, place, holder);
                }
                Ok(None) => break,
                Err(reason) => {
                    self.halt(place.end, avps.remaining(), reason);
                    break;
                }
            }
        }
        if together.has_pairs {
            self.pair(&together);
        }
    }

    /// Take one AVP, behind which the group has `remaining` octets.
    #[inline]
    fn avp(&mut self, avp: &Avp<'a>, remaining: usize, together: &mut Together<'a>, place: Place, holder: Option<Rule>) {
        let key = key(avp.vendor, avp.code);
        let Some(rule) = self.dictionary.avp(key) else {
            if avp.vendor == 0 && self.dictionary.lacks_vendor(avp.code) {
                tell(&mut self.message.anomalies, Anomaly::DiameterFlagFault);
            }
            return;
        };
        if rule.is_mandatory.is_some_and(|wanted| wanted != avp.is_mandatory) {
            tell(&mut self.message.anomalies, Anomaly::DiameterFlagFault);
        }
        if !has_its_length(rule.kind, avp.value.len()) {
            tell(&mut self.message.anomalies, Anomaly::DiameterValueForm);
        }
        if rule.single.is_some_and(|place| together.repeats(place.get())) {
            tell(&mut self.message.anomalies, Anomaly::DiameterDuplicateAvp);
        }
        self.message.exposes.add(rule.exposes.0);
        if rule.field.is_none() && rule.kind != Kind::Grouped {
            return;
        }
        let feeds = place.feeds && holder.is_none_or(|holder| self.dictionary.feeds_from(holder, key));
        if let Some(field) = rule.field
            && feeds
        {
            self.feed(field, rule.kind, key, avp.value, together);
        }
        if rule.kind == Kind::Grouped && rule.field != Some(Field::Offending) {
            let padding = avp.value.len().wrapping_neg() & 3;
            let end = place.end.saturating_sub(remaining).saturating_sub(if remaining == 0 { 0 } else { padding });
            let inside = Place { end, feeds, depth: place.depth.saturating_add(1) };
            if inside.depth > MAX_AVP_DEPTH {
                self.halt(end, avp.value.len(), Reason::TooDeep);
            } else if feeds && Dictionary::feeds_at_all(rule) {
                self.group(avp.value, inside, Some(rule));
            } else {
                self.layout(avp.value, end);
            }
        }
    }

    /// Judge the layout of a group that says nothing to the table.
    fn layout(&mut self, bytes: &'a [u8], end: usize) {
        let mut avps = Avps::new(bytes, false);
        loop {
            let reason = match avps.next(&mut self.message.anomalies) {
                Ok(Some(_)) if self.left > 0 => {
                    self.left = self.left.saturating_sub(1);
                    continue;
                }
                Ok(Some(_)) => Reason::TooManyElements,
                Ok(None) => return,
                Err(reason) => reason,
            };
            return self.halt(end, avps.remaining(), reason);
        }
    }

    /// The walk of a group stops `length` octets before its `end`.
    #[cold]
    fn halt(&mut self, end: usize, length: usize, reason: Reason) {
        self.stop.get_or_insert(Stop { offset: end.saturating_sub(length), length, reason });
    }
}

impl<'a> Together<'a> {
    pub(super) fn keep(&mut self, field: Field, value: &'a [u8]) {
        self.has_pairs = true;
        match field {
            Field::SubscriptionIdType => self.subscription_type = number(value),
            Field::SubscriptionIdData => self.subscription = Some(value),
            Field::EquipmentType => self.equipment_type = number(value),
            _ => self.equipment = Some(value),
        }
    }

    /// True when this one was here before.
    #[inline]
    fn repeats(&mut self, place: u8) -> bool {
        let bit = 1_u64 << (place & 63);
        let Some(word) = self.seen.get_mut(usize::from(place >> 6)) else { return false };
        let is_repeated = *word & bit != 0;
        *word |= bit;
        is_repeated
    }
}

/// RFC 6733 §4.2: the length that a type has. A network of another length is told as such.
const fn has_its_length(kind: Kind, length: usize) -> bool {
    match kind {
        Kind::U32 | Kind::I32 | Kind::F32 | Kind::Enumerated | Kind::Time => length == 4,
        Kind::U64 | Kind::I64 | Kind::F64 => length == 8,
        Kind::Address => length >= 2,
        _ => true,
    }
}
