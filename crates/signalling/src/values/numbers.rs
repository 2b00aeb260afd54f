//! Network identities, TS 24.008 §10.5.1.3, and party numbers, Q.763 §3.9.

use crate::digits::Digits;

/// Country and network code of three octets; false when no network has them (E.212: zones 2 to 7 and 9, 001 for tests).
#[must_use]
pub fn plmn(bytes: [u8; 3]) -> (Digits, bool) {
    let [first, second, third] = bytes;
    let mut digits = Digits::default();
    for semi_octet in [first & 0x0f, first >> 4, second & 0x0f, third & 0x0f, third >> 4] {
        let _ = digits.push(semi_octet);
    }
    if second >> 4 != 0x0f {
        let _ = digits.push(second >> 4);
    }
    let is_zone = matches!(first & 0x0f, 2..=7 | 9) || (first == 0 && second & 0x0f == 1);
    (digits, is_zone && digits.is_decimal())
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_two_or_three_digits_behind_its_country() {
        let read = |bytes| {
            let (digits, is_valid) = plmn(bytes);
            (digits.as_bytes().to_vec(), is_valid)
        };
        assert_eq!(read([0x00, 0xf1, 0x10]), (b"00101".to_vec(), true));
        assert_eq!(read([0x00, 0x31, 0x21]), (b"001123".to_vec(), true));
        assert_eq!(read([0x09, 0xf1, 0x10]), (b"90101".to_vec(), true));
        for bytes in [[0x00, 0x00, 0x00], [0x01, 0xf1, 0x10], [0x08, 0xf1, 0x10], [0x02, 0xfa, 0x10], [0xff, 0xff, 0xff]] {
            assert!(!read(bytes).1, "{bytes:02x?}");
        }
    }

    #[test]
    fn a_party_number_ends_with_its_count_or_its_sending_mark() {
        let read = |bytes: &[u8]| party(bytes).as_bytes().to_vec();
        assert_eq!(read(&[0x84, 0x10, 0x99, 0x09]), b"999");
        assert_eq!(read(&[0x04, 0x10, 0x99, 0x79]), b"9997");
        assert_eq!(read(&[0x04, 0x10, 0x99, 0xf9]), b"999");
        assert_eq!(read(&[0x84, 0x10]), b"");
        assert_eq!(read(&[]), b"");
    }
}
