//! What networks carry: fragments, streams and associations, in order and out of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test stops at its first fault")]

use core::net::IpAddr;

use signalling::anomaly::Anomaly;
use signalling::gap::Reason;
use signalling::ip::{Datagram, Fragments};

const A: [u8; 4] = [192, 0, 2, 1];
const B: [u8; 4] = [192, 0, 2, 2];

fn ipv4(id: u16, offset: usize, more: bool, protocol: u8, payload: &[u8]) -> Vec<u8> {
    let total = u16::try_from(20 + payload.len()).unwrap().to_be_bytes();
    let field = u16::try_from(offset / 8).unwrap() | if more { 0x2000 } else { 0 };
    let (id, field) = (id.to_be_bytes(), field.to_be_bytes());
    let header = [0x45, 0, total[0], total[1], id[0], id[1], field[0], field[1], 64, protocol, 0, 0];
    [&header[..], &A, &B, payload].concat()
}

fn ipv6(next: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[0x60, 0, 0, 0, length[0], length[1], next, 64][..], &[0x20; 16], &[0x30; 16], payload].concat()
}

fn read(fragments: &mut Fragments, packets: &[Vec<u8>]) -> Vec<Result<Option<Datagram<'static>>, Reason>> {
    let mut frame = 0;
    let own = |datagram: Datagram<'_>| Datagram { payload: datagram.payload.into_owned().into(), ..datagram };
    let mut one = |bytes: &Vec<u8>| {
        frame += 1;
        fragments.datagram(bytes, frame, 1_000_000 * i64::try_from(frame).unwrap()).map(|datagram| datagram.map(own))
    };
    packets.iter().map(&mut one).collect()
}

fn payloads(packets: &[Vec<u8>]) -> Vec<(Vec<u8>, bool)> {
    let datagrams = read(&mut Fragments::default(), packets).into_iter().filter_map(|result| result.unwrap());
    datagrams.map(|datagram| (datagram.payload.to_vec(), datagram.anomalies.iter().any(|one| one == Anomaly::IpFragmentOverlap))).collect()
}

#[test]
fn a_datagram_ends_where_its_length_says() {
    let mut packet = ipv4(1, 0, false, 17, b"payload");
    packet.extend([0; 20]);
    let datagram = read(&mut Fragments::default(), &[packet.clone()]).remove(0).unwrap().unwrap();
    assert_eq!((datagram.source, datagram.destination, datagram.protocol), (IpAddr::from(A), IpAddr::from(B), 17));
    assert_eq!((&*datagram.payload, datagram.missing), (&b"payload"[..], 0));
    packet.truncate(24);
    let datagram = read(&mut Fragments::default(), &[packet.clone()]).remove(0).unwrap().unwrap();
    assert_eq!((&*datagram.payload, datagram.missing), (&b"payl"[..], 3));
    packet[2..4].copy_from_slice(&[0, 0]);
    let datagram = read(&mut Fragments::default(), &[packet.clone()]).remove(0).unwrap().unwrap();
    assert_eq!((&*datagram.payload, datagram.missing), (&b"payl"[..], 0));
    packet[2..4].copy_from_slice(&[0, 19]);
    assert_eq!(read(&mut Fragments::default(), &[packet.clone()]), [Err(Reason::LengthMismatch)]);
    packet[0] = 0x44;
    assert_eq!(read(&mut Fragments::default(), &[packet]), [Err(Reason::InvalidValue)]);
    assert_eq!(
        read(&mut Fragments::default(), &[vec![0x55; 40], vec![], vec![0x45]]),
        [Err(Reason::InvalidValue), Err(Reason::Truncated), Err(Reason::Truncated)]
    );
}

