//! What both directions of a TCP connection have in common: their two ends, the lower first.

use core::net::IpAddr;

use super::Segment;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    low: u128,
    high: u128,
    ports: (u16, u16),
}

impl Key {
    /// The key of both directions, and whether this one goes upwards.
    pub(super) fn of(source: IpAddr, destination: IpAddr, segment: &Segment<'_>) -> (Self, bool) {
        let a = (bits(source), segment.source_port);
        let b = (bits(destination), segment.destination_port);
        let upward = a <= b;
        let (low, high) = if upward { (a, b) } else { (b, a) };
        (Self { low: low.0, high: high.0, ports: (low.1, high.1) }, upward)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}
