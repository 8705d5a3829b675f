// Sorts a table in place. Without this script the same links sort it through the address.
"use strict";
(() => {
  const comparer = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

  // A figure that is absent has no data-v beside others that do: it comes last in both directions.
  const cle = (ligne, rang, chiffres) => {
    const case_ = ligne.children[rang];
    if (!chiffres) return case_.textContent.trim();
    return case_.dataset.v === undefined ? null : Number(case_.dataset.v);
  };

  const trier = (table, rang, descendant) => {
    const corps = table.tBodies[0];
    const lignes = [...corps.rows];
    const chiffres = lignes.some((ligne) => ligne.children[rang].dataset.v !== undefined);
    const sens = descendant ? -1 : 1;
    lignes.sort((a, b) => {
      const [x, y] = [cle(a, rang, chiffres), cle(b, rang, chiffres)];
      if (x === null || y === null) return (x === null) - (y === null);
      return sens * (chiffres ? x - y : comparer.compare(x, y));
    });
    corps.append(...lignes);
  };

  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("table[data-tri] thead th a");
    if (!lien || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
    const table = lien.closest("table");
    // A table cut into pages must be sorted whole, by the server.
    if (table.closest("[data-partiel]")) return;
    evenement.preventDefault();
    const tete = lien.closest("th");
    const adresse = new URL(lien.href);
    const descendant = adresse.searchParams.get("ordre") === "desc";
    trier(table, tete.cellIndex, descendant);
    for (const autre of table.tHead.rows[0].cells) autre.removeAttribute("aria-sort");
    tete.setAttribute("aria-sort", descendant ? "descending" : "ascending");
    history.replaceState(null, "", adresse);
    adresse.searchParams.set("ordre", descendant ? "asc" : "desc");
    lien.href = adresse.href;
  });
})();
