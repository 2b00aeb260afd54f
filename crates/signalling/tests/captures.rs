//! Every capture of the reference material, whole and in pieces.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use signalling::gap::{Gap, Reason};
use signalling::message::{Message, Protocol};
use signalling::pipeline::{Decoder, Options};
use signalling::sink::{Sink, Tunnel};

/// Rows as text, to be compared.
#[derive(Default)]
struct Rows {
    text: String,
    last_frame: u64,
    gaps: BTreeMap<(&'static str, &'static str), u64>,
    messages: BTreeMap<(&'static str, String), u64>,
}

impl Sink for Rows {
    fn message(&mut self, message: &Message<'_>) {
        // The one capture over TCP lacks segments: what waited behind them comes late, with its own frame.
        if message.protocol != Protocol::Http2 {
            assert!(message.frame >= self.last_frame, "rows in the order of frames");
            self.last_frame = message.frame;
        }
        writeln!(self.text, "{message:?}").unwrap();
        let name = message.operation.or(message.message_type).unwrap_or("?").to_string();
        *self.messages.entry((message.protocol.name(), name)).or_default() += 1;
    }

    fn gap(&mut self, gap: Gap) {
        writeln!(self.text, "{gap:?}").unwrap();
        *self.gaps.entry((gap.protocol.name(), gap.reason.name())).or_default() += 1;
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        writeln!(self.text, "{tunnel:?}").unwrap();
    }
}

/// The reference material: where the variable says, or beside the project.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("IPXRAY_SHARED").map_or(beside, PathBuf::from);
    let found = folder.join("captures").is_dir().then_some(folder);
    if found.is_none() {
        eprintln!("skipped: the reference material (../shared, or IPXRAY_SHARED) is not there");
    }
    found
}

/// Name and number of packets of every capture.
fn captures(folder: &Path) -> Vec<(String, u64)> {
    let manifest = std::fs::read_to_string(folder.join("captures/MANIFEST.tsv")).unwrap();
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    manifest.lines().skip(1).map(fields).map(|fields| (fields[0].clone(), fields[2].parse().unwrap())).collect()
}

fn decode<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> (Rows, u64) {
    let (mut rows, mut decoder) = (Rows::default(), Decoder::new(&Options::default()));
    for chunk in chunks {
        decoder.push(chunk, &mut rows).unwrap();
    }
    decoder.finish(&mut rows).unwrap();
    let frames = decoder.counts().frames;
    (rows, frames)
}

#[test]
fn every_frame_is_seen_and_any_chunking_gives_the_same_rows() {
    let Some(folder) = shared() else { return };
    for (name, packets) in captures(&folder) {
        let bytes = std::fs::read(folder.join("captures").join(&name)).unwrap();
        let (rows, frames) = decode(core::iter::once(bytes.as_slice()));
        println!("{name}: {:?} {:?}", rows.messages, rows.gaps);
        assert_eq!(frames, packets, "{name}");
        for size in [7, 1_000] {
            assert_eq!(decode(bytes.chunks(size)).0.text, rows.text, "{name} in chunks of {size}");
        }
    }
}

#[test]
fn a_capture_cut_anywhere_gives_rows_and_at_most_one_more_gap_of_the_file() {
    let Some(folder) = shared() else { return };
    let bytes = std::fs::read(folder.join("captures/sigtran/wireshark-wiki__camel.pcap")).unwrap();
    for length in 24..bytes.len() {
        let (rows, _) = decode(core::iter::once(&bytes[..length]));
        assert!(rows.gaps.get(&("file", Reason::Truncated.name())).is_none_or(|count| *count == 1));
    }
}
