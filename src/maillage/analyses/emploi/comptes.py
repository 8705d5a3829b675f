"""Public accounts of one job in a month: what is given, what comes back, and what would have been without it.

« Public » is taken whole: State, département, social security, unemployment insurance and complementary
pensions. VAT and other indirect taxes are not counted: no source found ties them to these households.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from maillage.kernel.francais import typeset
from maillage.kernel.money import Centimes, sum_centimes

if TYPE_CHECKING:
    from maillage.analyses.emploi.aides import Montant
    from maillage.analyses.emploi.demande import Contrefactuel
    from maillage.analyses.emploi.table import Point


_RGDU = "2026-01"


@dataclass(frozen=True, slots=True)
class LignePublique:
    """One line of the public accounts.

    Attributes:
        code: Stable name.
        libelle: In French.
        montant: Euros of a month, if the person would have had no job: positive for what comes back
            or is no longer paid, negative for what is given.
        source: Where it comes from, in French.
        acquise: Whether it would be the same whatever would have been without the job: the aide au
            poste is paid for the post; the rest follows the person into the other job.
    """

    code: str
    libelle: str
    montant: Centimes
    source: str
    acquise: bool = False

    def at(self, part: Decimal) -> Centimes:
        """The line if that share of the people would have had the same job elsewhere."""
        return self.montant if self.acquise else self.montant.prorata(1 - part)


@dataclass(frozen=True, slots=True)
class Comptes:
    """The lines and their sum, over the hypotheses.

    Attributes:
        lignes: What is given first.
        contrefactuel: What would have been without the job.
    """

    lignes: tuple[LignePublique, ...]
    contrefactuel: Contrefactuel

    def compute_solde(self, part: Decimal) -> Centimes:
        """What public money gains, or loses when it is negative, for that share."""
        return sum_centimes(ligne.at(part) for ligne in self.lignes)

    @property
    def soldes(self) -> tuple[Centimes, Centimes]:
        """Lowest and highest over the hypotheses: a straight line is highest at one of its ends."""
        bornes = (self.contrefactuel.minimum, self.contrefactuel.maximum)
        bas, haut = sorted(self.compute_solde(part) for part in bornes)
        return bas, haut

    @property
    def part_equilibre(self) -> Fraction | None:
        """Share, 0 to 1, at which public money neither gains nor loses; None when there is none."""
        acquis = sum_centimes(ligne.montant for ligne in self.lignes if ligne.acquise).nombre
        reste = self.compute_solde(Decimal(0)).nombre - acquis
        if not reste:
            return None
        part = 1 + Fraction(acquis, reste)
        return part if 0 <= part <= 1 else None


@dataclass(frozen=True, slots=True)
class Employeur:
    """What the employer pays in a month.

    Attributes:
        brut: Gross pay.
        cotisations: Employer's contributions at full rate.
        taux_reduits: Reduced rates of health and family contributions, until 2025.
        reduction: Réduction générale or RGDU.
        aide_au_poste: Received.
    """

    brut: Centimes
    cotisations: Centimes
    taux_reduits: Centimes
    reduction: Centimes
    aide_au_poste: Centimes

    @property
    def cout(self) -> Centimes:
        """What is left to pay."""
        return (
            self.brut + self.cotisations - self.taux_reduits - self.reduction - self.aide_au_poste
        )


def build_employeur(point: Point, aide: Montant, reduction: Montant) -> Employeur:
    """Cost of a job."""
    return Employeur(
        brut=point["salaire_brut"],
        cotisations=point["cotisations_employeur"],
        taux_reduits=point["taux_reduits"],
        reduction=reduction.montant,
        aide_au_poste=aide.montant,
    )


def build_lignes(
    avant: Point, apres: Point, aide: Montant, reduction: Montant, calcul: str
) -> tuple[LignePublique, ...]:
    """Lines of the public accounts of a job.

    Args:
        avant: The household without it.
        apres: With it.
        aide: Aide au poste of the month.
        reduction: Réduction générale or RGDU of the month.
        calcul: What the figures of the table come from.
    """

    def compare(code: str, nom: str) -> LignePublique:
        moins = avant[code] - apres[code]
        sens = "en plus" if moins < Centimes(0) else "en moins"
        return LignePublique(code, f"{nom} {sens}", moins, calcul)

    return (
        LignePublique("aide_au_poste", "Aide au poste", -aide.montant, aide.source, acquise=True),
        LignePublique(
            "reduction_generale", _name_reduction(apres.mois), -reduction.montant, reduction.source
        ),
        LignePublique(
            "taux_reduits",
            "Taux réduits maladie et famille",
            -apres["taux_reduits"],
            calcul,
        ),
        LignePublique(
            "cotisations_employeur",
            "Cotisations de l’employeur, au taux plein",
            apres["cotisations_employeur"],
            calcul,
        ),
        LignePublique(
            "cotisations_salariales",
            "Cotisations du salarié, CSG et CRDS",
            apres.cotisations_salariales,
            calcul,
        ),
        LignePublique(
            "impot_revenu",
            "Impôt sur le revenu",
            apres["impot_revenu"] - avant["impot_revenu"],
            calcul,
        ),
        compare("rsa", "RSA"),
        compare("ass", "ASS"),
        compare("aide_logement", "Aide au logement"),
        compare("prestations_familiales", "Prestations familiales"),
        compare("prime_activite", "Prime d’activité"),
    )


def _name_reduction(mois: str) -> str:
    ancienne = mois < _RGDU
    return "Réduction générale des cotisations" if ancienne else "Réduction générale (RGDU)"


_LIMITES = """
TVA et autres impôts indirects : non comptés, faute de source qui les relie à ces foyers.
Taxe sur les salaires, versement mobilité, médecine du travail et mutuelle : non comptés, ils dépendent \
de toute la structure.
Aide au poste : montant socle, ou celui que vous donnez, sans la part modulée ni les compléments.
Cotisation AGS : OpenFisca-France 176 la compte à 0,20 %, elle est à 0,25 % depuis le 1er juillet 2024 ; \
l’écart est de 0,05 % du salaire brut.
Entreprises de travail temporaire : la majoration propre de la réduction (article D241-10) n’est pas modélisée.
Congés payés : compris dans le salaire du mois ; rien ne s’y ajoute.
Régime établi : le poste dure depuis plus d’un an ; les mois de transition ne sont pas décrits.
Tous les droits sont supposés demandés. Le non-recours, la prime de Noël, l’allocation de rentrée, la \
complémentaire santé solidaire et les aides locales ne sont pas comptés.
Cotisations : elles ouvrent des droits à la retraite et au chômage, qui seront versés plus tard et ne sont \
pas comptés.
Accompagnement, formation, santé, emploi d’après : leurs effets ne sont pas chiffrés.
"""
LIMITES = tuple(map(typeset, _LIMITES.strip().splitlines()))
"""What the result leaves out, in French."""
