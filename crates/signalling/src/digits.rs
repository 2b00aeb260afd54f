//! Digits as networks carry them: semi-octets, in a value that needs no allocation. Ref: Q.713 §3.4.2, TS 29.002 TBCD-STRING.

use crate::gap::Reason;

/// Up to 32 digits as ASCII; the longest address on the air is a 15-digit E.164 number, spoofers append.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digits {
    ascii: [u8; Self::CAPACITY],
    length: u8,
}

impl Default for Digits {
    fn default() -> Self {
        Self { ascii: [0; Self::CAPACITY], length: 0 }
    }
}

/// Only the first five digits are ever printed: the operator, not the subscriber.
impl core::fmt::Debug for Digits {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let shown = self.as_bytes().get(..5).unwrap_or_default();
        write!(f, "Digits({}…, {} digits)", shown.escape_ascii(), self.length)
    }
}

impl Digits {
    /// Most digits kept.
    pub const CAPACITY: usize = 32;

    /// The digits as ASCII bytes; hexadecimal semi-octets above nine stand as A to F.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.ascii.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// How many digits there are.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.length)
    }

    /// True when there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// True when every digit is 0 to 9.
    #[must_use]
    pub fn is_decimal(&self) -> bool {
        self.as_bytes().iter().fold(true, |all, digit| all & digit.is_ascii_digit())
    }

    /// Append one semi-octet; what does not fit is counted by the caller as an anomaly.
    pub fn push(&mut self, semi_octet: u8) -> Result<(), Reason> {
        let slot = self.ascii.get_mut(usize::from(self.length)).ok_or(Reason::LengthMismatch)?;
        *slot = *b"0123456789ABCDEF".get(usize::from(semi_octet & 0x0f)).unwrap_or(&b'?');
        self.length = self.length.saturating_add(1);
        Ok(())
    }

    /// Read semi-octets, low one first; a final high semi-octet of 15 is filler (TS 29.002 TBCD-STRING).
    pub fn from_tbcd(bytes: &[u8]) -> Result<Self, Reason> {
        let filler = usize::from(bytes.last().is_some_and(|octet| octet >> 4 == 0x0f));
        Self::from_semi_octets(bytes, bytes.len().saturating_mul(2).saturating_sub(filler))
    }

    /// Read `count` semi-octets, low one first: for fields that say odd or even beside the digits (Q.713 §3.4.2.3).
    pub fn from_semi_octets(bytes: &[u8], count: usize) -> Result<Self, Reason> {
        let used = bytes.get(..count.div_ceil(2)).ok_or(Reason::Truncated)?;
        let mut ascii = [0; Self::CAPACITY];
        // Two at a time: this is the hottest loop of the crate.
        for (pair, octet) in ascii.as_chunks_mut::<2>().0.iter_mut().zip(used) {
            *pair = [character(octet & 0x0f), character(octet >> 4)];
        }
        if count > Self::CAPACITY {
            return Err(Reason::LengthMismatch);
        }
        // The unused half of the last octet stays out of comparisons.
        if let Some(unused) = ascii.get_mut(count) {
            *unused = 0;
        }
        Ok(Self { ascii, length: u8::try_from(count).unwrap_or(0) })
    }

    /// Keep text that is made of digits (Diameter User-Name, MSISDN in text form); None when it is not.
    #[must_use]
    pub fn from_ascii(text: &[u8]) -> Option<Self> {
        let mut digits = Self::default();
        for octet in text {
            if !octet.is_ascii_digit() {
                return None;
            }
            digits.push(octet.wrapping_sub(b'0')).ok()?;
        }
        Some(digits)
    }
}

/// The ASCII of a semi-octet.
const fn character(semi_octet: u8) -> u8 {
    if semi_octet < 10 { b'0'.wrapping_add(semi_octet) } else { b'7'.wrapping_add(semi_octet) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tbcd_reads_the_low_semi_octet_first_and_drops_the_filler() {
        let digits = Digits::from_tbcd(&[0x00, 0x11, 0x32, 0xf4]).unwrap_or_default();
        assert_eq!(digits.as_bytes(), b"0011234");
    }

    #[test]
    fn a_printed_value_never_shows_the_subscriber() {
        let digits = Digits::from_ascii(b"001011234567890").unwrap_or_default();
        assert_eq!(format!("{digits:?}"), "Digits(00101…, 15 digits)");
    }

    #[test]
    fn more_digits_than_fit_are_refused_not_cut() {
        assert_eq!(Digits::from_tbcd(&[0x11; 17]), Err(Reason::LengthMismatch));
    }
}
