//! Where decoded rows go: the only way out of this crate.

use core::net::IpAddr;

use crate::gap::Gap;
use crate::message::Message;

/// One GTP-U tunnel direction, summarised. Ref: TS 29.281.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tunnel {
    /// Sender of the packets.
    pub source_ip: IpAddr,
    /// Receiver, whose tunnel endpoint identifier it is.
    pub destination_ip: IpAddr,
    /// Tunnel endpoint identifier.
    pub teid: u32,
    /// Packets seen.
    pub packets: u64,
    /// Bytes of the inner packets.
    pub bytes: u64,
    /// First packet, microseconds since 1970.
    pub first_at: i64,
    /// Last packet.
    pub last_at: i64,
    /// Frame of the first packet.
    pub first_frame: u64,
    /// Version of the inner packet: 4, 6, or 0 when it is neither.
    pub inner_version: u8,
    /// True when an inner packet was itself GTP.
    pub nested: bool,
}

/// Takes the rows in the order of their frames.
pub trait Sink {
    /// One message.
    fn message(&mut self, message: &Message<'_>);
    /// One gap.
    fn gap(&mut self, gap: Gap);
    /// One tunnel, when it ends or the capture does.
    fn tunnel(&mut self, tunnel: Tunnel);
}
