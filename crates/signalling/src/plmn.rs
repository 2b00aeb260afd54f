//! Network identities, ITU-T E.212 and TS 24.008 §10.5.1.3: country and network code, and whether any network can have them.

use crate::digits::Digits;

/// Country and network code of three octets; false when no network has them.
#[must_use]
pub fn plmn(bytes: [u8; 3]) -> (Digits, bool) {
    let [first, second, third] = bytes;
    // The third digit of the network code stands between country and network; filler there drops it.
    let digits = Digits::from_tbcd(&[first, second & 0x0f | third << 4, third >> 4 | second & 0xf0]).unwrap_or_default();
    (digits, is_assignable(digits.as_bytes()))
}

/// True for the digits of a network: E.212 has countries in zones 2 to 7, shared and private codes in zone 9, and 001 for tests.
#[must_use]
pub fn is_assignable(plmn: &[u8]) -> bool {
    let is_zone = matches!(plmn, [b'2'..=b'7' | b'9', ..] | [b'0', b'0', b'1', ..]);
    is_zone && matches!(plmn.len(), 5 | 6) && plmn.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_two_or_three_digits_behind_its_country() {
        let read = |bytes| {
            let (digits, is_assignable) = plmn(bytes);
            (digits.as_bytes().to_vec(), is_assignable)
        };
        assert_eq!(read([0x00, 0xf1, 0x10]), (b"00101".to_vec(), true));
        assert_eq!(read([0x00, 0x31, 0x21]), (b"001123".to_vec(), true));
        assert_eq!(read([0x09, 0xf1, 0x10]), (b"90101".to_vec(), true));
        assert_eq!(read([0x99, 0x39, 0x21]), (b"999123".to_vec(), true));
        for bytes in [[0x00, 0x00, 0x00], [0x01, 0xf1, 0x10], [0x08, 0xf1, 0x10], [0x02, 0xfa, 0x10], [0x0a, 0xf1, 0x10], [0xff; 3]] {
            assert!(!read(bytes).1, "{bytes:02x?}");
        }
        assert!(!is_assignable(b"0010"));
        assert!(!is_assignable(b"0010112"));
    }
}
