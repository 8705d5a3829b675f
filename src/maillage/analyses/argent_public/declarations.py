"""What structures declare of one year, line by line, and what their annexes agree for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.argent_public.financeurs import AUTRES, DEPARTEMENT, ETAT, VENTES
from maillage.indicators.pilotage.declarations import FINANCEURS, list_financeurs
from maillage.kernel.money import CENTIMES_PAR_EURO
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.indicators.pilotage.declarations import Financeurs
    from maillage.indicators.pilotage.etp import AnnexesDeLAnnee
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur

_ANNEES = (
    2,
    1,
    0,
)  # annexes declare the last closed year: those of the next years speak of this one


def choose_declarations(
    faits: Faits, annee: int, perimetre: str
) -> tuple[dict[Cle, Financeurs], frozenset[Cle]]:
    """Declaration of the year that closed in `annee`, on the latest annexe that makes it.

    Returns:
        Declarations by structure, and the structures that declare any year at all.
    """
    found: dict[Cle, Financeurs] = {}
    declaring: set[Cle] = set()
    for more in _ANNEES:
        for ligne in list_financeurs(faits, annee + more, None, perimetre):
            if ligne.cle is None:
                continue
            declaring.add(ligne.cle)
            if ligne.cloture is not None and ligne.cloture.year == annee:
                found.setdefault(ligne.cle, ligne)
    return found, frozenset(declaring)


def read_lignes(declaration: Financeurs) -> tuple[dict[str, int], bool]:
    """Cents by line of the account, and whether the declaration holds together.

    A funder that is left empty is unknown, unless the lines that are written already make the whole
    income: it is then zero. What no line explains is other income. A declaration whose lines make
    more than its income, by more than a euro, does not hold together; its lines are kept as written.
    """
    lignes = {
        nom: _cents(valeur)
        for nom, valeur in {**declaration.aides, VENTES: declaration.ventes}.items()
        if not isinstance(valeur, Absence)
    }
    produits = _cents(declaration.produits)
    reste = produits - sum(lignes.values())
    if reste <= CENTIMES_PAR_EURO:
        lignes = dict.fromkeys((*FINANCEURS, VENTES), 0) | lignes
    return lignes | {AUTRES: max(reste, 0)}, reste >= -CENTIMES_PAR_EURO


def agree_cents(lignes: AnnexesDeLAnnee, place: int) -> dict[str, int] | None:
    """Aide au poste that one annexe agrees for the year, by who pays; None when it has no amount.

    The amount is the annexe's own, as published, else as the ASP rounds it. An annexe over two years is
    shared by months, to the nearest cent.
    """
    faits, rang = lignes.faits, int(lignes.rangs[place])
    mois = int(lignes.faits_mois[place] + lignes.retard_mois[place] + lignes.venir_mois[place])
    duree = int(faits.annexe("duree_mois")[rang])
    sources = ("montant_total_centimes", "montant_calcule_centimes")
    total = next((int(faits.annexe(n)[rang]) for n in sources if faits.is_known(n)[rang]), None)
    if total is None or duree <= 0:
        return None
    departement = min(int(faits.annexe("montant_departement_centimes")[rang]), total)
    partage = {ETAT: total - departement, DEPARTEMENT: departement}
    return {nom: (2 * cents * mois + duree) // (2 * duree) for nom, cents in partage.items()}


def _cents(valeur: Valeur) -> int:
    return 0 if isinstance(valeur, Absence) else round(valeur * CENTIMES_PAR_EURO)
