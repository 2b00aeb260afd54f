//! Hosts, realms and subscribers as Diameter names them. Ref: RFC 6733 §4.3.1, TS 23.003 §2, §14, §19.

use crate::digits::Digits;

/// The domain of all networks of 3GPP. Ref: TS 23.003 §19.2.
const NETWORKS: &[u8] = b"3gppnetwork.org";
/// Digits of an international mobile subscriber identity; TS 23.003 §2.2 sets 15 as the most, numbering plans use 14 and 15.
const IMSI_LENGTHS: core::ops::RangeInclusive<usize> = 14..=15;

/// True when a host or realm is written as equipment writes it: small letters, digits, hyphens, single dots between labels, and
/// three digits for each network code.
#[must_use]
pub fn is_well_formed(identity: &[u8]) -> bool {
    let (Some(first), Some(last)) = (identity.first(), identity.last()) else { return false };
    *first != b'.' && *last != b'.' && is_odd(*last, b'a') == 0 && is_plain(identity) && has_whole_network_codes(identity)
}

/// 1 for an octet that no host name has, or a dot before another. Without branches, so that blocks of octets are judged at once.
#[inline]
fn is_odd(octet: u8, next: u8) -> u8 {
    let is_letter = u8::from(octet.wrapping_sub(b'a') < 26);
    let is_digit = u8::from(octet.wrapping_sub(b'0') < 10);
    let is_mark = u8::from(octet.wrapping_sub(b'-') < 2);
    let is_twice = u8::from(octet == b'.') & u8::from(next == b'.');
    (is_letter | is_digit | is_mark) ^ 1 | is_twice
}

/// Judge every octet but the last beside the one behind it.
fn is_plain(identity: &[u8]) -> bool {
    let nexts = identity.get(1..).unwrap_or_default();
    let (Some(last), Some(last_next)) = (identity.get(..nexts.len()).and_then(<[u8]>::last_chunk::<16>), nexts.last_chunk::<16>()) else {
        return identity.iter().zip(nexts).fold(0, |odd, (octet, next)| odd | is_odd(*octet, *next)) == 0;
    };
    // The last block overlaps the one before it: an octet judged twice costs less than a loop for the rest.
    let blocks = identity.as_chunks::<16>().0.iter().zip(nexts.as_chunks::<16>().0);
    blocks.fold(is_block_odd(last, last_next), |odd, (block, next)| odd | is_block_odd(block, next)) == 0
}

#[inline]
fn is_block_odd(block: &[u8; 16], next: &[u8; 16]) -> u8 {
    block.iter().zip(next).fold(0, |odd, (octet, next)| odd | is_odd(*octet, *next))
}

/// TS 23.003 §19.2: the network code has three digits in a realm, also where the network's own has two.
fn has_whole_network_codes(identity: &[u8]) -> bool {
    let Some(networks) = identity.strip_suffix(NETWORKS) else { return true };
    // `.mncNNN.mccNNN.`, with a `pub.` behind it in public names.
    let networks = networks.strip_suffix(b"pub.").unwrap_or(networks);
    if matches!(networks, [.., b'.', b'm', b'n', b'c', _, _, _, b'.', b'm', b'c', b'c', _, _, _, b'.']) {
        return true;
    }
    let is_whole =
        |label: &[u8], mark: &[u8; 3]| label.strip_prefix(mark).is_none_or(|code| !code.iter().all(u8::is_ascii_digit) || code.len() == 3);
    networks.split(|octet| *octet == b'.').all(|label| is_whole(label, b"mnc") && is_whole(label, b"mcc"))
}

/// True when `host` is `realm` or stands below it, by whole labels; case and a final dot do not count.
#[must_use]
pub fn is_below(host: &[u8], realm: &[u8]) -> bool {
    let host = host.strip_suffix(b".").unwrap_or(host);
    let realm = realm.strip_suffix(b".").unwrap_or(realm);
    let Some(start) = host.len().checked_sub(realm.len()) else { return false };
    let is_whole = start == 0 || start.checked_sub(1).and_then(|before| host.get(before)) == Some(&b'.');
    is_whole && host.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(realm))
}

