//! Zstandard files: one frame after another, skippable ones passed over. Ref: RFC 8878 §3.

use std::io::{self, Chain, Cursor, Read};

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// Memory that a frame may ask for: `zstd -19` asks for 8 MiB, `--long=26` for 64.
const MAX_WINDOW: u64 = 64 << 20;

type Frame<R> = StreamingDecoder<Chain<Cursor<[u8; 4]>, R>, FrameDecoder>;

/// The content of all frames, end to end.
pub(crate) enum Frames<R: Read> {
    Between(R),
    Inside(Box<Frame<R>>),
    Over,
}

impl<R: Read> Frames<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self::Between(source)
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match core::mem::replace(self, Self::Over) {
                Self::Over => return Ok(0),
                Self::Between(source) => *self = begin(source)?,
                Self::Inside(mut frame) => match frame.read(buffer)? {
                    0 if !buffer.is_empty() => *self = Self::Between(frame.into_inner().into_inner().1),
                    count => {
                        *self = Self::Inside(frame);
                        return Ok(count);
                    }
                },
            }
        }
    }
}

/// Open the next frame.
fn begin<R: Read>(mut source: R) -> io::Result<Frames<R>> {
    let mut magic = [0; 4];
    let Some((first, rest)) = magic.split_first_mut() else { return Ok(Frames::Over) };
    if source.read(core::slice::from_mut(first))? == 0 {
        return Ok(Frames::Over);
    }
    source.read_exact(rest)?;
    if let [0x50..=0x5f, 0x2a, 0x4d, 0x18] = magic {
        let mut length = [0; 4];
        source.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes(length));
        let passed = io::copy(&mut source.by_ref().take(length), &mut io::sink())?;
        return if passed == length { Ok(Frames::Between(source)) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
    }
    let frame = StreamingDecoder::new_with_max_window_size(Cursor::new(magic).chain(source), MAX_WINDOW);
    frame.map(|frame| Frames::Inside(Box::new(frame))).map_err(io::Error::other)
}
