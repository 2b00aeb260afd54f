//! Diameter attribute-value pairs, RFC 6733 §4.

use crate::anomaly::{Anomalies, Anomaly};
use crate::gap::Reason;

/// The AVP names its vendor.
const VENDOR: u8 = 0x80;
/// The receiver must understand the AVP.
const MANDATORY: u8 = 0x40;
/// Flags that no definition sets: RFC 6733 gave up P (0x20), the rest are reserved.
const FORBIDDEN: u8 = 0x3f;

/// One attribute-value pair.
#[derive(Clone, Copy)]
pub(super) struct Avp<'a> {
    /// Code, unique for its vendor.
    pub code: u32,
    /// Vendor; 0 is the IETF.
    pub vendor: u32,
    /// The M flag.
    pub is_mandatory: bool,
    /// The value without its padding.
    pub value: &'a [u8],
}

/// The AVPs of a message or group, one after the other. The hottest loop of Diameter: it splits slices, as a reader would, but keeps
/// no offset.
pub(super) struct Avps<'a> {
    rest: &'a [u8],
    /// The capture ends before the message does: what is missing at the end says nothing about the sender.
    is_cut: bool,
}

impl<'a> Avps<'a> {
    /// Walk `bytes`.
    pub const fn new(bytes: &'a [u8], is_cut: bool) -> Self {
        Self { rest: bytes, is_cut }
    }

    /// Bytes not walked yet.
    pub const fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// The next AVP. One that runs past the end is given as far as it goes; one shorter than its own header ends the walk.
    #[allow(clippy::inline_always, reason = "the hottest loop; its two callers each need it flat")]
    #[inline(always)]
    pub fn next(&mut self, anomalies: &mut Anomalies) -> Result<Option<Avp<'a>>, Reason> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let Some(([c0, c1, c2, c3, flags, l0, l1, l2], mut rest)) = self.rest.split_first_chunk::<8>() else {
            return Err(self.ended(anomalies));
        };
        let (mut vendor, mut header) = (0, 8_u32);
        if flags & VENDOR != 0 {
            let Some((named, behind)) = rest.split_first_chunk::<4>() else { return Err(self.ended(anomalies)) };
            (vendor, header, rest) = (u32::from_be_bytes(*named), 12, behind);
            if vendor == 0 {
                tell(anomalies, Anomaly::DiameterVendorZero);
            }
        }
        if flags & FORBIDDEN != 0 {
            tell(anomalies, Anomaly::DiameterFlagFault);
        }
        let length = u32::from_be_bytes([0, *l0, *l1, *l2]);
        let Some(wanted) = length.checked_sub(header) else {
            tell(anomalies, Anomaly::DiameterAvpOverrun);
            return Err(Reason::LengthMismatch);
        };
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        let mut avp = Avp { code: u32::from_be_bytes([*c0, *c1, *c2, *c3]), vendor, is_mandatory: flags & MANDATORY != 0, value: rest };
        let Some((value, behind)) = rest.split_at_checked(wanted) else {
            let reason = self.ended(anomalies);
            if self.is_cut {
                return Err(reason);
            }
            self.rest = &[];
            return Ok(Some(avp));
        };
        (avp.value, self.rest) = (value, behind);
        let padding = wanted.wrapping_neg() & 3;
        if padding != 0 {
            self.pad(padding, anomalies);
        }
        Ok(Some(avp))
    }

    #[inline]
    fn pad(&mut self, padding: usize, anomalies: &mut Anomalies) {
        self.rest = self.rest.get(padding..).unwrap_or_else(|| {
            if !self.is_cut {
                tell(anomalies, Anomaly::DiameterLengthUnaligned);
            }
            &[]
        });
    }

    /// The bytes end inside an AVP: cut by the capture, or by the sender.
    #[cold]
    fn ended(&self, anomalies: &mut Anomalies) -> Reason {
        if self.is_cut {
            return Reason::Truncated;
        }
        tell(anomalies, Anomaly::DiameterAvpOverrun);
        Reason::LengthMismatch
    }
}

/// Off the straight path, so that a sound AVP pays a branch and no arithmetic on the set.
#[cold]
#[inline(never)]
pub(super) fn tell(anomalies: &mut Anomalies, anomaly: Anomaly) {
    anomalies.add(anomaly);
}

#[cfg(test)]
mod tests {
    use super::*;

    type Walked = (Vec<(u32, u32, usize)>, Option<Reason>, Vec<Anomaly>);

    fn walk(bytes: &[u8], is_cut: bool) -> Walked {
        let (mut avps, mut anomalies, mut seen) = (Avps::new(bytes, is_cut), Anomalies::default(), Vec::new());
        loop {
            match avps.next(&mut anomalies) {
                Ok(Some(avp)) => seen.push((avp.code, avp.vendor, avp.value.len())),
                Ok(None) => return (seen, None, anomalies.iter().collect()),
                Err(reason) => return (seen, Some(reason), anomalies.iter().collect()),
            }
        }
    }

    const NAME: [u8; 12] = [0, 0, 0, 1, 0x40, 0, 0, 9, b'x', 0, 0, 0];

    #[test]
    fn padding_is_passed_over_and_a_vendor_makes_the_header_longer() {
        let vendor = [0, 0, 5, 0x7f, 0xc0, 0, 0, 15, 0, 0, 0x28, 0xaf, 0, 0xf1, 0x10, 0];
        let both = [&NAME[..], &vendor].concat();
        assert_eq!(walk(&both, false), (vec![(1, 0, 1), (1407, 10_415, 3)], None, vec![]));
    }

    #[test]
    fn a_last_avp_without_its_padding_is_read_and_told() {
        assert_eq!(walk(&NAME[..9], false), (vec![(1, 0, 1)], None, vec![Anomaly::DiameterLengthUnaligned]));
        assert_eq!(walk(&NAME[..9], true), (vec![(1, 0, 1)], None, vec![]));
    }

    #[test]
    fn an_avp_past_the_end_is_read_as_far_as_it_goes_unless_the_capture_cut_it() {
        let long = [0, 0, 0, 1, 0x40, 0, 0, 40, b'x', b'y', b'z', b'z'];
        assert_eq!(walk(&long, false), (vec![(1, 0, 4)], None, vec![Anomaly::DiameterAvpOverrun]));
        assert_eq!(walk(&long, true), (vec![], Some(Reason::Truncated), vec![]));
        assert_eq!(walk(&long[..6], false), (vec![], Some(Reason::LengthMismatch), vec![Anomaly::DiameterAvpOverrun]));
    }

    #[test]
    fn a_length_below_the_header_ends_the_walk() {
        let none = [0, 0, 0, 1, 0x40, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(walk(&none, false), (vec![], Some(Reason::LengthMismatch), vec![Anomaly::DiameterAvpOverrun]));
    }

    #[test]
    fn a_vendor_of_zero_and_spent_flags_are_told() {
        let zero = [0, 0, 0, 1, 0xe1, 0, 0, 12, 0, 0, 0, 0];
        assert_eq!(walk(&zero, false), (vec![(1, 0, 0)], None, vec![Anomaly::DiameterVendorZero, Anomaly::DiameterFlagFault]));
    }
}
