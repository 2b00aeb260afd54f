//! Frames of HTTP/2, RFC 9113 §4 and §6.

use crate::bytes::Reader;

/// Octets of a frame header.
pub(super) const HEADER: usize = 9;
/// Octets of a frame other than DATA that are waited for; senders begin with at most 16,384 (RFC 9113 §4.2).
const MAX_FRAME: usize = 1 << 18;
/// Kinds of frames that extensions use end below this.
const MAX_KIND: u8 = 0x20;
/// What a client sends first (RFC 9113 §3.4).
pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

pub(super) const DATA: u8 = 0;
pub(super) const HEADERS: u8 = 1;
pub(super) const PRIORITY: u8 = 2;
pub(super) const RST_STREAM: u8 = 3;
pub(super) const SETTINGS: u8 = 4;
pub(super) const PUSH_PROMISE: u8 = 5;
pub(super) const PING: u8 = 6;
pub(super) const GOAWAY: u8 = 7;
pub(super) const WINDOW_UPDATE: u8 = 8;
pub(super) const CONTINUATION: u8 = 9;

pub(super) const END_STREAM: u8 = 1;
pub(super) const ACKNOWLEDGEMENT: u8 = 1;
pub(super) const END_HEADERS: u8 = 4;
pub(super) const PADDED: u8 = 8;
pub(super) const HAS_PRIORITY: u8 = 0x20;

/// A frame header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub length: usize,
    pub kind: u8,
    pub flags: u8,
    pub stream: u32,
}

impl Header {
    /// The header that begins here.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let length = usize::try_from(reader.u24().ok()?).ok()?;
        let (kind, flags) = (reader.u8().ok()?, reader.u8().ok()?);
        Some(Self { length, kind, flags, stream: reader.u32().ok()? & 0x7fff_ffff })
    }

    pub const fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// False when the length or the stream is not what the kind of frame must have.
    pub const fn is_lawful(self) -> bool {
        let is_connection = self.stream == 0;
        match self.kind {
            DATA | HEADERS | CONTINUATION => !is_connection,
            PUSH_PROMISE => !is_connection && self.length >= 4,
            PRIORITY => !is_connection && self.length == 5,
            RST_STREAM => !is_connection && self.length == 4,
            SETTINGS => is_connection && self.length.is_multiple_of(6) && (!self.has(ACKNOWLEDGEMENT) || self.length == 0),
            PING => is_connection && self.length == 8,
            GOAWAY => is_connection && self.length >= 8,
            WINDOW_UPDATE => self.length == 4,
            _ => true,
        }
    }

    /// True when no sender sends this: the place of frames was lost.
    pub const fn is_absurd(self) -> bool {
        self.kind > MAX_KIND || self.length > MAX_FRAME && self.kind != DATA
    }

    /// True when a frame surely may begin here: kinds and flags that are defined, lengths that senders use.
    fn is_plausible(self) -> bool {
        let allowed = match self.kind {
            DATA => END_STREAM | PADDED,
            HEADERS => END_STREAM | END_HEADERS | PADDED | HAS_PRIORITY,
            PUSH_PROMISE => END_HEADERS | PADDED,
            CONTINUATION => END_HEADERS,
            SETTINGS | PING => ACKNOWLEDGEMENT,
            _ => 0,
        };
        self.kind <= CONTINUATION && self.flags & !allowed == 0 && self.length <= 1 << 14 && self.is_lawful()
    }
}

/// True when a connection may begin so: with the preface, or with a frame.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(PREFACE) || Header::read(bytes).is_some_and(Header::is_plausible)
}

/// What stands at a place where a frame may begin.
pub(super) enum Guess {
    /// A frame, and behind it another or nothing.
    Frame,
    /// A frame as far as it can be seen.
    Perhaps,
    /// No frame.
    Other,
}

/// Judge whether frames begin here.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    if bytes.starts_with(PREFACE) {
        return Guess::Frame;
    }
    if bytes.len() < HEADER {
        return Guess::Perhaps;
    }
    let Some(header) = Header::read(bytes).filter(|header| header.is_plausible()) else { return Guess::Other };
    let next = header.length.saturating_add(HEADER);
    match bytes.len().checked_sub(next) {
        Some(0) => Guess::Frame,
        None | Some(1..HEADER) => Guess::Perhaps,
        Some(_) => {
            let behind = bytes.get(next..).and_then(Header::read);
            if behind.is_some_and(Header::is_plausible) { Guess::Frame } else { Guess::Other }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_told_from_what_merely_looks_alike() {
        let settings = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, 16, 0];
        let ping = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        assert!(matches!(guess(&settings), Guess::Frame));
        assert!(matches!(guess(&[&settings[..], &ping].concat()), Guess::Frame));
        assert!(matches!(guess(&settings[..12]), Guess::Perhaps));
        assert!(matches!(guess(&[&settings[..], b"not a frame"].concat()), Guess::Other));
        assert!(matches!(guess(b"HTTP/1.1 200 OK"), Guess::Other));
        assert!(matches!(guess(PREFACE), Guess::Frame));
    }
}
