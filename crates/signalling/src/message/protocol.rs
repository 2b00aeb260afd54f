//! The protocols that give rows or gaps, by the names that tables show.

/// The protocol that gave a row or could not go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// The capture file itself.
    #[default]
    File,
    /// Ethernet, cooked, MTP2 and other links.
    Link,
    /// IPv4 and IPv6.
    Ip,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP, RFC 9260.
    Sctp,
    /// M3UA, RFC 4666.
    M3ua,
    /// M2PA, RFC 4165.
    M2pa,
    /// M2UA, RFC 3331.
    M2ua,
    /// SUA, RFC 3868.
    Sua,
    /// MTP3, Q.704.
    Mtp3,
    /// SCCP, Q.713.
    Sccp,
    /// ISUP, Q.763.
    Isup,
    /// TCAP, Q.773.
    Tcap,
    /// MAP, TS 29.002.
    Map,
    /// CAP, TS 29.078.
    Cap,
    /// Diameter, RFC 6733.
    Diameter,
    /// GTP version 0, GSM 09.60.
    GtpV0,
    /// GTPv1-C, TS 29.060.
    GtpV1,
    /// GTPv2-C, TS 29.274.
    GtpV2,
    /// GTP-U, TS 29.281.
    GtpU,
    /// GTP′, TS 32.295.
    GtpPrime,
    /// PFCP, TS 29.244.
    Pfcp,
    /// HTTP/2, RFC 9113, carrying 5G service-based interfaces and N32.
    Http2,
}

impl Protocol {
    /// The name that tables show.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Link => "link",
            Self::Ip => "ip",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::M3ua => "m3ua",
            Self::M2pa => "m2pa",
            Self::M2ua => "m2ua",
            Self::Sua => "sua",
            Self::Mtp3 => "mtp3",
            Self::Sccp => "sccp",
            Self::Isup => "isup",
            Self::Tcap => "tcap",
            Self::Map => "map",
            Self::Cap => "cap",
            Self::Diameter => "diameter",
            Self::GtpV0 => "gtpv0",
            Self::GtpV1 => "gtpv1",
            Self::GtpV2 => "gtpv2",
            Self::GtpU => "gtpu",
            Self::GtpPrime => "gtp_prime",
            Self::Pfcp => "pfcp",
            Self::Http2 => "http2",
        }
    }
}
