"""What is sealed does not change, does not travel, and is its own copy."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from ipxray.errors import UsageError
from ipxray.identity import Imsi, PseudonymKey
from ipxray.identity.sealed import Sealed

SECRET = b"sixteen byte key"
SEALED = [Imsi.parse("001010123456789"), PseudonymKey(SECRET)]
every_sealed = pytest.mark.parametrize("value", SEALED, ids=lambda value: type(value).__name__)


@every_sealed
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_is_refused_in_every_protocol(value: Sealed, protocol: int) -> None:
    with pytest.raises(UsageError, match="not pickled"):
        pickle.dumps(value, protocol)


@every_sealed
def test_its_state_cannot_be_taken_by_another_road(value: Sealed) -> None:
    for road in (value.__reduce__, value.__getstate__):
        with pytest.raises(UsageError, match="not pickled"):
            road()
    with pytest.raises(TypeError):
        vars(value)
    with pytest.raises(TypeError):
        json.dumps(value)


@every_sealed
def test_a_copy_is_the_value_itself(value: Sealed) -> None:
    assert copy.copy(value) is value
    assert copy.deepcopy({"deep": [value]})["deep"][0] is value


@every_sealed
def test_nothing_in_it_can_be_set_added_or_deleted(value: Sealed) -> None:
    for name in ("_digits", "_secret", "note"):
        with pytest.raises(AttributeError, match="does not change"):
            setattr(value, name, "x")
        with pytest.raises(AttributeError, match="does not change"):
            delattr(value, name)


@every_sealed
def test_a_format_pads_what_str_gives(value: Sealed) -> None:
    assert f"{value:>60}" == str(value).rjust(60)
