//! M2PA, RFC 4165 (09/2005): MTP3 messages between two ends of a link over SCTP.

use crate::bytes::Reader;
use crate::gap::Reason;
use crate::mtp3::{self, Transfer, Variant};
use crate::user_adaptation::{self, MTP2_PEER};

/// The MTP3 message of user data; None for link status and for user data that only acknowledges.
pub fn decode(bytes: &[u8]) -> Result<Option<Transfer<'_>>, Reason> {
    decode_as(bytes, None)
}

/// The same, in the MTP3 variant the user names.
pub fn decode_as(bytes: &[u8], variant: Option<Variant>) -> Result<Option<Transfer<'_>>, Reason> {
    let unit = user_adaptation::unit(bytes)?;
    if unit.class != MTP2_PEER {
        return Err(Reason::NotThisProtocol);
    }
    let mut reader: Reader<'_> = unit.body;
    reader.skip(8)?; // backward and forward sequence numbers, §2.2
    match unit.kind {
        1 if reader.is_empty() => Ok(None),
        1 => {
            reader.skip(1)?; // priority, §2.3.1
            let mut transfer = mtp3::decode_as(reader.rest(), variant)?;
            transfer.anomalies.merge(unit.anomalies);
            Ok(Some(transfer))
        }
        2 => Ok(None),
        _ => Err(Reason::InvalidValue),
    }
}
