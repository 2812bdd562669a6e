/* What stands before and after a verse, brought from the verse's own page when the reader asks for it. Without this the
   link leads there. */
(() => {
  for (const link of document.querySelectorAll("[data-context]")) {
    let shown = null;
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the reader wants the page itself
      event.preventDefault();
      if (!shown) {
        try {
          const answer = await fetch(link.pathname);
          if (!answer.ok) throw new Error(String(answer.status));
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          shown = document.createElement("div");
          shown.className = "around";
          for (const part of page.querySelectorAll("#context section")) {
            const [title, text] = [document.createElement("p"), document.createElement("p")];
            title.textContent = part.querySelector("h2").textContent;
            text.textContent = part.querySelector(".ayat").textContent.replace(/\s+/g, " ").trim();
            Object.assign(text, { className: "verse-text", lang: "ar", dir: "rtl" });
            shown.append(title, text);
          }
          shown.hidden = true;
          link.closest(".verse").append(shown);
        } catch {
          location.assign(link.href);
          return;
        }
      }
      shown.hidden = !shown.hidden;
      link.setAttribute("aria-expanded", String(!shown.hidden));
    });
  }
})();
