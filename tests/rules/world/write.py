"""Write the reference world of the rule samples: networks that do not exist, as IR.21 documents and facts.

Austria is home; Germany and Switzerland border it; Peru, Kenya, Fiji and New Zealand are far.
AUTZY is a sister of AUTZZ.
Run it after a change: PYTHONPATH=src python tests/rules/world/write.py
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Network(NamedTuple):
    """One network: TADIG code, country in three letters, the number that all its codes are made of, carriers."""

    tadig: str
    country: str
    organisation: str
    number: int
    carriers: tuple[str, ...]

    @property
    def plmn(self) -> tuple[str, str]:
        """MCC and MNC."""
        return "001", f"{self.number:02d}"

    @property
    def ndc(self) -> str:
        """Behind calling code 999: the four digits of its numbers."""
        return f"01{self.number:02d}"

    @property
    def realm(self) -> str:
        """TS 23.003 §19.2."""
        return f"epc.mnc{self.number:03d}.mcc001.3gppnetwork.org"

    @property
    def prefix(self) -> str:
        """A quarter of a documentation prefix (RFC 5737)."""
        return f"198.51.100.{self.number % 8 * 32}/27" if self.number < 8 else f"192.0.2.{self.number % 8 * 32}/27"


NETWORKS = (
    Network("AUTZZ", "AUT", "Fictional Mobile AT", 1, ("Alderway", "Birchline")),
    Network("AUTZY", "AUT", "Fictional Mobile AT", 11, ("Alderway", "Birchline")),
    Network("DEUZZ", "DEU", "Fictional Mobile DE", 2, ("Alderway", "Birchline")),
    Network("CHEZZ", "CHE", "Fictional Mobile CH", 3, ("Alderway",)),
    Network("PERZZ", "PER", "Fictional Mobile PE", 4, ("Birchline",)),
    Network("KENZZ", "KEN", "Fictional Mobile KE", 5, ("Birchline",)),
    Network("FJIZZ", "FJI", "Fictional Mobile FJ", 6, ("Cedarpoint",)),
    Network("NZLZZ", "NZL", "Fictional Mobile NZ", 7, ("Cedarpoint",)),
)
POINT_CODES = {"Alderway": "1-001-0", "Birchline": "1-003-0", "Cedarpoint": "1-005-0"}


def document(organisation: str) -> str:
    """The IR.21 document of an organisation with all its networks."""
    own = [network for network in NETWORKS if network.organisation == organisation]
    networks = "".join(_network(network) for network in own)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<tadig-raex-21:TADIGRAEXIR21 xmlns="https://infocentre.gsm.org/TADIG-RAEX-IR21" xmlns:tadig-raex-21="https://infocentre.gsm.org/TADIG-RAEX-IR21">
<RAEXIR21FileHeader>
<FileCreationTimestamp>2026-06-02T09:30:00+00:00</FileCreationTimestamp>
<FileType>IR.21</FileType>
<SenderTADIG>{own[0].tadig}</SenderTADIG>
<PublishComment>FICTIONAL: no such operator exists (samples of the rules of ipxray)</PublishComment>
<TADIGGenSchemaVersion>2.4</TADIGGenSchemaVersion>
<TADIGRAEXIR21SchemaVersion>13.1</TADIGRAEXIR21SchemaVersion>
</RAEXIR21FileHeader>
<OrganisationInfo>
<OrganisationName>{organisation}</OrganisationName>
<CountryInitials>{own[0].country}</CountryInitials>
<NetworkList>
{networks}</NetworkList>
</OrganisationInfo>
</tadig-raex-21:TADIGRAEXIR21>
"""


def _range(element: str, network: Network, start: str, stop: str) -> str:
    return (
        f"<{element}><RangeData><NumberRange><CC>999</CC><NDC>{network.ndc}</NDC><SN_Range>"
        f"<SN_RangeStart>{start}</SN_RangeStart><SN_RangeStop>{stop}</SN_RangeStop>"
        f"</SN_Range></NumberRange></RangeData></{element}>\n"
    )


