//! Reading ahead: a thread takes the next bytes of a file, and expands them, while the last ones are decoded.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

/// Bytes taken at once.
pub(crate) const CHUNK: usize = 256 << 10;
/// Chunks that wait to be decoded.
const CHUNKS_AHEAD: usize = 2;

/// The chunks of one source, read on a thread of its own.
pub(crate) struct Ahead {
    full: Receiver<io::Result<Vec<u8>>>,
    used: Sender<Vec<u8>>,
}

impl Ahead {
    /// Begin to read; the thread ends with the source, or when nobody wants more of it.
    pub(crate) fn begin(mut source: Box<dyn Read + Send>) -> Self {
        let (filled, full) = sync_channel(CHUNKS_AHEAD);
        let (used, emptied) = channel();
        thread::spawn(move || {
            loop {
                let taken = fill(&mut source, emptied.try_recv().unwrap_or_default());
                let is_last = !matches!(&taken, Ok(chunk) if !chunk.is_empty());
                if filled.send(taken).is_err() || is_last {
                    return;
                }
            }
        });
        Self { full, used }
    }

    /// The next chunk, empty at the end of the source; `used` is filled again.
    pub(crate) fn next(&mut self, used: Vec<u8>) -> io::Result<Vec<u8>> {
        // Nobody listens once the source has ended.
        let _ = self.used.send(used);
        self.full.recv().unwrap_or_else(|_| Err(io::Error::other("reading stopped")))
    }
}

/// Fill `chunk` with the next bytes of `source`; it is empty at the end.
pub(crate) fn fill(source: &mut dyn Read, mut chunk: Vec<u8>) -> io::Result<Vec<u8>> {
    chunk.resize(CHUNK, 0);
    let count = source.read(&mut chunk)?;
    chunk.truncate(count);
    Ok(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::InvalidData.into())
        }
    }

    #[test]
    fn every_byte_comes_once_and_in_order_then_the_end_or_the_fault() {
        let octets: Vec<u8> = (0..3 * CHUNK + 7).map(|number| u8::try_from(number % 251).unwrap_or(0)).collect();
        let mut ahead = Ahead::begin(Box::new(io::Cursor::new(octets.clone()).chain(Failing)));
        let (mut found, mut chunk) = (Vec::new(), Vec::new());
        let fault = loop {
            match ahead.next(chunk) {
                Ok(next) => chunk = next,
                Err(error) => break error.kind(),
            }
            assert!(!chunk.is_empty(), "a fault is no end");
            found.extend_from_slice(&chunk);
        };
        assert_eq!((found, fault), (octets, io::ErrorKind::InvalidData));
        let mut short = Ahead::begin(Box::new(io::Cursor::new([1, 2, 3])));
        assert_eq!(short.next(Vec::new()).ok(), Some(vec![1, 2, 3]));
        assert_eq!(short.next(Vec::new()).ok(), Some(Vec::new()));
    }
}