#[test]
fn options_and_extension_headers_are_passed_over() {
    let mut packet = ipv4(1, 0, false, 17, &[&[1; 8][..], b"payload"].concat());
    packet[0] = 0x47;
    assert_eq!(payloads(&[packet]), [(b"payload".to_vec(), false)]);
    let chain = [
        &[60, 0, 0, 0, 0, 0, 0, 0][..],
        &[43, 0, 0, 0, 0, 0, 0, 0],
        &[51, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        &[44, 2, 0, 0, 0, 0, 0, 0],
        &[0; 8],
        &[132, 0, 0, 0, 0, 0, 0, 9],
        b"payload",
    ]
    .concat();
    let datagram = read(&mut Fragments::default(), &[ipv6(0, &chain)]).remove(0).unwrap().unwrap();
    assert_eq!((&*datagram.payload, datagram.protocol), (&b"payload"[..], 132));
    let endless = [60, 0, 0, 0, 0, 0, 0, 0].repeat(40);
    assert_eq!(read(&mut Fragments::default(), &[ipv6(60, &endless)]), [Err(Reason::TooDeep)]);
}

#[test]
fn fragments_in_any_order_make_the_datagram() {
    let parts = [ipv4(7, 0, true, 132, b"01234567"), ipv4(7, 8, true, 132, b"89abcdef"), ipv4(7, 16, false, 132, b"ghi")];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let packets: Vec<_> = order.iter().map(|index: &usize| parts[*index].clone()).collect();
        assert_eq!(payloads(&packets), [(b"0123456789abcdefghi".to_vec(), false)]);
    }
    let twice = [parts[0].clone(), parts[0].clone(), parts[2].clone(), parts[1].clone()];
    assert_eq!(payloads(&twice), [(b"0123456789abcdefghi".to_vec(), false)]);
}

#[test]
fn ipv6_fragments_may_hide_extension_headers() {
    let fragment = |offset: u16, more: u16, payload: &[u8]| {
        let field = (offset | more).to_be_bytes();
        ipv6(44, &[&[60, 0, field[0], field[1], 0, 0, 0, 9][..], payload].concat())
    };
    let packets = [fragment(8, 0, b"payload"), fragment(0, 1, &[17, 0, 1, 4, 0, 0, 0, 0])];
    let datagram = read(&mut Fragments::default(), &packets).remove(1).unwrap().unwrap();
    assert_eq!((&*datagram.payload, datagram.protocol), (&b"payload"[..], 17));
}

#[test]
fn overlapping_fragments_are_told_and_the_first_wins() {
    let packets = [ipv4(7, 8, true, 132, b"BBBBBBBB"), ipv4(7, 0, true, 132, b"aaaaaaaaXXXXXXXXcccccccc"), ipv4(7, 24, false, 132, b"d")];
    assert_eq!(payloads(&packets), [(b"aaaaaaaaBBBBBBBBccccccccd".to_vec(), true)]);
    let packets = [ipv4(7, 0, true, 132, b"aaaaaaaa"), ipv4(7, 0, true, 132, b"XXXXXXXX"), ipv4(7, 8, false, 132, b"d")];
    assert_eq!(payloads(&packets), [(b"aaaaaaaad".to_vec(), true)]);
}

#[test]
fn contradictory_fragments_are_refused() {
    let refused = |a: Vec<u8>, b: Vec<u8>| read(&mut Fragments::default(), &[a, b]).remove(1);
    assert_eq!(refused(ipv4(7, 8, false, 132, b"abc"), ipv4(7, 8, false, 132, b"abcd")), Err(Reason::ReassemblyConflict));
    assert_eq!(refused(ipv4(7, 8, false, 132, b"abc"), ipv4(7, 8, true, 132, &[1; 16])), Err(Reason::ReassemblyConflict));
    assert_eq!(refused(ipv4(7, 16, true, 132, &[1; 16]), ipv4(7, 8, false, 132, b"abc")), Err(Reason::ReassemblyConflict));
    assert_eq!(refused(vec![], ipv4(7, 65_528, true, 132, &[1; 16])), Err(Reason::LengthMismatch));
    let mut cut = ipv4(7, 0, true, 132, &[1; 16]);
    cut.truncate(30);
    assert_eq!(refused(vec![], cut), Err(Reason::Truncated));
}

