//! MTP level 3, ITU-T Q.704 (07/1996); routing labels of ANSI T1.111.4, of China (GF 001-9001) and of Japan (JT-Q704).

use crate::anomaly::{Anomalies, Anomaly};
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::sccp;

/// Service indicator of SCCP.
pub const SCCP: u8 = 3;
/// Service indicator of ISUP.
pub const ISUP: u8 = 5;

/// How a network writes its routing label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Point codes of 14 bits, four bits of link selection.
    Itu,
    /// Point codes of 24 bits, eight bits of link selection.
    Ansi,
    /// Point codes of 24 bits, four bits of link selection.
    China,
    /// Point codes of 16 bits, four bits of link selection.
    Japan,
}

/// A message on its way between two signalling points.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Transfer<'a> {
    /// 0 international, 1 international spare, 2 national, 3 national spare.
    pub network_indicator: u8,
    /// Who sent it.
    pub originating_point_code: u32,
    /// Who is to receive it.
    pub destination_point_code: u32,
    /// 3 SCCP, 5 ISUP …
    pub service_indicator: u8,
    /// Signalling link selection.
    pub signalling_link_selection: u8,
    /// How the label is written; None where point codes stand in 32 bits (M3UA).
    pub variant: Option<Variant>,
    /// M3UA network appearance.
    pub network_appearance: Option<u32>,
    /// First M3UA routing context.
    pub routing_context: Option<u32>,
    /// M3UA or M2UA correlation id.
    pub correlation: Option<u32>,
    /// Differences between the strict and the lenient reading.
    pub anomalies: Anomalies,
    /// The user part.
    pub payload: &'a [u8],
}

/// The user part may hold identities: only its length is printed.
impl core::fmt::Debug for Transfer<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (from, to) = (self.originating_point_code, self.destination_point_code);
        write!(f, "Transfer({from} → {to}, service {}, {:?}, {} bytes)", self.service_indicator, self.anomalies, self.payload.len())
    }
}

/// Read from the service information octet on, and tell the variant by what makes the user part plausible.
pub fn decode(bytes: &[u8]) -> Result<Transfer<'_>, Reason> {
    decode_as(bytes, None)
}

/// Read from the service information octet on, in the variant the user names or else in the most plausible one.
pub fn decode_as(bytes: &[u8], variant: Option<Variant>) -> Result<Transfer<'_>, Reason> {
    if let Some(variant) = variant {
        return label(bytes, variant);
    }
    // ITU first: it is what interconnects. ANSI and China share their octets; the national bit of the addresses parts them.
    let itu = label(bytes, Variant::Itu);
    if itu.is_ok_and(|transfer| is_plausible(&transfer)) {
        return itu;
    }
    let wide = label(bytes, Variant::Ansi);
    if let Ok(transfer) = wide
        && is_plausible(&transfer)
    {
        let national = transfer.service_indicator != SCCP || sccp::has_national_address(transfer.payload);
        let four_bits = transfer.signalling_link_selection < 16;
        return if national || !four_bits { wide } else { label(bytes, Variant::China) };
    }
    let japan = label(bytes, Variant::Japan);
    if japan.is_ok_and(|transfer| is_plausible(&transfer)) { japan } else { itu }
}

/// The same where the carrier says that the label is Japan's: another one only when that alone makes the user part plausible.
pub(crate) fn decode_japan_first(bytes: &[u8]) -> Result<Transfer<'_>, Reason> {
    let japan = label(bytes, Variant::Japan)?;
    let other = decode(bytes).ok().filter(|transfer| !is_plausible(&japan) && is_plausible(transfer));
    Ok(other.unwrap_or(japan))
}

fn label(bytes: &[u8], variant: Variant) -> Result<Transfer<'_>, Reason> {
    let mut reader = Reader::new(bytes);
    let service = reader.u8()?;
    let (destination_point_code, originating_point_code, signalling_link_selection) = match variant {
        Variant::Itu => {
            let label = reader.u32_le()?;
            (label & 0x3fff, label >> 14 & 0x3fff, label >> 28)
        }
        Variant::Ansi => (u24_le(&mut reader)?, u24_le(&mut reader)?, u32::from(reader.u8()?)),
        Variant::China => (u24_le(&mut reader)?, u24_le(&mut reader)?, u32::from(reader.u8()? & 0x0f)),
        Variant::Japan => (u32::from(reader.u16_le()?), u32::from(reader.u16_le()?), u32::from(reader.u8()? & 0x0f)),
    };
    let service_indicator = service & 0x0f;
    Ok(Transfer {
        network_indicator: service >> 6,
        originating_point_code,
        destination_point_code,
        service_indicator,
        signalling_link_selection: u8::try_from(signalling_link_selection).unwrap_or(u8::MAX),
        variant: Some(variant),
        network_appearance: None,
        routing_context: None,
        correlation: None,
        anomalies: service_anomalies(service_indicator),
        payload: reader.rest(),
    })
}

