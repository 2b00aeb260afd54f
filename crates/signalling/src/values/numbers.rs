//! Party numbers, Q.763 §3.9 and §3.26.

use crate::digits::Digits;

/// Number of Q.763 §3.9: odd or even and nature, then plan, then digits that may end with a sending mark (15).
pub(super) fn party(bytes: &[u8]) -> Digits {
    let Some((nature, rest)) = bytes.split_first() else { return Digits::default() };
    let semi_octets = rest.get(1..).unwrap_or_default();
    let count = semi_octets.len().saturating_mul(2).saturating_sub(usize::from(nature >> 7));
    let is_end = |position: &usize| {
        let octet = semi_octets.get(position >> 1).copied().unwrap_or(0xff);
        (if position & 1 == 0 { octet & 0x0f } else { octet >> 4 }) == 0x0f
    };
    let count = (0..count).find(is_end).unwrap_or(count);
    Digits::from_semi_octets(semi_octets, count).unwrap_or_default()
}

/// Generic number of Q.763 §3.26: a qualifier, then a party number.
pub(super) fn generic(bytes: &[u8]) -> Digits {
    party(bytes.get(1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_number_ends_with_its_count_or_its_sending_mark() {
        let read = |bytes: &[u8]| party(bytes).as_bytes().to_vec();
        assert_eq!(read(&[0x84, 0x10, 0x99, 0x09]), b"999");
        assert_eq!(read(&[0x04, 0x10, 0x99, 0x79]), b"9997");
        assert_eq!(read(&[0x04, 0x10, 0x99, 0xf9]), b"999");
        assert_eq!(read(&[0x84, 0x10]), b"");
        assert_eq!(read(&[]), b"");
        assert_eq!(generic(&[0x06, 0x84, 0x10, 0x99, 0x09]).as_bytes(), b"999");
        assert!(generic(&[]).is_empty());
    }
}
