"""The pieces that pages are made of, each with its use and its code: what the component page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Composant:
    """One piece of a page.

    Attributes:
        code: Anchor.
        nom: French.
        usage: When it is used.
        html: What it is written as.
    """

    code: str
    nom: str
    usage: str
    html: str


COULEURS: Final = (
    "encre",
    "encre-2",
    "papier",
    "papier-2",
    "feuille",
    "accent",
    "alerte",
    "positif",
)

COMPOSANTS: Final = (
    Composant(
        "constat",
        "Le constat",
        "La réponse à la question de la page, en une phrase, juste sous le titre.",
        '<p class="constat">24 structures adhérentes dans 3 régions, aucune cotisation en retard.</p>',
    ),
    Composant(
        "chiffre-cle",
        "Le chiffre clé",
        "De trois à cinq sous le constat, chacun avec son unité, sa période et un repère.",
        '<ul class="cles"><li class="cle"><p class="cle-nom">Demandeurs d’emploi</p>'
        '<p class="nombre"><a class="chiffre" href="#chiffre-cle">81 040</a></p>'
        '<p class="repere">personnes, 2024</p></li></ul>',
    ),
    Composant(
        "absence",
        "Le chiffre qui manque",
        "Inconnu, secret, en retard, pas encore publié ou sans objet : écrit ainsi, jamais 0 ni un "
        "tiret.",
        '<p>ETP réalisés de décembre : <em class="absence">pas encore publié</em></p>',
    ),
    Composant(
        "boutons",
        "Les boutons",
        "Un seul bouton plein par formulaire ; le geste qui efface dit ce qui va arriver.",
        "<p><button>Enregistrer</button> "
        '<button class="secondaire">Annuler</button> '
        '<button class="danger">Fermer le compte</button> '
        '<button class="lien">Se déconnecter</button></p>',
    ),
    Composant(
        "champ",
        "Le champ",
        "Le nom au-dessus, l’aide dessous, l’erreur à côté du champ et résumée en haut.",
        '<div class="formulaire"><div class="champ champ-faux"><label for="exemple">SIREN</label>'
        '<p class="aide" id="exemple-aide">Neuf chiffres.</p>'
        '<ul class="erreurs-champ" id="exemple-erreur"><li>Il manque un chiffre.</li></ul>'
        '<input id="exemple" value="12345678" aria-describedby="exemple-aide exemple-erreur" '
        'aria-invalid="true"></div></div>',
    ),
    Composant(
        "annonce",
        "L’annonce",
        "Ce qui vient d’être fait, ou ce qui n’a pas pu l’être.",
        '<ul class="annonces"><li class="annonce">L’invitation est partie.</li>'
        '<li class="annonce annonce-error">L’e-mail n’a pas pu partir.</li></ul>',
    ),
    Composant(
        "avertissement",
        "L’avertissement",
        "Ce qu’il faut savoir avant de se servir d’un chiffre.",
        '<div class="avertissements"><ul><li>Le registre des structures date de décembre 2020.</li>'
        "</ul></div>",
    ),
    Composant(
        "etiquette",
        "L’étiquette",
        "Un état, toujours écrit.",
        '<p><span class="etiquette">publiée</span> '
        '<span class="etiquette etiquette-alerte">à relire</span></p>',
    ),
    Composant(
        "tableau",
        "Le tableau",
        "Les nombres à droite, l’unité dans l’en-tête ; il défile en lui-même sur un téléphone, et "
        "s’emporte en fichier.",
        '<div class="tableau entier" tabindex="0" role="region" aria-label="Exemple"><table>'
        "<caption>Structures par type</caption>"
        '<thead><tr><th scope="col">Type</th><th scope="col" class="droite">Structures</th></tr>'
        '</thead><tbody><tr><th scope="row">AI</th><td class="droite">9</td></tr>'
        '<tr><th scope="row">ACI</th><td class="droite">9</td></tr></tbody></table></div>',
    ),
    Composant(
        "pli",
        "Le pli",
        "Une partie d’une page longue, qui attend qu’on l’ouvre : la réponse, elle, reste en haut. Son "
        "ancre est à l’intérieur : la suivre l’ouvre. Sur le papier, tout est déplié.",
        '<details class="pli"><summary><h3>Les cas</h3>'
        '<span class="pli-resume">Cinq cas, refaits à l’instant.</span></summary>'
        '<div class="pli-corps" id="exemple-pli"><p>Le premier cas.</p></div></details>',
    ),
    Composant(
        "suite",
        "Et ensuite",
        "La fin d’une page : ce que l’on peut faire maintenant.",
        '<div class="suite"><h3>Et ensuite</h3>'
        '<ul><li><a href="#suite">Préparer la réunion</a></li></ul></div>',
    ),
)
"""In the order of a page."""
