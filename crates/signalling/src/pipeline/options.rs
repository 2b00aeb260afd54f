//! What a user may say about a capture: on which ports which protocol speaks.

use crate::diameter::Dictionary;
use crate::mtp3::Variant;

/// How to decode.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which protocol speaks on which port.
    pub ports: Ports,
    /// The Diameter applications, commands and AVPs that are known; without one, rows have no more than the header.
    pub dictionary: Option<Dictionary>,
    /// How the networks write their point codes; `None` tells it from each message.
    pub variant: Option<Variant>,
    /// Recognise Diameter and HTTP/2 by their content on ports that are not listed.
    pub recognise: bool,
    /// Check the checksums of SCTP; captures made on the sending host have wrong ones.
    pub check_sctp_checksum: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { ports: Ports::default(), dictionary: None, variant: None, recognise: true, check_sctp_checksum: false }
    }
}

/// Ports by protocol. A list may be emptied or added to.
#[derive(Clone, Debug)]
pub struct Ports {
    /// Diameter over TCP and SCTP.
    pub diameter: Vec<u16>,
    /// Diameter over TLS and DTLS.
    pub diameter_tls: Vec<u16>,
    /// HTTP/2 in clear text.
    pub http2: Vec<u16>,
    /// GTP-C of versions 1 and 2.
    pub gtp_control: Vec<u16>,
    /// GTP-U.
    pub gtp_user: Vec<u16>,
    /// GTP version 0 and GTP′.
    pub gtp_prime: Vec<u16>,
    /// PFCP.
    pub pfcp: Vec<u16>,
    /// M2UA.
    pub m2ua: Vec<u16>,
    /// M3UA.
    pub m3ua: Vec<u16>,
    /// M2PA.
    pub m2pa: Vec<u16>,
    /// SUA.
    pub sua: Vec<u16>,
    /// VXLAN, with or without its generic extension.
    pub vxlan: Vec<u16>,
    /// Geneve.
    pub geneve: Vec<u16>,
    /// SCTP over UDP, RFC 6951.
    pub sctp_over_udp: Vec<u16>,
}

impl Default for Ports {
    /// The numbers that IANA has registered, and for HTTP/2, which has none of its own, those of Open5GS and free5GC.
    fn default() -> Self {
        Self {
            diameter: vec![3868],
            diameter_tls: vec![5658, 5868],
            http2: vec![7777, 8000],
            gtp_control: vec![2123],
            gtp_user: vec![2152],
            gtp_prime: vec![3386],
            pfcp: vec![8805],
            m2ua: vec![2904],
            m3ua: vec![2905],
            m2pa: vec![3565],
            sua: vec![14_001],
            vxlan: vec![4789, 4790, 8472],
            geneve: vec![6081],
            sctp_over_udp: vec![9899],
        }
    }
}

/// What a port is for: a bit each, for one port may be on several lists.
pub(super) struct Use;

impl Use {
    pub(super) const DIAMETER: u16 = 1;
    pub(super) const DIAMETER_TLS: u16 = 1 << 1;
    pub(super) const HTTP2: u16 = 1 << 2;
    pub(super) const GTP_CONTROL: u16 = 1 << 3;
    pub(super) const GTP_USER: u16 = 1 << 4;
    pub(super) const GTP_PRIME: u16 = 1 << 5;
    pub(super) const PFCP: u16 = 1 << 6;
    pub(super) const M2UA: u16 = 1 << 7;
    pub(super) const M3UA: u16 = 1 << 8;
    pub(super) const M2PA: u16 = 1 << 9;
    pub(super) const SUA: u16 = 1 << 10;
    pub(super) const VXLAN: u16 = 1 << 11;
    pub(super) const GENEVE: u16 = 1 << 12;
    pub(super) const SCTP: u16 = 1 << 13;
    pub(super) const GTP: u16 = Self::GTP_CONTROL | Self::GTP_USER | Self::GTP_PRIME;
}

/// The uses of every port.
pub(super) struct Table {
    uses: Vec<u16>,
}

impl Table {
    pub(super) fn new(ports: &Ports) -> Self {
        let mut table = Self { uses: vec![0; 1 << 16] };
        for (list, bit) in [
            (&ports.diameter, Use::DIAMETER),
            (&ports.diameter_tls, Use::DIAMETER_TLS),
            (&ports.http2, Use::HTTP2),
            (&ports.gtp_control, Use::GTP_CONTROL),
            (&ports.gtp_user, Use::GTP_USER),
            (&ports.gtp_prime, Use::GTP_PRIME),
            (&ports.pfcp, Use::PFCP),
            (&ports.m2ua, Use::M2UA),
            (&ports.m3ua, Use::M3UA),
            (&ports.m2pa, Use::M2PA),
            (&ports.sua, Use::SUA),
            (&ports.vxlan, Use::VXLAN),
            (&ports.geneve, Use::GENEVE),
            (&ports.sctp_over_udp, Use::SCTP),
        ] {
            for port in list {
                if let Some(uses) = table.uses.get_mut(usize::from(*port)) {
                    *uses |= bit;
                }
            }
        }
        table
    }

    pub(super) fn of(&self, port: u16) -> u16 {
        self.uses.get(usize::from(port)).copied().unwrap_or(0)
    }
}
