//! Bytes of a message as text that is safe to print: UTF-8, no control characters, no length an attacker chose.

/// Octets kept of one name: RFC 1035 §3.1 allows a host name 255.
const LONGEST: usize = 255;

/// Append `bytes` to `out`: what is no UTF-8 becomes U+FFFD, what a terminal would obey is written as `\u{1b}`.
pub(crate) fn append(bytes: &[u8], out: &mut Vec<u8>) {
    let kept = bytes.get(..LONGEST).unwrap_or(bytes);
    // Not `all`: without a way out early, the compiler looks at many octets at once.
    if kept.iter().fold(true, |plain, octet| plain & (b' '..=b'~').contains(octet)) {
        out.extend_from_slice(kept);
    } else {
        for character in String::from_utf8_lossy(kept).chars() {
            if is_obeyed(character) {
                out.extend(character.escape_unicode().map(|escaped| u8::try_from(escaped).unwrap_or(b'?')));
            } else {
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    if kept.len() < bytes.len() {
        out.extend_from_slice("…".as_bytes());
    }
}

/// Control characters, line separators, and the marks that turn the direction of text around (Unicode UAX #9).
fn is_obeyed(character: char) -> bool {
    character.is_control() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    fn text(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        super::append(bytes, &mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn a_plain_name_stays_as_it_is() {
        assert_eq!(text(b"mme1.epc.mnc001.mcc001.3gppnetwork.org"), "mme1.epc.mnc001.mcc001.3gppnetwork.org");
        assert_eq!(text("héron.example".as_bytes()), "héron.example");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_comes_through() {
        assert_eq!(text(b"a\x1b[31mb\r\n\0\x7f"), "a\\u{1b}[31mb\\u{d}\\u{a}\\u{0}\\u{7f}");
        assert_eq!(text("gro\u{202e}.elpmaxe\u{85}".as_bytes()), "gro\\u{202e}.elpmaxe\\u{85}");
    }

    #[test]
    fn what_is_no_text_is_shown_as_such() {
        assert_eq!(text(b"\xff\xfea"), "\u{fffd}\u{fffd}a");
    }

    #[test]
    fn a_name_longer_than_any_name_is_cut_and_says_so() {
        assert_eq!(text(&[b'x'; 256]), format!("{}…", "x".repeat(255)));
        assert_eq!(text(&[b'x'; 255]), "x".repeat(255));
        assert!(text("é".repeat(5000).as_bytes()).len() < 300);
    }
}
