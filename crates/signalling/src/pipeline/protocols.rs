//! The signalling protocols, each with its state, above a transport that has done its part.

use core::net::IpAddr;

use super::Counting;
use super::options::{Options, Use};
use super::recognition::Kind;
use crate::anomaly::Anomalies;
use crate::gap::{Gap, Reason};
use crate::message::{Message, PartyAddress, Protocol};
use crate::mtp3::{self, Transfer, Variant};
use crate::sccp::{self, LinkKey, UnitData};
use crate::segments::Segments;
use crate::sink::Sink;
use crate::tcp::{Stream, Taken};
use crate::{m2pa, m2ua, m3ua, sua};

/// The state of every protocol.
pub(super) struct Protocols {
    /// What all messages of the packet at hand have in common; cleared of everything else.
    envelope: Message<'static>,
    variant: Option<Variant>,
    segments: Segments,
}

impl Protocols {
    pub(super) fn new(options: &Options) -> Self {
        Self { envelope: Message::default(), variant: options.variant, segments: Segments::default() }
    }

    /// A new frame.
    pub(super) const fn begin(&mut self, frame: u64, observed_at: i64) {
        let envelope = &mut self.envelope;
        envelope.frame = frame;
        envelope.observed_at = observed_at;
        (envelope.source_ip, envelope.destination_ip) = (None, None);
        (envelope.source_port, envelope.destination_port) = (None, None);
    }

    /// The endpoints of the transport at hand.
    pub(super) const fn between(&mut self, source: IpAddr, destination: IpAddr, source_port: u16, destination_port: u16) {
        let envelope = &mut self.envelope;
        (envelope.source_ip, envelope.destination_ip) = (Some(source), Some(destination));
        (envelope.source_port, envelope.destination_port) = (Some(source_port), Some(destination_port));
    }

    pub(super) const fn gap(&self, protocol: Protocol, length: usize, reason: Reason) -> Gap {
        Gap { frame: self.envelope.frame, offset: 0, length, protocol, reason }
    }

    pub(super) fn finish(&mut self, sink: &mut Counting<'_, impl Sink>) {
        self.segments.finish(sink);
    }

    pub(super) fn diameter(&mut self, bytes: &[u8], _anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        sink.gap(self.gap(Protocol::Diameter, bytes.len(), Reason::Unsupported));
    }

    pub(super) fn gtp(&mut self, bytes: &[u8], _missing: usize, uses: u16, _anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let protocol = if uses & Use::PFCP != 0 { Protocol::Pfcp } else { Protocol::GtpV1 };
        sink.gap(self.gap(protocol, bytes.len(), Reason::Unsupported));
    }

    pub(super) fn http2(
        &mut self,
        _stream: Stream,
        bytes: &[u8],
        _synchronised: bool,
        _anomalies: Anomalies,
        sink: &mut Counting<'_, impl Sink>,
    ) -> Taken {
        sink.gap(self.gap(Protocol::Http2, bytes.len(), Reason::Unsupported));
        Taken { consumed: bytes.len(), synchronised: true }
    }

    /// A message of one of the adaptation layers of SIGTRAN.
    pub(super) fn adaptation(&mut self, kind: Kind, bytes: &[u8], anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let (protocol, transfer) = match kind {
            Kind::M2ua => (Protocol::M2ua, m2ua::decode_as(bytes, self.variant)),
            Kind::M2pa => (Protocol::M2pa, m2pa::decode_as(bytes, self.variant)),
            Kind::Sua => return self.sua(bytes, anomalies, sink),
            _ => (Protocol::M3ua, m3ua::decode(bytes)),
        };
        match transfer {
            Ok(Some(transfer)) => self.transfer(&transfer, anomalies, sink),
            Ok(None) => {}
            Err(reason) => sink.gap(self.gap(protocol, bytes.len(), reason)),
        }
    }

    /// MTP3 straight from a link.
    pub(super) fn mtp3(&mut self, bytes: &[u8], sink: &mut Counting<'_, impl Sink>) {
        match mtp3::decode_as(bytes, self.variant) {
            Ok(transfer) => self.transfer(&transfer, Anomalies::default(), sink),
            Err(reason) => sink.gap(self.gap(Protocol::Mtp3, bytes.len(), reason)),
        }
    }

    /// SCCP straight from a link.
    pub(super) fn sccp_alone(&mut self, bytes: &[u8], sink: &mut Counting<'_, impl Sink>) {
        let key = LinkKey { frame: self.envelope.frame, variant: self.variant, ..LinkKey::default() };
        self.sccp(bytes, key, Anomalies::default(), sink);
    }

    fn transfer(&mut self, transfer: &Transfer<'_>, mut anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        anomalies.merge(transfer.anomalies);
        let (originating_point_code, destination_point_code) = (transfer.originating_point_code, transfer.destination_point_code);
        match transfer.service_indicator {
            mtp3::SCCP => {
                let envelope = &mut self.envelope;
                envelope.network_indicator = Some(transfer.network_indicator);
                envelope.originating_point_code = Some(originating_point_code);
                envelope.destination_point_code = Some(destination_point_code);
                let variant = transfer.variant.or(self.variant);
                let key = LinkKey { frame: envelope.frame, association: 0, originating_point_code, destination_point_code, variant };
                self.sccp(transfer.payload, key, anomalies, sink);
                let envelope = &mut self.envelope;
                envelope.network_indicator = None;
                (envelope.originating_point_code, envelope.destination_point_code) = (None, None);
            }
            mtp3::ISUP => sink.gap(self.gap(Protocol::Isup, transfer.payload.len(), Reason::Unsupported)),
            // Q.704 §14.2.1: network management and testing are no one's messages.
            0..=2 => {}
            _ => sink.gap(self.gap(Protocol::Mtp3, transfer.payload.len(), Reason::Unsupported)),
        }
    }

    fn sccp(&mut self, bytes: &[u8], key: LinkKey, anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let Self { envelope, segments, .. } = self;
        match sccp::decode(bytes, segments, key, envelope.observed_at) {
            Ok(unit) => user_part(envelope, unit, anomalies, sink),
            Err(reason) => sink.gap(self.gap(Protocol::Sccp, bytes.len(), reason)),
        }
        self.segments.report(sink);
    }

    fn sua(&mut self, bytes: &[u8], anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let Self { envelope, segments, .. } = self;
        let key = LinkKey { frame: envelope.frame, ..LinkKey::default() };
        match sua::decode(bytes, segments, key, envelope.observed_at) {
            Ok(unit) => user_part(envelope, unit, anomalies, sink),
            Err(reason) => sink.gap(self.gap(Protocol::Sua, bytes.len(), reason)),
        }
        self.segments.report(sink);
    }
}

/// Hand the data of SCCP to its user.
fn user_part(envelope: &mut Message<'static>, unit: Option<UnitData<'_>>, mut anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
    let Some(unit) = unit.filter(|unit| !unit.is_management()) else { return };
    anomalies.merge(unit.anomalies);
    (envelope.calling, envelope.called) = (unit.calling, unit.called);
    envelope.anomalies = anomalies;
    envelope.index = sink.index(envelope.frame);
    let gap = Gap { frame: envelope.frame, offset: 0, length: unit.payload.len(), protocol: Protocol::Tcap, reason: Reason::Unsupported };
    sink.gap(gap);
    (envelope.calling, envelope.called) = (PartyAddress::default(), PartyAddress::default());
    envelope.anomalies = Anomalies::default();
}
