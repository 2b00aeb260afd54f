//! Capture files of every kind, whole, in pieces, cut short and damaged.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test stops at its first fault"
)]

use signalling::file::{FileError, FileReader, Packet};
use signalling::gap::{Gap, Reason};

/// A packet without its borrow.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    frame: u64,
    observed_at: i64,
    link_type: u32,
    original_length: u32,
    bytes: Vec<u8>,
    gap: Option<Gap>,
}

fn seen(packet: Packet<'_>) -> Seen {
    let Packet { frame, observed_at, link_type, original_length, bytes, gap } = packet;
    Seen { frame, observed_at, link_type, original_length, bytes: bytes.to_vec(), gap }
}

type Outcome = (Vec<Seen>, Result<Option<Gap>, FileError>);

fn read_chunks<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Outcome {
    let (mut reader, mut packets) = (FileReader::new(), Vec::new());
    for chunk in chunks {
        if let Err(error) = reader.push(chunk, &mut |packet| packets.push(seen(packet))) {
            return (packets, Err(error));
        }
    }
    let end = reader.finish();
    (packets, end)
}

fn read(file: &[u8]) -> Outcome {
    read_chunks(core::iter::once(file))
}

#[derive(Clone, Copy)]
enum Order {
    Big,
    Little,
}

impl Order {
    fn u16(self, value: u16) -> Vec<u8> {
        match self {
            Self::Big => value.to_be_bytes().to_vec(),
            Self::Little => value.to_le_bytes().to_vec(),
        }
    }

    fn u32(self, value: u32) -> Vec<u8> {
        match self {
            Self::Big => value.to_be_bytes().to_vec(),
            Self::Little => value.to_le_bytes().to_vec(),
        }
    }
}

const MICRO: u32 = 0xa1b2_c3d4;
const NANO: u32 = 0xa1b2_3c4d;
const KUZNETZOV: u32 = 0xa1b2_cd34;

fn pcap(order: Order, magic: u32, minor: u16, snap: u32, link: u32) -> Vec<u8> {
    [order.u32(magic), order.u16(2), order.u16(minor), order.u32(0), order.u32(0), order.u32(snap), order.u32(link)].concat()
}

fn record(order: Order, at: (u32, u32), captured: u32, original: u32, data: &[u8]) -> Vec<u8> {
    [order.u32(at.0), order.u32(at.1), order.u32(captured), order.u32(original), data.to_vec()].concat()
}

fn block(order: Order, kind: u32, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(4), 0);
    let total = u32::try_from(body.len() + 12).unwrap();
    [order.u32(kind), order.u32(total), body, order.u32(total)].concat()
}

fn section(order: Order) -> Vec<u8> {
    block(order, 0x0a0d_0d0a, &[order.u32(0x1a2b_3c4d), order.u16(1), order.u16(0), vec![0xff; 8]].concat())
}

fn interface(order: Order, link: u16, snap: u32, options: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut body = [order.u16(link), order.u16(0), order.u32(snap)].concat();
    for (code, value) in options {
        body.extend([order.u16(*code), order.u16(u16::try_from(value.len()).unwrap()), value.clone()].concat());
        body.resize(body.len().next_multiple_of(4), 0);
    }
    block(order, 1, &body)
}

fn enhanced(order: Order, interface: u32, units: u64, data: &[u8]) -> Vec<u8> {
    let (high, low) = (u32::try_from(units >> 32).unwrap(), u32::try_from(units & 0xffff_ffff).unwrap());
    let length = order.u32(u32::try_from(data.len()).unwrap());
    block(order, 6, &[order.u32(interface), order.u32(high), order.u32(low), length.clone(), length, data.to_vec()].concat())
}

fn small_pcap() -> Vec<u8> {
    let order = Order::Little;
    [
        pcap(order, MICRO, 4, 65_535, 1),
        record(order, (1_000, 5), 3, 3, b"abc"),
        record(order, (1_000, 6), 5, 9, b"defgh"),
        record(order, (1_001, 0), 0, 0, b""),
    ]
    .concat()
}

fn small_pcapng() -> Vec<u8> {
    let mut file = Vec::new();
    for order in [Order::Big, Order::Little] {
        file.extend(section(order));
        file.extend(interface(order, 1, 0, &[]));
        file.extend(interface(order, 113, 0, &[(9, vec![9])]));
        file.extend(enhanced(order, 0, 1_700_000_000_000_001, b"one"));
        file.extend(block(order, 0xbad, b"custom block"));
        file.extend(enhanced(order, 1, 1_700_000_000_000_002_999, b"four"));
    }
    file
}

