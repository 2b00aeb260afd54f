//! Every bound on what an input may cost, with its reason. Exhausted: a gap with its reason, and decoding goes on.

/// Captured bytes of one packet; the largest snap length that capture tools write (262,144) fits four times.
pub const MAX_PACKET: usize = 1 << 20;
/// Nesting of constructed BER elements; TS 29.002 arguments nest eleven deep.
pub const MAX_BER_DEPTH: u32 = 32;
/// BER elements visited in one TCAP message; the largest real profile has a few hundred.
pub const MAX_BER_ELEMENTS: u32 = 4_096;
/// TCAP components in one message; Q.773 sets none, equipment sends one or two.
pub const MAX_COMPONENTS: u32 = 64;
/// Nesting of grouped AVPs; TS 29.272 subscription data nests six deep.
pub const MAX_AVP_DEPTH: u32 = 12;
/// AVPs visited in one Diameter message.
pub const MAX_AVPS: u32 = 8_192;
/// Length of one Diameter message: a 24-bit field allows 16 MiB, real subscription data stays under 64 KiB.
pub const MAX_DIAMETER: usize = 1 << 20;
/// Route-Record AVPs kept of one message; a longer list is itself an anomaly.
pub const MAX_ROUTE_RECORDS: usize = 16;
/// Information elements visited in one GTP message.
pub const MAX_GTP_ELEMENTS: u32 = 512;
/// Encapsulations followed in one packet: tunnels in tunnels in tunnels.
pub const MAX_ENCAPSULATION: u32 = 6;
/// Bytes held for the reassembly of IP fragments, over all datagrams.
pub const MAX_FRAGMENT_BYTES: usize = 16 << 20;
/// Bytes held for TCP streams and SCTP fragments, over all associations.
pub const MAX_STREAM_BYTES: usize = 64 << 20;
/// Bytes held for SCCP segments, over all reassemblies.
pub const MAX_SEGMENT_BYTES: usize = 8 << 20;
/// Requests and dialogues open at once; the oldest is given up first.
pub const MAX_OPEN_TRANSACTIONS: usize = 1 << 19;
/// GTP-U tunnels summarised at once; the one that has been silent longest is written out first.
pub const MAX_TUNNELS: usize = 1 << 18;
