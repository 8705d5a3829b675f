"""Rules on the gap to what is agreed: how far, where it leads, what to propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage.dialogue_de_gestion_modele import Chiffre, Point, Rang
from maillage.indicators.pilotage.etp import MOIS_PAR_AN
from maillage.kernel.francais import accorder, format_nombre, format_valeur, pluriel
from maillage.kernel.valeur import Absence
from maillage.regles.versement.hypotheses import HYPOTHESES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.pilotage.dialogue_de_gestion_dossier import Dossier
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.kernel.valeur import Valeur

_AVENANT = HYPOTHESES.montant_avenant.value
_PLAFOND = HYPOTHESES.plafond.value


def tell_gap(dossier: Dossier) -> Iterator[Point]:
    """Under, over, or on target, on the months done alone."""
    s = dossier.synthese
    if isinstance(s.taux, Absence) or isinstance(s.ecart_annuel, Absence):
        return
    lectures: tuple[str, ...]
    if abs(s.taux - 100) <= dossier.reperes.tolerance or (
        abs(s.ecart_annuel) <= dossier.reperes.ecart_etp
    ):
        sujet, code, rang, lectures = "Sur la cible", "sur_la_cible", Rang.DIRE, ()
        a_dire = "Dites-le, avec les mois sur lesquels il se lit."
    elif s.ecart_annuel < 0:
        sujet, code, rang = "Sous-réalisation", "sous_realisation", Rang.DIRE
        lectures = (_AVENANT,)
        a_dire = _propose_less(s)
    else:
        sujet, code, rang = "Sur-réalisation", "sur_realisation", Rang.DEMANDER
        lectures = (_PLAFOND, _AVENANT)
        a_dire = _propose_more(s)
    yield Point(
        code,
        sujet,
        rang,
        f"{_tell_done(s)} {_tell_rest(s)}".strip(),
        f"{_ask_entries(s)}{a_dire} {_tell_national(s)}".strip(),
        (
            Chiffre("Taux de réalisation des mois faits", s.taux, "%", 1, "taux_realisation"),
            Chiffre("Écart des mois faits", s.ecart_mois, "ETP-mois", 2, "ecart_etp_mois"),
            Chiffre("Écart, en ETP d’une année", s.ecart_annuel, "ETP", 2, "ecart_etp_mois"),
            Chiffre("Écart en euros", s.ecart_euros, "€", 0, "ecart_euros"),
            Chiffre(
                "Conventionné de l’année",
                s.conventionne_annuel,
                "ETP",
                2,
                "etp_conventionnes_mensuels",
            ),
            Chiffre(
                "Réalisé plafonné à ce jour", s.plafonne_annuel, "ETP", 2, "etp_realises_plafonnes"
            ),
        ),
        (),
        dossier.reperes.describe("tolerance", "ecart_etp"),
        lectures,
    )


def _tell_done(s: Synthese) -> str:
    return (
        f"Sur {accorder(s.mois_faits, 'mois d’annexe fait', 'mois d’annexe faits')} : "
        f"{format_valeur(s.taux, '%', 1)} de réalisation, écart de "
        f"{format_valeur(s.ecart_mois, 'ETP-mois', 2)}, soit "
        f"{format_valeur(s.ecart_annuel, 'ETP', 2)} d’une année et {format_valeur(s.ecart_euros, '€')} au "
        "montant des annexes."
    )


def _tell_rest(s: Synthese) -> str:
    """What remains to be realised to reach what is agreed; nothing when no month remains."""
    restant = _remaining(s)
    if isinstance(restant, Absence) or not restant or isinstance(s.realise_mois, Absence):
        return ""
    if isinstance(s.conventionne_annuel, Absence) or s.sans_diviseur:
        return ""
    a_faire = s.conventionne_annuel * MOIS_PAR_AN - s.realise_mois
    if a_faire <= 0:
        return "La convention de l’année est déjà atteinte."
    mois = s.mois_en_retard + s.mois_a_venir
    return (
        f"Pour finir l’année à la convention, il faudrait réaliser {format_nombre(a_faire, 2)} ETP-mois sur "
        f"{accorder(mois, 'mois d’annexe qui reste', 'mois d’annexe qui restent')}, pour "
        f"{format_nombre(restant, 2)} conventionnés."
    )


def _remaining(s: Synthese) -> Valeur:
    """ETP-months agreed in the months late and to come."""
    retard, venir = s.conventionne_mois_en_retard, s.conventionne_mois_a_venir
    if isinstance(retard, Absence) or isinstance(venir, Absence):
        return Absence.INCONNUE
    return retard + venir


def _ask_entries(s: Synthese) -> str:
    if not s.mois_en_retard:
        return ""
    quoi = pluriel(s.mois_en_retard, "le mois", f"les {s.mois_en_retard} mois")
    return f"D’abord, saisissez {quoi} en retard : cet écart ne compte que les mois faits. "


def _propose_less(s: Synthese) -> str:
    """What a gap below leads to, by the place of what is agreed in the range of the forecast."""
    cible, haute = s.prevision_conventionne, s.prevision_haute
    if isinstance(haute, Absence) or isinstance(cible, Absence):
        return (
            "Expliquez le creux et dites ce qui est engagé ; il est trop tôt pour prévoir la fin de l’année "
            "(moins de trois mois faits)."
        )
    if haute >= cible:
        return (
            "Expliquez le creux et dites ce qui est engagé : la fourchette de la prévision contient la "
            "convention, l’année peut encore finir à l’équilibre. Demandez que rien ne soit retiré avant les "
            "prochains mois."
        )
    return (
        "Même au haut de la fourchette, l’année finit sous la convention : dites ce que la prévision ignore "
        "(recrutement engagé, chantier gagné, saison), ou proposez vous-même un avenant à la baisse. C’est "
        "une affaire de date : il compte à partir de son mois d’effet."
    )


def _propose_more(s: Synthese) -> str:
    """What a gap above leads to: it is not paid."""
    haute, cible = s.prevision, s.prevision_conventionne
    depasse = not isinstance(haute, Absence) and not isinstance(cible, Absence) and haute > cible
    suite = (
        "Demandez des postes par un avenant à la hausse, le plus tôt possible : il ne paie que les mois à partir "
        "de son effet"
        if depasse or isinstance(haute, Absence)
        else "La prévision revient sous la convention : gardez les heures pour les mois qui restent"
    )
    return (
        "Au-delà des postes de la convention, rien n’est payé (article R5132-23 du code du travail). "
        f"{suite}."
    )


def _tell_national(s: Synthese) -> str:
    """What the published indicator reads on the same facts."""
    restant = _remaining(s)
    if isinstance(restant, Absence) or isinstance(s.ecart_mois, Absence) or not restant:
        return ""
    return (
        "À savoir : l’indicateur national du dialogue de gestion compte aussi pour zéro les mois en retard et "
        f"à venir ; sur les mêmes relevés il afficherait {format_valeur(s.ecart_mois - restant, 'ETP-mois', 2)}."
    )


def tell_forecast(dossier: Dossier) -> Iterator[Point]:
    """Where the year ends if what remains is like what is done."""
    s = dossier.synthese
    if not s.prevision_annexes or not s.mois_en_retard + s.mois_a_venir:
        return
    sur = accorder(s.prevision_annexes, "annexe", "annexes")
    yield Point(
        "prevision",
        "Fin d’année",
        Rang.DIRE,
        f"Si les mois qui restent ressemblent aux mois faits : {format_valeur(s.prevision, 'ETP', 2)} sur "
        f"l’année, entre {format_valeur(s.prevision_basse, '', 2)} et "
        f"{format_valeur(s.prevision_haute, '', 2)}, pour "
        f"{format_valeur(s.prevision_conventionne, 'ETP', 2)} conventionnés ({sur} sur "
        f"{s.annexes}, celles dont trois mois au moins sont faits).",
        "Corrigez de ce que le calcul ignore : la saison, un chantier gagné ou perdu, un recrutement prévu.",
        (
            Chiffre("Prévision de l’année", s.prevision, "ETP", 2, "prevision"),
            Chiffre("Bas de la fourchette", s.prevision_basse, "ETP", 2, "prevision"),
            Chiffre("Haut de la fourchette", s.prevision_haute, "ETP", 2, "prevision"),
            Chiffre(
                "Conventionné des mêmes annexes", s.prevision_conventionne, "ETP", 2, "prevision"
            ),
        ),
    )


def tell_trend(dossier: Dossier) -> Iterator[Point]:
    """The rate of the last months done against that of as many months before."""
    n = int(dossier.reperes.mois_tendance)
    if dossier.synthese.sans_diviseur:
        return
    entiers = [
        mois
        for mois in dossier.mois
        if mois.annexes_faites and not mois.annexes_en_retard and not mois.annexes_a_venir
    ]
    if n < 1 or len(entiers) < 2 * n:
        return
    fins, debuts = entiers[-n:], entiers[-2 * n : -n]
    conventionnes = [sum(m.conventionne_fait for m in groupe) for groupe in (debuts, fins)]
    if not all(conventionnes):
        return
    avant, apres = (
        100 * sum(m.realise for m in groupe) / conventionne
        for groupe, conventionne in zip((debuts, fins), conventionnes, strict=True)
    )
    ecart = apres - avant
    sens = "monte" if ecart > 0 else "baisse"
    if abs(ecart) <= dossier.reperes.ecart_tendance:
        sens = "est stable"
    yield Point(
        "tendance",
        "Tendance",
        Rang.DIRE,
        f"Le taux de réalisation {sens} : {format_valeur(apres, '%', 1)} sur les {n} derniers mois entièrement "
        f"saisis, {format_valeur(avant, '%', 1)} sur les {n} d’avant.",
        "Dites ce qui l’explique ; une saison revient, un départ non remplacé dure.",
        (
            Chiffre("Taux des derniers mois", apres, "%", 1, "taux_realisation"),
            Chiffre("Taux des mois d’avant", avant, "%", 1, "taux_realisation"),
        ),
        (),
        dossier.reperes.describe("mois_tendance", "ecart_tendance"),
    )


def tell_two_realised(dossier: Dossier) -> Iterator[Point]:
    """Two figures of the realised are legitimate: which one is spoken of is asked."""
    s = dossier.synthese
    asp, heures = s.realise_asp_mois, s.realise_mois
    if isinstance(asp, Absence) or isinstance(heures, Absence) or not heures or s.sans_diviseur:
        return
    if abs(asp - heures) <= heures * dossier.reperes.ecart_asp / 100:
        return
    yield Point(
        "deux_realises",
        "Deux « réalisés »",
        Rang.DEMANDER,
        f"Par les heures : {format_valeur(heures, 'ETP-mois', 2)}. Par la part que calcule l’ASP : "
        f"{format_valeur(asp, 'ETP-mois', 2)}.",
        "Demandez sur lequel des deux porte le chiffre présenté en face.",
        (
            Chiffre("Réalisé par les heures", heures, "ETP-mois", 2, "etp_realises"),
            Chiffre("Réalisé, part de l’ASP", asp, "ETP-mois", 2, "etp_realises_asp"),
        ),
        (),
        dossier.reperes.describe("ecart_asp"),
    )
