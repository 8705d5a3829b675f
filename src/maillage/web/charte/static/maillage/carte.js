// One tab stop per map, then the arrow keys: the next territory is the nearest in that direction.
// Without this script the table under the map carries the keyboard.
"use strict";
(() => {
  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const milieu = (lien) => {
    const boite = lien.getBoundingClientRect();
    return [boite.left + boite.width / 2, boite.top + boite.height / 2];
  };

  // Distance along the direction, plus twice the drift across it; behind is out of reach.
  const cout = ([x, y], [dx, dy], lien) => {
    const [a, b] = milieu(lien);
    const devant = (a - x) * dx + (b - y) * dy;
    const cote = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
    return devant > 1 ? devant + 2 * cote : Infinity;
  };

  const voisin = (liens, lien, direction) => {
    const depart = milieu(lien);
    let proche = null;
    let minimum = Infinity;
    for (const autre of liens) {
      const valeur = autre === lien ? Infinity : cout(depart, direction, autre);
      if (valeur < minimum) [minimum, proche] = [valeur, autre];
    }
    return proche;
  };

  for (const carte of document.querySelectorAll("svg[data-carte]")) {
    const liens = [...carte.querySelectorAll("a[aria-label]")];
    if (!liens.length) continue;
    liens[0].setAttribute("tabindex", "0");
    carte.addEventListener("keydown", (evenement) => {
      const lien = evenement.target.closest("a");
      const direction = DIRECTIONS[evenement.key];
      if (!lien || !direction) return;
      evenement.preventDefault();
      const suivant = voisin(liens, lien, direction);
      if (!suivant) return;
      lien.setAttribute("tabindex", "-1");
      suivant.setAttribute("tabindex", "0");
      suivant.focus();
    });
  }
})();
