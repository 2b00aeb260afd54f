//! Keyed pseudonyms, the same that `ipxray.identity` gives; a test compares them. Ref: RFC 7693.

use blake2b_simd::Params;
use signalling::message::{Message, PartyAddress};

/// A kind of identity: its name in the hash, and how many digits it shows.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    name: &'static [u8],
    shown: usize,
}

/// MCC and the first two digits of the MNC are shown.
pub(crate) const IMSI: Kind = Kind { name: b"ipxray/imsi", shown: 5 };
/// Three digits are shown, which hold every country code.
pub(crate) const E164: Kind = Kind { name: b"ipxray/e164", shown: 3 };
/// The type allocation code is shown: a model, not a device (TS 23.003 §6.2).
pub(crate) const IMEI: Kind = Kind { name: b"ipxray/imei", shown: 8 };
const TITLE_E212: Kind = Kind { name: b"ipxray/gt-e212", shown: 5 };
const TITLE_E214: Kind = Kind { name: b"ipxray/gt-e214", shown: 3 };

/// Digits that stay hidden however short the number.
const HIDDEN_AT_LEAST: usize = 4;
const TAG_BYTES: usize = 10;
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrstv";

/// Turns identities into pseudonyms under one key.
pub(crate) struct Mask {
    key: Vec<u8>,
}

impl Mask {
    /// `None` unless the key has 16 to 64 bytes.
    pub(crate) fn new(key: &[u8]) -> Option<Self> {
        (16..=64).contains(&key.len()).then(|| Self { key: key.to_vec() })
    }

    /// The prefix that tells the network, a tilde, and twenty letters that depend on key, kind and all digits.
    pub(crate) fn pseudonym(&self, digits: &[u8], kind: Kind, out: &mut Vec<u8>) {
        let shown = kind.shown.min(digits.len().saturating_sub(HIDDEN_AT_LEAST));
        out.extend_from_slice(digits.get(..shown).unwrap_or_default());
        out.push(b'~');
        let digest = Params::new().hash_length(TAG_BYTES).key(&self.key).personal(kind.name).hash(digits);
        for octet in digest.as_bytes() {
            for half in [octet >> 4, octet & 15] {
                out.push(LETTERS.get(usize::from(half)).copied().unwrap_or(b'?'));
            }
        }
    }

    /// A node's title stays; one that is a subscriber's number, or made of an IMSI (E.212, E.214), does not.
    pub(crate) fn global_title(&self, party: &PartyAddress, message: &Message<'_>, out: &mut Vec<u8>) {
        let digits = party.global_title.as_bytes();
        let is_number = !message.msisdn.is_empty() && digits.starts_with(message.msisdn.as_bytes());
        match party.numbering_plan {
            Some(6) => self.pseudonym(digits, TITLE_E212, out),
            Some(7) => self.pseudonym(digits, TITLE_E214, out),
            _ if is_number => self.pseudonym(digits, E164, out),
            _ => out.extend_from_slice(digits),
        }
    }
}
