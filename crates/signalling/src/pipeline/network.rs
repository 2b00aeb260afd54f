//! From frames to the protocols above UDP, TCP and SCTP.

use core::net::IpAddr;

use super::Counting;
use super::options::{Options, Table, Use};
use super::protocols::Protocols;
use super::recognition::begins_diameter;
use super::stream::{self, Above};
use crate::anomaly::Anomalies;
use crate::budget::MAX_ENCAPSULATION;
use crate::file::Packet;
use crate::gap::{Gap, Reason};
use crate::hashing::fingerprint;
use crate::ip::{Datagram, Fragments};
use crate::link::{self, Payload};
use crate::message::Protocol;
use crate::sctp::{self, Associations};
use crate::sink::Sink;
use crate::tcp::{self, Streams};
use crate::{tunnel, udp};

const TCP: u8 = 6;
const UDP: u8 = 17;
const ENCRYPTED: u8 = 50;
const SCTP: u8 = 132;

/// How every HTTP/2 connection begins, RFC 9113 §3.4.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n";

/// The state of the layers below signalling.
pub(super) struct Network {
    ports: Table,
    recognise: bool,
    check_sctp_checksum: bool,
    fragments: Fragments,
    streams: Streams,
    associations: Associations,
}

/// The frame at hand.
#[derive(Clone, Copy)]
struct Frame {
    number: u64,
    observed_at: i64,
}

impl Frame {
    const fn gap(self, protocol: Protocol, length: usize, reason: Reason) -> Gap {
        Gap { frame: self.number, offset: 0, length, protocol, reason }
    }
}

