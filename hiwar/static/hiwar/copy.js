/* Copying scripture with its reference, so that it never travels without one. Buttons stand hidden until this runs. */
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copies]")) {
    const whole = button.closest(".verse, .hadith");
    const said = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = [...whole.querySelectorAll("[data-copied]")].map((part) => part.textContent);
      const text = [...words, button.dataset.copies].join(" ").replace(/\s+/g, " ").trim();
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        return; // the reader did not allow it; the words can still be marked by hand
      }
      said.textContent = "";
      setTimeout(() => (said.textContent = button.dataset.done), 50); // anew, so that a second copy is told as well
    });
  }
})();
