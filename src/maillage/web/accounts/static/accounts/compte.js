// Printing, and what the browser answers about a passkey, said in French.
(() => {
  "use strict";
  document.documentElement.classList.add("avec-js");

  for (const bouton of document.querySelectorAll("[data-imprimer]")) {
    bouton.addEventListener("click", () => window.print());
  }

  const raisons = {
    NotAllowedError: "La clé n’a pas été présentée à temps, ou vous avez renoncé. Réessayez quand vous voulez.",
    InvalidStateError: "Cette clé est déjà enregistrée sur votre compte.",
    SecurityError: "Le navigateur refuse les clés d’accès à cette adresse : ouvrez le site par son nom, en https, ou par http://localhost sur cette machine.",
    NotSupportedError: "Cet appareil ne propose aucune clé d’accès qui convienne.",
  };
  document.addEventListener("allauth.error", (evenement) => {
    evenement.preventDefault();
    const place = document.getElementById("refus-cle");
    if (!place) return;
    place.textContent = raisons[evenement.detail.exception.name]
      || "La clé d’accès n’a pas pu servir. Réessayez, ou prenez un autre moyen.";
    place.hidden = false;
    place.focus();
  });
})();
