# ruff: noqa: E501, ISC004 - the wrong texts read best one a line
"""A scenario file that is wrong gives one line: file, line, what, and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exposure.builders import atlas as world_of
from tests.exposure.builders import links, operator, primary
from tests.policy.scenes import owned, scenario, simulated, written

from ipxray.errors import InputError
from ipxray.policy import KINDS, load_scenario

WORLD = owned(
    world_of(
        [operator("XAA01", "XA", sccp="declared"), operator("XBB01", "XB", sccp="declared")],
        links("XAA01", "sccp", primary("x", "y")) + links("XBB01", "sccp", primary("y")),
    ),
    "x",
)

WRONG = {
    "no TOML": ("[[step]\nkind = 1\n", "line 1: is no TOML"),
    "no step": ('title = "t"\n', "holds no step"),
    "a step that is none": ("step = 3\n", "holds no step"),
    "no kind": ("[[step]]\nfrom = 2027-01-01\n", "line 1: a step without kind"),
    "an unknown kind": ('\n[[step]]\nkind = "refus"\n', "line 3: kind = 'refus' is not known: did you mean refuse"),
    "an unknown key": ('[[step]]\nkind = "refuse"\n\nscop = "x"\n', "line 4: a step refuse has no 'scop': did you mean scope"),
    "a key of another kind": ('[[step]]\nkind = "encrypt"\nscope = "direct"\n', "line 3: a step encrypt has no 'scope'"),
    "an unknown head": ('tittle = "t"\n[[step]]\nkind = "refuse"\n', "line 1: a scenario has no 'tittle': did you mean title"),
    "a missing key": ('[[step]]\nkind = "control_rule"\n', "line 2: a step control_rule needs rule"),
    "a rule that is none": ('[[step]]\nkind = "control_rule"\nrule = "majority"\n', "did you mean majority_50"),
    "a date in quotes": ('[[step]]\nkind = "refuse"\nfrom = "2027-01-01"\n', "line 3: from is no date"),
    "a date with a time": ('[[step]]\nkind = "refuse"\nfrom = 2027-01-01T00:00:00Z\n', "line 3: from is no date"),
    "reversed dates": ('[[step]]\nkind = "refuse"\nfrom = 2027-01-02\nuntil = 2027-01-01\n', "line 4: ends .* before it begins"),
    "a share beyond one": ('[[step]]\nkind = "break_out"\nshare = 3\n', "line 3: share = 3 is no share"),
    "percent falling": ('[[step]]\nkind = "ownership"\nshare = [60, 50]\n', "line 3: share is no percentage"),
    "a service that is none": ('[[step]]\nkind = "refuse"\nservices = ["sscp"]\n', "line 3: no service is called 'sscp'"),
    "an unknown parameter": ('[assume]\nredundancy_flor = 2\n[[step]]\nkind = "refuse"\n', "line 2: .* did you mean redundancy_floor"),
    "a parameter out of range": ('[assume]\nredundancy_floor = 99\n[[step]]\nkind = "refuse"\n', "line 2: .* outside its range: 0 to 10"),
    "a parameter too late": ('[assume]\nprimary_share_low = 0.6\n[[step]]\nkind = "refuse"\n', "line 2: .* acts when documents are read"),
    "a title that steers": ('title = "\\u001b[31m"\n[[step]]\nkind = "refuse"\n', "line 1: title holds characters"),
    "refused and allowed": (
        '[[step]]\nkind = "refuse"\nfrom = 2027-01-01\n[[step]]\nkind = "allow"\nfrom = 2027-01-01\n',
        "line 4: contradicts the step of line 1: one refuses what the other allows",
    ),
    "two rules": (
        '[[step]]\nkind = "control_rule"\nrule = "seat"\n[[step]]\nkind = "control_rule"\nrule = "wide"\n',
        "line 4: contradicts the step of line 1: two control rules",
    ),
    "two shares of one stake": (
        '[[step]]\nkind = "ownership"\nowner = "XA"\nsubject = "x"\nshare = 51\n'
        '[[step]]\nkind = "ownership"\nowner = "XA"\nsubject = "x"\nshare = 10\n',
        "line 6: contradicts the step of line 1: two shares",
    ),
    "nested without end": ("a = " + "[" * 5000, "nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_one_line_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as raised:
        load_scenario(written(tmp_path, text))
    assert str(raised.value).startswith(str(tmp_path / "scene.toml"))
    assert "\n" not in str(raised.value)


UNRESOLVED = {
    "an unknown network": ('\nactor = "XAA1"\n[[step]]\nkind = "refuse"\n', "line 2: .* did you mean XAA01"),
    "of a step": ('[[step]]\nkind = "refuse"\nactor = ["all", "XBB1"]\n', "line 3: .* did you mean XBB01"),
    "an unknown carrier": ('[[step]]\nkind = "refuse"\ncarriers = "xx"\n', "line 3: no carrier is called 'xx': did you mean x"),
    "an unknown controller": ('[[step]]\nkind = "refuse"\ncontrolled_by = "Nowhere"\n', "line 3: nobody called 'Nowhere'"),
    "an unknown owner": ('[[step]]\nkind = "ownership"\nowner = "QQQ"\nsubject = "x"\n', "line 3: no owner is called 'QQQ'"),
    "nothing to sell": ('[[step]]\nkind = "ownership"\nseller = "XA"\nsubject = "x"\n', "line 1: state-xa holds nothing of x"),
    "an unknown vendor": ('[[step]]\nkind = "refuse_vendor"\nvendors = "Acme"\n', "line 3: no vendor is called 'Acme'"),
    "which carrier": ('[[step]]\nkind = "carrier_lost"\n', "line 1: which carrier is lost"),
    "allowed before refused": ('[[step]]\nkind = "allow"\n', "line 1: allows what no earlier step refuses"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), UNRESOLVED.values(), ids=UNRESOLVED.keys())
def test_a_name_that_means_nobody_here_is_one_line_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        simulated(scenario(tmp_path, text), WORLD)


def test_a_step_that_needs_a_controller_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: whose carriers"):
        simulated(scenario(tmp_path, '[[step]]\nkind = "refuse"\n'), WORLD, controlled_by=None)


def test_a_country_without_a_network_here_is_no_fault_but_said(tmp_path: Path) -> None:
    found = simulated(scenario(tmp_path, 'actor = "XC"\n[[step]]\nkind = "refuse"\n'), WORLD)
    assert "No network of XC is read here: --actor names another (here: XA, XB)." in found.scenario.summary


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_gives_a_scenario_or_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(InputError):
        load_scenario(path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_means(kind: str) -> None:
    assert len(KINDS[kind].meaning) > 20


def test_dates_and_services_arrive_as_they_are_written(tmp_path: Path) -> None:
    text = '[[step]]\nkind = "refuse"\nfrom = 2027-01-01\nuntil = 2028-01-01\nservices = ["sccp"]\ncarriers = "x"\n'
    (step,) = scenario(tmp_path, text).steps
    assert (step.since, step.until, step.services) == (date(2027, 1, 1), date(2028, 1, 1), ("sccp",))
    assert step.in_force(date(2027, 1, 1))
    assert not step.in_force(date(2028, 1, 1))


def test_every_kind_and_key_stands_on_the_page_of_scenarios() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for name, kind in KINDS.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {name} |")]
        assert all(key in row for key in kind.keys), name
