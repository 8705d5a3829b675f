from __future__ import annotations

import sys
from pathlib import Path

import pytest

from openfisca_maillage import CountryTaxBenefitSystem

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "outils"))


@pytest.fixture(scope="session")
def systeme() -> CountryTaxBenefitSystem:
    return CountryTaxBenefitSystem()
