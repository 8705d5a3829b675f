"""The letter on late entries: which months, what they are worth, why it matters, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.analyses.pilotage.dialogue_de_gestion_echeances import (
    find_prochaine,
    list_echeances,
    show_echeance,
)
from maillage.analyses.pilotage.lettres_modele import TableauLettre, make_lettre
from maillage.indicators.pilotage.faits import RETARD
from maillage.indicators.pilotage.tableaux import list_annees, list_retards
from maillage.kernel.francais import (
    accorder,
    de,
    format_date,
    format_mois,
    format_nombre,
    format_valeur,
    join_fr,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.pilotage.dialogue_de_gestion_modele import Echeance
    from maillage.analyses.pilotage.lettres_modele import Lettre
    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.tableaux import Retard
    from maillage.kernel.valeur import Valeur

_POURQUOI = (
    "Pourquoi cela compte : l’ASP verse chaque mois une avance, puis la corrige d’après les heures que vous "
    "saisissez (c’est la régularisation). L’aide au poste suit les heures saisies ; celles qui ne le sont "
    "pas ne peuvent pas être prises en compte."
)
_REGLE = (
    "Un mois est dit en retard quand aucun relevé n’y est saisi, brouillons mis à part, et que le deuxième "
    "mois qui le suit a commencé : en août, juin est dû, juillet ne l’est pas."
)
_CALCUL = (
    "Aide en jeu : postes conventionnés du mois × montant par poste et par an de l’annexe ÷ 12. C’est un "
    "maximum : l’aide dépend des heures faites."
)


@dataclass(frozen=True, slots=True)
class _Dossier:
    """What a letter is made of.

    Attributes:
        faits: Of the extract.
        annee: Year of the letter.
        retards: Late annexes of the structure in the year.
        autres: Late months of the other years, by year.
    """

    faits: Faits
    annee: int
    retards: tuple[Retard, ...]
    autres: dict[int, int]

    @property
    def jour(self) -> date:
        return self.faits.extrait.extraction

    def place(self, retard: Retard) -> int:
        """Row of an annexe in the facts."""
        return int(np.searchsorted(self.faits.annexe("annexe_id"), retard.annexe_id))

    def text(self, nom: str) -> str:
        """A fact of the structure, as its first late annexe says it."""
        return str(self.faits.annexe(nom)[self.place(self.retards[0])])


def list_lettres(
    faits: Faits, annee: int, filtre: Filtre | None, perimetre: str, expediteur: str
) -> tuple[Lettre, ...]:
    """One letter per structure with late months in the year."""
    par_annee = {
        an: group_retards(list_retards(faits, an, filtre, perimetre))
        for an in {annee, *list_annees(faits)}
    }
    lettres = []
    for cle, retards in par_annee[annee].items():
        autres = {
            an: sum(len(r.mois) for r in groupes[cle])
            for an, groupes in sorted(par_annee.items())
            if an != annee and cle in groupes
        }
        dossier = _Dossier(faits, annee, retards, autres)
        lettres.append(_write(dossier, cle, expediteur))
    return tuple(sorted(lettres, key=lambda lettre: (lettre.destinataire, lettre.cle)))


def group_retards(retards: list[Retard]) -> dict[Cle, tuple[Retard, ...]]:
    """Late annexes by structure and kind."""
    par_cle: dict[Cle, tuple[Retard, ...]] = {}
    for retard in retards:
        cle = retard.asp_id, retard.type
        par_cle[cle] = (*par_cle.get(cle, ()), retard)
    return par_cle


def _write(dossier: _Dossier, cle: Cle, expediteur: str) -> Lettre:
    retards = dossier.retards
    mois = sorted({numero for retard in retards for numero in retard.mois})
    return make_lettre(
        genre="retards",
        cle=cle,
        structure=(dossier.text("denomination"), dossier.text("siret")),
        expediteur=expediteur,
        extrait=dossier.faits.extrait,
        objet=f"relevés à saisir sur l’extranet de l’ASP, {_show_months(dossier.annee, mois)}",
        paragraphes=(
            (
                f"Au {format_date(dossier.jour)}, jour de l’extrait de l’ASP que nous lisons, les heures de vos "
                f"salariés en insertion n’étaient pas saisies pour {_show_months(dossier.annee, mois)} "
                f"({join_fr(f'annexe financière {retard.numero}' for retard in retards)}). Si vous l’avez fait "
                "depuis, merci, et ne tenez pas compte de cette lettre."
            ),
            _tell_stake(dossier),
            _POURQUOI,
            *_tell_next(dossier),
        ),
        tableaux=(_tabulate(dossier),),
        suite=(
            "Cette semaine, voici ce que nous vous proposons :",
            (
                "1. Saisissez sur l’extranet IAE de l’ASP le relevé mensuel de chaque salarié pour les mois "
                "du tableau."
            ),
            *_tell_drafts(dossier),
            (
                "3. Si personne n’a travaillé un de ces mois, dites-le-nous : l’extrait ne permet pas de le "
                "distinguer d’un oubli."
            ),
            (
                "4. Si la saisie est bloquée (accès, logiciel, annexe pas encore valide), appelez-nous : nous "
                "pouvons vous aider, ou en parler avec vous à la DDETS ou à l’ASP."
            ),
            *_tell_others(dossier),
        ),
        sources=(_REGLE, _CALCUL, *_list_texts(dossier)),
    )


def _tell_stake(dossier: _Dossier) -> str:
    retards = dossier.retards
    nombre = sum(len(retard.mois) for retard in retards)
    etp = sum(retard.etp_mois for retard in retards)
    euros = _sum([_stake(dossier, retard) for retard in retards])
    vaut = (
        "nous n’en connaissons pas le montant"
        if isinstance(euros, Absence)
        else f"l’aide au poste correspondante est de {format_nombre(euros)} € au plus"
    )
    return (
        f"En jeu : {accorder(nombre, 'mois', 'mois')}, soit {format_nombre(etp, 2)} ETP-mois conventionnés "
        f"(un ETP-mois est un poste à temps plein pendant un mois) ; {vaut}."
    )


def _stake(dossier: _Dossier, retard: Retard) -> Valeur:
    """What its late months are worth; unknown when the annexe does not say its amount."""
    place = dossier.place(retard)
    connus = (
        dossier.faits.is_known(nom)[place] for nom in ("montant_unitaire_centimes", "etp_centiemes")
    )
    return retard.euros if all(connus) else Absence.INCONNUE


def _sum(montants: list[Valeur]) -> Valeur:
    connus = [montant for montant in montants if not isinstance(montant, Absence)]
    return sum(connus) if connus else Absence.INCONNUE


def _tell_next(dossier: _Dossier) -> list[str]:
    """The next regularisation of each annexe, when a text gives it."""
    phrases = []
    for retard in dossier.retards:
        echeances, _ = _calendar(dossier, retard)
        prochaine = find_prochaine(echeances, dossier.jour)
        if prochaine is not None:
            phrases.append(
                f"La prochaine régularisation de l’annexe {retard.numero} est celle "
                f"{de(show_echeance(prochaine))} : mieux vaut saisir avant."
            )
    return phrases


def _calendar(dossier: _Dossier, retard: Retard) -> tuple[tuple[Echeance, ...], str]:
    place = dossier.place(retard)
    dates = [dossier.faits.annexes.column(nom)[place].as_py() for nom in ("debut", "fin")]
    return list_echeances(retard.numero, dates[0], dates[1])


def _list_texts(dossier: _Dossier) -> list[str]:
    textes = {
        echeance.texte for retard in dossier.retards for echeance in _calendar(dossier, retard)[0]
    }
    return [f"Mois de régularisation : {texte}." for texte in sorted(textes)]


def _tell_drafts(dossier: _Dossier) -> list[str]:
    """Statements of these months that are drafts: they only have to be finished."""
    ids = [retard.annexe_id for retard in dossier.retards]
    mois = dossier.faits.mois
    masque = pc.and_(
        pc.is_in(mois.column("annexe_id"), value_set=pa.array(ids, pa.int64())),
        pc.and_(
            pc.equal(mois.column("annee"), dossier.annee), pc.equal(mois.column("statut"), RETARD)
        ),
    )
    brouillons = int(pc.sum(mois.filter(masque).column("lignes_brouillon")).as_py() or 0)
    if not brouillons:
        return ["2. Validez les relevés : un relevé resté en brouillon ne compte pas."]
    return [
        (
            f"2. Reprenez {accorder(brouillons, 'relevé resté', 'relevés restés')} en brouillon sur ces mois "
            "et validez-les : un brouillon ne compte pas."
        )
    ]


def _tell_others(dossier: _Dossier) -> list[str]:
    if not dossier.autres:
        return []
    quoi = join_fr(
        f"{accorder(nombre, 'mois', 'mois')} de {an}" for an, nombre in dossier.autres.items()
    )
    return [
        (
            f"À part cela, {quoi} ne {'sont' if sum(dossier.autres.values()) > 1 else 'est'} pas non plus "
            "dans l’extrait. Demandez à la DDETS ou à l’ASP si une saisie est encore possible, et dites-le-nous."
        )
    ]


def _tabulate(dossier: _Dossier) -> TableauLettre:
    return TableauLettre(
        titre=f"Mois à saisir en {dossier.annee}",
        entetes=("Annexe", "Mois à saisir", "Dernier mois saisi", "Postes par mois", "Aide en jeu"),
        lignes=tuple(
            (
                retard.numero,
                join_fr(format_mois(dossier.annee, mois) for mois in retard.mois),
                format_mois(dossier.annee, retard.dernier_mois)
                if retard.dernier_mois
                else "aucun dans l’année",
                f"{format_nombre(retard.etp_mois / len(retard.mois), 2)} ETP",
                format_valeur(_stake(dossier, retard), "€"),
            )
            for retard in dossier.retards
        ),
        nombres=frozenset({3, 4}),
    )


def _show_months(annee: int, mois: list[int]) -> str:
    return join_fr(format_mois(annee, numero) for numero in mois)