/// The network that a host or realm names: `…mnc001.mcc001.3gppnetwork.org` gives 00101.
#[must_use]
pub fn network_of(identity: &[u8]) -> Option<Digits> {
    let mut labels = identity.rsplit(|octet| *octet == b'.').skip_while(|label| label.is_empty());
    let (organisation, name) = (labels.next()?, labels.next()?);
    if !(organisation.eq_ignore_ascii_case(b"org") && name.eq_ignore_ascii_case(b"3gppnetwork")) {
        return None;
    }
    // «pub.3gppnetwork.org» and such stand between.
    let mut labels = labels.skip_while(|label| code_of(label, *b"mcc").is_none());
    let country = code_of(labels.next()?, *b"mcc")?;
    let network = code_of(labels.next()?, *b"mnc")?;
    plmn(country, network)
}

/// The digits behind a mark of three letters.
fn code_of(label: &[u8], mark: [u8; 3]) -> Option<&[u8]> {
    let (found, code) = label.split_first_chunk::<3>()?;
    (found.eq_ignore_ascii_case(&mark) && (2..=3).contains(&code.len()) && code.iter().all(u8::is_ascii_digit)).then_some(code)
}

/// Country and network code as one number. A realm fills a code of two digits up with a zero (TS 23.003 §19.2), which is taken off
/// again where the country's codes have two.
fn plmn(country: &[u8], network: &[u8]) -> Option<Digits> {
    let network = match network {
        [b'0', rest @ ..] if rest.len() == 2 && !has_long_network_codes(country) => rest,
        _ => network,
    };
    let mut digits = Digits::default();
    for octet in country.iter().chain(network) {
        digits.push(octet.wrapping_sub(b'0')).ok()?;
    }
    Some(digits)
}

/// Countries whose network codes have three digits throughout: the list of ITU-T E.212 assignments of 2023.
#[rustfmt::skip]
const fn has_long_network_codes(country: &[u8]) -> bool {
    let [a, b, c] = country else { return false };
    match [*a, *b, *c] {
        [b'3', b'1', b'0'..=b'6'] => true,
        code => matches!(
            &code,
            b"302" | b"330" | b"334" | b"338" | b"342" | b"344" | b"346" | b"348" | b"352" | b"354" | b"356" | b"358" | b"360" | b"365"
                | b"366" | b"376" | b"708" | b"722" | b"732" | b"750"
        ),
    }
}

/// True for a length that subscriber identities have.
#[must_use]
pub fn is_imsi_length(digits: &[u8]) -> bool {
    IMSI_LENGTHS.contains(&digits.len())
}

/// The IMSI in a User-Name: alone (S6a), or as the user of a network access identifier, with or without the digit that names the
/// way of authentication (TS 23.003 §14.3, §19.3). None when the name is no number.
#[must_use]
pub fn imsi_of_user(name: &[u8]) -> Option<Digits> {
    let (user, realm) = name.split_at(name.iter().position(|octet| *octet == b'@').unwrap_or(name.len()));
    if user.len() < 6 {
        return None;
    }
    let digits = Digits::from_ascii(user)?;
    // A root identifier begins with 0, 1, 2, 6 …: sixteen digits, or fifteen when the realm's country begins at the second.
    let Some(inner) = user.get(1..).filter(|_| !realm.is_empty() && user.len() >= 15) else { return Some(digits) };
    let country = network_of(realm).and_then(|network| network.as_bytes().first_chunk::<3>().copied());
    let is_prefixed = match country {
        Some(country) => inner.starts_with(&country) && (user.len() > 15 || !user.starts_with(&country)),
        None => user.len() > 15,
    };
    if is_prefixed { Digits::from_ascii(inner) } else { Some(digits) }
}

/// A subscriber in a SIP or tel URI.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subscriber {
    /// International number.
    Msisdn(Digits),
    /// IMSI of a temporary public identity (TS 23.003 §13.4B).
    Imsi(Digits),
}

