"""The sheet of the map of France: mainland, overseas départements in insets, Île-de-France enlarged.

Outlines come in metres of their own projection (`contours` of the reference pack). A frame is a
window on one projection, drawn at one place of the sheet; a shape goes to the frame that holds the
middle of its box, so no territory code is written here.
"""

from __future__ import annotations

from dataclasses import dataclass

LARGEUR = 1800
HAUTEUR = 1810
RANGEE = 1520
"""Top of the row of overseas insets, in units of the sheet."""


@dataclass(frozen=True, slots=True)
class Boite:
    """A rectangle: left, one horizontal edge, right, other horizontal edge."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def milieu(self) -> tuple[float, float]:
        """Centre of the rectangle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def intersects(self, autre: Boite) -> bool:
        """Whether two rectangles share a point."""
        return (
            self.x0 <= autre.x1
            and autre.x0 <= self.x1
            and self.y0 <= autre.y1
            and autre.y0 <= self.y1
        )


@dataclass(frozen=True, slots=True)
class Cadre:
    """A window on one projection and its place on the sheet.

    Attributes:
        nom: Label under the inset; empty for the mainland.
        projection: EPSG code of the metres.
        fenetre: What is seen, in metres.
        place: Where, in units of the sheet; y grows downwards.
    """

    nom: str
    projection: str
    fenetre: Boite
    place: Boite

    @property
    def echelle(self) -> float:
        """Units of the sheet per metre; the same in both directions."""
        return min(
            (self.place.x1 - self.place.x0) / (self.fenetre.x1 - self.fenetre.x0),
            (self.place.y1 - self.place.y0) / (self.fenetre.y1 - self.fenetre.y0),
        )

    def placer(self, x: float, y: float) -> tuple[int, int]:
        """Point of the sheet for a point in metres, the window centred in its place."""
        centre_x, centre_y = self.fenetre.milieu
        place_x, place_y = self.place.milieu
        return (
            round(place_x + (x - centre_x) * self.echelle),
            round(place_y - (y - centre_y) * self.echelle),
        )


_METROPOLE = Cadre(
    "",
    "2154",
    Boite(94_000, 6_040_000, 1_250_000, 7_116_000),
    Boite(200, 10, 1790, 1500),
)

#: Île-de-France again, 2.2 times larger, in the empty Bay of Biscay.
ILE_DE_FRANCE = Cadre(
    "Île-de-France",
    "2154",
    Boite(583_000, 6_776_000, 743_000, 6_910_000),
    Boite(6, 920, 486, 1330),
)


def _outremer(nom: str, projection: str, fenetre: Boite, colonne: int) -> Cadre:
    gauche = 6 + colonne * 359
    return Cadre(nom, projection, fenetre, Boite(gauche, RANGEE + 12, gauche + 347, HAUTEUR - 74))


OUTREMER = (
    _outremer("Guadeloupe", "5490", Boite(625_000, 1_745_000, 718_000, 1_835_000), 0),
    _outremer("Martinique", "5490", Boite(685_000, 1_586_000, 740_000, 1_650_000), 1),
    _outremer("Guyane", "2972", Boite(90_000, 230_000, 480_000, 650_000), 2),
    _outremer("La Réunion", "2975", Boite(310_000, 7_630_000, 385_000, 7_695_000), 3),
    _outremer("Mayotte", "4471", Boite(495_000, 8_560_000, 540_000, 8_610_000), 4),
)

CADRES = (_METROPOLE, *OUTREMER)


def find_cadre(projection: str, x: float, y: float) -> Cadre | None:
    """Frame that shows a point of that projection, the enlarged inset excepted."""
    for cadre in CADRES:
        if cadre.projection == projection and cadre.fenetre.contains(x, y):
            return cadre
    return None
