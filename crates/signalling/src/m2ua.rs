//! M2UA, RFC 3331 (09/2002): MTP3 messages between a gateway's MTP2 and the MTP3 behind it over SCTP.

use crate::anomaly::Anomaly;
use crate::gap::Reason;
use crate::mtp3::{self, Transfer, Variant};
use crate::user_adaptation::{self, INTERFACE_IDENTIFIER, MANAGEMENT, MTP2_USER, PROCESS_STATE, PROCESS_TRAFFIC, number, parameter};

const CORRELATION: u16 = 0x0013;
const PROTOCOL_DATA: u16 = 0x0300;
const PROTOCOL_DATA_OF_JAPAN: u16 = 0x0301;

/// The MTP3 message of DATA; None for link control and management.
pub fn decode(bytes: &[u8]) -> Result<Option<Transfer<'_>>, Reason> {
    decode_as(bytes, None)
}

/// The same, in the MTP3 variant the user names.
pub fn decode_as(bytes: &[u8], variant: Option<Variant>) -> Result<Option<Transfer<'_>>, Reason> {
    let mut unit = user_adaptation::unit(bytes)?;
    match (unit.class, unit.kind) {
        (MTP2_USER, 1) => {}
        // §3.1.3: establish, release, state, data retrieval, congestion, data acknowledge.
        (MTP2_USER, 2..=15) => return Ok(None),
        (MTP2_USER, _) => return Err(Reason::InvalidValue),
        (MANAGEMENT | PROCESS_STATE | PROCESS_TRAFFIC | INTERFACE_IDENTIFIER, _) => {
            return user_adaptation::managed(unit.class, unit.kind).map(|()| None);
        }
        _ => return Err(Reason::NotThisProtocol),
    }
    let (mut correlation, mut transfer) = (None, None);
    while let Some((tag, value)) = parameter(&mut unit.body, &mut unit.anomalies)? {
        let repeated = match tag {
            CORRELATION => correlation.replace(number(value)?).is_some(),
            PROTOCOL_DATA => transfer.replace(mtp3::decode_as(value, variant)?).is_some(),
            // §3.3.1.1: in Japan's form a length indicator stands before the service information octet.
            PROTOCOL_DATA_OF_JAPAN => {
                let message = value.get(1..).ok_or(Reason::Truncated)?;
                let read = variant.map_or_else(|| mtp3::decode_japan_first(message), |variant| mtp3::decode_as(message, Some(variant)))?;
                // The tag says Japan: a label of another form is a contradiction, but what it carries arrives.
                if variant.is_none() && read.variant != Some(Variant::Japan) {
                    unit.anomalies.add(Anomaly::SigtranParameterFault);
                }
                transfer.replace(read).is_some()
            }
            _ => false,
        };
        if repeated {
            unit.anomalies.add(Anomaly::SigtranParameterFault);
        }
    }
    let mut transfer = transfer.ok_or(Reason::InvalidValue)?;
    transfer.anomalies.merge(unit.anomalies);
    Ok(Some(Transfer { correlation, ..transfer }))
}
