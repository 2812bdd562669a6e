/* Shows the verse or hadith that a field of the office names, while it is being typed or picked. The field itself holds
   the value and works without this; what is stored is decided by the server. */
(() => {
  const WAIT = 250; // milliseconds after the last key

  class Scripture extends HTMLElement {
    connectedCallback() {
      if (this.field) return;
      this.field = this.querySelector("[name]");
      this.shown = this.querySelector("[data-shown]");
      this.sura = this.querySelector("[data-sura]");
      this.first = this.querySelector("[data-first]");
      this.last = this.querySelector("[data-last]");
      this.field.addEventListener("input", () => this.soon());
      this.field.addEventListener("change", () => this.soon());
      for (const part of [this.sura, this.first, this.last]) {
        if (part) part.addEventListener("input", (event) => this.compose(event));
      }
      this.shown.addEventListener("click", (event) => this.choose(event));
      setTimeout(() => {
        // The editor fills the field after it stands in the page, and its neighbours after that.
        for (const part of this.cut()) part.addEventListener("input", () => this.mark());
        if (this.field.value) this.ask();
      });
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    /* The sura and verses that were picked, written into the field. */
    compose(event) {
      event.stopPropagation();
      if (event.target === this.sura) this.first.value = this.last.value = "";
      const most = this.sura.selectedOptions[0]?.dataset.verses;
      this.first.max = this.last.max = most || "";
      if (!this.sura.value) return;
      const first = this.first.value || "1";
      const last = this.last.value && this.last.value !== first ? `-${this.last.value}` : "";
      this.write(this.field, `${this.sura.value}:${first}${last}`);
    }

    write(field, value) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    async ask() {
      const value = this.field.value.trim();
      this.asked?.abort();
      if (!value) return this.show("", false);
      this.asked = new AbortController();
      const query = new URLSearchParams({ [this.dataset.parameter]: value });
      if (this.cut().length) query.set("words", "1");
      let answer;
      try {
        const response = await fetch(`${this.dataset.preview}?${query}`, {
          signal: this.asked.signal,
          headers: { "X-Requested-With": "XMLHttpRequest" },
        });
        answer = await response.json();
      } catch {
        return; // another one is being asked for, or the network is away: saving will tell
      }
      if (answer.error) return this.show(answer.error, true);
      this.shown.innerHTML = answer.html; // rendered and escaped by our own server
      this.shown.classList.remove("scripture-picker__shown--wrong");
      if (this.sura && document.activeElement !== this.first && document.activeElement !== this.last) {
        this.sura.value = answer.sura;
        this.first.value = answer.first;
        this.last.value = answer.last === answer.first ? "" : answer.last;
      }
      this.mark();
    }

    show(text, wrong) {
      this.shown.textContent = text;
      this.shown.classList.toggle("scripture-picker__shown--wrong", wrong);
    }

    /* The two fields that hold the first and last word quoted alone, where the block has them. */
    cut() {
      const stem = this.field.name.replace(/reference$/, "");
      const fields = ["first_word", "last_word"].map((name) => document.getElementsByName(stem + name)[0]);
      return stem !== this.field.name && fields.every(Boolean) ? fields : [];
    }

    choose(event) {
      const word = event.target.closest("[data-word]");
      const [first, last] = this.cut();
      if (!word || !first) return;
      const number = Number(word.dataset.word);
      if (this.begun === undefined) {
        this.begun = number;
        this.write(first, number);
        this.write(last, number);
      } else {
        this.write(first, Math.min(this.begun, number));
        this.write(last, Math.max(this.begun, number));
        this.begun = undefined;
      }
      this.mark();
    }

    mark() {
      const [first, last] = this.cut().map((field) => Number(field.value));
      for (const word of this.shown.querySelectorAll("[data-word]")) {
        const number = Number(word.dataset.word);
        word.setAttribute("aria-pressed", String(Boolean(first) && number >= first && number <= (last || first)));
      }
    }
  }

  if (!customElements.get("hiwar-scripture")) customElements.define("hiwar-scripture", Scripture);
})();