/// Three octets, least significant first: member, cluster, network.
pub(crate) fn u24_le(reader: &mut Reader<'_>) -> Result<u32, Reason> {
    reader.array::<3>().map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]))
}

/// Q.704 §14.2.1 leaves 11 and 15 spare, and M3UA has no more than four bits to carry.
pub(crate) fn service_anomalies(service_indicator: u8) -> Anomalies {
    let mut anomalies = Anomalies::default();
    if matches!(service_indicator, 11 | 15..) {
        anomalies.add(Anomaly::Mtp3UnknownService);
    }
    anomalies
}

fn is_plausible(transfer: &Transfer<'_>) -> bool {
    let payload = transfer.payload;
    match transfer.service_indicator {
        // Q.704 §15, Q.707 §5: heading codes H0 and H1.
        0 => payload.first().is_some_and(|heading| (1..=11).contains(&(heading & 0x0f)) && heading >> 4 != 0),
        1 | 2 => payload.first().is_some_and(|heading| matches!(heading, 0x11 | 0x21)),
        SCCP => sccp::is_plausible(payload),
        // Q.763 table 4: a circuit of 12 bits (14 in ANSI), then a message type of at most 0x38 or national ones near it.
        ISUP => {
            matches!(payload, [_, circuit, 1..=0x75, ..] if *circuit < if transfer.variant == Some(Variant::Ansi) { 0x40 } else { 0x10 })
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UDT: [u8; 13] = [0x09, 0, 3, 5, 7, 2, 0x42, 8, 2, 0x42, 6, 1, 0x64];

    fn message(header: &[u8]) -> Vec<u8> {
        [header, &UDT].concat()
    }

    #[test]
    fn an_itu_label_has_fourteen_bits_a_point_code() {
        // DPC 100, OPC 10, link 5.
        let bytes = message(&[0x83, 0x64, 0x80, 0x02, 0x50]);
        let transfer = decode(&bytes).map(|t| (t.destination_point_code, t.originating_point_code, t.signalling_link_selection, t.variant));
        assert_eq!(transfer, Ok((100, 10, 5, Some(Variant::Itu))));
        assert_eq!(decode(&bytes).map(|t| (t.network_indicator, t.service_indicator)), Ok((2, SCCP)));
    }

    #[test]
    fn the_user_part_tells_the_variant() {
        for (header, variant, codes) in [
            (&[0x83, 3, 2, 1, 6, 5, 4, 7][..], Variant::China, (0x01_0203, 0x04_0506)),
            (&[0x83, 3, 2, 1, 6, 5, 4, 0x77], Variant::Ansi, (0x01_0203, 0x04_0506)),
            (&[0x03, 0xaa, 0x0a, 0xbb, 0x0b, 0], Variant::Japan, (0x0aaa, 0x0bbb)),
        ] {
            let bytes = message(header);
            let transfer = decode(&bytes).map(|t| (t.variant, (t.destination_point_code, t.originating_point_code), t.payload == UDT));
            assert_eq!(transfer, Ok((Some(variant), codes, true)));
        }
    }

    #[test]
    fn a_named_variant_is_taken_at_its_word() {
        let bytes = message(&[0x83, 3, 2, 1, 6, 5, 4, 7]);
        assert_eq!(decode_as(&bytes, Some(Variant::Ansi)).map(|t| t.originating_point_code), Ok(0x04_0506));
        assert_eq!(decode_as(&bytes, Some(Variant::Itu)).map(|t| t.variant), Ok(Some(Variant::Itu)));
    }

    #[test]
    fn what_nothing_makes_plausible_stays_itu() {
        assert_eq!(decode(&[0x83, 1, 2, 3, 4, 0xff, 0xff]).map(|t| t.variant), Ok(Some(Variant::Itu)));
        assert_eq!(decode(&[0x83, 1, 2, 3]), Err(Reason::Truncated));
    }

    #[test]
    fn a_spare_service_is_an_anomaly() {
        let spare = decode(&[0x8b, 1, 2, 3, 4]).map(|t| t.anomalies.iter().collect::<Vec<_>>());
        assert_eq!(spare, Ok(vec![Anomaly::Mtp3UnknownService]));
    }

    #[test]
    fn a_printed_message_shows_no_content() {
        let bytes = message(&[0x83, 0x64, 0x80, 0x02, 0x50]);
        assert!(decode(&bytes).is_ok_and(|transfer| format!("{transfer:?}").ends_with("13 bytes)")));
    }
}
