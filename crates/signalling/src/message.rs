//! One row of the message table: what a message says, never its keys or its text. Ref: docs/reference/tables.md.

use core::net::IpAddr;

use crate::anomaly::Anomalies;
use crate::digits::Digits;

mod protocol;

pub use protocol::Protocol;

/// An SCCP party address. Ref: Q.713 §3.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartyAddress {
    /// Global title digits; empty when there is no global title.
    pub global_title: Digits,
    /// Nature of address indicator.
    pub nature_of_address: Option<u8>,
    /// Numbering plan: 1 E.164, 6 E.212, 7 E.214.
    pub numbering_plan: Option<u8>,
    /// Translation type.
    pub translation_type: Option<u8>,
    /// Subsystem number: 6 HLR, 7 VLR, 8 MSC, 146 CAP, 149 SGSN …
    pub subsystem_number: Option<u8>,
    /// Signalling point code inside the address.
    pub point_code: Option<u32>,
}

/// A cell or area: what a location answer gives away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Mobile country and network code, 5 or 6 digits.
    pub plmn: Digits,
    /// Location or tracking area code.
    pub area: Option<u32>,
    /// Cell identity, service area code or E-UTRAN cell identifier.
    pub cell: Option<u64>,
}

/// What a message with authentication vectors carries: how many, of which kind. The vectors themselves are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vectors {
    /// How many vectors.
    pub count: u32,
    /// triplet, quintuplet, eps or gba.
    pub kind: Option<&'static str>,
}

/// Features of a short message; its text is measured and dropped. Ref: TS 23.040.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sms {
    /// deliver, submit, status_report, command.
    pub direction: Option<&'static str>,
    /// Protocol identifier.
    pub pid: Option<u8>,
    /// Data coding scheme.
    pub dcs: Option<u8>,
    /// User data length as the header says it.
    pub length: Option<u32>,
    /// Originating or destination address.
    pub originator: Digits,
    /// True when the address is alphanumeric.
    pub alphanumeric: bool,
    /// True for 8-bit data or a SIM toolkit message.
    pub is_binary: Option<bool>,
    /// SIM toolkit application reference (TAR) of a command packet, 24 bits. Ref: TS 31.115.
    pub toolkit_application: Option<u32>,
}

/// Data classes that a message gives away, as a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exposes(pub u8);

impl Exposes {
    /// Authentication vectors.
    pub const CREDENTIAL: u8 = 1;
    /// Cell, area, serving node.
    pub const LOCATION: u8 = 2;
    /// Short message content.
    pub const SMS: u8 = 4;
    /// User traffic.
    pub const USER_TRAFFIC: u8 = 8;
    /// IMSI, MSISDN, IMEI.
    pub const IDENTITY: u8 = 16;
    /// Subscription profile.
    pub const PROFILE: u8 = 32;

    /// Add classes.
    pub const fn add(&mut self, classes: u8) {
        self.0 |= classes;
    }
}

