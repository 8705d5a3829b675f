"""Who the rules are about: a person paid, the employer, the annexe financière.

OpenFisca wants one entity of persons and groups of persons. A person belongs to one structure and
to one annexe. A second annexe, or an avenant, is another group: a simulation that compares the two
gives each its own person.
"""

from __future__ import annotations

from openfisca_core.entities import build_entity

SALARIE = build_entity(
    key="salarie",
    plural="salaries",
    label="Salarié",
    doc="Une personne payée par la structure, permanente ou en parcours.",
    is_person=True,
)

STRUCTURE = build_entity(
    key="structure",
    plural="structures",
    label="Structure, employeur",
    doc="L’employeur : effectif, taxe sur les salaires.",
    roles=[
        {
            "key": "employe",
            "plural": "employes",
            "label": "Employés",
            "doc": "Toute personne que la structure paie.",
        }
    ],
)

ANNEXE = build_entity(
    key="annexe",
    plural="annexes",
    label="Annexe financière",
    doc="Une annexe financière, avenant compris : un type, un territoire, deux dates, des ETP.",
    roles=[
        {
            "key": "personne_en_parcours",
            "plural": "personnes_en_parcours",
            "label": "Personnes en parcours",
            "doc": "Les personnes dont l’annexe aide les postes.",
        },
        {
            "key": "permanent",
            "plural": "permanents",
            "label": "Permanents",
            "doc": "Les autres salariés : OpenFisca veut que chacun ait une annexe.",
        },
    ],
)

ENTITES = (SALARIE, STRUCTURE, ANNEXE)
