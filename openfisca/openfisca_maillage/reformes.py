"""Other laws than the one in force: the reforms of Maillage, what was known on a day, a projection.

OpenFisca asks for one by its path: `openfisca_maillage.reformes.ai_4000`, `….projection_smic`,
`….connu_au_2022_02_07`. None of them is the law: who asks for one says so.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from openfisca_core.reforms import Reform

from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from openfisca_maillage.parametres import build_parametres

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.regles.engine.legislation import Legislation

_CONNU_AU = re.compile(r"connu_au_(\d{4})_(\d{2})_(\d{2})")


def __getattr__(nom: str) -> type[Reform]:
    """Class of a reform, as OpenFisca looks it up.

    Raises:
        AttributeError: there is no such reform, and the message lists those there are.
    """
    changement = _find_changement(nom)
    if changement is None:
        noms = [*list_reformes(), "projection_smic", "connu_au_AAAA_MM_JJ"]
        msg = f"no reform {nom}; reforms: {noms}"
        raise AttributeError(msg)

    return _build_reforme(nom, changement)


def _build_reforme(nom: str, changement: Callable[[Legislation], Legislation]) -> type[Reform]:
    class AutreDroit(Reform):
        name = nom

        def apply(self) -> None:
            """Convert the parameters again, from the law once changed."""
            self.legislation = changement(self.baseline.legislation)
            self.parameters = build_parametres(self.legislation)

    return AutreDroit


def _find_changement(nom: str) -> Callable[[Legislation], Legislation] | None:
    if nom in list_reformes():
        return lambda droit: apply_reforme(droit, load_reforme(nom))
    if nom == "projection_smic":
        return lambda droit: droit.with_choix(Choix.projection_smic())
    trouve = _CONNU_AU.fullmatch(nom)
    if trouve is None:
        return None
    jour = date(*map(int, trouve.groups()))
    return lambda droit: droit.with_connu_au(jour)
