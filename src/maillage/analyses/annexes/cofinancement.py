"""Who pays an annexe: the État, and the département for former recipients of the RSA."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.annexes.demande import RsaRetenu
from maillage.kernel.errors import Anomalie, SaisieInvalide, UserError
from maillage.kernel.francais import accorder
from maillage.kernel.money import Centimes, sum_centimes
from maillage.regles.aide_au_poste.arrondi import to_centimes
from maillage.regles.cofinancement.repartition import split_mois
from maillage.regles.engine.calcul import compute

if TYPE_CHECKING:
    from maillage.analyses.annexes.complements import Contexte
    from maillage.analyses.annexes.demande import Beneficiaires
    from maillage.analyses.annexes.versements import Versements
    from maillage.kernel.period import Mois
    from maillage.regles.aide_au_poste.arrondi import Entiers
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.tables import Colonne
    from maillage.regles.engine.valeur_legale import ValeurLegale

COFINANCEMENT = "cofinancement"
TYPE_OBLIGATOIRE = "ACI"
_TAUX = "cofinancement.taux_du_montant_forfaitaire_rsa_personne_seule"
_RSA_MAYOTTE = "MLG-REG-227"
HYPOTHESE_PLAFOND = (
    "La part du département ne dépasse pas, depuis le début, le montant conventionné des mois "
    "écoulés ; elle est arrondie une fois, en cumul."
)
AVERTISSEMENT_TYPE = (
    "Les textes lus n’obligent le département à cofinancer que les ACI : pour un autre type de "
    "structure, cette part dépend de sa convention."
)


@dataclass(frozen=True, slots=True)
class MoisPartage:
    """One month of the aide, and who pays it.

    Attributes:
        mois: Calendar month.
        montant: Agreed amount of the month, whatever its advance.
        nombre_beneficiaires: Former recipients of the RSA.
        rsa: Flat amount of the month.
        departement: Share of the département.
    """

    mois: Mois
    montant: Centimes
    nombre_beneficiaires: int
    rsa: Centimes
    departement: Centimes

    @property
    def etat(self) -> Centimes:
        """The rest."""
        return self.montant - self.departement


@dataclass(frozen=True, slots=True)
class Partage:
    """An annexe between the État and the département, or why it is not shared.

    Attributes:
        mois: Month by month; empty when it is refused.
        legales: Legal values read.
        hypotheses: What the texts leave open and how it is read, in French.
        avertissements: What must be shown beside the figures, in French.
        refus: Why there is no share.
    """

    mois: tuple[MoisPartage, ...]
    legales: tuple[ValeurLegale, ...]
    hypotheses: tuple[str, ...]
    avertissements: tuple[str, ...]
    refus: tuple[Anomalie, ...] = ()

    @property
    def departement(self) -> Centimes | None:
        """Share of the département over the annexe; None when it is refused."""
        return None if self.refus else sum_centimes(un.departement for un in self.mois)


def share(
    contexte: Contexte,
    beneficiaires: Beneficiaires,
    lecture: RsaRetenu,
    paiement: Versements,
    legislation: Legislation,
) -> Partage:
    """Agreed amount of an annexe between the État and the département, month by month.

    Args:
        contexte: The annexe.
        beneficiaires: Former recipients of the RSA.
        lecture: Which RSA is followed.
        paiement: How the annexe is paid.
        legislation: The law.
    """
    hypotheses = (lecture.value, HYPOTHESE_PLAFOND)
    try:
        return _share(contexte, beneficiaires, lecture, paiement, legislation)
    except UserError as refus:
        anomalies = tuple(_reword(anomalie) for anomalie in refus.anomalies)
        return Partage((), (), hypotheses, (), anomalies)


def _share(
    contexte: Contexte,
    beneficiaires: Beneficiaires,
    lecture: RsaRetenu,
    paiement: Versements,
    legislation: Legislation,
) -> Partage:
    montants = [un for periode in paiement.periodes for un in periode.montants_mensuels]
    nombres = _spread(beneficiaires.nombres, len(montants))
    mois = [paiement.annexe.mois(rang) for rang in range(1, len(montants) + 1)]
    rsa, lues = _read_rsa(contexte, beneficiaires, lecture, mois, legislation)
    taux = legislation.resolve(_TAUX, contexte.date_debut)
    parts = split_mois(
        np.array([[montant.nombre for montant in montants]]),
        rsa[None],
        np.array([nombres]),
        np.array([float(taux.valeur)]),  # type: ignore[arg-type]  # a rate
    )[0]
    legales = (taux, *lues)
    phrases = [legale.avertissement for legale in legales]
    if contexte.type_siae != TYPE_OBLIGATOIRE:
        phrases.append(AVERTISSEMENT_TYPE)
    if beneficiaires.rsa is not None:
        phrases.append("Le montant du RSA est celui que vous avez donné, pas celui d’un texte.")
    return Partage(
        mois=tuple(
            MoisPartage(un, montant, nombre, Centimes(int(du_mois)), Centimes(int(part)))
            for un, montant, nombre, du_mois, part in zip(
                mois, montants, nombres, rsa, parts, strict=True
            )
        ),
        legales=legales,
        hypotheses=(lecture.value, HYPOTHESE_PLAFOND),
        avertissements=tuple(dict.fromkeys(filter(None, phrases))),
    )


def _read_rsa(
    contexte: Contexte,
    beneficiaires: Beneficiaires,
    lecture: RsaRetenu,
    mois: list[Mois],
    legislation: Legislation,
) -> tuple[Entiers, tuple[ValeurLegale, ...]]:
    """RSA of each month in cents, and the legal values read; none for the user's own amount."""
    if beneficiaires.rsa is not None:
        return np.full(len(mois), beneficiaires.rsa.nombre), ()
    premier = lecture is RsaRetenu.PREMIER_MOIS
    jours = [max((mois[0] if premier else un).debut, contexte.date_debut) for un in mois]
    dates = np.array(jours, "datetime64[D]")
    colonnes: dict[str, Colonne] = {
        "territoire": np.full(len(mois), contexte.territoire),
        "date_debut_effet": dates,
    }
    resultat = compute(["rsa_personne_seule"], colonnes, legislation, dates)
    return to_centimes(resultat["rsa_personne_seule"]), resultat.valeurs_legales


def _spread(nombres: tuple[int, ...], duree: int) -> list[int]:
    """One number for each month.

    Raises:
        SaisieInvalide: MLG-CAL-005, neither one number nor one for each month.
    """
    if len(nombres) == 1:
        return list(nombres) * duree
    if len(nombres) != duree:
        donnes = accorder(len(nombres), "nombre est donné", "nombres sont donnés")
        raise SaisieInvalide(
            Anomalie(
                "MLG-CAL-005",
                f"{donnes} pour une annexe de {accorder(duree, 'mois', 'mois')}.",
                "Donnez un seul nombre, ou un par mois de l’annexe.",
            )
        )
    return list(nombres)


def _reword(anomalie: Anomalie) -> Anomalie:
    """The same problem at its section; a reader of the calculator has no column to fill."""
    if anomalie.code == _RSA_MAYOTTE:
        que_faire = "Donnez vous-même le montant forfaitaire du RSA d’une personne seule."
        return replace(anomalie, que_faire=que_faire, ou=COFINANCEMENT)
    return replace(anomalie, ou=COFINANCEMENT)
