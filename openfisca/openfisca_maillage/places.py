"""Where each variable lives: its entity and its period. The one thing that OpenFisca adds.

An annexe is what it is for its whole life, its dates are in it: its variables have no period
(« ETERNITY »), except what is paid in a month. Pay, hours and contributions go by the month, the tax
on wages and the size of the employer by the year. Law is read on the first day of the period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openfisca_core.periods import DateUnit

from openfisca_maillage.entites import ANNEXE, SALARIE, STRUCTURE

if TYPE_CHECKING:
    from openfisca_core.entities import Entity, GroupEntity


class Place(NamedTuple):
    """Entity and period of a variable."""

    entite: Entity | GroupEntity
    periode: DateUnit


_ANNEXE = Place(ANNEXE, DateUnit.ETERNITY)
_SALARIE_MOIS = Place(SALARIE, DateUnit.MONTH)
_SALARIE_ANNEE = Place(SALARIE, DateUnit.YEAR)
_STRUCTURE_MOIS = Place(STRUCTURE, DateUnit.MONTH)
_STRUCTURE_ANNEE = Place(STRUCTURE, DateUnit.YEAR)

_PAR_PLACE = {
    _ANNEXE: """
        date_debut_effet date_fin_effet territoire type_siae etp_centiemes duree_mois
        bareme_socle montant_socle montant_unitaire_centimes montant_mensuel_centimes
        montant_total_annuel_centimes
        poids_publics poids_moyens poids_resultats note_publics note_moyens note_resultats
        points_modulation bareme_part_modulee part_modulee_centimes
        etp_passerelle_centiemes mois_passerelle est_passerelle bareme_passerelle
        contrat_passerelle_centimes
        date_embauche_cdi etp_cdi_centiemes mois_cdi_annee_1 mois_cdi_suivants
        aide_cdi_inclusion_centimes
        montant_fdi_centimes aide_avec_fdi_centimes
        mois_beneficiaires bareme_rsa rsa_personne_seule cofinancement_mensuel_par_beneficiaire
        part_departement_centimes montant_cofinance_centimes nombre_beneficiaires_cible
        part_departement
        avance_mensuelle_centimes etp_realises_cumules_centiemes droit_final_centimes
    """,
    _SALARIE_MOIS: """
        age anciennete_parcours_mois duree_hebdomadaire est_duree_cdi_suffisante
        est_cdi_inclusion_possible
        smic_mensuel smic_annuel smic_periode premier_janvier
        remuneration nombre_heures_remunerees lecture_conges_payes smic_retenu
        coefficient_reduction reduction_cotisations
        nombre_heures_cumulees_avant heures_exonerees_ai assiette_exoneree_ai
        remuneration_des_750_heures cotisation_accident_ai
        contrat_ouvre_aide_au_poste assiette_exoneree_aci
        assiette_accident_aci cotisation_accident_aci
        heures_comptees_en_entreprise heures_restantes_en_entreprise heures_au_dela_du_plafond
    """,
    _SALARIE_ANNEE: "remuneration_individuelle_annuelle majoration_individuelle",
    _STRUCTURE_MOIS: "coefficient_maximal t_delta",
    _STRUCTURE_ANNEE: """
        effectif employeur_public est_association
        remuneration_permanents_annuelle remuneration_insertion_annuelle insertion_dans_assiette
        assiette_taxe_salaires taxe_au_taux_normal majorations_employeur taxe_brute
        taxe_apres_decote taxe_due
    """,
}
PLACES: dict[str, Place] = {
    nom: place for place, noms in _PAR_PLACE.items() for nom in noms.split()
}
"""Place of every column of the rules, given or computed, by its name in Maillage."""
