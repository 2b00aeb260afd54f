//! Layers of packets, built by hand: documentation addresses, one capture file around them.
#![allow(dead_code, clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "each test uses its part")]

/// 192.0.2.1 and 198.51.100.2.
pub const HOSTS: [[u8; 4]; 2] = [[192, 0, 2, 1], [198, 51, 100, 2]];

pub fn be16(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap().to_be_bytes()
}

/// A capture of `link_type`, a packet a millisecond.
pub fn pcap(link_type: u8, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, link_type];
    for (number, packet) in (0_u32..).zip(packets) {
        let length = u32::try_from(packet.len()).unwrap().to_be_bytes();
        file.extend([(1_700_000_000 + number / 1_000).to_be_bytes(), (number % 1_000 * 1_000).to_be_bytes(), length, length].concat());
        file.extend(packet);
    }
    file
}

pub fn ethernet(payload: &[u8]) -> Vec<u8> {
    [&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0][..], payload].concat()
}

pub fn ipv4_between(source: [u8; 4], destination: [u8; 4], protocol: u8, payload: &[u8]) -> Vec<u8> {
    let total = be16(20 + payload.len());
    let header = [0x45, 0, total[0], total[1], 0, 1, 0x40, 0, 64, protocol, 0, 0];
    [&header[..], &source, &destination, payload].concat()
}

pub fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    ipv4_between(HOSTS[0], HOSTS[1], protocol, payload)
}

pub fn udp(source_port: u16, destination_port: u16, payload: &[u8]) -> Vec<u8> {
    [&source_port.to_be_bytes()[..], &destination_port.to_be_bytes(), &be16(8 + payload.len()), &[0, 0], payload].concat()
}

pub fn tcp(source_port: u16, destination_port: u16, sequence: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let ports = [source_port.to_be_bytes(), destination_port.to_be_bytes()].concat();
    [&ports[..], &sequence.to_be_bytes(), &[0; 4], &[0x50, flags, 0xff, 0xff, 0, 0, 0, 0], payload].concat()
}

/// One DATA chunk of stream 1: 3 whole, 2 first, 0 middle, 1 last.
pub fn data(flags: u8, tsn: u32, payload_protocol: u32, payload: &[u8]) -> Vec<u8> {
    let length = be16(16 + payload.len());
    let header = [&[0, flags, length[0], length[1]][..], &tsn.to_be_bytes(), &[0, 1, 0, 0], &payload_protocol.to_be_bytes()].concat();
    let mut chunk = [&header[..], payload].concat();
    chunk.resize(chunk.len().next_multiple_of(4), 0);
    chunk
}

pub fn sctp(source_port: u16, destination_port: u16, tag: u32, chunks: &[u8]) -> Vec<u8> {
    [&source_port.to_be_bytes()[..], &destination_port.to_be_bytes(), &tag.to_be_bytes(), &[0; 4], chunks].concat()
}

/// An M3UA DATA of network indicator 2 from point code 1025 to 2050.
pub fn m3ua(service_indicator: u8, payload: &[u8]) -> Vec<u8> {
    let value = [&[0, 0, 4, 1, 0, 0, 8, 2, service_indicator, 2, 0, 5][..], payload].concat();
    let length = be16(4 + value.len());
    let mut parameter = [&[2, 0x10][..], &length, &value].concat();
    parameter.resize(parameter.len().next_multiple_of(4), 0);
    let length = u32::try_from(8 + parameter.len()).unwrap().to_be_bytes();
    [&[1, 0, 1, 1][..], &length, &parameter].concat()
}

/// A UDT between an HLR and a VLR with titles of the fictional country code 999.
pub fn udt(payload: &[u8]) -> Vec<u8> {
    let address = |ssn: u8, last: u8| [11, 0x12, ssn, 0, 0x11, 0x04, 0x99, 0x89, 0x67, 0x45, 0x23, last];
    [&[9, 0, 3, 14, 25][..], &address(6, 1), &address(7, 2), &[u8::try_from(payload.len()).unwrap()], payload].concat()
}

/// A Device-Watchdog-Request from a fictional host.
pub fn watchdog(number: u32) -> Vec<u8> {
    let avp = |code: u8, value: &[u8]| {
        let mut avp = [&[0, 0, 1, code, 0x40, 0, 0, u8::try_from(8 + value.len()).unwrap()][..], value].concat();
        avp.resize(avp.len().next_multiple_of(4), 0);
        avp
    };
    let body = [avp(8, b"dra1.epc.mnc001.mcc001.3gppnetwork.org"), avp(40, b"epc.mnc001.mcc001.3gppnetwork.org")].concat();
    let length = be16(20 + body.len());
    let number = number.to_be_bytes();
    [&[1, 0, length[0], length[1], 0x80, 0, 1, 24, 0, 0, 0, 0][..], &number, &number, &body].concat()
}
