//! The rows of a capture as text: `cargo run -p signalling --example rows FILE`.
#![allow(clippy::unwrap_used, reason = "a tool for developers")]

use signalling::gap::Gap;
use signalling::message::Message;
use signalling::pipeline::{Decoder, Options};
use signalling::sink::{Sink, Tunnel};

struct Print;

impl Sink for Print {
    fn message(&mut self, message: &Message<'_>) {
        println!("{message:?}");
    }

    fn gap(&mut self, gap: Gap) {
        println!("{gap:?}");
    }

    fn tunnel(&mut self, tunnel: Tunnel) {
        println!("{tunnel:?}");
    }
}

fn main() {
    let bytes = std::fs::read(std::env::args_os().nth(1).unwrap()).unwrap();
    let mut decoder = Decoder::new(&Options::default());
    decoder.push(&bytes, &mut Print).unwrap();
    decoder.finish(&mut Print).unwrap();
    println!("{:?}", decoder.counts());
}
