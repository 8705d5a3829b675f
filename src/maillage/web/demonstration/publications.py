"""What the invented network has published: a meeting told in two versions, and a note for members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maillage.web.publications.actions import parution, redaction

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur

_RENCONTRE: Final = """Une délégation du réseau a été reçue par le cabinet du ministère, à sa demande.
La rencontre a été longue et courtoise.

## Ce que nous avons porté

- donner leur valeur aux emplois d’utilité sociale et territoriale ;
- aider les acteurs de l’économie sociale et solidaire à coopérer ;
- consolider le modèle économique des associations intermédiaires.

Nous avons redemandé des **lieux de dialogue identifiés**, et de passer d’un développement par objectifs
chiffrés à une démarche diagnostiquée et pilotée territoire par territoire.

::: adhérents
## Pour les adhérents seulement

Nous avons appris qu’une inspection va commencer ; nous avons demandé qu’un volet financier figure dans sa
lettre de mission, et offert notre expertise. Rien n’a été approfondi, faute de temps.
:::

[[Le prochain échange est attendu à la rentrée.]]
"""
_NOTE: Final = """Le questionnaire annuel est ouvert. Vingt minutes suffisent : beaucoup de réponses sont déjà
proposées, d’après ce que le réseau sait de votre structure.

::: adhérents
Les résultats ne montrent jamais une structure : il faut au moins trois réponses, et aucune qui pèse plus
de 85 % du total.
:::
"""
_TEXTES: Final = (
    (
        "Le réseau reçu au ministère",
        "Trois propositions rappelées, des lieux de dialogue redemandés.",
        _RENCONTRE,
    ),
    ("Le questionnaire annuel est ouvert", "Vingt minutes, avant la fin de l’année.", _NOTE),
)


def build_publications(by: Utilisateur) -> None:
    """Publish the texts of the demonstration, as an editor would: they come out now.

    Args:
        by: Their author.
    """
    for titre, chapo, corps in _TEXTES:
        cadre = {"nature": "actualite", "region": ""}
        publication = redaction.create(cadre=cadre, titre=titre, by=by)
        contenu: dict[str, Any] = {
            **redaction.VIDE,
            "titre": titre,
            "chapo": chapo,
            "corps": corps,
        }
        redaction.save(
            publication, contenu=contenu, cadre=cadre, base=1, motif="premier jet", by=by
        )
        publication.refresh_from_db()
        parution.publish(
            publication,
            base=2,  # the title alone was the first text
            by=by,
        )
        publication.is_synthetic = True
        publication.save(update_fields=["is_synthetic"])
