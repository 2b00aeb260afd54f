//! How fast TCAP with MAP becomes rows, on one core: `cargo run --release -p signalling --example map_throughput [messages]`.
//!
//! Whole dialogues of sendAuthenticationInfo, updateLocation with insertSubscriberData, provideSubscriberInfo and mt-forwardSM,
//! each with transaction ids and identities of its own (MCC 001), decoded with their dialogue state.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench"
)]

#[path = "../tests/components/mod.rs"]
mod components;

use std::time::Instant;

use components::{
    HLR, IMSI, MSC, MSISDN, SCF, VLR, at, begin, components as portion, context, end, inside, invoke, octets, proceed, result, sequence,
};
use signalling::dialogues::Dialogues;
use signalling::gap::Gap;
use signalling::message::Message;
use signalling::sink::{Sink, Tunnel};
use signalling::tcap;

#[derive(Default)]
struct Count {
    messages: u64,
    vectors: u64,
    identities: u64,
    answers: u64,
    gaps: u64,
}

impl Sink for Count {
    fn message(&mut self, message: &Message<'_>) {
        self.messages += 1;
        self.vectors += u64::from(message.vectors.count);
        self.identities += u64::from(!message.imsi.is_empty());
        self.answers += u64::from(message.request_frame.is_some());
    }

    fn gap(&mut self, _gap: Gap) {
        self.gaps += 1;
    }

    fn tunnel(&mut self, _tunnel: Tunnel) {}
}

const VISITED: [u8; 4] = [0xa1, 0, 0, 0];
const HOME: [u8; 4] = [0xb2, 0, 0, 0];

/// A message and who sends it.
fn dialogues() -> Vec<(bool, Vec<u8>)> {
    let vector = sequence(&[octets(&[1; 16]), octets(&[2; 8]), octets(&[3; 16]), octets(&[4; 16]), octets(&[5; 16])]);
    let vectors = inside(3, &[inside(1, &vec![vector; 3])]);
    let ask = sequence(&[at(0, IMSI), vec![2, 1, 3], at(3, &[1]), at(4, &[0x00, 0xf1, 0x10])]);
    let update = sequence(&[octets(IMSI), at(1, MSC), octets(VLR), inside(6, &[at(0, &[4, 0xf0])])]);
    let service = sequence(&[octets(&[0x21]), sequence(&[sequence(&[at(4, &[5]), at(5, MSISDN)])])]);
    let profile = sequence(&[at(0, IMSI), at(1, MSISDN), at(2, &[0x0a]), inside(6, &[octets(&[0x11])]), inside(7, &[service])]);
    let locate = sequence(&[at(0, IMSI), inside(2, &[at(0, &[]), at(3, &[])])]);
    let cell = inside(3, &[at(0, &[0x00, 0xf1, 0x10, 0x12, 0x34, 0x56, 0x78])]);
    let located = sequence(&[sequence(&[inside(0, &[vec![2, 1, 5], at(1, VLR), cell]), inside(1, &[at(0, &[])])])]);
    let unit = [&[0x04, 0x0b, 0x91, 0x99, 0x69, 0x10, 0x32, 0x54, 0xf6, 0, 0][..], &[0x52; 7], &[0x20], &[0x41; 28]].concat();
    let deliver = sequence(&[at(0, IMSI), at(4, SCF), octets(&unit)]);
    vec![
        (true, begin(&VISITED, &[context(14, 3, None), portion(&[invoke(1, 56, &ask)])])),
        (false, end(&VISITED, &[context(14, 3, None), portion(&[result(1, 56, &vectors)])])),
        (true, begin(&VISITED, &[context(1, 3, None), portion(&[invoke(1, 2, &update)])])),
        (false, proceed(&HOME, &VISITED, &[context(1, 3, None), portion(&[invoke(1, 7, &profile)])])),
        (true, proceed(&VISITED, &HOME, &[portion(&[inside(2, &[vec![2, 1, 1]])])])),
        (false, end(&VISITED, &[portion(&[result(1, 2, &sequence(&[octets(HLR)]))])])),
        (false, begin(&HOME, &[context(28, 3, None), portion(&[invoke(1, 70, &locate)])])),
        (true, end(&HOME, &[context(28, 3, None), portion(&[result(1, 70, &located)])])),
        (false, begin(&HOME, &[context(25, 3, None), portion(&[invoke(1, 44, &deliver)])])),
        (true, end(&HOME, &[context(25, 3, None), portion(&[inside(2, &[vec![2, 1, 1]])])])),
    ]
}

/// Where the transaction ids and the IMSI stand in a message.
fn places(message: &[u8], pattern: &[u8]) -> Vec<usize> {
    message.windows(pattern.len()).enumerate().filter(|(_, window)| *window == pattern).map(|(at, _)| at).collect()
}

/// Time of this process on a processor, where other work shares the machine: fields 14 and 15 of /proc/self/stat, in hundredths.
fn processor_seconds() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = status.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn main() {
    let wanted: u64 = std::env::args().nth(1).map_or(5_000_000, |count| count.parse().unwrap());
    let mut messages: Vec<_> = dialogues()
        .into_iter()
        .map(|(is_visited, message)| {
            let (visited, home, imsi) = (places(&message, &VISITED), places(&message, &HOME), places(&message, IMSI));
            (is_visited, message, visited, home, imsi)
        })
        .collect();
    let mut visited = components::envelope(1, components::VISITED, components::HOME);
    let mut home = components::envelope(1, components::HOME, components::VISITED);
    let (mut open, mut count) = (Dialogues::default(), Count::default());
    let bytes: usize = messages.iter().map(|(_, message, ..)| message.len()).sum();
    let start = Instant::now();
    let mut frame = 0_u64;
    'run: for round in 0_u32.. {
        for (is_visited, message, visited_ids, home_ids, imsi) in &mut messages {
            let dialogue = round << 2
                | u32::from(match frame % 10 {
                    0 | 1 => 0,
                    2..=5 => 1,
                    6 | 7 => 2,
                    _ => 3_u8,
                });
            for place in visited_ids.iter() {
                message[*place..*place + 4].copy_from_slice(&(dialogue | 1 << 31).to_be_bytes());
            }
            for place in home_ids.iter() {
                message[*place..*place + 4].copy_from_slice(&dialogue.to_be_bytes());
            }
            for place in imsi.iter() {
                message[*place + 4..*place + 6].copy_from_slice(&[(round % 10) as u8, (round / 10 % 10) as u8]);
            }
            frame += 1;
            let envelope = if *is_visited { &mut visited } else { &mut home };
            (envelope.frame, envelope.observed_at) = (frame, i64::try_from(frame).unwrap());
            tcap::decode(message, envelope, &mut open, &mut count);
            if frame == wanted {
                break 'run;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let processor = processor_seconds();
    let average = bytes as f64 / messages.len() as f64;
    let rate = |seconds: f64| count.messages as f64 / seconds / 1e6;
    println!(
        "{} messages of {average:.0} octets: {processor:.2} s of one processor, {:.2} M/s; {seconds:.2} s on the clock, {:.2} M/s",
        count.messages,
        rate(processor),
        rate(seconds)
    );
    println!(
        "{} with an IMSI, {} answers paired, {} vectors counted, {} gaps, {} dialogues open",
        count.identities,
        count.answers,
        count.vectors,
        count.gaps,
        open.open()
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
}