impl Network {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            ports: Table::new(&options.ports),
            recognise: options.recognise,
            check_sctp_checksum: options.check_sctp_checksum,
            fragments: Fragments::default(),
            streams: Streams::default(),
            associations: Associations::default(),
        }
    }

    /// Take one frame; false when it carries nothing this crate is about.
    pub(super) fn frame(&mut self, packet: &Packet<'_>, protocols: &mut Protocols, sink: &mut Counting<'_, impl Sink>) -> bool {
        let frame = Frame { number: packet.frame, observed_at: packet.observed_at };
        protocols.begin(packet.frame, packet.observed_at);
        self.link(frame, Protocol::Link, link::strip(packet.link_type, packet.bytes), packet.bytes.len(), 0, protocols, sink)
    }

    pub(super) fn finish(&mut self, protocols: &mut Protocols, sink: &mut Counting<'_, impl Sink>) {
        self.fragments.finish();
        self.fragments.gaps().for_each(|gap| sink.gap(gap));
        let mut above = Above { protocols, sink, uses: 0, anomalies: Anomalies::default() };
        self.streams.finish(&mut above);
        self.associations.finish(&mut above);
    }

    #[allow(clippy::too_many_arguments, reason = "a payload, where it comes from and where it goes")]
    fn link(
        &mut self,
        frame: Frame,
        protocol: Protocol,
        payload: Result<Payload<'_>, Reason>,
        length: usize,
        depth: u32,
        protocols: &mut Protocols,
        sink: &mut Counting<'_, impl Sink>,
    ) -> bool {
        match payload {
            Ok(Payload::Ip(bytes)) => return self.internet(frame, bytes, depth, protocols, sink),
            Ok(Payload::Mtp3(bytes)) => protocols.mtp3(bytes, sink),
            Ok(Payload::Sccp(bytes)) => protocols.sccp_alone(bytes, sink),
            Ok(Payload::Other) => return false,
            Err(reason) => sink.gap(frame.gap(protocol, length, reason)),
        }
        true
    }

    fn internet(&mut self, frame: Frame, bytes: &[u8], depth: u32, protocols: &mut Protocols, sink: &mut Counting<'_, impl Sink>) -> bool {
        if depth > MAX_ENCAPSULATION {
            sink.gap(frame.gap(Protocol::Ip, bytes.len(), Reason::TooDeep));
            return true;
        }
        let datagram = self.fragments.datagram(bytes, frame.number, frame.observed_at);
        self.fragments.gaps().for_each(|gap| sink.gap(gap));
        let datagram = match datagram {
            Ok(Some(datagram)) => datagram,
            Ok(None) => return true,
            Err(reason) => {
                sink.gap(frame.gap(Protocol::Ip, bytes.len(), reason));
                return true;
            }
        };
        let payload: &[u8] = &datagram.payload;
        match datagram.protocol {
            UDP => self.udp(frame, &datagram, depth, protocols, sink),
            TCP => self.tcp(frame, &datagram, protocols, sink),
            SCTP => {
                self.sctp(frame, &datagram, payload, datagram.missing, protocols, sink);
                true
            }
            tunnel::GRE => self.link(frame, Protocol::Ip, tunnel::gre(payload), payload.len(), deeper(depth), protocols, sink),
            inner if tunnel::IP_IN_IP.contains(&inner) => self.internet(frame, payload, deeper(depth), protocols, sink),
            ENCRYPTED => {
                sink.gap(frame.gap(Protocol::Ip, payload.len(), Reason::Encrypted));
                true
            }
            _ => false,
        }
    }

    fn udp(&mut self, frame: Frame, ip: &Datagram<'_>, depth: u32, protocols: &mut Protocols, sink: &mut Counting<'_, impl Sink>) -> bool {
        let datagram = match udp::decode(&ip.payload) {
            Ok(datagram) => datagram,
            Err(reason) => {
                let reason = if ip.missing > 0 { Reason::Truncated } else { reason };
                sink.gap(frame.gap(Protocol::Udp, ip.payload.len(), reason));
                return true;
            }
        };
        let to = self.ports.of(datagram.destination_port);
        let uses = to | self.ports.of(datagram.source_port);
        let payload = datagram.payload;
        if uses & (Use::GTP | Use::PFCP) != 0 {
            protocols.between(ip.source, ip.destination, datagram.source_port, datagram.destination_port);
            protocols.gtp(payload, datagram.missing, uses, ip.anomalies, sink);
            return true;
        }
        // A tunnel's sender has any port, so that its packets spread over several paths.
        match to {
            _ if to & Use::VXLAN != 0 => {
                self.link(frame, Protocol::Udp, tunnel::vxlan(payload), payload.len(), deeper(depth), protocols, sink)
            }
            _ if to & Use::GENEVE != 0 => {
                self.link(frame, Protocol::Udp, tunnel::geneve(payload), payload.len(), deeper(depth), protocols, sink)
            }
            _ if uses & Use::SCTP != 0 => {
                self.sctp(frame, ip, payload, datagram.missing, protocols, sink);
                true
            }
            _ => false,
        }
    }

    fn tcp(&mut self, frame: Frame, ip: &Datagram<'_>, protocols: &mut Protocols, sink: &mut Counting<'_, impl Sink>) -> bool {
        let segment = match tcp::decode(&ip.payload, ip.missing) {
            Ok(segment) => segment,
            Err(reason) => {
                let reason = if ip.missing > 0 { Reason::Truncated } else { reason };
                sink.gap(frame.gap(Protocol::Tcp, ip.payload.len(), reason));
                return true;
            }
        };
        let (source, destination) = (ip.source, ip.destination);
        let uses = self.ports.of(segment.source_port) | self.ports.of(segment.destination_port);
        let tag = match uses {
            _ if uses & Use::DIAMETER != 0 => stream::DIAMETER,
            _ if uses & Use::HTTP2 != 0 => stream::HTTP2,
            _ if uses & Use::DIAMETER_TLS != 0 => {
                if !segment.payload.is_empty() {
                    sink.gap(frame.gap(Protocol::Diameter, segment.payload.len(), Reason::Encrypted));
                }
                return true;
            }
            _ if uses & Use::GTP != 0 => stream::GTP,
            _ => match self.recognise(source, destination, &segment) {
                Some(tag) => tag,
                None => return false,
            },
        };
        let mut above = Above { protocols, sink, uses, anomalies: ip.anomalies };
        self.streams.segment(tag, source, destination, &segment, frame.number, frame.observed_at, &mut above);
        true
    }

    /// Tell a connection on other ports by how it begins, and then remember it.
    fn recognise(&self, source: IpAddr, destination: IpAddr, segment: &tcp::Segment<'_>) -> Option<u8> {
        if !self.recognise {
            return None;
        }
        let known = self.streams.tag(source, destination, segment);
        known.or_else(|| segment.payload.starts_with(PREFACE).then_some(stream::HTTP2)).or_else(|| {
            let is_diameter = segment.payload.len() > 20 && begins_diameter(segment.payload) == Ok(true);
            is_diameter.then_some(stream::DIAMETER)
        })
    }

    fn sctp(
        &mut self,
        frame: Frame,
        ip: &Datagram<'_>,
        bytes: &[u8],
        missing: usize,
        protocols: &mut Protocols,
        sink: &mut Counting<'_, impl Sink>,
    ) {
        match sctp::decode(bytes, missing, self.check_sctp_checksum) {
            Ok(packet) => {
                let sctp::Header { source_port, destination_port, .. } = packet.header;
                protocols.between(ip.source, ip.destination, source_port, destination_port);
                let uses = self.ports.of(source_port) | self.ports.of(destination_port);
                let mut above = Above { protocols, sink, uses, anomalies: ip.anomalies };
                let addresses = || pair(ip.source, ip.destination);
                self.associations.packet(packet, addresses, frame.number, frame.observed_at, &mut above);
            }
            Err(reason) => sink.gap(frame.gap(Protocol::Sctp, bytes.len(), reason)),
        }
    }
}

const fn deeper(depth: u32) -> u32 {
    depth.saturating_add(1)
}

/// A number for two addresses, never zero.
fn pair(source: IpAddr, destination: IpAddr) -> u64 {
    let octets = |address: IpAddr| match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    };
    fingerprint(octets(source).as_slice()).rotate_left(1) ^ fingerprint(octets(destination).as_slice()) | 1
}