/// One MAP or CAP component, Diameter message, GTP message or HTTP/2 request.
///
/// Text borrows the packet; a sink copies what it keeps and must treat it as hostile bytes.
#[derive(Clone, Debug, Default)]
pub struct Message<'a> {
    /// Number of the frame in its capture, from 1.
    pub frame: u64,
    /// Position among the messages of one frame, from 0.
    pub index: u32,
    /// Microseconds since 1970, UTC.
    pub observed_at: i64,
    /// Which decoder gave this row.
    pub protocol: Protocol,
    /// Reference point where the message tells it: C, D, Gr, S6a, S8, Gp, N32 …
    pub interface: Option<&'static str>,
    /// begin, continue, end, abort, unidirectional; request, answer; or the message's name.
    pub message_type: Option<&'static str>,
    /// invoke, return_result, return_error, reject for a TCAP component.
    pub component: Option<&'static str>,
    /// Operation, command or message code.
    pub operation_code: Option<i64>,
    /// Name of the operation as its standard writes it.
    pub operation: Option<&'static str>,
    /// Application context (dotted object identifier digits) or Diameter application id.
    pub application_context: ApplicationContext,
    /// MAP error, Diameter Result-Code or Experimental-Result-Code, GTP cause.
    pub error_code: Option<i64>,
    /// Outer IP source.
    pub source_ip: Option<IpAddr>,
    /// Outer IP destination.
    pub destination_ip: Option<IpAddr>,
    /// Transport source port.
    pub source_port: Option<u16>,
    /// Transport destination port.
    pub destination_port: Option<u16>,
    /// MTP3 network indicator.
    pub network_indicator: Option<u8>,
    /// MTP3 originating point code.
    pub originating_point_code: Option<u32>,
    /// MTP3 destination point code.
    pub destination_point_code: Option<u32>,
    /// SCCP calling party.
    pub calling: PartyAddress,
    /// SCCP called party.
    pub called: PartyAddress,
    /// TCAP originating transaction id, at most 8 octets kept.
    pub originating_transaction: Option<u64>,
    /// TCAP destination transaction id.
    pub destination_transaction: Option<u64>,
    /// TCAP invoke id.
    pub invoke_id: Option<i64>,
    /// Diameter Origin-Host.
    pub origin_host: Option<&'a [u8]>,
    /// Diameter Origin-Realm.
    pub origin_realm: Option<&'a [u8]>,
    /// Diameter Destination-Host; HTTP/2 authority.
    pub destination_host: Option<&'a [u8]>,
    /// Diameter Destination-Realm.
    pub destination_realm: Option<&'a [u8]>,
    /// Diameter Route-Records in order; HTTP/2 Via.
    pub route_record: Vec<&'a [u8]>,
    /// rfc6733, imsi_inside, or other.
    pub session_id_form: Option<&'static str>,
    /// Diameter hop-by-hop identifier.
    pub hop_by_hop: Option<u32>,
    /// Diameter end-to-end identifier.
    pub end_to_end: Option<u32>,
    /// GTP tunnel endpoint identifier of the header.
    pub teid: Option<u32>,
    /// GTP sequence number.
    pub sequence: Option<u32>,
    /// International mobile subscriber identity.
    pub imsi: Digits,
    /// Subscriber's number.
    pub msisdn: Digits,
    /// Equipment identity.
    pub imei: Digits,
    /// Visited network the message names, 5 or 6 digits.
    pub visited_plmn: Digits,
    /// VLR, MSC, SGSN, MME number or name.
    pub serving_node: Node<'a>,
    /// HLR, HSS number or name.
    pub home_node: Node<'a>,
    /// GMLC or gsmSCF number or name.
    pub gmlc_or_scf: Node<'a>,
    /// Cell or area.
    pub cell: Cell,
    /// Minutes since the location was last known.
    pub location_age: Option<i64>,
    /// Number that calls are forwarded to.
    pub forwarded_to: Digits,
    /// Access point name, labels joined by dots.
    pub apn: Option<Apn>,
    /// First GSN address or F-TEID address inside the message.
    pub gsn_address: Option<IpAddr>,
    /// Radio access technology as the message codes it.
    pub rat: Option<u8>,
    /// Authentication vectors counted.
    pub vectors: Vectors,
    /// Short message features.
    pub sms: Sms,
    /// Data classes given away.
    pub exposes: Exposes,
    /// Differences between the strict and the lenient reading.
    pub anomalies: Anomalies,
    /// Bytes of the message at its own layer.
    pub length: u32,
    /// Frame of the request that this answers.
    pub request_frame: Option<u64>,
    /// Microseconds from that request to this answer.
    pub delay: Option<i64>,
}

/// A node named by number or by host name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Node<'a> {
    /// Not named.
    #[default]
    Absent,
    /// An ISDN address.
    Number(Digits),
    /// A Diameter identity or host name.
    Name(&'a [u8]),
}

/// An application context: an object identifier (at most 16 arcs) or a Diameter application id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApplicationContext {
    /// The message names none.
    #[default]
    Absent,
    /// TCAP: the object identifier's arcs.
    Object {
        /// Arcs; only the first `count` count.
        arcs: [u32; 16],
        /// How many arcs.
        count: u8,
    },
    /// Diameter: the application id of the header.
    Application(u32),
}

/// An access point name as text, at most 100 octets (TS 23.003 §9.1).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Apn {
    bytes: [u8; Self::CAPACITY],
    length: u8,
}

impl core::fmt::Debug for Apn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Apn({})", self.as_bytes().escape_ascii())
    }
}

impl Apn {
    /// Most octets kept.
    pub const CAPACITY: usize = 100;

    /// Keep `text`, at most `CAPACITY` octets of it.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let mut bytes = [0; Self::CAPACITY];
        let mut length = 0_u8;
        for (slot, octet) in bytes.iter_mut().zip(text) {
            *slot = *octet;
            length = length.saturating_add(1);
        }
        Self { bytes, length }
    }

    /// The name as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}
