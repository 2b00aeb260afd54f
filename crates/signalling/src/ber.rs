//! Basic Encoding Rules, ITU-T X.690 (02/2021), read as tolerant equipment reads them: each strict difference is noted.

use crate::anomaly::Anomaly;
use crate::budget::MAX_BER_DEPTH;
use crate::bytes::Reader;
use crate::gap::Reason;

mod reading;
mod values;

pub use reading::Reading;
pub use values::{Joined, integer, object};

/// Class and number of a tag; the form (primitive or constructed) stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag(u32);

impl Tag {
    /// End of contents, or padding that looks like it.
    pub const END: Self = Self::universal(0);
    /// BOOLEAN.
    pub const BOOLEAN: Self = Self::universal(1);
    /// INTEGER.
    pub const INTEGER: Self = Self::universal(2);
    /// BIT STRING.
    pub const BITS: Self = Self::universal(3);
    /// OCTET STRING.
    pub const OCTETS: Self = Self::universal(4);
    /// NULL.
    pub const NULL: Self = Self::universal(5);
    /// OBJECT IDENTIFIER.
    pub const OBJECT: Self = Self::universal(6);
    /// EXTERNAL.
    pub const EXTERNAL: Self = Self::universal(8);
    /// ENUMERATED.
    pub const ENUMERATED: Self = Self::universal(10);
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: Self = Self::universal(16);
    /// NumericString.
    pub const NUMERIC: Self = Self::universal(18);
    /// IA5String.
    pub const IA5: Self = Self::universal(22);

    /// A tag of the universal class.
    #[must_use]
    pub const fn universal(number: u32) -> Self {
        Self(number)
    }

    /// A tag of the application class.
    #[must_use]
    pub const fn application(number: u32) -> Self {
        Self(0x4000_0000 | number)
    }

    /// A tag of the context class.
    #[must_use]
    pub const fn context(number: u32) -> Self {
        Self(0x8000_0000 | number)
    }

    /// A tag of the private class.
    #[must_use]
    pub const fn private(number: u32) -> Self {
        Self(0xc000_0000 | number)
    }

    /// Class and number in one value.
    #[must_use]
    pub const fn value(self) -> u32 {
        self.0
    }

    /// The number of a context tag.
    #[must_use]
    pub const fn context_number(self) -> Option<u32> {
        if self.0 >> 30 == 2 { Some(self.0 & 0x3fff_ffff) } else { None }
    }
}

/// One element: identifier and contents.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    /// Class and number.
    pub tag: Tag,
    /// True when the contents are elements.
    pub constructed: bool,
    /// False when the bytes ended before the element did: its value must not be taken for whole.
    pub complete: bool,
    /// The contents, without an end-of-contents mark.
    pub content: &'a [u8],
}

/// Contents may be keys, text or identities: only their length is ever printed.
impl core::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Element({:?}, {} octets)", self.tag, self.content.len())
    }
}

/// The elements of some contents, one after the other.
#[derive(Clone, Copy)]
pub struct Elements<'a> {
    rest: &'a [u8],
    length: usize,
}

impl core::fmt::Debug for Elements<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Elements(at {} of {})", self.offset(), self.length)
    }
}

impl<'a> Elements<'a> {
    /// Start at the first element.
    #[must_use]
    pub const fn new(content: &'a [u8]) -> Self {
        Self { rest: content, length: content.len() }
    }

    /// Bytes after the elements read so far.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Bytes read so far.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.length.saturating_sub(self.rest.len())
    }

    /// Read the next element; None at the end, or when `reading` says why not.
    #[allow(clippy::inline_always, reason = "two thirds of decoding; as a call it costs a fifth of the speed")]
    #[inline(always)]
    pub fn next(&mut self, reading: &mut Reading) -> Option<Element<'a>> {
        // Most elements have two octets before their contents.
        match self.rest {
            [] => None,
            [identifier @ 1..=0xff, length @ 0..0x80, after @ ..] if identifier & 0x1f != 0x1f && reading.has_budget() => {
                let Some((content, rest)) = after.split_at_checked(usize::from(*length)) else { return self.next_unusual(reading) };
                reading.count();
                self.rest = rest;
                let tag = Tag(u32::from(identifier >> 6) << 30 | u32::from(identifier & 0x1f));
                Some(Element { tag, constructed: identifier & 0x20 != 0, complete: true, content })
            }
            _ => self.next_unusual(reading),
        }
    }

    #[inline(never)]
    fn next_unusual(&mut self, reading: &mut Reading) -> Option<Element<'a>> {
        loop {
            if self.rest.is_empty() || !reading.spend() {
                return None;
            }
            let mut reader = Reader::new(self.rest);
            let element = read(&mut reader, reading, 0);
            self.rest = reader.rest();
            match element {
                // Padding, or an end-of-contents mark where a definite length already ended.
                Ok(Element { tag: Tag::END, .. }) => reading.note(Anomaly::BerTrailingBytes),
                Ok(element) => return Some(element),
                Err(reason) => {
                    reading.fail(reason);
                    self.rest = &[];
                    return None;
                }
            }
        }
    }
}