/// The subscriber of `tel:+…`, `sip:+…@…` or `sip:<IMSI>@ims.mnc….3gppnetwork.org`.
#[must_use]
pub fn subscriber_of_uri(uri: &[u8]) -> Option<Subscriber> {
    let (scheme, rest) = uri.split_at(uri.iter().position(|octet| *octet == b':')?);
    let rest = rest.get(1..)?;
    let user = rest.split(|octet| matches!(octet, b'@' | b';')).next().unwrap_or_default();
    if let Some(number) = user.strip_prefix(b"+") {
        return Digits::from_ascii(number).filter(|number| !number.is_empty()).map(Subscriber::Msisdn);
    }
    let is_own_domain = network_of(rest.split(|octet| *octet == b';').next().unwrap_or_default()).is_some();
    if scheme.eq_ignore_ascii_case(b"sip") && is_imsi_length(user) && is_own_domain {
        return Digits::from_ascii(user).map(Subscriber::Imsi);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const REALM: &[u8] = b"epc.mnc001.mcc001.3gppnetwork.org";

    #[test]
    fn a_host_stands_below_its_realm_by_whole_labels_only() {
        assert!(is_below(b"mme1.epc.mnc001.mcc001.3gppnetwork.org", REALM));
        assert!(is_below(REALM, REALM));
        assert!(is_below(b"MME1.EPC.mnc001.mcc001.3gppnetwork.org.", REALM));
        assert!(!is_below(b"hss.evilepc.mnc001.mcc001.3gppnetwork.org", REALM));
        assert!(!is_below(b"mme1.epc.mnc002.mcc001.3gppnetwork.org", REALM));
        assert!(!is_below(b"org", REALM));
    }

    #[test]
    fn what_equipment_never_writes_is_told() {
        assert!(is_well_formed(b"mme1.epc.mnc001.mcc001.3gppnetwork.org"));
        assert!(is_well_formed(b"localhost"));
        for odd in [
            &b"MME1.epc.mnc001.mcc001.3gppnetwork.org"[..],
            b"mme1.epc.mnc001.mcc001.3gppnetwork.org.",
            b"mme1.epc.mnc01.mcc001.3gppnetwork.org",
            b"mme_1.example",
            b"mme..example",
            b".example",
            b"m\xc3\xbcnchen.example",
            b"mme1.example\0",
            b"",
        ] {
            assert!(!is_well_formed(odd), "{}", odd.escape_ascii());
        }
    }

    #[test]
    fn a_realm_names_its_network() {
        let of = |text: &[u8]| network_of(text).map(|digits| digits.as_bytes().to_vec());
        assert_eq!(of(REALM), Some(b"00101".to_vec()));
        assert_eq!(of(b"sepp.5gc.mnc123.mcc999.3gppnetwork.org"), Some(b"999123".to_vec()));
        assert_eq!(of(b"epc.mnc001.mcc001.pub.3GPPnetwork.org."), Some(b"00101".to_vec()));
        assert_eq!(of(b"epc.mnc012.mcc310.3gppnetwork.org"), Some(b"310012".to_vec()));
        assert_eq!(of(b"epc.mnc001.mcc001.example.org"), None);
        assert_eq!(of(b"3gppnetwork.org"), None);
    }

    #[test]
    fn an_imsi_is_found_alone_and_in_every_access_identifier() {
        let of = |text: &[u8]| imsi_of_user(text).map(|digits| digits.as_bytes().to_vec());
        let imsi = Some(b"001010123456789".to_vec());
        assert_eq!(of(b"001010123456789"), imsi);
        assert_eq!(of(b"001010123456789@ims.mnc001.mcc001.3gppnetwork.org"), imsi);
        assert_eq!(of(b"0001010123456789@nai.epc.mnc001.mcc001.3gppnetwork.org"), imsi);
        assert_eq!(of(b"6001010123456789@example.org"), imsi);
        assert_eq!(of(b"user@example.org"), None);
        assert_eq!(of(b"12"), None);
    }

    #[test]
    fn a_public_identity_is_a_number_or_an_imsi() {
        let digits = |text| Digits::from_ascii(text).unwrap_or_default();
        assert!(subscriber_of_uri(b"tel:+999700100200") == Some(Subscriber::Msisdn(digits(b"999700100200"))));
        assert!(subscriber_of_uri(b"sip:+999700100200@ims.example;user=phone") == Some(Subscriber::Msisdn(digits(b"999700100200"))));
        let temporary = subscriber_of_uri(b"sip:001010123456789@ims.mnc001.mcc001.3gppnetwork.org");
        assert!(temporary == Some(Subscriber::Imsi(digits(b"001010123456789"))));
        assert!(subscriber_of_uri(b"sip:alice@example.org").is_none());
    }
}
