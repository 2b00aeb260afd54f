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