#[test]
fn fragments_that_wait_too_long_or_cost_too_much_are_gaps() {
    let mut fragments = Fragments::default();
    assert_eq!(fragments.datagram(&ipv4(7, 0, true, 132, &[1; 16]), 5, 0), Ok(None));
    assert_eq!(fragments.datagram(&ipv4(8, 0, true, 132, &[1; 16]), 6, 61_000_000), Ok(None));
    let gaps: Vec<_> = fragments.gaps().map(|gap| (gap.frame, gap.length, gap.reason)).collect();
    assert_eq!(gaps, [(5, 16, Reason::ReassemblyIncomplete)]);
    fragments.finish();
    assert_eq!(fragments.gaps().map(|gap| gap.frame).collect::<Vec<_>>(), [6]);
    for id in 0..30_000 {
        let _ = fragments.datagram(&ipv4(id, 0, true, 132, &[1; 1024]), u64::from(id), 0);
    }
    let lost = fragments.gaps().count();
    assert!(lost > 10_000 && lost < 20_000, "{lost}");
}

mod tcp {
    use core::net::IpAddr;

    use signalling::anomaly::{Anomalies, Anomaly};
    use signalling::gap::{Gap, Reason};
    use signalling::tcp::{Segment, Stream, Streams, Taken, Upper, decode};

    const FIN: u8 = 1;
    const SYN: u8 = 2;
    const RST: u8 = 4;
    const ACK: u8 = 16;

    /// Messages of one length octet and as many bytes; a capital letter begins one when synchronisation is lost.
    #[derive(Default)]
    struct Words {
        seen: Vec<String>,
    }

    impl Upper for Words {
        fn bytes(&mut self, stream: Stream, bytes: &[u8], synchronised: bool, anomalies: Anomalies) -> Taken {
            let mut consumed = 0;
            if !synchronised {
                match bytes.iter().position(|byte| *byte < 10) {
                    Some(start) => consumed = start,
                    None => return Taken { consumed: bytes.len(), synchronised: false },
                }
            }
            while let Some(word) = bytes.get(consumed).and_then(|length| bytes.get(consumed + 1..consumed + 1 + usize::from(*length))) {
                consumed += 1 + word.len();
                let odd = if anomalies.iter().any(|one| one == Anomaly::TcpOverlap) { "!" } else { "" };
                let way = if stream.upward { ">" } else { "<" };
                self.seen.push(format!("{}{way}{}{odd}", stream.connection, String::from_utf8_lossy(word)));
            }
            Taken { consumed, synchronised: true }
        }

        fn gap(&mut self, stream: Stream, gap: Gap) {
            self.seen.push(format!("{}:{}:{}", stream.connection, gap.reason.name(), gap.length));
        }

        fn closed(&mut self, connection: u64) {
            self.seen.push(format!("{connection}."));
        }
    }

    /// A capture of one pair of hosts, each step a millisecond after the one before.
    #[derive(Default)]
    struct Talk {
        streams: Streams,
        words: Words,
        frame: u64,
        at: i64,
    }

    impl Talk {
        fn send(&mut self, upward: bool, flags: u8, sequence: u32, acknowledgement: u32, payload: &[u8], missing: usize) -> &mut Self {
            self.frame += 1;
            self.at += 1_000;
            let (a, b) = (IpAddr::from(super::A), IpAddr::from(super::B));
            let (source, destination) = if upward { (a, b) } else { (b, a) };
            let (source_port, destination_port) = if upward { (40_000, 3868) } else { (3868, 40_000) };
            let segment = Segment { source_port, destination_port, sequence, acknowledgement, flags, payload, missing };
            self.streams.segment(7, source, destination, &segment, self.frame, self.at, &mut self.words);
            self
        }

        fn up(&mut self, sequence: u32, payload: &[u8]) -> &mut Self {
            self.send(true, ACK, sequence, 0, payload, 0)
        }

        fn end(&mut self) -> String {
            self.streams.finish(&mut self.words);
            self.words.seen.join(" ")
        }
    }

    fn opened() -> Talk {
        let mut talk = Talk::default();
        talk.send(true, SYN, 99, 0, b"", 0);
        talk.send(false, SYN | ACK, 499, 100, b"", 0);
        talk
    }

