/* Counting what is typed, and opening a link that carries its text in the fragment, which no server ever sees. */
(() => {
  const form = document.getElementById("check");
  const field = form.elements.text;
  const said = document.getElementById("counted");
  const limit = Number(said.dataset.limit);
  const number = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-u-nu-arab" : "en-GB");

  const count = () => {
    const length = [...field.value].length; // code points, as the server counts them
    said.hidden = !length;
    said.classList.toggle("over", length > limit);
    said.textContent = said.dataset.counted.replace("{count}", number.format(length));
  };
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 200);
  });
  count();

  const unpacked = async (packed) => {
    const bytes = Uint8Array.from(atob(packed.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length > limit) throw new RangeError("longer than any link of ours"); // a few bytes can stand for gigabytes
    }
  };

  const open = async () => {
    if (!location.hash.startsWith("#z=")) return;
    try {
      field.value = await unpacked(location.hash.slice(3));
    } catch {
      document.getElementById("unopened").hidden = false;
      return;
    }
    // Without its fragment, so that going back ends at the field instead of being sent on again.
    history.replaceState(null, "", location.pathname);
    count();
    form.requestSubmit();
  };
  addEventListener("hashchange", open);
  open();
})();
