"""The questions of the YAML files beside, with what is wanted of each."""

from __future__ import annotations

from pathlib import Path

from tests import tables

HERE = Path(__file__).parent
GROUPS = [g for file in sorted(HERE.glob("*.yaml")) for g in tables.read(file)]
ASKED = [(question, group) for group in GROUPS for question in group["asked"]]
EXAMS = [(question, group) for group in tables.read(HERE / "autrement" / "examens.yaml") for question in group["asked"]]
