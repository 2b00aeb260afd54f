//! Diameter messages put together by hand.

/// Application id of S6a.
pub const S6A: u32 = 16_777_251;

pub fn avp(code: u32, vendor: u32, value: &[u8]) -> Vec<u8> {
    let (flags, header) = if vendor == 0 { (0x40_u32, 8) } else { (0xc0, 12) };
    let length = u32::try_from(value.len() + header).unwrap();
    let mut bytes = [code.to_be_bytes(), (flags << 24 | length).to_be_bytes()].concat();
    if vendor != 0 {
        bytes.extend(vendor.to_be_bytes());
    }
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

pub fn number(code: u32, vendor: u32, value: u32) -> Vec<u8> {
    avp(code, vendor, &value.to_be_bytes())
}

pub fn group(code: u32, vendor: u32, avps: &[Vec<u8>]) -> Vec<u8> {
    avp(code, vendor, &avps.concat())
}

pub fn message(flags: u32, code: u32, application: u32, avps: &[Vec<u8>]) -> Vec<u8> {
    let body = avps.concat();
    let length = u32::try_from(body.len() + 20).unwrap();
    let identifiers = [0, 0, 0, 7, 0, 0, 0, 8];
    [&(1 << 24 | length).to_be_bytes()[..], &(flags << 24 | code).to_be_bytes(), &application.to_be_bytes(), &identifiers, &body].concat()
}