    #[test]
    fn a_segment_is_read_behind_its_options() {
        let bytes = [&[0x0f, 0x1c, 1, 2, 0, 0, 0, 9, 0, 0, 0, 8, 0x60, 0x18, 0, 0, 0, 0, 0, 0][..], &[1; 4], b"xyz"].concat();
        let segment = decode(&bytes, 2).unwrap();
        assert_eq!((segment.source_port, segment.sequence, segment.acknowledgement, segment.flags), (3868, 9, 8, 0x18));
        assert_eq!((segment.payload, segment.missing), (&b"xyz"[..], 2));
        let mut short = bytes;
        short[12] = 0x40;
        assert_eq!(decode(&short, 0), Err(Reason::LengthMismatch));
        assert_eq!(decode(&short[..19], 0), Err(Reason::Truncated));
    }

    #[test]
    fn words_come_whole_however_they_are_cut_and_ordered() {
        let text = b"\x03one\x03two\x05three";
        for size in 1..text.len() {
            let mut talk = opened();
            let cuts: Vec<_> =
                text.chunks(size).enumerate().map(|(index, cut)| (100 + u32::try_from(index * size).unwrap(), cut)).collect();
            for (sequence, cut) in cuts.iter().rev() {
                talk.up(*sequence, cut);
                talk.up(*sequence, cut);
            }
            assert_eq!(talk.end(), "1>one 1>two 1>three 1.", "cuts of {size}");
        }
    }

    #[test]
    fn sequence_numbers_may_wrap() {
        let mut talk = Talk::default();
        talk.send(true, SYN, u32::MAX - 3, 0, b"", 0);
        talk.up(u32::MAX - 2, b"\x03one").up(5, b"\x02hm").up(1, b"\x03two");
        assert_eq!(talk.end(), "1>one 1>two 1>hm 1.");
    }

    #[test]
    fn both_directions_are_apart() {
        let mut talk = opened();
        talk.up(100, b"\x03one").send(false, ACK, 500, 104, b"\x03two", 0).up(104, b"\x05three");
        assert_eq!(talk.end(), "1>one 1<two 1>three 1.");
    }

    #[test]
    fn a_retransmission_that_differs_is_told() {
        let mut talk = opened();
        talk.up(100, b"\x03one").up(100, b"\x03oNe").up(104, b"\x03two");
        assert_eq!(talk.end(), "1>one 1>two! 1.");
        let mut talk = opened();
        talk.up(104, b"\x03two").up(104, b"\x03tWo").up(100, b"\x03one");
        assert_eq!(talk.end(), "1>one! 1>two 1.");
        let mut talk = opened();
        talk.up(100, b"\x03one").up(102, b"xx\x03two");
        assert_eq!(talk.end(), "1>one 1>two! 1.");
        let mut talk = opened();
        talk.up(100, b"\x03one").up(100, b"\x03oNe");
        assert_eq!(talk.end(), "1>one 1:reassembly_conflict:0 1.");
    }

    #[test]
    fn a_keep_alive_is_no_overlap() {
        let mut talk = opened();
        talk.up(100, b"\x03one").up(103, b"\0").up(103, b"").up(104, b"\x03two");
        assert_eq!(talk.end(), "1>one 1>two 1.");
    }

    #[test]
    fn a_capture_that_begins_in_the_middle_finds_the_next_message() {
        let mut talk = Talk::default();
        talk.up(100, b"xyz\x03one").up(107, b"\x03two").up(95, b"\x04earl");
        assert_eq!(talk.end(), "1>one 1>two 1:missing_bytes:5 1.");
    }

    #[test]
    fn lost_bytes_are_a_gap_once_the_receiver_has_acknowledged_them() {
        let mut talk = opened();
        talk.up(100, b"\x06be").up(110, b"yz\x03one");
        assert_eq!(talk.words.seen, Vec::<String>::new());
        talk.at += 10_000;
        talk.send(false, ACK, 500, 116, b"", 0);
        assert_eq!(talk.words.seen, ["1:missing_bytes:10", "1>one"]);
        talk.up(116, b"\x03two");
        assert_eq!(talk.end(), "1:missing_bytes:10 1>one 1>two 1.");
    }

