//! The bytes of a capture file: from disk or standard input, plain or compressed, a chunk at a time.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use signalling::gap::Reason;

use crate::ahead::{Ahead, CHUNK, fill};
use crate::fault::Fault;
use crate::zstd::Frames;

/// Bytes taken from the disk at once.
const READ_AHEAD: usize = 128 << 10;
/// Expanded size from which on the ratio is watched.
const RATIO_FROM: u64 = 64 << 20;
/// Deflate cannot exceed 1,032 to 1, real captures stay under 100: beyond, a file was made to cost, not to inform.
const MAX_RATIO: u64 = 1_100;

/// What a run tells and hears while it goes on.
#[derive(Default)]
pub(crate) struct Monitor {
    /// Bytes taken from the disk so far.
    pub read: AtomicU64,
    /// Set to make the run end.
    pub cancelled: AtomicBool,
}

/// How the bytes of a file came to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Where they should.
    Whole,
    /// Early.
    Broken(Reason),
}

/// One open file.
pub(crate) struct Input {
    path: String,
    bytes: Bytes,
    raw: Arc<Raw>,
    expanded: u64,
    is_compressed: bool,
    /// True when the file can be opened again from its start.
    pub is_regular: bool,
}

/// Where the next bytes come from.
enum Bytes {
    /// The file; none while it is being given to a thread.
    Here(Option<Box<dyn Read + Send>>),
    /// A thread that reads it.
    There(Ahead),
}

/// What happened beneath the decompression.
#[derive(Default)]
struct Raw {
    read: AtomicU64,
    ended: AtomicBool,
    failed: AtomicBool,
}

struct Watched<R> {
    source: R,
    raw: Arc<Raw>,
    monitor: Arc<Monitor>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.source.read(buffer) {
                // Tried again here, since decompression would lose its place.
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.raw.failed.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                Ok(count) => {
                    let length = u64::try_from(count).unwrap_or(u64::MAX);
                    self.raw.read.fetch_add(length, Ordering::Relaxed);
                    self.monitor.read.fetch_add(length, Ordering::Relaxed);
                    self.raw.ended.store(count == 0 && !buffer.is_empty(), Ordering::Relaxed);
                    return Ok(count);
                }
            }
        }
    }
}

impl Input {
    /// Open `path`, or standard input when it is `-`; gzip and Zstandard are told by their first bytes, not by the name.
    pub(crate) fn open(path: &str, monitor: &Arc<Monitor>) -> Result<Self, Fault> {
        let raw = Arc::new(Raw::default());
        let (source, is_regular): (Box<dyn Read + Send>, bool) = if path == "-" {
            (Box::new(io::stdin()), false)
        } else {
            let failed = |error: io::Error| Fault::reading(path, &error);
            let file = File::open(path).map_err(failed)?;
            let kind = file.metadata().map_err(failed)?.file_type();
            if kind.is_dir() {
                return Err(Fault::reading(path, &io::ErrorKind::IsADirectory.into()));
            }
            (Box::new(file), kind.is_file())
        };
        let mut source = BufReader::with_capacity(READ_AHEAD, Watched { source, raw: Arc::clone(&raw), monitor: Arc::clone(monitor) });
        let mut magic = Vec::new();
        source.by_ref().take(4).read_to_end(&mut magic).map_err(|error| Fault::reading(path, &error))?;
        let kind = magic.clone();
        let whole = Cursor::new(magic).chain(source);
        let (bytes, is_compressed): (Box<dyn Read + Send>, bool) = match kind.as_slice() {
            [0x1f, 0x8b, ..] => (Box::new(MultiGzDecoder::new(whole)), true),
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => (Box::new(Frames::new(whole)), true),
            _ => (Box::new(whole), false),
        };
        let bytes = Bytes::Here(Some(bytes));
        Ok(Self { path: path.to_owned(), bytes, raw, expanded: 0, is_compressed, is_regular })
    }

    /// The next bytes, in the memory of `used`, or how the file ended. A disk that fails is a fault, damage is an end.
    pub(crate) fn read(&mut self, used: Vec<u8>) -> Result<Result<Vec<u8>, End>, Fault> {
        match self.next(used) {
            Ok(chunk) if chunk.is_empty() => Ok(Err(End::Whole)),
            Ok(chunk) => {
                self.expanded = self.expanded.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
                Ok(if self.is_bomb() { Err(End::Broken(Reason::TooManyElements)) } else { Ok(chunk) })
            }
            Err(error) if !self.is_compressed || self.raw.failed.load(Ordering::Relaxed) => Err(Fault::reading(&self.path, &error)),
            Err(_) if self.expanded == 0 => Err(self.not_expanded()),
            Err(_) if self.raw.ended.load(Ordering::Relaxed) => Ok(Err(End::Broken(Reason::Truncated))),
            Err(_) => Ok(Err(End::Broken(Reason::DamagedFile))),
        }
    }

    /// The first chunk is read here: of many files, most are only looked into. More of a large file is read ahead.
    fn next(&mut self, used: Vec<u8>) -> io::Result<Vec<u8>> {
        let is_large = used.len() == CHUNK || self.is_compressed && self.expanded > 0;
        match &mut self.bytes {
            Bytes::There(ahead) => ahead.next(used),
            Bytes::Here(source) if is_large => {
                let mut ahead = Ahead::begin(source.take().unwrap_or_else(|| Box::new(io::empty())));
                let chunk = ahead.next(used);
                self.bytes = Bytes::There(ahead);
                chunk
            }
            Bytes::Here(source) => source.as_mut().map_or(Ok(Vec::new()), |source| fill(source, used)),
        }
    }

    fn is_bomb(&self) -> bool {
        let ratio = self.expanded.checked_div(self.raw.read.load(Ordering::Relaxed)).unwrap_or(u64::MAX);
        self.is_compressed && self.expanded > RATIO_FROM && ratio > MAX_RATIO
    }

    fn not_expanded(&self) -> Fault {
        if self.raw.ended.load(Ordering::Relaxed) {
            return Fault::input(
                &self.path,
                "the compressed file ends before anything of it can be read",
                "check that the copy was complete",
            );
        }
        let hint = "decompress it first: `zstd -dc --long=31 FILE | ipxray capture summary -`, or with gzip -dc";
        Fault::input(&self.path, "begins like a compressed file and cannot be decompressed", hint)
    }
}
