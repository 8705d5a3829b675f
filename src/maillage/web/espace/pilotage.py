"""The figures of an organisation in the extracts, for the page that a director opens on Monday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import list_retards
from maillage.kernel.francais import accorder, format_nombre, typeset
from maillage.web.droits.permissions import Permission
from maillage.web.espace.a_faire import AFaire
from maillage.web.pilotage.chiffres import make_cles
from maillage.web.pilotage.models import LienStructure
from maillage.web.pilotage.portee import list_reachable, write_cle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Organisation


@dataclass(frozen=True, slots=True)
class ChiffresStructure:
    """The figures of one structure of the extracts.

    Attributes:
        nom: Kind and identifier at the ASP.
        adresse: Of its page in the cockpit.
        cles: Key figures, as the fragment of the charter reads them.
        retards: Late months.
    """

    nom: str
    adresse: str
    cles: list[dict[str, object]]
    retards: int


@dataclass(frozen=True, slots=True)
class Chiffres:
    """The figures of an organisation.

    Attributes:
        extraction: Day of the extract that they come from; None while none is imported.
        annee: Year that they are of.
        structures: One per structure that is tied to the organisation and that the extract has.
        is_synthetic: Whether the extract is invented.
    """

    extraction: date | None
    annee: int
    structures: list[ChiffresStructure]
    is_synthetic: bool = False

    @property
    def retards(self) -> int:
        """Late months of all of them."""
        return sum(structure.retards for structure in self.structures)


def load_chiffres(organisation: Organisation) -> Chiffres:
    """What the newest extract says of the structures that are tied to an organisation."""
    extraits = list_extraits()
    if not extraits:
        return Chiffres(None, 0, [])
    faits = load_faits(extraits[0].identifiant)
    annee = faits.extrait.extraction.year
    liens = LienStructure.objects.filter(organisation=organisation, is_confirme=True)
    annexes = compute_annexes(faits, annee)
    structures = []
    for lien in liens:
        if lien.cle not in index_structures(faits).places:
            continue
        synthese = summarise(annexes, Filtre(structures=frozenset({lien.cle})).select(annexes))
        structures.append(
            ChiffresStructure(
                f"{lien.type_siae}, ASP {lien.asp_id}",
                reverse("pilotage-structure", args=[write_cle(lien.cle)]),
                make_cles(synthese, f"structure={write_cle(lien.cle)}"),
                synthese.mois_en_retard,
            )
        )
    return Chiffres(faits.extrait.extraction, annee, structures, faits.extrait.is_synthetic)


def list_pilotage(acteur: Acteur) -> Iterator[AFaire]:
    """What the newest extract asks of those who follow the network, within what they may see."""
    if not acteur.may(Permission.PILOTAGE_RESEAU) or not list_extraits():
        return
    faits = load_faits()
    filtre = Filtre(structures=list_reachable(acteur, faits))
    annee = faits.extrait.extraction.year
    retards = list_retards(faits, annee, filtre)
    structures = len({(retard.asp_id, retard.type) for retard in retards})
    inventee = " (données synthétiques)" if faits.extrait.is_synthetic else ""
    if structures:
        euros = format_nombre(sum(retard.euros for retard in retards))
        phrase = (
            f"{accorder(structures, 'structure est', 'structures sont')} en retard de saisie, pour "
            f"{euros} € d’aide au poste au plus{inventee}."
        )
        yield AFaire(typeset(phrase), reverse("pilotage-retards"), "Écrire aux structures")
    annexes = compute_annexes(faits, annee)
    rangs = annexes.rangs[filtre.select(annexes)]
    arretees = int(((faits.annexe("rejet_code") != "") | faits.annexe("suspendue"))[rangs].sum())
    if arretees:
        phrase = f"{accorder(arretees, 'annexe est suspendue ou rejetée', 'annexes sont suspendues ou rejetées')}{inventee}."
        yield AFaire(typeset(phrase), reverse("pilotage"), "Les voir")
