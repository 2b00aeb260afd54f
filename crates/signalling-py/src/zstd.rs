//! Zstandard files: one frame after another, skippable ones passed over. Ref: RFC 8878 §3.

use std::io::{self, Cursor, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Memory that a frame may ask for: `zstd -19` asks for 8 MiB, `--long=26` for 64.
const MAX_WINDOW: u64 = 64 << 20;

/// A last block of no bytes and a checksum: ends a frame that broke off, so that its window can be had.
const ENDING: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

/// The content of all frames, end to end. What was decoded before a fault comes before its error.
pub(crate) struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    place: Place,
}

enum Place {
    Between,
    Inside,
    /// Inside, with nothing more to come.
    Broken(io::Error),
    Over,
}

impl<R: Read> Frames<R> {
    pub(crate) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Self { source, decoder, place: Place::Between }
    }

    /// Go into the next frame; past a skippable one, or the last, there is none.
    fn begin(&mut self) -> io::Result<Place> {
        let mut magic = [0; 4];
        let Some((first, rest)) = magic.split_first_mut() else { return Ok(Place::Over) };
        if self.source.read(core::slice::from_mut(first))? == 0 {
            return Ok(Place::Over);
        }
        self.source.read_exact(rest)?;
        if let [0x50..=0x5f, 0x2a, 0x4d, 0x18] = magic {
            let mut length = [0; 4];
            self.source.read_exact(&mut length)?;
            let length = u64::from(u32::from_le_bytes(length));
            let passed = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
            return if passed == length { Ok(Place::Between) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        self.decoder.reset(Cursor::new(magic).chain(&mut self.source)).map_err(io::Error::other)?;
        Ok(Place::Inside)
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match core::mem::replace(&mut self.place, Place::Over) {
                Place::Over => return Ok(0),
                Place::Between => self.place = self.begin()?,
                place => {
                    let count = self.decoder.read(buffer)?;
                    if count > 0 || buffer.is_empty() {
                        self.place = place;
                        return Ok(count);
                    }
                    self.place = match place {
                        Place::Broken(error) => return Err(error),
                        _ if self.decoder.is_finished() => Place::Between,
                        _ => match self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1)) {
                            Ok(_) => Place::Inside,
                            Err(error) => {
                                // When even that fails there is nothing to be had, and the error comes at once.
                                let _ = self.decoder.decode_blocks(ENDING.as_slice(), BlockDecodingStrategy::All);
                                Place::Broken(io::Error::other(error))
                            }
                        },
                    };
                }
            }
        }
    }
}
