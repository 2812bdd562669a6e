/* Improves a page that already works: times seek the native player, and an outside player is asked for only on a click. */
(() => {
  const video = document.querySelector("video.player");
  if (video) {
    const chapters = [...document.querySelectorAll(".chapters [data-at]")];
    for (const link of document.querySelectorAll("[data-at]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        video.currentTime = Number(link.dataset.at);
        video.play().catch(() => {}); // a browser may refuse; the place is kept
        video.scrollIntoView({ block: "nearest" });
        video.focus({ preventScroll: true });
      });
    }
    const tell = () => {
      const now = chapters.filter((link) => Number(link.dataset.at) <= video.currentTime + 0.25).pop();
      for (const link of chapters) {
        if (link === now) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    video.addEventListener("timeupdate", tell);
    video.addEventListener("seeked", tell);
  }
  for (const facade of document.querySelectorAll("a.facade[data-embed]")) {
    facade.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = facade.dataset.embed;
      frame.title = facade.dataset.title;
      frame.allow = "fullscreen; encrypted-media; picture-in-picture";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      const box = document.createElement("div");
      box.className = "player";
      box.append(frame);
      facade.replaceWith(box);
      frame.focus();
    });
  }
})();
