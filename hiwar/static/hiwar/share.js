/* Copying a link and the device's own share sheet. Buttons stand hidden until what they need exists. */
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      if (said) said.textContent = button.dataset.done;
    });
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const url = new URL(button.dataset.share, location.href).href;
      navigator.share({ title: document.title, url }).catch(() => {}); // closing the sheet is not a fault
    });
  }
})();
