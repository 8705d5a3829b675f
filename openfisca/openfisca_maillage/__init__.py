"""The rules of Maillage as an OpenFisca country package.

Nothing of the law is written here: the formulas are those of `maillage.regles`, the values those of
its parameter files. This package says only on which entity and for which period each one lives.
"""

from __future__ import annotations

from importlib.metadata import version

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from maillage.regles.engine.legislation import load_legislation
from openfisca_maillage.entites import ENTITES
from openfisca_maillage.parametres import build_parametres
from openfisca_maillage.variables import build_variables


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """Financing of the insertion par l'activité économique, as Maillage models it.

    Attributes:
        legislation: The law that the parameters were converted from: it words the refusals.
    """

    def __init__(self) -> None:
        super().__init__(ENTITES)
        self.legislation = load_legislation()
        self.add_variables(*build_variables())
        self.parameters = build_parametres()

    def get_package_metadata(self) -> dict[str, str]:
        """Name and version; no address, since none is promised to stay."""
        return {
            "name": "openfisca-maillage",
            "version": version("openfisca-maillage"),
            "repository_url": "",
            "location": "",
        }