    #[test]
    fn lost_bytes_are_a_gap_after_a_while_or_at_the_end() {
        let mut talk = opened();
        talk.up(104, b"\x03two");
        talk.at += 3_000_000;
        talk.up(108, b"\x05three");
        assert_eq!(talk.end(), "1:missing_bytes:4 1>two 1>three 1.");
        let mut talk = opened();
        talk.up(104, b"\x03two");
        assert_eq!(talk.end(), "1:missing_bytes:4 1>two 1.");
    }

    #[test]
    fn a_hole_that_grows_dear_is_given_up() {
        let mut talk = opened();
        for index in 0..2_000 {
            talk.up(104 + index * 4, b"\x03two");
        }
        assert_eq!(talk.words.seen.first().map(String::as_str), Some("1:missing_bytes:4"));
        assert_eq!(talk.words.seen.len(), 2_001);
    }

    #[test]
    fn bytes_that_were_not_captured_are_a_gap() {
        let mut talk = opened();
        talk.send(true, ACK, 100, 0, b"\x09abc", 6).up(110, b"\x03one");
        assert_eq!(talk.end(), "1:missing_bytes:10 1>one 1.");
    }

    #[test]
    fn an_end_gives_up_what_is_incomplete() {
        let mut talk = opened();
        talk.up(100, b"\x03one\x05thr").send(true, ACK | FIN, 108, 0, b"", 0).send(false, ACK | FIN, 500, 109, b"", 0);
        assert_eq!(talk.words.seen, ["1>one", "1:reassembly_incomplete:4", "1."]);
        let mut talk = opened();
        talk.up(100, b"\x03one").send(true, RST, 9_000_000, 0, b"", 0).up(104, b"\x03two").send(true, RST, 108, 0, b"", 0);
        assert_eq!(talk.words.seen, ["1>one", "1>two", "1."]);
        assert_eq!(talk.end(), "1>one 1>two 1.");
    }

    #[test]
    fn ports_that_are_used_again_make_a_new_connection() {
        let mut talk = opened();
        talk.up(100, b"\x03one\x05th");
        talk.send(true, SYN, 99, 0, b"", 0);
        talk.send(true, SYN, 5_000, 0, b"", 0).up(5_001, b"\x03two");
        assert_eq!(talk.end(), "1>one 1:reassembly_incomplete:3 1. 2>two 2.");
        let mut talk = opened();
        talk.up(100, b"\x03one").up(90_000_000, b"\x03two");
        assert_eq!(talk.end(), "1>one 1>two 1.");
    }

    #[test]
    fn acknowledgements_alone_make_no_connection() {
        let mut talk = Talk::default();
        talk.up(100, b"").send(true, FIN, 100, 0, b"", 0).send(true, RST, 100, 0, b"", 0);
        assert_eq!(talk.end(), "");
    }

    #[test]
    fn memory_is_bounded_over_all_connections() {
        let mut streams = Streams::default();
        let mut words = Words::default();
        let payload = [b'x'; 1_000];
        for index in 0..80_000_u32 {
            let source = IpAddr::from(index.to_be_bytes());
            let segment = Segment {
                source_port: 1,
                destination_port: 3868,
                sequence: 9,
                acknowledgement: 0,
                flags: SYN,
                payload: &payload,
                missing: 0,
            };
            streams.segment(7, source, IpAddr::from(super::A), &segment, u64::from(index), 0, &mut words);
        }
        let (_, ended) = words.seen.iter().partition::<Vec<_>, _>(|seen| seen.contains(':'));
        assert!(ended.len() > 10_000);
    }
}

mod sctp {
    use signalling::anomaly::Anomaly;
    use signalling::gap::{Gap, Reason};
    use signalling::sctp::{Associations, Upper, UserMessage, decode};

    #[derive(Default)]
    struct Seen(Vec<String>);

    impl Upper for Seen {
        fn message(&mut self, message: UserMessage<'_>) {
            let odd: String = message.anomalies.iter().map(Anomaly::name).collect();
            let text = String::from_utf8_lossy(message.bytes);
            self.0.push(format!("{}/{}:{text}{odd}", message.payload_protocol, message.stream));
        }

