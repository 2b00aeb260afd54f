//! MM contexts, which move a subscriber's security from node to node. Ref: TS 29.274 §8.38.

use crate::anomaly::Anomaly;
use crate::bytes::Reader;
use crate::gap::Reason;
use crate::gtp::classic::vectors;
use crate::gtp::fields::{Identity, identity};
use crate::message::Message;

/// The second octet counts triplets or quintuplets in its upper bits, and quadruplets of EPS below them. Keys are passed over.
pub(super) fn context(kind: &'static str, value: &[u8], message: &mut Message<'_>) {
    let Some(second) = value.get(1) else { return message.anomalies.add(Anomaly::GtpElementFault) };
    let quadruplets = if kind == "eps" { second >> 2 & 7 } else { 0 };
    vectors(u32::from(second >> 5).saturating_add(u32::from(quadruplets)), kind, message);
}

/// The equipment identity behind the keys of an EPS security context.
pub(super) fn equipment(value: &[u8], message: &mut Message<'_>) {
    match behind_keys(value) {
        Ok(octets) if !octets.is_empty() => identity(Identity::Imei, octets, message),
        Ok(_) => {}
        Err(_) => message.anomalies.add(Anomaly::GtpElementFault),
    }
}

/// Figure 8.38-5: counts, KASME, quadruplets, quintuplets, and what the flags announce; then two capabilities and the identity.
fn behind_keys(value: &[u8]) -> Result<&[u8], Reason> {
    let mut reader = Reader::new(value);
    let [first, second, third] = reader.array()?;
    reader.skip(3 + 3 + 32)?;
    for _ in 0..second >> 2 & 7 {
        reader.skip(16)?;
        sized(&mut reader)?;
        sized(&mut reader)?;
        reader.skip(32)?;
    }
    for _ in 0..second >> 5 {
        reader.skip(16)?;
        sized(&mut reader)?;
        reader.skip(32)?;
        sized(&mut reader)?;
    }
    for (flag, octets) in [(first & 0x08, 2), (first & 0x10, 33), (third & 0x80, 8), (second & 0x02, 8)] {
        reader.skip(if flag == 0 { 0 } else { octets })?;
    }
    sized(&mut reader)?;
    sized(&mut reader)?;
    // Releases before the identity was added end here.
    if reader.is_empty() { Ok(&[]) } else { sized(&mut reader) }
}

/// An octet of length, and as many octets.
fn sized<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Reason> {
    let length = usize::from(reader.u8()?);
    reader.take(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_equipment_is_named_behind_whatever_keys_come_before_it() {
        let quadruplet = [&[9; 16][..], &[4, 9, 9, 9, 9], &[2, 9, 9], &[9; 32]].concat();
        let quintuplet = [&[9; 16][..], &[4, 9, 9, 9, 9], &[9; 32], &[2, 9, 9]].concat();
        let announced = [&[9; 2][..], &[9; 33], &[9; 8], &[9; 8]].concat();
        let rest = [2, 0xe0, 0xe0, 1, 0x65, 8, 0x53, 0x02, 0x60, 0, 0, 0, 0, 0xf1, 0];
        let value = [&[0x18, 0x26, 0x80][..], &[9; 38], &quadruplet, &quintuplet, &announced, &rest].concat();
        let mut message = Message::default();
        context("eps", &value, &mut message);
        equipment(&value, &mut message);
        assert_eq!((message.vectors.count, message.imei.as_bytes()), (2, &b"352006000000001"[..]));
        assert!(message.anomalies.is_empty());
        let cut = value.get(..value.len() - 3).unwrap_or_default();
        equipment(cut, &mut message);
        assert!(message.anomalies.iter().eq([Anomaly::GtpElementFault]));
    }
}
