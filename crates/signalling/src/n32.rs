//! Service-based interfaces and N32, TS 29.500, 29.501, 29.573: which service a path names, and who is named in paths and bodies.

mod services;

use crate::diameter::identities::is_imsi_length;
use crate::digits::Digits;
pub use services::{Api, api};

/// A path with its `%` signs resolved, without its query, and the query likewise.
#[must_use]
pub fn path_and_query(target: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let end = target.iter().position(|octet| matches!(octet, b'?' | b'#')).unwrap_or(target.len());
    let (path, query) = target.split_at(end);
    (unescaped(path), unescaped(query))
}

/// RFC 3986 §2.1; a `%` that nothing follows stays.
#[must_use]
pub fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let escaped = match behind {
            [high, low, after @ ..] if *first == b'%' => hexadecimal(*high).zip(hexadecimal(*low)).map(|pair| (pair, after)),
            _ => None,
        };
        let (octet, after) = escaped.map_or((*first, behind), |((high, low), after)| (high << 4 | low, after));
        plain.push(octet);
        rest = after;
    }
    plain
}

const fn hexadecimal(octet: u8) -> Option<u8> {
    match octet {
        b'0'..=b'9' => Some(octet.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(octet.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(octet.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

/// The digits behind the first `mark` that has `lengths` of them: `imsi-`, `msisdn-`, `imei-`, `imeisv-`.
#[must_use]
pub fn digits_behind(text: &[u8], mark: &[u8], lengths: core::ops::RangeInclusive<usize>) -> Option<Digits> {
    let mut rest = text;
    while let Some(place) = position(rest, mark) {
        rest = rest.get(place.saturating_add(mark.len())..)?;
        let end = rest.iter().position(|octet| !octet.is_ascii_digit()).unwrap_or(rest.len());
        if lengths.contains(&end) {
            return Digits::from_ascii(rest.get(..end)?);
        }
    }
    None
}

/// The IMSI behind `imsi-`, or of a SUCI whose scheme conceals nothing: `suci-0-<MCC>-<MNC>-<routing>-0-<key>-<MSIN>`.
#[must_use]
pub fn imsi(text: &[u8]) -> Option<Digits> {
    digits_behind(text, b"imsi-", 5..=20).or_else(|| open_suci(text))
}

fn open_suci(text: &[u8]) -> Option<Digits> {
    let place = position(text, b"suci-0-")?;
    let mut parts = text.get(place.saturating_add(7)..)?.split(|octet| !octet.is_ascii_hexdigit());
    let (country, network, _, scheme, _) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let subscriber = parts.next()?;
    let digits = [country, network, subscriber].concat();
    (scheme == b"0" && is_imsi_length(&digits)).then(|| Digits::from_ascii(&digits)).flatten()
}

/// Where `needle` first stands.
#[must_use]
pub fn position(text: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, _) = needle.split_first()?;
    let mut start = 0_usize;
    loop {
        let rest = text.get(start..)?;
        let step = rest.iter().position(|octet| octet == first)?;
        start = start.saturating_add(step);
        if text.get(start..)?.starts_with(needle) {
            return Some(start);
        }
        start = start.saturating_add(1);
    }
}

/// The text value of a key of a JSON body, without resolving what is escaped in it.
#[must_use]
pub fn text_of<'b>(body: &'b [u8], key: &str) -> Option<&'b [u8]> {
    let quoted = [b"\"", key.as_bytes(), b"\""].concat();
    let rest = body.get(position(body, &quoted)?.saturating_add(quoted.len())..)?;
    let value = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = value.iter().position(|octet| *octet == b'"')?;
    value.get(..end)
}

/// The network in `{"mcc":"001","mnc":"01"}`, at the first place behind `start`.
#[must_use]
pub fn network(body: &[u8]) -> Option<Digits> {
    let (country, network) = (text_of(body, "mcc")?, text_of(body, "mnc")?);
    let is_sound = country.len() == 3 && (2..=3).contains(&network.len());
    is_sound.then(|| Digits::from_ascii(&[country, network].concat())).flatten()
}

/// Which security an N32 handshake offers or selects. Ref: TS 29.573 §6.1.5.3.3.
#[must_use]
pub fn security(body: &[u8]) -> Option<&'static str> {
    let offered = || {
        let list = body.get(position(body, b"\"supportedSecCapabilityList\"")?..)?;
        list.get(..list.iter().position(|octet| *octet == b']')?)
    };
    let listed = text_of(body, "selectedSecCapability").or_else(offered)?;
    match (position(listed, b"TLS").is_some(), position(listed, b"PRINS").is_some()) {
        (true, true) => Some("TLS,PRINS"),
        (true, false) => Some("TLS"),
        (false, true) => Some("PRINS"),
        (false, false) => Some("none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(digits: Option<Digits>) -> Vec<u8> {
        digits.unwrap_or_default().as_bytes().to_vec()
    }

    #[test]
    fn a_subscriber_is_found_in_every_form() {
        assert_eq!(shown(imsi(b"/nudm-sdm/v2/imsi-001010123456789/am-data")), b"001010123456789");
        assert_eq!(shown(imsi(b"{\"supiOrSuci\":\"suci-0-999-70-0-0-0-0000021309\"}")), b"999700000021309");
        assert_eq!(shown(imsi(b"suci-0-999-70-0-1-27-b2e92f836055a255837debf8")), b"");
        assert_eq!(shown(imsi(b"imsi-x imsi-001010123456789")), b"001010123456789");
        assert_eq!(shown(digits_behind(b"\"gpsi\":\"msisdn-99970012345\"", b"msisdn-", 5..=15)), b"99970012345");
        assert_eq!(path_and_query(b"/a/%69msi%2d1?x=%7B"), (b"/a/imsi-1".to_vec(), b"?x={".to_vec()));
        assert_eq!(unescaped(b"100%"), b"100%");
    }

    #[test]
    fn a_handshake_offers_and_selects() {
        assert_eq!(security(b"{\"sender\":\"a\",\"supportedSecCapabilityList\":[\"TLS\", \"PRINS\"],\"x\":1}"), Some("TLS,PRINS"));
        assert_eq!(security(b"{ \"selectedSecCapability\" : \"PRINS\" }"), Some("PRINS"));
        assert_eq!(security(b"{\"selectedSecCapability\":\"NONE\"}"), Some("none"));
        assert_eq!(security(b"{\"other\":\"TLS\"}"), None);
    }

    #[test]
    fn values_are_found_by_their_key() {
        assert_eq!(text_of(b"{\"dnn\" : \"internet\"}", "dnn"), Some(&b"internet"[..]));
        assert_eq!(text_of(b"{\"dnn\":5}", "dnn"), None);
        assert_eq!(shown(network(b"{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"}}")), b"00101");
        assert_eq!(shown(network(b"{\"mcc\":\"1\",\"mnc\":\"01\"}")), b"");
    }
}