#[test]
fn pcap_of_both_orders_and_resolutions_gives_its_packets() {
    for order in [Order::Big, Order::Little] {
        for (magic, fraction) in [(MICRO, 7), (NANO, 7_999)] {
            let file = [pcap(order, magic, 4, 96, 1), record(order, (4_000_000_000, fraction), 3, 1500, b"abc")].concat();
            let (packets, end) = read(&file);
            assert_eq!(end, Ok(None));
            let expected = Seen {
                frame: 1,
                observed_at: 4_000_000_000_000_007,
                link_type: 1,
                original_length: 1500,
                bytes: b"abc".to_vec(),
                gap: None,
            };
            assert_eq!(packets, [expected]);
        }
    }
}

#[test]
fn the_kuznetzov_variant_has_longer_records() {
    for order in [Order::Big, Order::Little] {
        let data = [&[9; 8][..], b"abc"].concat();
        let file = [pcap(order, KUZNETZOV, 4, 96, 1), record(order, (1, 2), 3, 3, &data), record(order, (1, 3), 3, 3, &data)].concat();
        let (packets, end) = read(&file);
        assert_eq!((packets.len(), end), (2, Ok(None)));
        assert!(packets.iter().all(|packet| packet.bytes == b"abc"));
    }
}

#[test]
fn old_versions_swapped_the_lengths() {
    for minor in [2, 3] {
        let file = [pcap(Order::Big, MICRO, minor, 96, 1), record(Order::Big, (1, 2), 9, 3, b"abc")].concat();
        let (packets, _) = read(&file);
        assert_eq!((packets[0].bytes.as_slice(), packets[0].original_length), (&b"abc"[..], 9));
    }
}

#[test]
fn a_check_sequence_length_is_not_part_of_the_link_type() {
    let file = [pcap(Order::Big, MICRO, 4, 96, 0x2400_0001), record(Order::Big, (1, 2), 3, 3, b"abc")].concat();
    assert_eq!(read(&file).0[0].link_type, 1);
}

#[test]
fn a_packet_beyond_the_snap_length_is_read() {
    let file = [pcap(Order::Big, MICRO, 4, 2, 1), record(Order::Big, (1, 2), 3, 3, b"abc")].concat();
    assert_eq!(read(&file).0[0].bytes, b"abc");
}

#[test]
fn sections_of_both_orders_have_their_own_interfaces() {
    let (packets, end) = read(&small_pcapng());
    assert_eq!(end, Ok(None));
    let facts: Vec<_> =
        packets.iter().map(|packet| (packet.frame, packet.observed_at, packet.link_type, packet.bytes.as_slice())).collect();
    assert_eq!(
        facts,
        [
            (1, 1_700_000_000_000_001, 1, &b"one"[..]),
            (2, 1_700_000_000_000_002, 113, &b"four"[..]),
            (3, 1_700_000_000_000_001, 1, &b"one"[..]),
            (4, 1_700_000_000_000_002, 113, &b"four"[..]),
        ]
    );
}

#[test]
fn resolutions_are_powers_of_ten_or_two_with_an_offset() {
    let time = |order: Order, options: &[(u16, Vec<u8>)], units| {
        let file = [section(order), interface(order, 1, 0, options), enhanced(order, 0, units, b"x")].concat();
        read(&file).0[0].observed_at
    };
    let order = Order::Little;
    assert_eq!(time(order, &[(9, vec![3])], 5), 5_000);
    assert_eq!(time(order, &[(9, vec![0])], 5), 5_000_000);
    assert_eq!(time(order, &[(9, vec![12])], 5_000_000), 5);
    assert_eq!(time(order, &[(9, vec![127])], u64::MAX), 0);
    assert_eq!(time(order, &[(9, vec![0x94])], 1 << 21), 2_000_000);
    assert_eq!(time(order, &[(9, vec![0xff])], u64::MAX), 0);
    assert_eq!(time(order, &[(9, vec![0x80])], u64::MAX), i64::MAX);
    assert_eq!(time(order, &[(14, 100_i64.to_le_bytes().to_vec())], 5), 100_000_005);
    assert_eq!(time(Order::Big, &[(14, (-100_i64).to_be_bytes().to_vec())], 5), -99_999_995);
    assert_eq!(time(order, &[(2, b"eth0".to_vec()), (9, vec![9]), (0, vec![])], 5_000), 5);
}

