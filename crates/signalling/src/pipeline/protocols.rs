//! The signalling protocols, each with its state, above a transport that has done its part.

use core::net::IpAddr;

use super::Counting;
use super::options::{Options, Use};
use super::recognition::Kind;
use crate::anomaly::{Anomalies, Anomaly};
use crate::dialogues::Dialogues;
use crate::diameter::{self, Dictionary};
use crate::gap::{Gap, Reason};
use crate::gtp::{self, Arrival, GtpState, Port};
use crate::hashing::FastSet;
use crate::message::{Message, PartyAddress, Protocol};
use crate::mtp3::{self, Transfer, Variant};
use crate::sccp::{self, LinkKey, UnitData};
use crate::segments::Segments;
use crate::sink::Sink;
use crate::tcp::{Stream, Taken};
use crate::{http2, isup, m2pa, m2ua, m3ua, sua, tcap};

/// The state of every protocol.
pub(super) struct Protocols {
    /// What all messages of the packet at hand have in common; cleared of everything else.
    envelope: Message<'static>,
    variant: Option<Variant>,
    segments: Segments,
    dialogues: Dialogues,
    dictionary: Option<Dictionary>,
    requests: diameter::Requests,
    gtp: GtpState,
    http2: http2::Connections,
    /// Connections of Diameter that went over to TLS.
    pub encrypted: FastSet<u64>,
}

impl Protocols {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            envelope: Message::default(),
            variant: options.variant,
            segments: Segments::default(),
            dialogues: Dialogues::default(),
            dictionary: options.dictionary.clone().or_else(|| Dictionary::new(core::iter::empty()).ok()),
            requests: diameter::Requests::default(),
            gtp: GtpState::default(),
            http2: http2::Connections::default(),
            encrypted: FastSet::default(),
        }
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
        self.gtp.finish(sink);
        self.http2.finish(&self.envelope, sink);
    }

    /// What the rows of one message have in common.
    fn envelope(&mut self, anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) -> &Message<'static> {
        self.envelope.index = sink.index(self.envelope.frame);
        self.envelope.anomalies = anomalies;
        &self.envelope
    }

    /// One Diameter message, or the several that one user message of SCTP holds.
    pub(super) fn diameter(&mut self, bytes: &[u8], anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        self.envelope(anomalies, sink);
        match &self.dictionary {
            Some(dictionary) => {
                diameter::decode(bytes, &self.envelope, dictionary, &mut self.requests, sink);
            }
            None => sink.gap(self.gap(Protocol::Diameter, bytes.len(), Reason::Unsupported)),
        }
    }

    /// A datagram on a port of GTP or PFCP, of which `missing` bytes were not captured.
    pub(super) fn gtp(&mut self, bytes: &[u8], missing: usize, uses: u16, anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let port = match uses {
            _ if uses & Use::GTP_CONTROL != 0 => Port::Control,
            _ if uses & Use::GTP_USER != 0 => Port::User,
            _ if uses & Use::GTP_PRIME != 0 => Port::Prime,
            _ => Port::Pfcp,
        };
        self.envelope(anomalies, sink);
        gtp::decode(bytes, Arrival { port, missing }, &self.envelope, &mut self.gtp, sink);
    }

    /// Bytes of one direction of an HTTP/2 connection.
    pub(super) fn http2(
        &mut self,
        stream: Stream,
        bytes: &[u8],
        synchronised: bool,
        anomalies: Anomalies,
        sink: &mut Counting<'_, impl Sink>,
    ) -> Taken {
        self.envelope(anomalies, sink);
        self.http2.bytes(stream.connection, stream.upward, bytes, synchronised, &self.envelope, sink)
    }

    /// A TCP connection has ended.
    pub(super) fn closed(&mut self, connection: u64, sink: &mut Counting<'_, impl Sink>) {
        self.encrypted.remove(&connection);
        self.envelope(Anomalies::default(), sink);
        self.http2.closed(connection, &self.envelope, sink);
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
                self.route(transfer);
                let variant = transfer.variant.or(self.variant);
                let frame = self.envelope.frame;
                let key = LinkKey { frame, association: 0, originating_point_code, destination_point_code, variant };
                self.sccp(transfer.payload, key, anomalies, sink);
                self.forget_route();
            }
            mtp3::ISUP => {
                self.route(transfer);
                isup::decode(transfer.payload, self.envelope(anomalies, sink), sink);
                self.forget_route();
            }
            // Q.704 §14.2.1: network management and testing are no one's messages.
            0..=2 => {}
            _ => sink.gap(self.gap(Protocol::Mtp3, transfer.payload.len(), Reason::Unsupported)),
        }
    }

    const fn route(&mut self, transfer: &Transfer<'_>) {
        let envelope = &mut self.envelope;
        envelope.network_indicator = Some(transfer.network_indicator);
        envelope.originating_point_code = Some(transfer.originating_point_code);
        envelope.destination_point_code = Some(transfer.destination_point_code);
    }

    const fn forget_route(&mut self) {
        let envelope = &mut self.envelope;
        envelope.network_indicator = None;
        (envelope.originating_point_code, envelope.destination_point_code) = (None, None);
    }

    fn sccp(&mut self, bytes: &[u8], key: LinkKey, anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let Self { envelope, segments, dialogues, .. } = self;
        match sccp::decode(bytes, segments, key, envelope.observed_at) {
            Ok(unit) => user_part(envelope, unit, anomalies, dialogues, sink),
            Err(reason) => sink.gap(self.gap(Protocol::Sccp, bytes.len(), reason)),
        }
        self.segments.report(sink);
    }

    fn sua(&mut self, bytes: &[u8], anomalies: Anomalies, sink: &mut Counting<'_, impl Sink>) {
        let Self { envelope, segments, dialogues, .. } = self;
        let key = LinkKey { frame: envelope.frame, ..LinkKey::default() };
        match sua::decode(bytes, segments, key, envelope.observed_at) {
            Ok(unit) => user_part(envelope, unit, anomalies, dialogues, sink),
            Err(reason) => sink.gap(self.gap(Protocol::Sua, bytes.len(), reason)),
        }
        self.segments.report(sink);
    }
}

/// Hand the data of SCCP to its user.
fn user_part(
    envelope: &mut Message<'static>,
    unit: Option<UnitData<'_>>,
    mut anomalies: Anomalies,
    dialogues: &mut Dialogues,
    sink: &mut Counting<'_, impl Sink>,
) {
    let Some(unit) = unit.filter(|unit| !unit.is_management()) else { return };
    anomalies.merge(unit.anomalies);
    (envelope.calling, envelope.called) = (unit.calling, unit.called);
    envelope.index = sink.index(envelope.frame);
    if unit.return_cause.is_some() {
        // What was never delivered neither opens a dialogue nor answers in one.
        anomalies.add(Anomaly::SccpReturned);
        envelope.anomalies = anomalies;
        tcap::decode(unit.payload, envelope, &mut Dialogues::with_limit(1), sink);
    } else {
        envelope.anomalies = anomalies;
        tcap::decode(unit.payload, envelope, dialogues, sink);
    }
    (envelope.calling, envelope.called) = (PartyAddress::default(), PartyAddress::default());
}
