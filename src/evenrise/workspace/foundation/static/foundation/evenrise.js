/* What makes pages smoother. Every page works without this file: nothing here is the only way
   to do or to read something. No library, no state; listeners sit on the document, so that they
   also serve what htmx puts into the page later. */
(() => {
  "use strict";
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const es = root.lang === "es";

  // --- Light or dark: kept in a cookie of this browser, so that the next page is right at once.
  const THEME = "theme";
  function showTheme(within) {
    for (const choice of all("[data-theme-choice]", within)) {
      choice.hidden = false;
      const now = root.dataset.theme || "auto";
      const button = one(`input[value="${now}"]`, choice);
      if (button) button.checked = true;
    }
    for (const keys of all("[data-keys],[data-print]", within)) keys.hidden = false;
  }
  function keepTheme(value) {
    if (value === "auto") delete root.dataset.theme;
    else root.dataset.theme = value;
    const age = value === "auto" ? 0 : 31536000;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${THEME}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-theme-choice] input")) keepTheme(event.target.value);
  });

  // --- Keys: "/" to search, "?" for help. Never while somebody writes, never with a modifier.
  const writes = (target) =>
    target.isContentEditable || target.matches("input, select, textarea");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    if (event.key === "/") {
      const field = one("main input[type=search]") || one(".navigation a");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    } else if (event.key === "?") {
      event.preventDefault();
      open("help");
    }
  });
  function open(id) {
    const dialog = document.getElementById(id);
    if (dialog && dialog.showModal && !dialog.open) dialog.showModal();
  }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(opener.dataset.open);
    if (event.target.closest("[data-print]")) window.print();
    // A sheet that hangs over the page closes when the page is clicked.
    for (const sheet of all(".account[open]")) {
      if (!sheet.contains(event.target)) sheet.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const sheet of all(".account[open]")) {
      sheet.open = false;
      one("summary", sheet).focus();
    }
  });

  // --- Pictures: what a point says, under the pointer, a finger or the keyboard's focus.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the point's own label is what is read aloud
  function say(point) {
    tip.textContent = point.dataset.say;
    if (!tip.isConnected) document.body.append(tip);
    tip.hidden = false;
    const at = point.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const left = at.left + at.width / 2 - box.width / 2;
    const width = root.clientWidth;
    const above = at.top > box.height + 12;
    const top = above ? at.top - box.height - 8 : at.bottom + 8;
    tip.style.left = `${Math.min(Math.max(left, 8), width - box.width - 8) + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  }
  const hush = () => {
    tip.hidden = true;
  };
  const pointOf = (event) =>
    event.target instanceof Element ? event.target.closest("[data-say]") : null;
  document.addEventListener("pointerover", (event) => {
    const point = pointOf(event);
    if (point) say(point);
    else hush();
  });
  document.addEventListener("focusin", (event) => {
    const point = pointOf(event);
    if (point) say(point);
    else hush();
  });
  document.addEventListener("keydown", (event) => {
    const point = pointOf(event);
    if (event.key === "Escape") hush();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!point || !step) return;
    const points = all("[data-say]", point.closest("svg"));
    const next = points[points.indexOf(point) + step];
    if (!next) return;
    event.preventDefault();
    point.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  function prepare(within) {
    // One stop of the Tab key a picture; the arrows go from point to point.
    for (const picture of all("svg", within)) {
      all("[data-say]", picture).forEach((point, place) => {
        point.setAttribute("tabindex", place ? "-1" : "0");
        point.setAttribute("role", "img");
        point.setAttribute("aria-label", point.dataset.say);
      });
      if (one("[data-say]", picture)) picture.setAttribute("role", "group");
    }
    showTheme(within);
    // A list is filtered without leaving the page; the address still says what is shown.
    for (const form of all("form.filters:not([hx-boost], [hx-get])", within)) {
      if (form.method !== "get" || !window.htmx) continue;
      form.setAttribute("hx-boost", "true");
      window.htmx.process(form);
    }
  }

  // --- Files: a field that takes what is dropped on it, and says what it holds.
  const fieldOf = (target) =>
    target instanceof Element ? target.closest(".drop") : null;
  const bytes = (size) => {
    const unit = size < 1e6 ? ["kB", 1e3] : size < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
    const number = new Intl.NumberFormat(es ? "es-US" : "en-US", { maximumFractionDigits: 1 });
    return `${number.format(size / unit[1])} ${unit[0]}`;
  };
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const area = fieldOf(event.target);
      if (!area || !event.dataTransfer) return;
      if (kind !== "dragleave") event.preventDefault();
      area.classList.toggle("over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      const field = one("input[type=file]", area);
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  document.addEventListener("change", (event) => {
    const area = fieldOf(event.target);
    if (!area || event.target.type !== "file") return;
    let list = one(".chosen", area);
    if (!list) {
      list = document.createElement("ul");
      list.className = "chosen";
      list.setAttribute("aria-live", "polite");
      area.append(list);
    }
    list.replaceChildren(
      ...[...event.target.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name} · ${bytes(file.size)}`;
        return line;
      }),
    );
  });

  // --- A form is sent once, and says that it went.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.dataset.sent) {
      if (form.dataset.sent) event.preventDefault();
      return;
    }
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
  });

  // --- Focus: to what went wrong; and never lost when a part of the page is replaced.
  function toErrors(within) {
    const errors = one(".errors", within);
    if (errors) errors.focus();
  }
  let before = null;
  document.addEventListener("htmx:beforeSwap", () => {
    before = document.activeElement && document.activeElement.id;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    prepare(event.target);
    hush();
    toErrors(event.target);
    if (document.activeElement === document.body) {
      const back = (before && document.getElementById(before)) || one("#main");
      if (back) back.focus({ preventScroll: true });
    }
  });

  prepare(document);
  toErrors(document);
})();
