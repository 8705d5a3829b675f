"""The small tables that every screen of the cockpit reads, derived once from the views of an extract.

Amounts and hours are integers, in the unit that the name says: they add up to the same figure on
every engine. Ratios are divided last. A missing figure is null, never 0.

`fait`, `retard`, `a_venir` are the states of a month of an annexe on the day of the extraction: at
least one statement other than a draft was entered; none was, and it was due; it is not due yet. The
statements of a month are due when the second month after it begins: on a day of August, June is due
and July is not (public rule of the « saisie à jour »).
"""

from __future__ import annotations

import pyarrow as pa

VERSION = 4
"""Changes when a table changes: what an older version derived is derived again."""

FAIT, RETARD, A_VENIR = "fait", "retard", "a_venir"

ANNEXES = pa.schema(
    [
        # identity: one row per af_id_annexe_financiere, the version that holds
        ("annexe_id", pa.int64()),
        ("numero", pa.string()),  # AI017180002A0M1
        ("mesure", pa.string()),  # AI_DC
        ("type", pa.string()),  # AI, ACI, EI, ETTI, EITI
        ("penitentiaire", pa.bool_()),
        ("millesime", pa.int16()),  # year of the start
        ("debut", pa.date32()),
        ("fin", pa.date32()),
        ("duree_mois", pa.int16()),
        ("etat", pa.string()),
        ("compte_pilotage", pa.bool_()),  # VALIDE, PROVISOIRE, CLOTURE
        ("conventionnee", pa.bool_()),  # VALIDE, PROVISOIRE, end not past on the extraction day
        ("suspendue", pa.bool_()),
        ("rejet_code", pa.string()),  # motif of the last rejection, empty when none
        ("avenant_en_cours", pa.string()),  # number of a later amendment not yet valid, empty
        ("versions", pa.int16()),  # rows of the extract that this one stands for
        # whose, where
        ("asp_id", pa.int64()),
        ("siret", pa.string()),  # structure_siret_actualise
        ("siret_signature", pa.string()),
        ("denomination", pa.string()),
        ("commune", pa.string()),  # official code, COG of the reference pack
        ("departement_structure", pa.string()),
        ("departement_argent", pa.string()),  # in the number of the annexe; null when none is read
        # agreed
        ("etp_centiemes", pa.int64()),  # monthly posts, full-time equivalents
        ("heures_etp_centiemes", pa.int64()),  # hours of a full-time year, of this very annexe
        ("montant_unitaire_centimes", pa.int64()),
        ("montant_total_centimes", pa.int64()),  # as published
        ("montant_calcule_centimes", pa.int64()),  # as the ASP rounds it
        ("montant_departement_centimes", pa.int64()),  # cofinancing
        # supervision of the year before, as declared
        ("etp_encadrement_technique_centiemes", pa.int64()),
        ("etp_accompagnement_centiemes", pa.int64()),
        ("etp_insertion_precedent_centiemes", pa.int64()),
        # exits that the annexe announces
        ("sorties_prevues", pa.int64()),
        ("taux_sorties_prevu_centiemes", pa.int64()),  # dynamic, percentage
        ("taux_durable_prevu_centiemes", pa.int64()),
        ("taux_transition_prevu_centiemes", pa.int64()),
        ("taux_positive_prevu_centiemes", pa.int64()),
        # funders of the last closed year, euros as declared
        ("cloture_exercice", pa.date32()),
        ("produits_exploitation_centimes", pa.int64()),
        ("ventes_centimes", pa.int64()),
        ("aides_centimes", pa.int64()),
        *(
            (f"aide_{financeur}_centimes", pa.int64())
            for financeur in (
                "commune",
                "intercommunalite",
                "departement",
                "region",
                "etat",
                "fse",
                "plie",
                "agefiph",
                "autre",
                "fondation",
            )
        ),
    ]
)
"""One row per annexe of the IAE (funds for development, FDI, are left out)."""

MOIS = pa.schema(
    [
        ("annexe_id", pa.int64()),
        ("annee", pa.int16()),
        ("mois", pa.int8()),
        ("dans_la_periode", pa.bool_()),  # of the annexe; outside, statements are told, not counted
        ("statut", pa.string()),  # fait, retard, a_venir
        ("lignes", pa.int32()),  # statements, one per person, contract and month
        ("lignes_validees", pa.int32()),  # VALIDE
        ("personnes", pa.int32()),  # with at least one hour
        ("heures_centiemes", pa.int64()),
        ("heures_facturees_centiemes", pa.int64()),
        ("salaire_brut_centimes", pa.int64()),
        ("part_etp_millioniemes", pa.int64()),  # the ASP's own part, summed
        ("derniere_validation", pa.date32()),
        ("lignes_brouillon", pa.int32()),  # drafts: neither entered nor counted, but seen
        ("heures_brouillon_centiemes", pa.int64()),
    ]
)
"""Every month of the life of every annexe, and the months entered outside of it. Sums are null where
nothing was entered."""

PERSONNES = pa.schema(
    [
        ("annexe_id", pa.int64()),
        ("annee", pa.int16()),
        ("personne", pa.int64()),  # salted hash of emi_pph_id: a person within one structure
        (
            "reelle",
            pa.int64(),
        ),  # salted hash of the number that follows a person; null when unknown
        ("heures_centiemes", pa.int64()),
        ("femme", pa.bool_()),
        ("rsa", pa.bool_()),
        ("rqth", pa.bool_()),
        ("qpv", pa.bool_()),
        ("annee_naissance", pa.int16()),
    ]
)
"""Who worked on each annexe in each year, were it less than the hour from which people are counted; what
nobody wrote is null."""

SORTIES = pa.schema(
    [
        ("annexe_id", pa.int64()),
        ("annee", pa.int16()),
        ("durable", pa.int32()),
        ("transition", pa.int32()),
        ("positive", pa.int32()),
        ("autre", pa.int32()),
        ("retrait", pa.int32()),  # withdrawn from the exits that are counted
        (
            "sans_motif",
            pa.int32(),
        ),  # a contract that ended in the year, no motive in the statements
        ("sans_categorie", pa.int32()),  # a motive that the referentials do not explain
        ("sous_heures", pa.int32()),  # under the hours of the counting rule
        ("sous_duree", pa.int32()),  # under its months
        ("duree_inconnue", pa.int32()),  # no contract says how long they stayed
    ]
)
"""Exits of each annexe and year by the public counting rule, and those that it leaves out, by reason."""

FAITS = {"annexes": ANNEXES, "mois": MOIS, "personnes": PERSONNES, "sorties": SORTIES}
