//! Messages a second through the Diameter decoder alone, one core: S6a requests and answers as roaming partners exchange them.
//! `cargo run --release --example diameter_throughput [rounds]`
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::print_stdout, reason = "a measurement, not the library")]

#[path = "../tests/dictionary/mod.rs"]
mod dictionary;

use std::time::Instant;

use signalling::diameter::{Dictionary, Requests, decode};
use signalling::gap::Gap;
use signalling::message::Message;
use signalling::sink::{Sink, Tunnel};

use dictionary::build::{S6A, avp, group, message, number};

const HOST: &[u8] = b"mme01.mmec01.mmegi0001.mme.epc.mnc001.mcc001.3gppnetwork.org";
const VISITED: &[u8] = b"epc.mnc001.mcc001.3gppnetwork.org";
const HOME: &[u8] = b"epc.mnc070.mcc999.3gppnetwork.org";
const HSS: &[u8] = b"hss01.epc.mnc070.mcc999.3gppnetwork.org";

/// Counts what it gets, so that nothing is optimised away.
#[derive(Default)]
struct Count {
    messages: u64,
    identities: u64,
    vectors: u64,
    paired: u64,
    gaps: u64,
}

impl Sink for Count {
    fn message(&mut self, message: &Message<'_>) {
        self.messages += 1;
        self.identities += u64::from(!message.imsi.is_empty());
        self.vectors += u64::from(message.vectors.kind.is_some());
        self.paired += u64::from(message.request_frame.is_some());
    }

    fn gap(&mut self, _: Gap) {
        self.gaps += 1;
    }

    fn tunnel(&mut self, _: Tunnel) {}
}

fn application() -> Vec<u8> {
    group(260, 0, &[number(266, 0, 10_415), number(258, 0, S6A)])
}

fn request(code: u32, own: &[Vec<u8>]) -> Vec<u8> {
    let head = [
        avp(263, 0, &[HOST, b";1876543210;523"].concat()),
        application(),
        number(277, 0, 1),
        avp(264, 0, HOST),
        avp(296, 0, VISITED),
        avp(283, 0, HOME),
        avp(1, 0, b"999700123456789"),
    ];
    let tail = [avp(282, 0, HOST), avp(282, 0, b"dra01.ipx.example")];
    message(0xc0, code, S6A, &[&head[..], own, &tail].concat())
}

fn answer(code: u32, own: &[Vec<u8>]) -> Vec<u8> {
    let head = [
        avp(263, 0, &[HOST, b";1876543210;523"].concat()),
        application(),
        number(268, 0, 2_001),
        number(277, 0, 1),
        avp(264, 0, HSS),
        avp(296, 0, HOME),
    ];
    message(0x40, code, S6A, &[&head[..], own].concat())
}

fn vector() -> Vec<u8> {
    group(
        1414,
        10_415,
        &[avp(1447, 10_415, &[1; 16]), avp(1448, 10_415, &[2; 8]), avp(1449, 10_415, &[3; 16]), avp(1450, 10_415, &[4; 32])],
    )
}

fn configuration(context: u32, name: &[u8]) -> Vec<u8> {
    let priority = group(1034, 10_415, &[number(1046, 10_415, 8), number(1047, 10_415, 1), number(1048, 10_415, 0)]);
    let quality = group(1431, 10_415, &[number(1028, 10_415, 9), priority]);
    let rate = group(1435, 10_415, &[number(516, 10_415, 1 << 30), number(515, 10_415, 1 << 30)]);
    group(
        1430,
        10_415,
        &[number(1423, 10_415, context), number(1456, 10_415, 2), avp(493, 0, name), quality, number(1432, 10_415, 0), rate],
    )
}

fn profile() -> Vec<u8> {
    let rate = group(1435, 10_415, &[number(516, 10_415, 1 << 30), number(515, 10_415, 1 << 30)]);
    let names = [configuration(1, b"internet"), configuration(2, b"ims"), configuration(3, b"mms")];
    let all = [&[number(1423, 10_415, 1), number(1428, 10_415, 0)][..], &names].concat();
    let own = [
        avp(701, 10_415, &[0x99, 0x79, 0x00, 0x21, 0x43, 0x65]),
        number(1424, 10_415, 0),
        number(1417, 10_415, 2),
        rate,
        group(1429, 10_415, &all),
        number(1619, 10_415, 12),
    ];
    group(1400, 10_415, &own)
}

/// What one subscriber causes when it arrives in a visited network.
fn arrival() -> Vec<(Vec<u8>, bool)> {
    let plmn = avp(1407, 10_415, &[0x00, 0xf1, 0x10]);
    let wanted = group(1408, 10_415, &[number(1410, 10_415, 1), number(1412, 10_415, 0)]);
    let terminal = group(1401, 10_415, &[avp(1402, 10_415, b"35000000000001"), avp(1403, 10_415, b"01")]);
    vec![
        (request(318, &[wanted, plmn.clone()]), true),
        (answer(318, &[group(1413, 10_415, &[vector()])]), false),
        (request(316, &[terminal, number(1032, 10_415, 1_004), number(1405, 10_415, 34), plmn]), true),
        (answer(316, &[number(1406, 10_415, 1), profile()]), false),
        (request(321, &[]), true),
        (answer(321, &[number(1442, 10_415, 1)]), false),
    ]
}

/// Decode the messages at these places, over and over, and say how fast.
fn measure(name: &str, messages: &mut [(Vec<u8>, bool)], dictionary: &Dictionary, rounds: u32) {
    let bytes: usize = messages.iter().map(|(bytes, _)| bytes.len()).sum();
    let (mut requests, mut count) = (Requests::new(), Count::default());
    let started = Instant::now();
    for round in 0..rounds {
        for (bytes, is_request) in &mut *messages {
            bytes.get_mut(12..16).unwrap().copy_from_slice(&round.to_be_bytes());
            let (source_port, destination_port) = if *is_request { (Some(40_000), Some(3_868)) } else { (Some(3_868), Some(40_000)) };
            let envelope = Message { frame: u64::from(round), source_port, destination_port, ..Message::default() };
            decode(bytes, &envelope, dictionary, &mut requests, &mut count);
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let each = u32::try_from(count.messages).map_or(0.0, f64::from);
    println!(
        "{name:<38}{:>6} octets {:>6.2} million/s   {} paired, {} with identity, {} with vectors, {} gaps",
        bytes / messages.len(),
        each / seconds / 1e6,
        count.paired,
        count.identities,
        count.vectors,
        count.gaps
    );
}

fn main() {
    let rounds = std::env::args().nth(1).map_or(300_000, |rounds| rounds.parse().unwrap());
    let dictionary = dictionary::shipped();
    let mut messages = arrival();
    measure("all six", &mut messages, &dictionary, rounds);
    let names = ["Authentication-Information", "Update-Location, three access points", "Purge-UE"];
    for (name, pair) in names.iter().zip(messages.chunks_mut(2)) {
        measure(name, pair, &dictionary, rounds);
    }
}
