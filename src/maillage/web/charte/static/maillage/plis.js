// Folds, for the browsers that do not do it by themselves: what the address points at is opened, and
// everything is on paper. Without this script a fold opens by its heading.
"use strict";
(() => {
  const ouvrir = () => {
    const cible = document.querySelector(":target");
    let pli = cible && cible.closest("details:not([open])");
    if (!pli) return;
    for (; pli; pli = pli.parentElement.closest("details:not([open])")) pli.open = true;
    cible.scrollIntoView();
  };
  let ouverts = [];
  addEventListener("hashchange", ouvrir);
  addEventListener("beforeprint", () => {
    ouverts = [...document.querySelectorAll("main details:not([open])")];
    for (const pli of ouverts) pli.open = true;
  });
  addEventListener("afterprint", () => {
    for (const pli of ouverts) pli.open = false;
  });
  ouvrir();
})();
