//! M3UA, RFC 4666 (09/2006): MTP3 user messages over SCTP.

use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::mtp3::{self, Transfer};
use crate::user_adaptation::{
    self, MANAGEMENT, NETWORK_MANAGEMENT, PROCESS_STATE, PROCESS_TRAFFIC, ROUTING_KEY, TRANSFER, number, parameter,
};

const ROUTING_CONTEXT: u16 = 0x0006;
const CORRELATION: u16 = 0x0013;
const NETWORK_APPEARANCE: u16 = 0x0200;
const PROTOCOL_DATA: u16 = 0x0210;

/// The user message of DATA; None for a management message, which is checked and passed over.
pub fn decode(bytes: &[u8]) -> Result<Option<Transfer<'_>>, Reason> {
    let mut unit = user_adaptation::unit(bytes)?;
    match (unit.class, unit.kind) {
        (TRANSFER, 1) => {}
        (MANAGEMENT | NETWORK_MANAGEMENT | PROCESS_STATE | PROCESS_TRAFFIC | ROUTING_KEY, _) => {
            return user_adaptation::managed(unit.class, unit.kind).map(|()| None);
        }
        (TRANSFER, _) => return Err(Reason::InvalidValue),
        _ => return Err(Reason::NotThisProtocol),
    }
    let (mut network_appearance, mut routing_context, mut correlation, mut transfer) = (None, None, None, None);
    while let Some((tag, value)) = parameter(&mut unit.body, &mut unit.anomalies)? {
        let repeated = match tag {
            NETWORK_APPEARANCE => network_appearance.replace(number(value)?).is_some(),
            ROUTING_CONTEXT => routing_context.replace(number(value)?).is_some() || value.len() != 4,
            CORRELATION => correlation.replace(number(value)?).is_some(),
            PROTOCOL_DATA => transfer.replace(protocol_data(value)?).is_some(),
            _ => false,
        };
        if repeated {
            unit.anomalies.add(Anomaly::SigtranParameterFault);
        }
    }
    let mut transfer = transfer.ok_or(Reason::InvalidValue)?;
    transfer.anomalies.merge(unit.anomalies);
    Ok(Some(Transfer { network_appearance, routing_context, correlation, ..transfer }))
}

/// §3.3.1: the routing label written out, then the user message.
fn protocol_data(value: &[u8]) -> Result<Transfer<'_>, Reason> {
    let mut reader = Reader::new(value);
    let originating_point_code = reader.u32()?;
    let destination_point_code = reader.u32()?;
    let [service_indicator, network_indicator, _priority, signalling_link_selection] = reader.array()?;
    let mut anomalies = mtp3::service_anomalies(service_indicator);
    if network_indicator > 3 || originating_point_code >> 24 != 0 || destination_point_code >> 24 != 0 {
        anomalies.add(Anomaly::SigtranParameterFault);
    }
    Ok(Transfer {
        network_indicator,
        originating_point_code,
        destination_point_code,
        service_indicator,
        signalling_link_selection,
        variant: None,
        network_appearance: None,
        routing_context: None,
        correlation: None,
        anomalies,
        payload: reader.rest(),
    })
}

/// Name of a management message; None for DATA and for what RFC 4666 does not define.
#[must_use]
pub fn management_name(bytes: &[u8]) -> Option<&'static str> {
    let unit = user_adaptation::unit(bytes).ok()?;
    user_adaptation::management_name(unit.class, unit.kind)
}
