// Without it everything still works: questions that wait for another answer are then shown with
// the sentence that says when to fill them, and every section has its button.
"use strict";

(() => {
  const questions = [...document.querySelectorAll(".question")];

  const isChosen = (code, valeur) =>
    [...document.querySelectorAll(`[name="q-${CSS.escape(code)}"]`)].some(
      (champ) => champ.checked && champ.value === valeur,
    );

  const refresh = () => {
    for (const question of questions) {
      const attend = question.dataset.attend;
      if (!attend) continue;
      const [code, valeur] = attend.split("=");
      if (!document.querySelector(`[name="q-${CSS.escape(code)}"]`)) continue;
      const dont = document.getElementById(`question-${code}`);
      question.hidden = !isChosen(code, valeur) || Boolean(dont && dont.hidden);
    }
  };

  // « Je ne sais pas » and an answer do not go together: the last one given holds.
  document.addEventListener(
    "change",
    (evenement) => {
      const question = evenement.target.closest(".question");
      if (!question) return;
      const champ = evenement.target;
      if (champ.name.startsWith("s-") && champ.checked) {
        for (const autre of question.querySelectorAll("[name^='s-']")) if (autre !== champ) autre.checked = false;
        for (const autre of question.querySelectorAll("[name^='q-']")) {
          if (autre.type === "checkbox") autre.checked = false;
          else autre.value = "";
        }
      } else if (champ.name.startsWith("q-") && (champ.checked || champ.value)) {
        for (const autre of question.querySelectorAll("[name^='s-']")) autre.checked = false;
      }
      refresh();
    },
    true,
  );
  refresh();
})();