        fn gap(&mut self, gap: Gap) {
            self.0.push(format!("{}:{}:{}", gap.frame, gap.reason.name(), gap.length));
        }
    }

    fn chunk(kind: u8, flags: u8, value: &[u8]) -> Vec<u8> {
        let length = u16::try_from(value.len() + 4).unwrap().to_be_bytes();
        let mut chunk = [&[kind, flags, length[0], length[1]], value].concat();
        chunk.resize(chunk.len().next_multiple_of(4), 0);
        chunk
    }

    /// A chunk of stream 1 for M3UA: 3 whole, 2 first, 0 middle, 1 last.
    fn data(flags: u8, tsn: u32, payload: &[u8]) -> Vec<u8> {
        chunk(0, flags, &[&tsn.to_be_bytes()[..], &[0, 1, 0, 0, 0, 0, 0, 3], payload].concat())
    }

    fn i_data(flags: u8, tsn: u32, message: u32, sequence: u32, payload: &[u8]) -> Vec<u8> {
        let field = if flags & 2 != 0 { 3_u32 } else { sequence };
        chunk(64, flags, &[&tsn.to_be_bytes()[..], &[0, 1, 0, 0], &message.to_be_bytes(), &field.to_be_bytes(), payload].concat())
    }

    fn packet(tag: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
        [&[0x0b, 0x59, 0x0b, 0x59][..], &tag.to_be_bytes(), &[0; 4], &chunks.concat()].concat()
    }

    fn read(packets: &[Vec<u8>]) -> String {
        let (mut associations, mut seen) = (Associations::default(), Seen::default());
        for (frame, bytes) in (1..).zip(packets) {
            associations.packet(decode(bytes, 0, false).unwrap(), || 5, frame, 0, &mut seen);
        }
        associations.finish(&mut seen);
        seen.0.join(" ")
    }

    #[test]
    fn bundled_chunks_each_give_their_message() {
        let bytes = packet(9, &[chunk(3, 0, &[0; 12]), data(3, 1, b"one"), chunk(10, 0, b"cookie"), data(7, 2, b"two!")]);
        assert_eq!(read(&[bytes]), "3/1:one 3/1:two!");
        let mut unpadded = packet(9, &[data(3, 1, b"one")]);
        unpadded.pop();
        assert_eq!(read(&[unpadded]), "3/1:one");
    }

    #[test]
    fn fragments_in_any_order_make_the_message() {
        let parts = [data(2, u32::MAX, b"on"), data(0, 0, b"e-t"), data(1, 1, b"wo"), data(3, 2, b"next")];
        let whole = "3/1:one-two";
        for order in [[0, 1, 2, 3], [2, 1, 0, 3], [1, 3, 2, 0], [3, 0, 2, 1]] {
            let packets: Vec<_> =
                order.iter().flat_map(|index: &usize| [packet(9, &[parts[*index].clone()]), packet(9, &[parts[*index].clone()])]).collect();
            let text = read(&packets);
            let words: Vec<_> = text.split(' ').collect();
            assert!(words.len() == 2 && words.contains(&whole) && words.contains(&"3/1:next"), "{text}");
        }
    }

    #[test]
    fn interleaved_messages_are_kept_apart() {
        let parts = [
            i_data(2, 1, 70, 0, b"AA"),
            i_data(2, 2, 71, 0, b"bb"),
            i_data(0, 3, 71, 1, b"bb"),
            i_data(0, 4, 70, 1, b"AA"),
            i_data(1, 6, 70, 2, b"A"),
            i_data(1, 5, 71, 2, b"b"),
            i_data(3, 7, 72, 0, b"c"),
        ];
        assert_eq!(read(&[packet(9, &parts)]), "3/1:AAAAA 3/1:bbbbb 3/1:c");
    }

