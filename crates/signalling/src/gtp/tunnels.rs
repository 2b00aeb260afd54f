//! User tunnels, one row a direction instead of one a packet.

use core::net::IpAddr;

use crate::anomaly::Anomalies;
use crate::budget::MAX_TUNNELS;
use crate::hashing::{FastMap, retire};
use crate::sink::{Sink, Tunnel};

/// Silence after which an endpoint identifier is taken to be given out anew.
const SILENCE: u64 = 3_600_000_000;

/// One packet of user traffic.
pub(crate) struct Packet {
    pub source: IpAddr,
    pub destination: IpAddr,
    pub teid: u32,
    pub bytes: u64,
    pub inner_version: u8,
    pub nested: bool,
    pub observed_at: i64,
    pub frame: u64,
    pub anomalies: Anomalies,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    source: IpAddr,
    destination: IpAddr,
    teid: u32,
}

struct Entry {
    tunnel: Tunnel,
    /// Order of the last packet: unlike its time, unique.
    touched: u64,
    told: Anomalies,
}

/// The tunnels seen, within a budget.
#[derive(Default)]
pub(crate) struct Tunnels {
    open: FastMap<Key, Entry>,
    packets: u64,
}

impl Tunnels {
    /// Count a packet. True when it shows an anomaly that its tunnel did not show before.
    pub(crate) fn count(&mut self, packet: &Packet, sink: &mut impl Sink) -> bool {
        self.packets = self.packets.saturating_add(1);
        let key = Key { source: packet.source, destination: packet.destination, teid: packet.teid };
        if self.open.len() >= MAX_TUNNELS && !self.open.contains_key(&key) {
            for (_, entry) in retire(&mut self.open, |entry| entry.touched) {
                sink.tunnel(entry.tunnel);
            }
        }
        let entry = self.open.entry(key).or_insert_with(|| Entry { tunnel: started(packet), touched: 0, told: Anomalies::default() });
        if packet.observed_at.abs_diff(entry.tunnel.last_at) > SILENCE {
            sink.tunnel(core::mem::replace(&mut entry.tunnel, started(packet)));
        }
        let tunnel = &mut entry.tunnel;
        tunnel.packets = tunnel.packets.saturating_add(1);
        tunnel.bytes = tunnel.bytes.saturating_add(packet.bytes);
        tunnel.first_at = tunnel.first_at.min(packet.observed_at);
        tunnel.last_at = tunnel.last_at.max(packet.observed_at);
        tunnel.nested |= packet.nested;
        if tunnel.inner_version == 0 {
            tunnel.inner_version = packet.inner_version;
        }
        entry.touched = self.packets;
        let mut told = entry.told;
        told.merge(packet.anomalies);
        core::mem::replace(&mut entry.told, told) != told
    }

    /// Write all tunnels out, in the order of their first packets.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) {
        let mut rest: Vec<Entry> = self.open.drain().map(|(_, entry)| entry).collect();
        rest.sort_by_key(|entry| (entry.tunnel.first_frame, entry.touched));
        for entry in rest {
            sink.tunnel(entry.tunnel);
        }
    }
}

const fn started(packet: &Packet) -> Tunnel {
    Tunnel {
        source_ip: packet.source,
        destination_ip: packet.destination,
        teid: packet.teid,
        packets: 0,
        bytes: 0,
        first_at: packet.observed_at,
        last_at: packet.observed_at,
        first_frame: packet.frame,
        inner_version: packet.inner_version,
        nested: false,
    }
}
