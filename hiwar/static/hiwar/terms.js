/* Definitions of linked terms on touch: the first tap opens the definition, the second follows the link. Escape shuts it.
   Pointer and keyboard need no script, and without it a tap leads to the glossary. */
(() => {
  const terms = [...document.querySelectorAll(".term")];
  let touched = false;
  const shut = (but) => terms.forEach((term) => term !== but && term.classList.remove("is-open"));
  for (const term of terms) {
    const link = term.querySelector("a");
    link.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
    link.addEventListener("click", (event) => {
      if (!touched || term.classList.contains("is-open")) return;
      event.preventDefault();
      shut(term);
      term.classList.remove("is-shut");
      term.classList.add("is-open");
    });
    for (const again of ["pointerenter", "focusin"]) term.addEventListener(again, () => term.classList.remove("is-shut"));
  }
  document.addEventListener("pointerdown", (event) => shut(event.target.closest(".term")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    shut(null);
    terms.forEach((term) => term.matches(":hover, :focus-within") && term.classList.add("is-shut"));
  });
})();
