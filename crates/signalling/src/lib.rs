//! Interconnect signalling from bytes to messages.
//!
//! Law: any bytes give messages and gaps; never a panic, a hang, or memory beyond the budgets of [`budget`].
//! Key material and message text are counted and dropped here: no type of this crate can hold them.

pub mod anomaly;
pub mod ber;
pub mod budget;
pub mod bytes;
pub mod cap;
pub mod dialogues;
pub mod diameter;
pub mod digits;
pub mod file;
pub mod gap;
mod global_title;
mod grammar;
pub mod gtp;
mod gtp_prime;
mod gtpu;
mod gtpv0;
mod gtpv1;
mod gtpv2;
pub mod hashing;
pub mod hpack;
pub mod http2;
pub mod ip;
pub mod isup;
pub mod link;
pub mod m2pa;
pub mod m2ua;
pub mod m3ua;
pub mod map;
pub mod message;
pub mod mtp2;
pub mod mtp3;
pub mod n32;
mod pcap;
mod pcapng;
mod pfcp;
pub mod pipeline;
mod plmn;
pub mod sccp;
pub mod sctp;
pub mod segments;
pub mod sink;
pub mod sms;
pub mod sua;
pub mod tcap;
pub mod tcp;
pub mod tunnel;
pub mod udp;
mod user_adaptation;
mod values;
