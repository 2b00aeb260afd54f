//! Values of X.690 (02/2021) §8: integers, object identifiers, and strings that come in parts.

use super::{Element, Elements, Reading};
use crate::anomaly::Anomaly;
use crate::budget::MAX_BER_DEPTH;

/// Octets of a string that came in parts: the longest string this crate reads is a short message.
#[derive(Clone, Copy)]
pub struct Joined {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl core::fmt::Debug for Joined {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Joined({} octets)", self.length)
    }
}

impl Joined {
    const CAPACITY: usize = 320;

    /// Put the parts of a constructed string together (X.690 §8.7.3); None when they do not fit or are not whole.
    #[cold]
    #[must_use]
    pub fn new(element: Element<'_>, reading: &mut Reading) -> Option<Self> {
        reading.note(Anomaly::BerConstructedString);
        let mut joined = Self { bytes: [0; Self::CAPACITY], length: 0 };
        joined.append(element, reading, 0).then_some(joined)
    }

    /// The octets.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn append(&mut self, element: Element<'_>, reading: &mut Reading, depth: u32) -> bool {
        if !element.complete || depth > MAX_BER_DEPTH {
            return false;
        }
        if !element.constructed {
            let end = self.length.saturating_add(element.content.len());
            let Some(room) = self.bytes.get_mut(self.length..end) else { return false };
            room.copy_from_slice(element.content);
            self.length = end;
            return true;
        }
        let mut parts = Elements::new(element.content);
        while let Some(part) = parts.next(reading) {
            if !self.append(part, reading, depth.saturating_add(1)) {
                return false;
            }
        }
        true
    }
}

/// The value of an INTEGER or ENUMERATED of up to eight octets that count.
#[must_use]
#[inline]
pub fn integer(element: Element<'_>, reading: &mut Reading) -> Option<i64> {
    match element.content {
        [octet] if !element.constructed && element.complete => Some(i64::from(octet.cast_signed())),
        _ => long_integer(element, reading),
    }
}

fn long_integer(element: Element<'_>, reading: &mut Reading) -> Option<i64> {
    if !element.complete {
        return None;
    }
    let joined = if element.constructed { Some(Joined::new(element, reading)?) } else { None };
    let octets = joined.as_ref().map_or(element.content, Joined::as_bytes);
    let (first, rest) = octets.split_first()?;
    if rest.first().is_some_and(|second| (*first == 0 && second & 0x80 == 0) || (*first == 0xff && second & 0x80 != 0)) {
        reading.note(Anomaly::BerNonMinimalInteger);
    }
    let fill = if first & 0x80 == 0 { 0 } else { 0xff };
    let mut value = if fill == 0 { 0_i64 } else { -1_i64 };
    for (position, octet) in octets.iter().enumerate() {
        if octets.len().saturating_sub(position) > 8 {
            if *octet != fill {
                return None;
            }
            continue;
        }
        value = value.wrapping_shl(8) | i64::from(*octet);
    }
    (value.is_negative() == (fill == 0xff)).then_some(value)
}

/// The arcs of an OBJECT IDENTIFIER, the first sixteen of them (X.690 §8.19).
#[must_use]
pub fn object(content: &[u8]) -> ([u32; 16], u8) {
    let (mut arcs, mut count, mut arc, mut first) = ([0_u32; 16], 0_u8, 0_u32, true);
    let mut keep = |value: u32| {
        if let Some(slot) = arcs.get_mut(usize::from(count)) {
            *slot = value;
            count = count.saturating_add(1);
        }
    };
    for octet in content {
        arc = arc.saturating_mul(128) | u32::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        if first {
            let root = (arc.checked_div(40).unwrap_or(0)).min(2);
            keep(root);
            arc = arc.saturating_sub(root.saturating_mul(40));
            first = false;
        }
        keep(arc);
        arc = 0;
    }
    (arcs, count)
}