    #[test]
    fn a_retransmission_gives_nothing_even_over_another_path() {
        let bytes = packet(9, &[data(3, 1, b"one")]);
        assert_eq!(read(&[bytes.clone(), packet(9, &[data(3, 1, b"one"), data(3, 2, b"two")]), bytes]), "3/1:one 3/1:two");
        assert_eq!(read(&[packet(9, &[data(3, 1, b"one")]), packet(8, &[data(3, 1, b"one")])]), "3/1:one 3/1:one");
    }

    #[test]
    fn a_number_sent_again_with_other_content_is_told() {
        assert_eq!(read(&[packet(9, &[data(3, 1, b"one"), data(3, 1, b"two")])]), "3/1:one 3/1:twosctp_tsn_reused");
        let text = read(&[packet(9, &[data(2, 1, b"on"), data(0, 2, b"e"), data(0, 2, b"X"), data(1, 3, b".")])]);
        assert_eq!(text, "1:reassembly_conflict:13 3/1:one.");
    }

    #[test]
    fn without_a_tag_nothing_repeats_anything() {
        let bytes = packet(0, &[data(3, 0, b"one")]);
        assert_eq!(read(&[bytes.clone(), bytes]), "3/1:one 3/1:one");
    }

    #[test]
    fn what_is_incomplete_is_a_gap() {
        let bytes = packet(9, &[data(2, 1, b"one"), data(1, 9, b"late")]);
        assert_eq!(read(std::slice::from_ref(&bytes)), "1:reassembly_incomplete:3 1:reassembly_incomplete:4");
        assert_eq!(read(&[bytes, packet(9, &[chunk(6, 0, b"")])]), "1:reassembly_incomplete:3 1:reassembly_incomplete:4");
    }

    #[test]
    fn what_waits_too_long_is_a_gap() {
        let (mut associations, mut seen) = (Associations::default(), Seen::default());
        let mut one =
            |bytes: &[u8], frame, at, seen: &mut Seen| associations.packet(decode(bytes, 0, false).unwrap(), || 5, frame, at, seen);
        one(&packet(9, &[data(2, 1, b"one")]), 1, 0, &mut seen);
        one(&packet(9, &[data(3, 5, b"five")]), 2, 61_000_000, &mut seen);
        assert_eq!(seen.0, ["3/1:five", "1:reassembly_incomplete:3"]);
    }

    #[test]
    fn damaged_chunks_are_gaps() {
        let mut short = packet(9, &[data(3, 1, b"one"), data(3, 2, b"two")]);
        short.truncate(short.len() - 2);
        assert_eq!(read(&[short.clone()]), "3/1:one 1:length_mismatch:18");
        let (mut associations, mut seen) = (Associations::default(), Seen::default());
        associations.packet(decode(&short, 2, false).unwrap(), || 5, 1, 0, &mut seen);
        assert_eq!(seen.0, ["3/1:one", "1:truncated:18"]);
        assert_eq!(read(&[packet(9, &[chunk(0, 3, &[0; 12])])]), "1:length_mismatch:12");
        assert_eq!(read(&[packet(9, &[vec![0, 3, 0, 3]])]), "1:length_mismatch:4");
        assert_eq!(decode(&[0; 11], 0, false).err(), Some(Reason::Truncated));
    }

    #[test]
    fn a_wrong_checksum_is_told_when_asked_for() {
        let mut bytes = packet(9, &[data(3, 1, b"one")]);
        bytes[8] = 1;
        let mut seen = Seen::default();
        Associations::default().packet(decode(&bytes, 0, true).unwrap(), || 5, 1, 0, &mut seen);
        Associations::default().packet(decode(&bytes, 0, false).unwrap(), || 5, 1, 0, &mut seen);
        assert_eq!(seen.0, ["3/1:onesctp_checksum", "3/1:one"]);
    }

    #[test]
    fn memory_is_bounded_over_all_associations() {
        let (mut associations, mut seen) = (Associations::default(), Seen::default());
        let payload = vec![b'x'; 60_000];
        for tag in 1..3_000 {
            associations.packet(decode(&packet(tag, &[data(2, tag, &payload)]), 0, false).unwrap(), || 5, u64::from(tag), 0, &mut seen);
        }
        assert!(seen.0.len() > 1_500);
    }
}
