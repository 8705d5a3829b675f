"""The letter on what changed between two extracts: each event in plain words, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage.comparaison_lignes import (
    format_cellule,
    list_champs,
    show_champ,
    show_heures,
)
from maillage.analyses.pilotage.comparaison_modele import (
    Classe,
    EvolutionRejet,
    Passage,
    Suspension,
)
from maillage.analyses.pilotage.lettres_modele import Tableau, make_lettre
from maillage.analyses.pilotage.rejets import LECTURE
from maillage.kernel.francais import format_date, format_mois, format_valeur, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maillage.analyses.pilotage.comparaison_modele import (
        ChampChange,
        ChangementAnnexe,
        ChangementMois,
        ChangementStructure,
        Comparaison,
        Rejet,
    )
    from maillage.analyses.pilotage.lettres_modele import Lettre
    from maillage.kernel.valeur import Valeur

_ANNEXE = (
    "Une annexe financière est la partie de la convention qui fixe, pour une période, vos postes en "
    "insertion (en ETP, équivalents temps plein) et le montant de l’aide au poste. Un avenant la modifie : "
    "le dernier chiffre de son numéro, après la lettre M, augmente."
)
_ETATS = {
    "VALIDE": "valide (active)",
    "PROVISOIRE": "provisoire (active)",
    "CLOTURE": "clôturée",
    "HISTORISE": "historisée",
    "ANNULE": "annulée",
    "SAISI": "saisie (pas active)",
    "BROUILLON": "brouillon (pas active)",
    "REJETE": "rejetée",
}
_CALCUL_MOIS = "Ce que vaut un mois : ETP du mois × montant par poste et par an de l’annexe ÷ 12, avant tout plafond."
_APPEL_RESEAU = (
    "Si l’un de ces changements vous surprend, appelez-nous : nous pouvons le vérifier avec vous, puis "
    "auprès de la DDETS ou de l’ASP."
)


def is_of_interest(annexe: ChangementAnnexe) -> bool:
    """Whether a member should be told of what happened to an annexe."""
    return annexe.has_change and annexe.classe is not Classe.HORS_HISTORIQUE


def write_lettre(
    comparaison: Comparaison, structure: ChangementStructure, expediteur: str
) -> Lettre:
    """The letter to one structure of which something changed."""
    annexes = [annexe for annexe in structure.annexes if is_of_interest(annexe)]
    avant, apres = comparaison.avant.extrait, comparaison.apres.extrait
    periode = f"entre le {format_date(avant.extraction)} et le {format_date(apres.extraction)}"
    rejets = any(annexe.rejet and annexe.rejet.motifs for annexe in annexes)
    mois = any(_list_told(annexe) for annexe in annexes)
    return make_lettre(
        genre="comparaison",
        cle=structure.cle,
        structure=(structure.denomination, structure.siret),
        expediteur=expediteur,
        extrait=apres,
        objet=f"ce qui a changé pour vous dans les données de l’ASP {periode}",
        debut=(
            f"Nous avons comparé deux extraits de l’ASP : {periode}, ce qui suit a changé pour votre "
            "structure. Vous le savez peut-être déjà ; nous préférons vous le dire."
        ),
        tableau=_tabulate(annexes),
        suite=(
            *([_ANNEXE] if annexes else []),
            *_tell_structure(structure.champs),
            *(phrase for annexe in annexes for phrase in _tell_annexe(annexe)),
            *_advise(annexes),
            _APPEL_RESEAU,
        ),
        sources=(
            f"Comparé à l’extrait du {format_date(avant.extraction)}, identifiant {avant.identifiant}.",
            *([_CALCUL_MOIS] if mois else []),
            *([LECTURE] if rejets else []),
            *comparaison.avertissements,
        ),
    )


def _tell_structure(champs: Sequence[ChampChange]) -> Iterator[str]:
    for champ in champs:
        avant, apres = show_champ(champ)
        yield f"{champ.libelle} de votre structure : « {avant} » est devenu « {apres} »."


def _tell_annexe(annexe: ChangementAnnexe) -> Iterator[str]:
    """What happened to an annexe, one sentence per event."""
    numero, montant = annexe.numero, format_valeur(annexe.montant_apres, "€", 2)
    if annexe.classe is Classe.NOUVELLE:
        yield (
            f"L’annexe {numero} est nouvelle : état « {show_etat(annexe.etat)} », "
            f"{format_valeur(annexe.etp, 'ETP', 2)} par mois, montant conventionné : {montant}."
        )
    elif annexe.classe is Classe.DISPARUE:
        yield (
            f"L’annexe {numero} n’est plus dans l’extrait, alors que son année y est toujours. L’extrait ne "
            "dit pas pourquoi : vérifiez sur l’extranet qu’elle y est encore, et prévenez-nous sinon."
        )
    elif list_champs(annexe):
        quoi = join_fr(_name_field(champ) for champ in list_champs(annexe))
        yield f"L’annexe {numero} a changé ({quoi}) : le détail est dans le tableau."
    if annexe.suspension is Suspension.SUSPENDUE:
        yield (
            f"L’annexe {numero} porte maintenant l’indicateur de suspension de l’ASP. L’extrait ne dit ni "
            "pourquoi, ni pour combien de temps."
        )
    elif annexe.suspension is Suspension.LEVEE:
        yield f"L’annexe {numero} ne porte plus l’indicateur de suspension."
    if annexe.rejet is not None:
        yield from _tell_rejection(numero, annexe.rejet)


def _tell_rejection(numero: str, rejet: Rejet) -> Iterator[str]:
    if rejet.evolution is EvolutionRejet.LEVE:
        yield f"L’annexe {numero} n’est plus rejetée."
        return
    debut = (
        f"L’annexe {numero} a été rejetée"
        if rejet.evolution is EvolutionRejet.NOUVEAU
        else f"L’annexe {numero} n’est pas rejetée, mais porte maintenant un motif de rejet ; l’extrait ne dit "
        "pas s’il est déjà réglé"
    )
    if not rejet.motifs:
        yield f"{debut}. L’extrait n’en dit pas le motif."
        return
    motifs = " ".join(
        f"{motif.libelle} (code {motif.code}). {motif.sens} {motif.que_faire}"
        for motif in rejet.motifs
    )
    yield f"{debut} : {motifs}"


def _tabulate(annexes: Sequence[ChangementAnnexe]) -> Tableau:
    """What changed of each annexe, its fields then its months."""
    lignes = []
    for annexe in annexes:
        lignes += [
            (annexe.numero, champ.libelle, *_show_values(champ), _show_gap(champ))
            for champ in list_champs(annexe)
        ]
        lignes += [
            (
                annexe.numero,
                f"{format_mois(mois.annee, mois.mois)} : {mois.passage.value}"
                + ("" if mois.dans_la_periode else ", hors de l’annexe"),
                show_heures(mois.heures_avant),
                show_heures(mois.heures_apres),
                _show_euros(mois.euros),
            )
            for mois in _list_told(annexe)
        ]
    return Tableau(
        ("Annexe", "Ce qui change", "Avant", "Maintenant", "En euros"),
        tuple(lignes),
        frozenset({4}),
    )


def _list_told(annexe: ChangementAnnexe) -> tuple[ChangementMois, ...]:
    return tuple(mois for mois in annexe.mois if not mois.is_ordinaire)


def _advise(annexes: Sequence[ChangementAnnexe]) -> Iterator[str]:
    """What to do, by kind of event."""
    passages = {mois.passage for annexe in annexes for mois in annexe.mois}
    if Passage.RATTRAPE in passages:
        yield "Vous avez rattrapé des mois en retard : merci, l’aide peut en tenir compte."
    if Passage.NOUVEAU_RETARD in passages:
        yield (
            "Des mois sont maintenant en retard : saisissez-les et validez-les cette semaine. L’aide au poste "
            "suit les heures saisies ; ce que vaut chaque mois, au plus, est dans le tableau."
        )
    if {Passage.HEURES_CHANGEES, Passage.SAISIE_RETIREE} & passages:
        yield (
            "Les heures de mois déjà saisis ont changé : vérifiez que c’est bien vous qui les avez modifiées. "
            "Des heures en moins peuvent conduire l’ASP à reprendre, à la régularisation suivante, une aide "
            "déjà versée."
        )
    if any(annexe.suspension is Suspension.SUSPENDUE for annexe in annexes):
        yield (
            "Demandez à la DDETS la raison de la suspension, ce qui est attendu de vous et la date à laquelle "
            "elle sera levée."
        )
    if any(annexe.classe is Classe.CHANGEE and list_champs(annexe) for annexe in annexes):
        yield (
            "Comparez les nouveaux postes, dates et montants avec le document que vous avez signé : en cas "
            "d’écart, c’est le moment de le signaler."
        )


def show_etat(code: str) -> str:
    """State of an annexe in words; a code that is not known is shown as it is."""
    return _ETATS.get(code, code)


def _name_field(champ: ChampChange) -> str:
    return champ.libelle[0].lower() + champ.libelle[1:]


def _show_values(champ: ChampChange) -> tuple[str, str]:
    if champ.champ == "etat":
        return show_etat(format_cellule(champ.avant)), show_etat(format_cellule(champ.apres))
    return show_champ(champ)


def _show_gap(champ: ChampChange) -> str:
    """Difference of an amount; nothing for what is not one."""
    return _show_euros(champ.ecart) if champ.unite == "€" else ""


def _show_euros(euros: Valeur) -> str:
    return "" if euros is Absence.SANS_OBJET else format_valeur(euros, "€")
