"use strict";
(() => {
  const form = document.querySelector(".filter");
  const cards = [...document.querySelectorAll(".finding")];
  const marks = [...document.querySelectorAll(".mark")];
  const shown = form.querySelector("output");

  const filter = () => {
    const wanted = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const rule = form.rule.value;
    const seen = new Set();
    for (const card of cards) {
      card.hidden = !wanted.has(card.dataset.severity) || (rule !== "" && rule !== card.dataset.rule);
      if (!card.hidden) seen.add(card.id.slice(1));
    }
    for (const mark of marks) {
      const own = mark.dataset.findings.trim().split(" ");
      const off = !own.some((id) => seen.has(id));
      mark.classList.toggle("off", off);
      mark.tabIndex = off ? -1 : 0;
    }
    shown.textContent = shown.dataset.text.replace("{n}", seen.size).replace("{total}", cards.length);
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();

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
  const cells = [...document.querySelectorAll("[data-sums]")];
  const sums = (cell) => cell.dataset.sums.trim().split(" ");
  const light = (cell) => {
    const own = cell ? new Set(sums(cell)) : new Set();
    for (const other of cells) other.classList.toggle("lit", sums(other).some((sum) => own.has(sum)));
  };
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => light(event.target.closest("[data-sums]")));
  }
  // A tip begins under its mark, as far as the window leaves room.
  const place = (mark) => {
    let tip = mark.nextElementSibling;
    while (tip && !tip.matches(".tip")) tip = tip.nextElementSibling;
    if (!tip) return;
    tip.style.marginLeft = "";
    const own = tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(mark.getBoundingClientRect().left, innerWidth - own.width - 16));
    tip.style.marginLeft = `${left - own.left}px`;
  };
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
