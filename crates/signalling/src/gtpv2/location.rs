//! User location information. Ref: TS 29.274 §8.21.

use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::fields::{Networks, place};
use crate::message::{Cell, Message};

/// §8.21: a bit each for CGI, SAI, RAI, TAI, ECGI, LAI and the two forms of eNodeB identity, in this order. The most exact is kept.
pub(super) fn location(value: &[u8], networks: &mut Networks, message: &mut Message<'_>) {
    if read(value, networks, message).is_err() {
        message.anomalies.add(Anomaly::GtpElementFault);
    }
}

fn read(value: &[u8], networks: &mut Networks, message: &mut Message<'_>) -> Result<(), Reason> {
    let mut reader = Reader::new(value);
    let flags = reader.u8()?;
    let (mut evolved, mut classic) = (Cell::default(), Cell::default());
    let mut left = flags;
    while left != 0 {
        let bit = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        let plmn = networks.read(&mut reader, &mut message.anomalies).ok_or(Reason::Truncated)?;
        let known = if matches!(bit, 3 | 4 | 6 | 7) { &mut evolved } else { &mut classic };
        if known.plmn.is_empty() {
            known.plmn = plmn;
        }
        match bit {
            0 | 1 => {
                known.area = known.area.or(Some(u32::from(reader.u16()?)));
                known.cell = known.cell.or(Some(u64::from(reader.u16()?)));
            }
            2 => {
                known.area = known.area.or(Some(u32::from(reader.u16()?)));
                reader.skip(2)?; // routeing area code and a spare octet
            }
            4 => known.cell = Some(u64::from(reader.u32()? & 0x0fff_ffff)),
            6 | 7 => reader.skip(3)?, // the identity of an eNodeB names neither area nor cell
            _ => known.area = known.area.or(Some(u32::from(reader.u16()?))),
        }
    }
    let cell = if evolved.plmn.is_empty() { classic } else { evolved };
    if !cell.plmn.is_empty() {
        place(cell.plmn, cell.area, cell.cell, message);
    }
    Ok(())
}
