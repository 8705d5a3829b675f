"""The resolver of live figures over the atlas: what pages show of a figure, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.carte import Famille
from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import ESPACE_FINE, format_nombre, guillemets, join_fr
from maillage.kernel.valeur import Absence
from maillage.web.publications.texte.chiffres import ChiffreAffiche, proches
from maillage.web.publications.texte.folding import fold_text
from maillage.web.territoires.figures import libelle_periode, unite_affichee, url_chiffre

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.web.publications.texte.chiffres import Reference

_FAMILLES = {fold_text(famille.value): famille for famille in Famille}


class ResolveurAtlas:
    """Reads the figures of the atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    @property
    def version(self) -> str:
        """Version of the figures, that a text may ask for."""
        return self._atlas.cube.version

    def check(self, reference: Reference) -> tuple[Anomalie, ...]:
        """Problems of a reference, without their place: indicator, heading, level, territory, period."""
        carte = self._atlas.cartes.get(reference.indicateur)
        if carte is None:
            return (*self._unknown_indicator(reference), *self._territoire(reference))
        problems = [*self._territoire(reference)]
        if reference.famille and _FAMILLES.get(reference.famille) is not carte.famille:
            problems.append(
                Anomalie(
                    "MLG-PUB-018",
                    f"{guillemets(reference.indicateur)} n’est pas dans la famille "
                    f"{guillemets(reference.famille)}.",
                    f"Écrivez {fold_text(carte.famille.value)}.{reference.indicateur}, ou le code seul.",
                )
            )
        periodes = self._atlas.periodes_de(reference.indicateur, reference.niveau)
        if not periodes:
            niveaux = [n.value for n in self._atlas.niveaux_de(reference.indicateur)]
            problems.append(
                Anomalie(
                    "MLG-PUB-018",
                    f"{guillemets(carte.nom)} n’existe pas au niveau {guillemets(reference.niveau.value)}.",
                    f"Niveaux connus\u00a0: {join_fr(niveaux, 'ou')}.",
                )
            )
        elif reference.periode and reference.periode not in periodes:
            problems.append(
                Anomalie(
                    "MLG-PUB-018",
                    f"{guillemets(carte.nom)} n’a pas de chiffre pour {guillemets(reference.periode)}.",
                    f"Périodes connues\u00a0: de {periodes[0]} à {periodes[-1]}.",
                )
            )
        if reference.version and not self.version.startswith(reference.version):
            problems.append(self._other_version(reference))
        return tuple(problems)

    def resolve(self, reference: Reference) -> ChiffreAffiche:
        """The figure, or why there is none; one of another version says so and shows no number."""
        try:
            chiffre = self._atlas.chiffre(
                reference.indicateur, reference.niveau, reference.code, reference.periode or None
            )
        except UserError:
            return ChiffreAffiche("", "", "", "", str(reference), "inconnue", "inconnue")
        adresse = url_chiffre(chiffre.niveau, chiffre.code, chiffre.carte.code, chiffre.periode)
        intitule = f"{chiffre.carte.nom}, {chiffre.nom_territoire}"
        periode = libelle_periode(chiffre.periode) if chiffre.periode else ""
        if reference.version and not self.version.startswith(reference.version):
            return ChiffreAffiche(
                "", "", periode, adresse, intitule, "révisée depuis", "en_retard", self.version
            )
        unite = unite_affichee(chiffre.carte)
        if isinstance(chiffre.valeur, Absence):
            absence = chiffre.valeur
            return ChiffreAffiche(
                "", unite, periode, adresse, intitule, absence.value, absence.code, self.version
            )
        valeur = format_nombre(chiffre.valeur, chiffre.carte.decimales)
        return ChiffreAffiche(valeur, unite, periode, adresse, intitule, version=self.version)

    def _unknown_indicator(self, reference: Reference) -> tuple[Anomalie, ...]:
        voisins = proches(reference.indicateur, self._atlas.cartes)
        return (
            Anomalie(
                "MLG-PUB-018",
                f"Aucun indicateur ne porte le code {guillemets(reference.indicateur)}.",
                f"Vouliez-vous dire {voisins}{ESPACE_FINE}?"
                if voisins
                else "Lisez la liste des indicateurs à l’adresse /indicateurs/.",
            ),
        )

    def _territoire(self, reference: Reference) -> tuple[Anomalie, ...]:
        try:
            self._atlas.territoire(reference.niveau, reference.code)
        except UserError as error:
            return error.anomalies
        return ()

    def _other_version(self, reference: Reference) -> Anomalie:
        return Anomalie(
            "MLG-PUB-019",
            f"Le chiffre {guillemets(str(reference))} demande une version des données qui n’est plus là.",
            f"Enlevez « version=… », ou demandez la version d’aujourd’hui\u00a0: {self.version[:12]}.",
        )
