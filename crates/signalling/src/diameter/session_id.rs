//! The form of a Session-Id, RFC 6733 §8.8: `<DiameterIdentity>;<high 32 bits>;<low 32 bits>[;<optional value>]`.

use super::identities::is_well_formed;

/// Digits of the shortest subscriber identity.
const SHORTEST: usize = 14;

/// What a Session-Id looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// It has the parts that the standard names.
    pub is_standard: bool,
    /// A subscriber identity stands in it.
    pub has_imsi: bool,
}

impl Form {
    /// The name that tables show: an identity inside is the louder fact.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match (self.has_imsi, self.is_standard) {
            (true, _) => "imsi_inside",
            (false, true) => "rfc6733",
            (false, false) => "other",
        }
    }
}

/// Judge a Session-Id beside the names of its message. Without an IMSI, fifteen digits that begin as one does are taken for one.
#[must_use]
pub fn judge(text: &[u8], imsi: &[u8], host: &[u8]) -> Form {
    Form { is_standard: is_standard(text, host), has_imsi: has_imsi(text, imsi) }
}

/// A run of fourteen digits has one at every fourteenth octet, so only those are looked at first.
fn has_imsi(text: &[u8], imsi: &[u8]) -> bool {
    let mut start = 0_usize;
    while let Some(window) = text.get(start..start.saturating_add(SHORTEST)) {
        // Behind the last octet of the window that is no digit, the next window begins.
        if let Some(last) = window.iter().rposition(|octet| !octet.is_ascii_digit()) {
            start = start.saturating_add(last).saturating_add(1);
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let run = rest.iter().position(|octet| !octet.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest.get(..run).unwrap_or_default();
        if if imsi.is_empty() { is_imsi(digits) } else { digits.windows(imsi.len()).any(|window| window == imsi) } {
            return true;
        }
        start = start.saturating_add(run);
    }
    false
}

fn is_standard(text: &[u8], host: &[u8]) -> bool {
    // A client's own requests begin with its own host, which was judged already.
    let halves = match text.strip_prefix(host) {
        Some([b';', halves @ ..]) if !host.is_empty() => halves,
        _ => {
            let Some(end) = first_semicolon(text) else { return false };
            let (named, halves) = text.split_at(end);
            if !is_host(named) {
                return false;
            }
            halves.get(1..).unwrap_or_default()
        }
    };
    half(halves).is_some_and(|low| half(low).is_some())
}

/// 32 bits in decimal digits: what stands behind them and their semicolon.
fn half(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().position(|octet| !octet.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(length);
    let value = digits.iter().fold(0_u64, |value, digit| value.wrapping_mul(10).wrapping_add(u64::from(digit.wrapping_sub(b'0'))));
    if !(1..=10).contains(&length) || u32::try_from(value).is_err() {
        return None;
    }
    match rest {
        [] => Some(rest),
        [b';', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Blocks without one are passed over at once.
fn first_semicolon(text: &[u8]) -> Option<usize> {
    let blocks = text.as_chunks::<16>().0;
    let without = blocks.iter().take_while(|block| block.iter().fold(0, |found, octet| found | u8::from(*octet == b';')) == 0).count();
    let start = without.saturating_mul(16);
    text.get(start..)?.iter().position(|octet| *octet == b';').map(|position| position.saturating_add(start))
}

/// Capital letters and such are told at Origin-Host; here only what no host can be.
fn is_host(host: &[u8]) -> bool {
    is_well_formed(host)
        || !host.is_empty() && host.iter().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_'))
}

/// Mobile country codes begin with 2 to 7, 001 is for tests, 90x for networks above countries, 999 for private ones (E.212).
fn is_imsi(digits: &[u8]) -> bool {
    digits.len() == 15 && matches!(digits, [b'2'..=b'7', ..] | [b'0' | b'9', b'0', b'1', ..] | [b'9', b'9', b'9', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &[u8], imsi: &[u8]) -> &'static str {
        judge(text, imsi, b"own.example").name()
    }

    #[test]
    fn the_standard_form_has_a_host_and_two_halves() {
        assert_eq!(name(b"mme1.example;1876543210;523", b""), "rfc6733");
        assert_eq!(name(b"mme1.example;1876543210;523;mobile@200.1.1.88", b""), "rfc6733");
        assert_eq!(name(b"own.example;1;2", b""), "rfc6733");
        assert_eq!(name(b"own.example", b""), "other");
        for other in [&b"mme1.example"[..], b"mme1.example;1;x", b"mme1.example;4294967296;1", b";1;2", b"", b"a b;1;2"] {
            assert_eq!(name(other, b""), "other", "{}", other.escape_ascii());
        }
    }

    #[test]
    fn the_subscriber_inside_is_seen_with_and_without_its_name_beside() {
        let imsi = b"001010123456789";
        assert_eq!(name(b"mme1.example;001010123456789;1", imsi), "imsi_inside");
        assert_eq!(name(b"mme1.example;1;2;IMSI001010123456789-1", b""), "imsi_inside");
        assert_eq!(name(b"mme1.example;1;2;171234567890123", imsi), "rfc6733");
        assert_eq!(name(b"mme1.example;1;2;1712345678901234", b""), "rfc6733");
        assert_eq!(name(b"mme1.example;1;2;24001012345678", b"24001012345678"), "imsi_inside");
    }
}
