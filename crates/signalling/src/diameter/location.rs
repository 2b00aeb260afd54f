//! Cells, areas, networks and radio access as Diameter carries them. Ref: TS 29.272 §7.3.117 to §7.3.122, TS 29.061 §16.4.7.2.

use crate::bytes::Reader;
use crate::digits::Digits;
use crate::gap::Reason;
use crate::message::Cell;
use crate::plmn::plmn;

/// A network in three octets, and whether any network can have it; the digits of fewer octets are empty.
#[must_use]
pub fn network(bytes: &[u8]) -> (Digits, bool) {
    let (digits, is_assignable) = bytes.first_chunk().map(|octets| plmn(*octets)).unwrap_or_default();
    (digits, is_assignable && bytes.len() == 3)
}

/// E-UTRAN cell global identity.
pub fn eutran_cell(bytes: &[u8]) -> Result<Cell, Reason> {
    let mut reader = Reader::new(bytes);
    let (network, _) = plmn(reader.array()?);
    Ok(Cell { plmn: network, area: None, cell: Some(u64::from(reader.u32()? & 0x0fff_ffff)) })
}

/// Tracking area identity.
pub fn tracking_area(bytes: &[u8]) -> Result<Cell, Reason> {
    area(bytes)
}

/// Location or routing area identity: the routing area's last octet is left out, as cells do not name it.
pub fn area(bytes: &[u8]) -> Result<Cell, Reason> {
    let mut reader = Reader::new(bytes);
    let (network, _) = plmn(reader.array()?);
    Ok(Cell { plmn: network, area: Some(u32::from(reader.u16()?)), cell: None })
}

/// Cell global or service area identity.
pub fn cell(bytes: &[u8]) -> Result<Cell, Reason> {
    let mut reader = Reader::new(bytes);
    let (network, _) = plmn(reader.array()?);
    Ok(Cell { plmn: network, area: Some(u32::from(reader.u16()?)), cell: Some(u64::from(reader.u16()?)) })
}

/// 3GPP-User-Location-Info; Ok(None) for a kind of location that names no cell and no area.
pub fn user_location(bytes: &[u8]) -> Result<Option<Cell>, Reason> {
    let mut reader = Reader::new(bytes);
    let kind = reader.u8()?;
    let rest = reader.rest();
    match kind {
        0 | 1 => cell(rest).map(Some),
        2 => area(rest).map(Some),
        128 => tracking_area(rest).map(Some),
        129 => eutran_cell(rest).map(Some),
        130 => both(rest, 5, eutran_cell).map(Some),
        135 => new_radio_cell(rest).map(Some),
        136 => new_radio_area(rest).map(Some),
        137 => {
            let (first, second) = rest.split_at_checked(6).ok_or(Reason::Truncated)?;
            Ok(Some(Cell { area: new_radio_area(first)?.area, ..new_radio_cell(second)? }))
        }
        _ => Ok(None),
    }
}

/// An area of `split` octets, then a cell.
fn both(bytes: &[u8], split: usize, read: fn(&[u8]) -> Result<Cell, Reason>) -> Result<Cell, Reason> {
    let (first, second) = bytes.split_at_checked(split).ok_or(Reason::Truncated)?;
    Ok(Cell { area: tracking_area(first)?.area, ..read(second)? })
}

/// NR cell global identity: 36 bits in five octets.
fn new_radio_cell(bytes: &[u8]) -> Result<Cell, Reason> {
    let mut reader = Reader::new(bytes);
    let (network, _) = plmn(reader.array()?);
    let high = reader.u8()? & 0x0f;
    Ok(Cell { plmn: network, area: None, cell: Some(u64::from(high) << 32 | u64::from(reader.u32()?)) })
}

/// Tracking area identity of 5GS: three octets of code.
fn new_radio_area(bytes: &[u8]) -> Result<Cell, Reason> {
    let mut reader = Reader::new(bytes);
    let (network, _) = plmn(reader.array()?);
    Ok(Cell { plmn: network, area: Some(reader.u24()?), cell: None })
}

/// RAT-Type (TS 29.212 §5.3.31) in the numbers that GTP and 3GPP-RAT-Type use (TS 29.274 §8.17, TS 29.061 §16.4.7.2).
#[must_use]
pub const fn radio_access(value: u32) -> Option<u8> {
    Some(match value {
        1000 => 1,   // UTRAN
        1001 => 2,   // GERAN
        0 => 3,      // WLAN
        1002 => 4,   // GAN
        1003 => 5,   // HSPA evolution
        1004 => 6,   // EUTRAN
        1 => 7,      // virtual
        1005 => 8,   // EUTRAN NB-IoT
        1007 => 9,   // LTE-M
        1006 => 10,  // NR
        2003 => 102, // eHRPD
        2001 => 103, // HRPD
        2000 => 104, // CDMA2000 1x
        2002 => 105, // UMB
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8]) -> (Vec<u8>, bool) {
        let (digits, is_valid) = network(bytes);
        (digits.as_bytes().to_vec(), is_valid)
    }

    #[test]
    fn a_network_that_nobody_has_is_told() {
        assert_eq!(shown(&[0x00, 0xf1, 0x10]), (b"00101".to_vec(), true));
        assert_eq!(shown(&[0x99, 0x39, 0x21]), (b"999123".to_vec(), true));
        assert_eq!(shown(&[0, 0, 0]), (b"000000".to_vec(), false));
        assert_eq!(shown(&[0, 0]), (b"".to_vec(), false));
        assert_eq!(shown(&[0x0a, 0xf1, 0x10]), (b"A0101".to_vec(), false));
        assert_eq!(shown(&[0x01, 0xf2, 0x10]), (b"10201".to_vec(), false));
        assert_eq!(shown(&[0x00, 0xf1, 0x10, 0]), (b"00101".to_vec(), false));
    }

    #[test]
    fn every_kind_of_user_location_gives_its_cell() {
        let network = [0x00, 0xf1, 0x10];
        let read = |parts: &[&[u8]]| user_location(&parts.concat()).map(|cell| cell.map(|cell| (cell.area, cell.cell)));
        assert_eq!(read(&[&[0], &network, &[1, 2, 3, 4]]), Ok(Some((Some(0x102), Some(0x304)))));
        assert_eq!(read(&[&[2], &network, &[1, 2, 3, 255]]), Ok(Some((Some(0x102), None))));
        let whole = [&[130][..], &network, &[0, 9], &network, &[0xf1, 2, 3, 4]].concat();
        assert_eq!(read(&[&whole]), Ok(Some((Some(9), Some(0x0102_0304)))));
        let new = [&[137][..], &network, &[0, 0, 9], &network, &[0xf1, 2, 3, 4, 5]].concat();
        assert_eq!(read(&[&new]), Ok(Some((Some(9), Some(0x1_0203_0405)))));
        assert_eq!(read(&[&[77]]), Ok(None));
        assert_eq!(read(&[&[0], &network]), Err(Reason::Truncated));
    }
}