def _network(network: Network) -> str:
    date = "<EffectiveDateOfChange>2024-01-01</EffectiveDateOfChange>"
    codes = "".join(
        f"<DPCItem><SCSignature>{name}</SCSignature><SCType>SCCP_STP</SCType><DPC>{POINT_CODES[name]}</DPC></DPCItem>"
        for name in network.carriers
    )
    providers = "".join(
        f"<IPXProviderInfo><IPXProviderName>{name}</IPXProviderName></IPXProviderInfo>" for name in network.carriers
    )
    grx = "".join(f"<GRXProviderName>{name}</GRXProviderName>" for name in network.carriers)
    return f"""<Network>
<TADIGCode>{network.tadig}</TADIGCode>
<NetworkName>{network.organisation}</NetworkName>
<NetworkType>Terrestrial</NetworkType>
<NetworkData>
<RoutingInfoSection><RoutingInfo>{date}
<CCITT_E164_NumberSeries>
{_range("MSISDN_NumberRanges", network, "000000", "799999")}\
{_range("GT_NumberRanges", network, "900000", "909999")}\
{_range("MSRN_NumberRanges", network, "910000", "919999")}\
</CCITT_E164_NumberSeries>
<CCITT_E212_NumberSeries><MCC>{network.plmn[0]}</MCC><MNC>{network.plmn[1]}</MNC></CCITT_E212_NumberSeries>
<CCITT_E214_MGT><MGT_CC>999</MGT_CC><MGT_NC>{network.ndc}</MGT_NC></CCITT_E214_MGT>
</RoutingInfo></RoutingInfoSection>
<InternationalSCCPGatewaySection><InternationalSCCPGatewayInfo>{date}
<InternationalSCCPCarrierList><SCCPCarrierItem><SCCPCarrierName>SCCP Carrier</SCCPCarrierName>
<SCCPConnectivityInformation>Primary</SCCPConnectivityInformation>
<DPCList>{codes}</DPCList></SCCPCarrierItem></InternationalSCCPCarrierList>
</InternationalSCCPGatewayInfo></InternationalSCCPGatewaySection>
<IPRoaming_IW_InfoSection><IPRoaming_IW_Info_General>{date}
<InterPMNBackboneIPList><IPAddressOrRange><IPAddressRange>{network.prefix}</IPAddressRange></IPAddressOrRange></InterPMNBackboneIPList>
<GRXProvidersList>{grx}</GRXProvidersList>
</IPRoaming_IW_Info_General></IPRoaming_IW_InfoSection>
<LTEInfoSection><LTEInfo>{date}
<IPXInterconnectionInfo><IPXProviderInfoList>{providers}</IPXProviderInfoList></IPXInterconnectionInfo>
<RoamingInterconnection><Diameter>
<EPCRealmsForRoamingList><EPCRealmsForRoaming>{network.realm}</EPCRealmsForRoaming></EPCRealmsForRoamingList>
<FQDNDiameterEdgeAgent><FQDN>dea1.{network.realm}</FQDN></FQDNDiameterEdgeAgent>
</Diameter></RoamingInterconnection>
</LTEInfo></LTEInfoSection>
</NetworkData>
</Network>
"""


FACTS = """[world]
fictional = true
name = "World of the rule samples"

[sources.samples]
publisher = "ipxray"
title = "World of the rule samples"
url = "urn:ipxray:lab"
retrieved = 2026-11-01
mark = "weak"
""" + "".join(
    f"""
[[carrier]]
id = "{name.lower()}"
name = "{name}"
seat = "{seat}"
ispc_owners = ["{name} Ltd"]
host_domains = ["{name.lower()}.example"]
source = "samples"
"""
    for name, seat in (("Alderway", "XA"), ("Birchline", "XB"), ("Cedarpoint", "XC"))
)
COUNTRIES = (
    "iso2,iso3,name,calling_codes,mobile_country_codes,region,subscriptions,subscriptions_year,territory_of,source\n"
    + "".join(f"X{letter},X{letter}A,Fictional State {letter},,,Nowhere,,,,samples\n" for letter in "ABC")
)
POINTS = "point_code,name,owner,country,source\n" + "".join(
    f"{code},{name},{name} Ltd,X{letter},samples\n"
    for letter, (name, code) in zip("ABC", POINT_CODES.items(), strict=True)
)


def files() -> dict[str, str]:
    """Every file of the world by its path below this folder."""
    organisations = dict.fromkeys(network.organisation for network in NETWORKS)
    documents = {f"ir21/{name.lower().replace(' ', '_')}.xml": document(name) for name in organisations}
    facts = {"facts/world.toml": FACTS, "facts/countries.csv": COUNTRIES, "facts/signalling_points.csv": POINTS}
    return documents | facts


if __name__ == "__main__":
    for path, text in files().items():
        place = Path(__file__).parent / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