fn read<'a>(reader: &mut Reader<'a>, reading: &mut Reading, depth: u32) -> Result<Element<'a>, Reason> {
    let identifier = reader.u8()?;
    let constructed = identifier & 0x20 != 0;
    let number = if identifier & 0x1f == 0x1f { high_tag(reader, reading)? } else { u32::from(identifier & 0x1f) };
    let tag = Tag(u32::from(identifier >> 6) << 30 | number);
    let length = match reader.u8()? {
        short @ 0..0x80 => usize::from(short),
        0x80 => return indefinite(reader, reading, tag, constructed, depth),
        long => long_length(reader, reading, long & 0x7f)?,
    };
    if let Ok(content) = reader.take(length) {
        return Ok(Element { tag, constructed, complete: true, content });
    }
    reading.fail(Reason::Truncated);
    let content = reader.rest();
    let _ = reader.skip(content.len());
    Ok(Element { tag, constructed, complete: false, content })
}

/// X.690 §8.1.2.4: base 128, high bit says that another octet follows.
#[cold]
fn high_tag(reader: &mut Reader<'_>, reading: &mut Reading) -> Result<u32, Reason> {
    let mut number = 0_u32;
    for position in 0..8 {
        let octet = reader.u8()?;
        if position == 0 && octet == 0x80 {
            reading.note(Anomaly::BerHighTagForm);
        }
        number = number.checked_mul(128).map(|high| high | u32::from(octet & 0x7f)).ok_or(Reason::InvalidValue)?;
        if octet & 0x80 == 0 {
            if number < 31 {
                reading.note(Anomaly::BerHighTagForm);
            }
            return if number < 1 << 30 { Ok(number) } else { Err(Reason::InvalidValue) };
        }
    }
    Err(Reason::InvalidValue)
}

fn long_length(reader: &mut Reader<'_>, reading: &mut Reading, octets: u8) -> Result<usize, Reason> {
    if octets == 0x7f {
        return Err(Reason::InvalidValue);
    }
    let mut length = 0_usize;
    for octet in reader.take(usize::from(octets))? {
        if length == 0 && *octet == 0 {
            reading.note(Anomaly::BerNonMinimalLength);
        }
        length = length.checked_mul(256).ok_or(Reason::LengthMismatch)? | usize::from(*octet);
    }
    if length < 0x80 {
        reading.note(Anomaly::BerNonMinimalLength);
    }
    Ok(length)
}

/// X.690 §8.1.3.6: contents run to two zero octets at their own level.
#[cold]
fn indefinite<'a>(reader: &mut Reader<'a>, reading: &mut Reading, tag: Tag, constructed: bool, depth: u32) -> Result<Element<'a>, Reason> {
    reading.note(Anomaly::BerIndefiniteLength);
    if !constructed {
        return Err(Reason::InvalidValue);
    }
    let depth = depth.saturating_add(1);
    if depth > MAX_BER_DEPTH {
        return Err(Reason::TooDeep);
    }
    let start = *reader;
    let mut complete = true;
    loop {
        if reader.is_empty() {
            reading.fail(Reason::Truncated);
            let content = start.rest();
            return Ok(Element { tag, constructed, complete: false, content });
        }
        if !reading.spend() {
            return Err(Reason::TooManyElements);
        }
        let end = reader.offset();
        let inner = read(reader, reading, depth)?;
        complete &= inner.complete;
        if inner.tag == Tag::END && inner.content.is_empty() {
            let mut content = start;
            let content = content.take(end.saturating_sub(start.offset()))?;
            return Ok(Element { tag, constructed, complete, content });
        }
    }
}

#[cfg(test)]
mod tests;
