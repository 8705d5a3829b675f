"""The sentences of a diagnosis: the finding first, then one per section, figures included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.geography import ARM
from maillage.analyses.diagnosis.phrase import Phrase, ReferenceChiffre
from maillage.analyses.typography import typeset
from maillage.indicators.carte import Famille
from maillage.kernel.francais import a, accorder, format_nombre, format_valeur, join_fr
from maillage.kernel.niveau import Niveau
from maillage.kernel.period import parse_periode
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Chiffre, Territoire

AI = "association intermédiaire (AI)"
_TOUS = 100.0
_REGISTRE_SANS_ARRONDISSEMENT = (
    "Le registre situe les structures dans la commune sans dire l’arrondissement : leur nombre ici "
    "n’est pas connu."
)
_DEMANDEUR, _DEMANDEURS = "demandeur d’emploi", "demandeurs d’emploi"
_SIGLES = {"aci": "ACI", "ai": "AI", "ei": "EI", "etti": "ETTI"}


class Redaction:
    """Writes about one territory of the atlas; notes, on the way, the figures that it quotes."""

    def __init__(self, atlas: Atlas, territoire: Territoire) -> None:
        self._atlas = atlas
        self._territoire = territoire
        self._cited: dict[ReferenceChiffre, None] = {}

    def phrases(self) -> tuple[Phrase, ...]:
        """The finding: who reaches no AI, and what the territory has."""
        if self._valeur("population") == 0:
            return (self._write(self._nobody),)
        found = (self._write(write) for write in (self._finding, self._presence))
        return tuple(phrase for phrase in found if phrase)

    def section(self, famille: Famille) -> Phrase:
        """The sentence of a section."""
        write = {
            Famille.BESOIN: self._besoin,
            Famille.OFFRE: self._offre,
            Famille.ACCES: self._acces,
        }
        return self._write(write[famille])

    def _write(self, write: Callable[[], str]) -> Phrase:
        """The sentence, with the figures that were quoted while it was written."""
        self._cited.clear()
        texte = typeset(write())
        return Phrase(texte, tuple(self._cited))

    def _cite(self, *indicateurs: str) -> None:
        """Note that the sentence being written quotes these figures."""
        for indicateur in indicateurs:
            self._cited[self._atlas.reference(indicateur, self._territoire)] = None

    # the finding

    def _nobody(self) -> str:
        self._cite("population")
        return (
            f"{self._territoire.nom} est une commune sans habitant : besoin, offre et accès y sont "
            "sans objet."
        )

    def _finding(self) -> str:
        part, demandeurs = self._valeur("part_sans_ai_30min"), self._valeur("demandeurs_emploi")
        where = self._where()
        self._cite("demandeurs_emploi")
        if isinstance(demandeurs, Absence):
            return f"{where}le nombre de demandeurs d’emploi {_state(demandeurs)}."
        if demandeurs == 0:
            return f"{where}aucun demandeur d’emploi n’est compté."
        self._cite("part_sans_ai_30min")
        if isinstance(part, Absence):
            count = accorder(demandeurs, _DEMANDEUR, _DEMANDEURS)
            return f"{where}{count} ; l’accès aux structures {_state(part)}."
        return where + _who_reaches(part, demandeurs) + self._band(part)

    def _band(self, part: float) -> str:
        """How the finding moves with the hypotheses of travel; empty when it does not."""
        bas, haut = (self._valeur(f"part_sans_ai_30min_{bound}") for bound in ("bas", "haut"))
        if isinstance(bas, Absence) or isinstance(haut, Absence):
            return ""
        low, middle, high = (format_nombre(value, 0) for value in (bas, part, haut))
        if low == high:
            return ""
        self._cite("part_sans_ai_30min_bas", "part_sans_ai_30min_haut")
        if self._territoire.niveau is Niveau.COMMUNE:
            return " Ce constat change avec les hypothèses de trajet."
        return f" Part sans AI : {middle} %, de {low} à {high} % selon les hypothèses de trajet."

    def _presence(self) -> str:
        stock = self._chiffre("personnes_iae")
        intensity = self._chiffre("personnes_iae_pour_1000_demandeurs")
        if stock is None or intensity is None or isinstance(stock.valeur, Absence):
            return self._structures_in_a_sentence()
        self._cite("personnes_iae", "personnes_iae_pour_1000_demandeurs")
        count = accorder(stock.valeur, "personne était", "personnes étaient")
        end = "" if isinstance(intensity.valeur, Absence) else f", soit {_measure(intensity)}"
        return f"Fin {_when(stock)}, {count} en parcours d’insertion{end}."

    def _structures_in_a_sentence(self) -> str:
        structures = self._chiffre("structures_tous")
        if self._is_arm_without_structures():
            return _REGISTRE_SANS_ARRONDISSEMENT
        if structures is None or isinstance(structures.valeur, Absence):
            return ""
        self._cite("structures_tous")
        if structures.valeur == 0:
            return (
                "Aucune structure de l’insertion par l’activité économique (IAE) n’y est établie "
                f"dans le registre de {_when(structures)}."
            )
        count = accorder(structures.valeur, "structure", "structures")
        verb = "y est établie" if structures.valeur == 1 else "y sont établies"
        return (
            f"{count} de l’insertion par l’activité économique (IAE) {verb} dans le registre de "
            f"{_when(structures)}."
        )

    # the sections

    def _besoin(self) -> str:
        demandeurs = self._chiffre("demandeurs_emploi")
        rate = self._chiffre("demandeurs_emploi_pour_100_15_64")
        parts = []
        if demandeurs is not None:
            self._cite("demandeurs_emploi")
            parts.append(_count(demandeurs, _DEMANDEUR, _DEMANDEURS))
        if rate is not None and not isinstance(rate.valeur, Absence):
            self._cite("demandeurs_emploi_pour_100_15_64")
            parts.append(
                f"{format_nombre(rate.valeur, 1)} pour 100 habitants de 15 à 64 ans{_beside(rate)}"
            )
        unemployment = self._unemployment()
        sentence = ", soit ".join(parts)
        return f"{sentence[:1].upper()}{sentence[1:]}{unemployment}."

    def _unemployment(self) -> str:
        rate = self._chiffre("taux_chomage_localise")
        if rate is None or isinstance(rate.valeur, Absence):
            return ""
        self._cite("taux_chomage_localise")
        return f" ; taux de chômage de {format_valeur(rate.valeur, '%', 1)} au {_when(rate)}"

    def _offre(self) -> str:
        counts = {kind: self._valeur(f"structures_{kind}") for kind in _SIGLES}
        present = {k: n for k, n in counts.items() if not isinstance(n, Absence) and n > 0}
        structures = self._chiffre("structures_tous")
        if self._is_arm_without_structures():
            return _REGISTRE_SANS_ARRONDISSEMENT
        if structures is None:
            return "Le nombre de structures n’est pas connu."
        self._cite("structures_tous")
        if isinstance(structures.valeur, Absence):
            return "Le nombre de structures n’est pas connu."
        if structures.valeur == 0:
            return f"Aucune structure de l’IAE dans le registre de {_when(structures)}."
        self._cite(*(f"structures_{kind}" for kind in present))
        listed = join_fr(f"{format_nombre(n)} {_SIGLES[kind]}" for kind, n in present.items())
        target = self._target()
        return (
            f"{accorder(structures.valeur, 'structure', 'structures')} de l’IAE en "
            f"{_when(structures)} ({listed}){target}."
        )

    def _target(self) -> str:
        target, stock = self._valeur("cible_iae"), self._chiffre("personnes_iae")
        if isinstance(target, Absence) or stock is None or isinstance(stock.valeur, Absence):
            return ""
        self._cite("personnes_iae", "cible_iae")
        return (
            f" ; fin {_when(stock)}, {format_nombre(stock.valeur)} personnes en parcours pour une "
            f"cible de {format_nombre(target)} fin décembre 2022"
        )

    def _acces(self) -> str:
        reached = self._chiffre("structures_30min_tous")
        if reached is None:
            return "L’accès aux structures n’est pas connu."
        self._cite("structures_30min_tous")
        if isinstance(reached.valeur, Absence):
            return "L’accès aux structures n’est pas connu."
        if reached.valeur == 0:
            return "Aucune structure de l’IAE à 30 minutes de voiture."
        subject = (
            "À 30 minutes de voiture de son centre, on atteint"
            if self._is_one_place()
            else "En 30 minutes de voiture, un demandeur d’emploi atteint en moyenne"
        )
        digits = 0 if float(reached.valeur).is_integer() else 1
        count = format_valeur(reached.valeur, "structures de l’IAE", digits)
        return f"{subject} {count}{self._scarcest()}."

    def _scarcest(self) -> str:
        shares = {
            kind: part
            for kind in _SIGLES
            if not isinstance(part := self._valeur(f"part_sans_{kind}_30min"), Absence)
        }
        if not shares or max(shares.values()) == 0:
            return ""
        kind = max(shares, key=lambda k: shares[k])
        if shares[kind] == _TOUS:
            none = [k for k, part in shares.items() if part == _TOUS]
            self._cite(*(f"part_sans_{k}_30min" for k in none))
            return f" ; hors d’atteinte : {join_fr(_SIGLES[k] for k in none)}"
        self._cite(f"part_sans_{kind}_30min")
        share = format_valeur(shares[kind], "%", 0 if shares[kind] >= 1 else 1)
        return f" ; le type le moins accessible est l’{_SIGLES[kind]} : {share} n’en atteignent pas"

    # words

    def _is_one_place(self) -> bool:
        """Whether access is measured from one centre: not for Paris, Lyon and Marseille."""
        is_commune = self._territoire.niveau is Niveau.COMMUNE
        return is_commune and self._territoire.code not in self._atlas.geographie.arrondissements

    def _is_arm_without_structures(self) -> bool:
        is_arm = self._territoire.nature == ARM
        return is_arm and not self._atlas.structures_de(self._territoire)

    def _where(self) -> str:
        nom = self._territoire.nom
        if self._territoire.niveau is Niveau.COMMUNE:
            place = a(nom)
            return f"{place[0].upper()}{place[1:]}, "
        return f"{nom} : "

    def _chiffre(self, indicateur: str) -> Chiffre | None:
        if self._atlas.cube.find_releve(indicateur, self._territoire.niveau) is None:
            return None
        return self._atlas.chiffre(indicateur, self._territoire.niveau, self._territoire.code)

    def _valeur(self, indicateur: str) -> Valeur:
        return self._atlas.cube.valeur(indicateur, self._territoire.niveau, self._territoire.code)


def _who_reaches(part: float, demandeurs: float) -> str:
    total, without = round(demandeurs), round(part * demandeurs / 100)
    whole = accorder(total, _DEMANDEUR, _DEMANDEURS)
    if without == 0:
        if total == 1:
            return f"le seul demandeur d’emploi compté a au moins une {AI} à moins de 30 minutes."
        return f"les {whole} ont au moins une {AI} à moins de 30 minutes."
    if without >= total:
        if total == 1:
            return f"le seul demandeur d’emploi compté n’a aucune {AI} à moins de 30 minutes."
        return f"aucun des {whole} n’a d’{AI} à moins de 30 minutes."
    verb = "n’a" if without == 1 else "n’ont"
    count = accorder(without, _DEMANDEUR, _DEMANDEURS)
    return f"{count} sur {format_nombre(total)} {verb} aucune {AI} à moins de 30 minutes."


def _count(chiffre: Chiffre, singulier: str, forme_plurielle: str) -> str:
    if isinstance(chiffre.valeur, Absence):
        return f"le nombre de {forme_plurielle} {_state(chiffre.valeur)}"
    if chiffre.valeur == 0:
        return f"aucun {singulier}"
    return accorder(chiffre.valeur, singulier, forme_plurielle)


def _measure(chiffre: Chiffre) -> str:
    if isinstance(chiffre.valeur, Absence):
        return chiffre.valeur.value
    number = format_nombre(chiffre.valeur, chiffre.carte.decimales)
    return f"{number} {chiffre.carte.unite.value}{_beside(chiffre)}"


def _beside(chiffre: Chiffre) -> str:
    """The same figure elsewhere: « (Bretagne : 12,1 ; France : 13,0) »."""
    digits = chiffre.carte.decimales
    listed = " ; ".join(
        f"{nom} : {format_nombre(valeur, digits)}"
        for nom, valeur in chiffre.reperes
        if not isinstance(valeur, Absence)
    )
    return f" ({listed})" if listed else ""


def _when(chiffre: Chiffre) -> str:
    return parse_periode(chiffre.periode).libelle


def _state(absence: Absence) -> str:
    """What is said of a figure that is not a number; agrees with a masculine noun."""
    return {
        Absence.INCONNUE: "est inconnu",
        Absence.SECRETE: "est protégé par le secret statistique",
        Absence.EN_RETARD: "est en retard",
        Absence.PAS_ENCORE_PUBLIEE: "n’est pas encore publié",
        Absence.SANS_OBJET: "est sans objet",
    }[absence]
