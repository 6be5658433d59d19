"use strict";
(() => {
  const form = document.querySelector(".filter");
  const shown = form.querySelector("output");
  const overview = document.querySelector(".overview");
  const links = [...document.querySelectorAll(".files [data-told]")].map((link) => ({
    link,
    told: link.dataset.told.split(" ").filter(Boolean).map((one) => {
      const [severity, rule, count] = one.split(":");
      return { severity, rule, count: Number(count) };
    }),
  }));
  const rows = overview ? [...overview.tBodies[0].rows] : [];
  const search = document.querySelector(".search input");

  // The table and the list of files tell what the filter lets through.
  const count = (wanted, rule) => {
    let all = 0, total = 0;
    for (const { link, told } of links) {
      const own = told.filter((one) => wanted.has(one.severity) && (rule === "" || rule === one.rule));
      const number = own.reduce((sum, one) => sum + one.count, 0);
      link.textContent = number || "✓";
      link.className = ["error", "warning", "info"].find((name) => own.some((one) => one.severity === name)) ?? "none";
      all += number;
      total += told.reduce((sum, one) => sum + one.count, 0);
    }
    const name = (search?.value ?? "").trim();
    const narrow = rule !== "" || form.querySelector("input:not(:checked)") !== null;
    for (const row of rows) {
      const numbers = [...row.querySelectorAll("a")].map((link) => Number(link.textContent) || 0);
      const sum = numbers.reduce((one, other) => one + other, 0);
      row.lastElementChild.textContent = sum;
      row.hidden = !row.cells[0].textContent.includes(name) || (narrow && sum === 0);
    }
    return [all, total];
  };

  const filter = () => {
    const wanted = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const rule = form.rule.value;
    const seen = new Set();
    const cards = document.querySelectorAll(".finding");
    for (const card of cards) {
      card.hidden = !wanted.has(card.dataset.severity) || (rule !== "" && rule !== card.dataset.rule);
      if (!card.hidden) seen.add(card.id.slice(1));
    }
    for (const mark of document.querySelectorAll(".mark")) {
      const own = mark.dataset.findings.trim().split(" ");
      const off = !own.some((id) => seen.has(id));
      mark.classList.toggle("off", off);
      mark.tabIndex = off ? -1 : 0;
    }
    const [n, total] = links.length ? count(wanted, rule) : [seen.size, cards.length];
    shown.textContent = shown.dataset.text.replace("{n}", n).replace("{total}", total);
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  if (search) {
    search.parentElement.hidden = false;
    search.addEventListener("input", filter);
  }

  // A head sorts: names as they are written, numbers from the largest on; once more the other way round.
  const sort = (head) => {
    const at = head.cellIndex;
    const up = head.ariaSort === "none" ? at === 0 : head.ariaSort === "descending";
    for (const other of head.parentElement.cells) other.ariaSort = "none";
    head.ariaSort = up ? "ascending" : "descending";
    const value = (row) => [...row.cells[at].textContent.matchAll(/\d+/g)].reduce((sum, one) => sum + Number(one[0]), 0);
    const by = at === 0
      ? (one, other) => one.cells[0].textContent.localeCompare(other.cells[0].textContent, "zh")
      : (one, other) => value(one) - value(other);
    rows.sort((one, other) => (up ? by(one, other) : by(other, one)));
    overview.tBodies[0].append(...rows);
  };
  for (const button of overview?.tHead.querySelectorAll("button") ?? []) {
    button.disabled = false;
    button.addEventListener("click", () => sort(button.parentElement));
  }

  // Of many reports the one whose address is asked for is drawn, in place of the one before.
  const main = document.getElementById("reports");
  const open = () => {
    const number = /^#[rfm](\d+)/.exec(location.hash)?.[1];
    const body = number === undefined ? null : document.getElementById("b" + number);
    if (!body || document.getElementById("r" + number)) return;
    main.innerHTML = body.textContent;
    filter();
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  filter();
  open();

  // A finding's place gets the focus, so that the keyboard goes on from there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".finding > a, .mark");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    let place = target;
    if (link.matches(".mark")) place = target.querySelector("a");
    else while (place && !place.matches(".mark")) place = place.nextElementSibling;
    for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
    (link.matches(".mark") ? target : place).classList.add("here");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  });

  // The other figures of a cell's broken sums light up with it.
  const sums = (cell) => cell.dataset.sums.trim().split(" ");
  const light = (cell) => {
    const own = cell ? new Set(sums(cell)) : new Set();
    for (const other of document.querySelectorAll("[data-sums]")) other.classList.toggle("lit", sums(other).some((sum) => own.has(sum)));
  };
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => light(event.target.closest("[data-sums]")));
  }
  // A tip begins under its mark, as far as the window leaves room, else above it; a table scrolls by itself.
  const place = (mark) => {
    let tip = mark.nextElementSibling;
    while (tip && !tip.matches(".tip")) tip = tip.nextElementSibling;
    if (!tip) return;
    tip.style.position = "fixed";
    tip.style.left = "0";
    const [at, own] = [mark, tip].map((one) => one.getBoundingClientRect());
    const above = at.top - own.height - 6;
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - own.width - 16))}px`;
    tip.style.top = `${at.bottom + own.height > innerHeight && above > 0 ? above : at.bottom}px`;
  };
  document.addEventListener("scroll", () => {
    const mark = document.querySelector(":is(.mark, .summed):is(:hover, :focus-visible)");
    if (mark) place(mark);
  }, { capture: true, passive: true });
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const mark = event.target.closest(".mark, .summed");
      if (mark) place(mark);
    });
  }

  // Escape puts a tip away until the pointer or the focus moves.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.body.classList.add("quiet");
  });
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, () => document.body.classList.remove("quiet"));
  }

  // An address of a finding that is filtered out brings it back.
  const follow = () => {
    const id = location.hash.replace(/^#[fm]/, "");
    const card = /^[\d]+-[\d]+$/.test(id) ? document.getElementById("f" + id) : null;
    if (!card?.hidden) return;
    form.reset();
    filter();
    document.querySelector(location.hash)?.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", follow);
})();