#[test]
fn simple_and_old_packets_are_read() {
    let order = Order::Big;
    let old = [order.u16(0), order.u16(3), order.u32(0), order.u32(77), order.u32(2), order.u32(6), b"hi".to_vec()].concat();
    let file = [
        section(order),
        interface(order, 101, 4, &[]),
        block(order, 2, &old),
        block(order, 3, &[order.u32(6), b"abcd".to_vec()].concat()),
        block(order, 3, &[order.u32(3), b"abc".to_vec()].concat()),
    ]
    .concat();
    let (packets, end) = read(&file);
    assert_eq!(end, Ok(None));
    let facts: Vec<_> = packets.iter().map(|packet| (packet.observed_at, packet.original_length, packet.bytes.as_slice())).collect();
    assert_eq!(facts, [(77, 6, &b"hi"[..]), (77, 6, &b"abcd"[..]), (77, 3, &b"abc"[..])]);
}

#[test]
fn any_chunking_gives_the_same_packets() {
    for file in [small_pcap(), small_pcapng(), damaged_pcap(), damaged_pcapng()] {
        let whole = read(&file);
        for split in 0..=file.len() {
            let (a, b) = file.split_at(split);
            assert_eq!(read_chunks([a, b].into_iter()), whole, "split at {split}");
        }
        for size in [1, 2, 3, 7, 16, 29] {
            assert_eq!(read_chunks(file.chunks(size)), whole, "chunks of {size}");
        }
    }
}

#[test]
fn a_file_cut_anywhere_gives_its_whole_packets_and_one_end() {
    for file in [small_pcap(), small_pcapng()] {
        let (packets, _) = read(&file);
        for length in 0..file.len() {
            let (some, end) = read(&file[..length]);
            assert_eq!(some, packets[..some.len()], "cut at {length}");
            match end {
                Err(FileError::Empty) => assert_eq!(length, 0),
                Err(FileError::HeaderCut { length: held }) => assert!(length < 28 && held == u64::try_from(length).unwrap()),
                Ok(Some(gap)) => {
                    assert_eq!((gap.reason, gap.frame), (Reason::Truncated, u64::try_from(some.len()).unwrap() + 1));
                    assert_eq!(gap.offset + gap.length, length);
                }
                Ok(None) => {}
                Err(error) => panic!("cut at {length}: {error}"),
            }
        }
    }
}

#[test]
fn what_is_no_capture_says_so() {
    assert_eq!(read(b"").1, Err(FileError::Empty));
    assert_eq!(read(b"\n\n").1, Err(FileError::HeaderCut { length: 2 }));
    assert_eq!(read(b"imsi;msisdn\n001").1, Err(FileError::NotACapture { found: *b"imsi" }));
    assert_eq!(read(&[0x1f, 0x8b, 8, 0, 0]).1, Err(FileError::NotACapture { found: [0x1f, 0x8b, 8, 0] }));
    assert_eq!(read(&pcap(Order::Big, MICRO, 4, 96, 147)).1, Err(FileError::LinkType { link_type: 147, offset: 20 }));
    let mut version = pcap(Order::Big, MICRO, 4, 96, 1);
    version[5] = 3;
    assert_eq!(read(&version).1, Err(FileError::Version { major: 3, minor: 4, offset: 4 }));
    let mut magic = section(Order::Big);
    magic[8] = 0;
    assert_eq!(read(&magic).1, Err(FileError::SectionHeader { offset: 0 }));
    let mut version = section(Order::Big);
    version[13] = 2;
    assert_eq!(read(&version).1, Err(FileError::Version { major: 2, minor: 0, offset: 12 }));
    let message = read(b"imsi;msisdn\n001").1.unwrap_err().to_string();
    assert_eq!(message, "neither pcap nor pcapng: the file begins with \"imsi\"");
}

#[test]
fn an_error_stays() {
    let mut reader = FileReader::new();
    let error = reader.push(b"text", &mut |_| ()).unwrap_err();
    assert_eq!(reader.push(&small_pcap(), &mut |_| ()), Err(error));
    assert_eq!(reader.finish(), Err(error));
}

