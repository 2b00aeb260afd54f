"""Which of the lab's countries share a land border: where a telephone may see the neighbour's mast."""

from __future__ import annotations

__all__ = ["are_near"]

_BORDERS = """
AE-OM AE-SA QA-SA KW-SA KW-IQ JO-SA JO-IQ JO-IL IQ-SA OM-SA LB-IL EG-IL BH-SA TR-IQ TR-BG TR-GR TR-GE TR-AM
AL-GR AL-ME BA-HR BA-ME BA-RS HR-HU HR-RS HR-SI HR-ME HU-RO HU-RS HU-SI HU-SK HU-AT HU-UA ME-RS BG-GR BG-RO BG-RS
RO-RS RO-MD RO-UA MD-UA PL-UA PL-SK PL-CZ PL-DE PL-LT SK-UA SK-CZ SK-AT CZ-DE CZ-AT AT-DE AT-CH AT-IT AT-SI IT-SI IT-CH
IT-FR CH-DE CH-FR DE-FR DE-NL DE-BE DE-LU DE-DK BE-NL BE-LU BE-FR LU-FR ES-FR ES-PT GB-IE EE-LV LV-LT FI-SE FI-NO NO-SE
AM-AZ AM-GE AZ-GE KZ-KG KZ-UZ KG-UZ MA-DZ DZ-TN DZ-MR AO-NA AO-ZM BW-NA BW-ZA BW-ZM NA-ZA NA-ZM MZ-ZA MZ-TZ MZ-ZM TZ-ZM
TZ-KE TZ-UG TZ-RW RW-UG KE-UG KE-ET CM-NG CI-GH AR-BO AR-BR AR-CL AR-PY AR-UY BO-BR BO-CL BO-PY BO-PE BR-CO BR-PE BR-PY
BR-UY CO-EC CO-PA CO-PE EC-PE CL-PE CR-PA GT-HN GT-MX CA-US BD-IN IN-NP IN-PK KH-LA KH-TH KH-VN LA-TH LA-VN MY-SG MY-TH
MY-ID ID-PG
"""
_NEAR = {frozenset(pair.split("-")) for pair in _BORDERS.split()}


def are_near(one: str, other: str) -> bool:
    """True for one country and for two neighbours; codes of ISO 3166-1 alpha-2."""
    return one == other or frozenset((one, other)) in _NEAR
