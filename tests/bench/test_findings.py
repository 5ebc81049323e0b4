"""The study of the findings: its lifters have what they are said to have, and the rules alone find it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lumbar.bench import findings
from lumbar.bench.faults import FAULTS, NOT_DRAWN, clean_case, faulty_case, pairs
from lumbar.bench.findings import Judged, known_findings, known_set, tally
from lumbar.bench.known import narrow
from lumbar.estimate import Missing, around
from lumbar.knowledge.library import library
from lumbar.synth.case import Case
from lumbar.synth.fast import Errors, fast_clip

BLIND = Errors(outline_hz=2.0)


def test_every_rule_is_drawn_or_said_not_to_be() -> None:
    faults = {rule.id for rule in library().form_rules.values() if rule.kind != "praise"}
    assert faults == set(FAULTS) | set(NOT_DRAWN)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_lifter_is_the_clean_one_with_one_fault(fault) -> None:
    clean, faulty = clean_case("train", 7), faulty_case("train", 7, fault)
    changed = {name for name in FAULTS[fault] if getattr(clean.lift, name) != getattr(faulty.lift, name)}
    assert changed == set(FAULTS[fault])
    assert (clean.body, clean.phone, clean.look) == (faulty.body, faulty.phone, faulty.look)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["rounding", "hips-first", "soft-lockout", "bounce"])
def test_the_rules_name_a_fault_that_is_known_exactly(fault) -> None:
    assert known_findings(fast_clip(faulty_case("train", 3, fault), BLIND))[:1] == (fault,)


@pytest.mark.slow
def test_the_rules_say_nothing_of_a_clean_lifter() -> None:
    assert known_findings(fast_clip(clean_case("train", 4), BLIND)) == ()


def test_pairs_leave_out_what_is_one_movement() -> None:
    both = pairs()
    assert ("fast-lowering", "bounce") not in both
    assert len(both) == len(FAULTS) * (len(FAULTS) - 1) / 2 - 4


def test_the_tally_counts_what_came_first_and_what_came_instead() -> None:
    def judged(*seen: str) -> Judged:
        return Judged(("rounding",), seen, ("rounding",), (), frozenset(), hip_rule=True, spine_rule=False)

    counts = tally([judged("rounding"), judged("slowing", "rounding"), judged()])["rounding",]
    assert (counts.clips, counts.first, counts.among, counts.known_first) == (3, 1, 2, 3)
    assert dict(counts.instead) == {"slowing": 1, "nothing": 1}


def test_a_clip_is_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = Judged(
        ("creep",), ("rounding",), ("creep",), (), frozenset({"creep"}), hip_rule=True, spine_rule=False
    )
    asked = []

    def judge(case: Case, wanted: tuple[str, ...]) -> Judged:
        asked.append((case.name, wanted))
        return judged

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(findings, "judge", judge)
    case = clean_case("train", 3)
    assert [findings.judge_once(case, ("creep",)) for _ in range(2)] == [judged, judged]
    assert asked == [(case.name, ("creep",))]


def test_a_narrow_range_keeps_value_and_reason() -> None:
    gone = Missing("hidden")
    assert narrow({"a": around(2.0, 1.0), "b": gone}) == {"a": around(2.0, 0.0), "b": gone}


def test_a_back_is_known_from_its_set_up_though_it_rounds_before_lift_off() -> None:
    case = faulty_case("train", 3, "rounding")
    early = replace(case, lift=replace(case.lift, lumbar_peak_at=0.15))
    rounding = [mine["lumbar_change"] for mine in known_set(fast_clip(early, BLIND)).measures]
    dial_deg = early.lift.lumbar_peak_deg - early.lift.lumbar_start_deg
    # The dial is the change on the way up; the frames are 1/30 s apart, so its very peak may lie between two.
    assert rounding
    assert all(dial_deg - 1.0 <= np.degrees(one.value) <= dial_deg + 0.1 for one in rounding)