#[test]
fn a_header_without_packets_is_an_empty_capture() {
    assert_eq!(read(&pcap(Order::Big, MICRO, 4, 96, 1)), (vec![], Ok(None)));
    assert_eq!(read(&section(Order::Little)), (vec![], Ok(None)));
}

fn damaged_pcap() -> Vec<u8> {
    let order = Order::Little;
    [
        pcap(order, MICRO, 4, 65_535, 1),
        record(order, (1_000, 5), 3, 3, b"abc"),
        record(order, (1_000, 6), 0xfe00_0005, 9, b"defgh"),
        record(order, (1_001, 0), 2, 2, b"ij"),
        record(order, (1_002, 0), 2, 2, b"kl"),
    ]
    .concat()
}

#[test]
fn a_damaged_record_is_a_gap_and_the_next_is_found() {
    let (packets, end) = read(&damaged_pcap());
    assert_eq!(end, Ok(None));
    let facts: Vec<_> = packets
        .iter()
        .map(|packet| (packet.frame, packet.bytes.as_slice(), packet.gap.map(|gap| (gap.offset, gap.length, gap.reason))))
        .collect();
    assert_eq!(
        facts,
        [(1, &b"abc"[..], None), (2, &b""[..], Some((43, 21, Reason::DamagedFile))), (2, &b"ij"[..], None), (3, &b"kl"[..], None),]
    );
}

fn damaged_pcapng() -> Vec<u8> {
    let order = Order::Little;
    let mut fault = enhanced(order, 0, 2, b"lost");
    fault[4] = 0x23;
    let mut trailer = enhanced(order, 0, 3, b"lost too");
    let last = trailer.len() - 1;
    trailer[last] = 1;
    [
        section(order),
        interface(order, 1, 0, &[]),
        enhanced(order, 0, 1, b"one"),
        fault,
        trailer,
        enhanced(order, 7, 3, b"no such interface"),
        enhanced(order, 0, 4, b"four"),
        section(Order::Big),
        interface(Order::Big, 1, 0, &[]),
        enhanced(Order::Big, 0, 5, b"five"),
    ]
    .concat()
}

#[test]
fn damaged_blocks_are_one_gap_and_the_next_sound_block_is_found() {
    let (packets, end) = read(&damaged_pcapng());
    assert_eq!(end, Ok(None));
    let facts: Vec<_> = packets.iter().map(|packet| (packet.bytes.as_slice(), packet.gap.map(|gap| (gap.offset, gap.length)))).collect();
    assert_eq!(facts, [(&b"one"[..], None), (&b""[..], Some((84, 36 + 40 + 52))), (&b"four"[..], None), (&b"five"[..], None)]);
}

#[test]
fn a_packet_over_the_budget_is_passed_over_and_not_held() {
    let order = Order::Little;
    let huge = 3 << 20;
    let data = vec![0; usize::try_from(huge).unwrap()];
    let classic =
        [pcap(order, MICRO, 4, u32::MAX, 1), record(order, (1, 0), huge, huge, &data), record(order, (1, 0), 1, 1, b"x")].concat();
    let modern = [section(order), interface(order, 1, 0, &[]), enhanced(order, 0, 0, &data), enhanced(order, 0, 0, b"x")].concat();
    for file in [classic, modern] {
        let (packets, end) = read_chunks(file.chunks(1_000));
        assert_eq!(end, Ok(None));
        assert_eq!((packets.len(), packets[1].frame, packets[1].bytes.as_slice()), (2, 2, &b"x"[..]));
        assert_eq!((packets[0].frame, packets[0].gap.unwrap().reason), (1, Reason::TooManyElements));
        assert!(packets[0].gap.unwrap().length > usize::try_from(huge).unwrap());
    }
}

#[test]
fn a_search_through_damage_is_linear() {
    let order = Order::Little;
    // Every 32 bytes a block seems to begin and to be as long as a block may be: each is waited for, none is sound.
    let bait =
        [order.u32(6), order.u32(1 << 20), order.u32(0), order.u32(0), order.u32(0), order.u32(4), order.u32(4), order.u32(0)].concat();
    let file = [section(order), interface(order, 1, 0, &[]), block(order, 9, b"")[..8].to_vec(), bait.repeat(1 << 17)].concat();
    let (packets, end) = read_chunks(file.chunks(4_096));
    assert_eq!(packets, []);
    assert!(end.unwrap().is_some());
}
