"""What a page of the cockpit looks at, as its address says: extract, year, perimeter, filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from maillage.analyses.diagnosis.names import normalize
from maillage.analyses.pilotage.lieux import NIVEAUX, list_communes
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.etp import PERIMETRES, PILOTAGE
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.tableaux import list_annees
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.network.models import TYPES_SIAE
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage.models import LienStructure
from maillage.web.pilotage.portee import list_reachable, parse_cle
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.niveau import Niveau

LIBELLES_PERIMETRES: Final[Mapping[str, str]] = {
    "pilotage": "annexes valides, provisoires et clôturées",
    "conventionnees": "annexes en cours au jour de l’extraction",
}
LIENS: Final[Mapping[str, str]] = {
    "reliees": "reliées à une organisation",
    "sans": "sans organisation",
}
LIEUX: Final[Mapping[str, Niveau]] = {niveau.value.replace("-", "_"): niveau for niveau in NIVEAUX}
"""Names of the filters by place, and their level."""
CRITERES: Final = ("q", "type", "departement", "argent", *LIEUX, "liens", "structure")
_TEXTE_MAX = 100


@dataclass(frozen=True, slots=True)
class Choix:
    """What a page looks at.

    Attributes:
        faits: Of the extract.
        annee: Year of the months.
        perimetre: `pilotage` or `conventionnees`.
        filtre: What the criteria and the rights of the person leave.
        criteres: Criteria that the address gives, by name.
        is_courant: Whether the extract is the newest, the year its own and the perimeter the first one.
    """

    faits: Faits
    annee: int
    perimetre: str
    filtre: Filtre
    criteres: Mapping[str, str] = field(default_factory=dict)
    is_courant: bool = True

    @property
    def base(self) -> str:
        """Extract, year and perimeter, as the links to other pages keep them; empty when current."""
        if self.is_courant:
            return ""
        valeurs = {"extrait": self.faits.extrait.identifiant, "annee": self.annee}
        if self.perimetre != PILOTAGE:
            valeurs["etats"] = self.perimetre
        return urlencode(valeurs)

    @property
    def gardes(self) -> str:
        """All of the address except sort and page, ending with « & » when there is something."""
        criteres = urlencode(self.criteres)
        parts = [part for part in (self.base, criteres) if part]
        return "".join(f"{part}&" for part in parts)


def open_choix(request: HttpRequest) -> Choix | None:
    """What the address looks at, within what the person may see; None while nothing is imported.

    Raises:
        SaisieInvalide: MLG-PIL-010, a criterion has a value that does not exist.
        Introuvable: MLG-FLX-030, no such extract; MLG-TER-001, no such place.
    """
    query = request.GET
    mot = query.get("extrait") or None
    if not list_extraits():
        return None
    faits = load_faits(mot)
    annees = list_annees(faits)
    par_defaut = default_year(faits)
    criteres = {nom: v for nom in CRITERES if (v := " ".join(query.get(nom, "").split()))}
    possibles = {
        "etats": tuple(PERIMETRES),
        "type": TYPES_SIAE,
        "liens": tuple(LIENS),
        "annee": tuple(map(str, [*annees, par_defaut])),
    }
    lus = {nom: query.get(nom, "").strip() for nom in possibles}
    fautes = [
        Anomalie(
            "MLG-PIL-010",
            f"{guillemets(nom)} n’a pas de valeur {guillemets(lus[nom])}.",
            f"Valeurs possibles : {join_fr(dict.fromkeys(connues), 'ou')}.",
            "adresse de la page",
        )
        for nom, connues in possibles.items()
        if lus[nom] and lus[nom] not in connues
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    annee = int(lus["annee"]) if lus["annee"] else par_defaut
    perimetre = lus["etats"] or PILOTAGE
    return Choix(
        faits,
        annee,
        perimetre,
        _make_filtre(faits, criteres, list_reachable(acteur_of(request), faits)),
        criteres,
        is_courant=mot is None and annee == par_defaut and perimetre == PILOTAGE,
    )


def default_year(faits: Faits) -> int:
    """Year of the extraction: of January, the annexes are not published yet, and it is said."""
    return faits.extrait.extraction.year


def _make_filtre(
    faits: Faits, criteres: Mapping[str, str], lisibles: frozenset[Cle] | None
) -> Filtre:
    def only(nom: str) -> frozenset[str]:
        return frozenset({criteres[nom]}) if nom in criteres else frozenset()

    structures = _restrict(lisibles, _choose_structures(faits, criteres))
    communes: frozenset[str] | None = None
    for nom, niveau in LIEUX.items():
        if nom in criteres:
            dedans = list_communes(donnees.atlas(), niveau, criteres[nom])
            communes = dedans if communes is None else communes & dedans
    return Filtre(
        types=only("type"),
        departements_argent=only("argent"),
        departements_structure=only("departement"),
        communes=communes,
        structures=structures,
    )


def _choose_structures(faits: Faits, criteres: Mapping[str, str]) -> frozenset[Cle] | None:
    """Structures that the words, the links and the address of one choose; None for all."""
    choisies: frozenset[Cle] | None = None
    if "structure" in criteres:
        cle = parse_cle(criteres["structure"])
        choisies = frozenset({cle} if cle else ())
    if "liens" in criteres:
        reliees = {x.cle for x in LienStructure.objects.filter(is_confirme=True)}
        voulues = set(index_structures(faits).cles)
        voulues = voulues & reliees if criteres["liens"] == "reliees" else voulues - reliees
        choisies = _restrict(choisies, frozenset(voulues))
    if "q" in criteres:
        choisies = _restrict(choisies, search(faits, criteres["q"]))
    return choisies


def _restrict(ceux: frozenset[Cle] | None, autres: frozenset[Cle] | None) -> frozenset[Cle] | None:
    if ceux is None:
        return autres
    return ceux if autres is None else ceux & autres


def search(faits: Faits, texte: str) -> frozenset[Cle]:
    """Structures whose name holds each word, or whose SIRET starts with the digits."""
    mots = normalize(texte[:_TEXTE_MAX]).split()
    chiffres = "".join(texte.split())
    index = index_structures(faits)
    found = set()
    for rang, (nom, siret) in enumerate(_names(faits)):
        if all(mot in nom for mot in mots) or (chiffres.isdigit() and siret.startswith(chiffres)):
            found.add(index.cles[rang])
    return frozenset(found)


@lru_cache(maxsize=4)
def _names(faits: Faits) -> list[tuple[str, str]]:
    """Normalised name and SIRET of each structure, in the order of `index_structures`."""
    index = index_structures(faits)
    noms: list[tuple[str, str]] = [("", "")] * len(index.cles)
    colonnes = (faits.annexe("denomination"), faits.annexe("siret"))
    for rang, nom, siret in zip(index.rangs.tolist(), *colonnes, strict=True):
        noms[rang] = (normalize(str(nom)), str(siret))
    return noms


def offered(query: QueryDict) -> dict[str, str]:
    """Criteria as typed, for the fields of the form."""
    return {nom: query.get(nom, "") for nom in CRITERES}
