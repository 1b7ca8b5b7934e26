// What pages gain beyond htmx. Everything works without this file.

// The sum of the weights while they are typed.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form");
  const sum = form?.querySelector("[data-weight-sum]");
  if (!sum) return;
  const weights = [...form.querySelectorAll("[data-weight]")].map((field) => Number.parseInt(field.value, 10) || 0);
  const total = weights.reduce((one, other) => one + other, 0);
  sum.textContent = total;
  sum.closest(".weight-sum").classList.toggle("is-whole", total === 100);
});

// Errors and confirmations that come in place are read out and brought into view.
document.addEventListener("htmx:after:swap", (event) => {
  const place = event.detail?.ctx?.target ?? document;
  const found = (place.isConnected ? place : document).querySelector("[data-focus]");
  found?.focus();
  found?.removeAttribute("data-focus");
});

// A page that comes back with errors starts at them.
document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());

// The account menu closes when one goes on elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".account-menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".account-menu[open]");
  menu?.removeAttribute("open");
  menu?.querySelector("summary").focus();
});

// A draft that could not be saved says so where it says 'saved'.
document.addEventListener("htmx:error", (event) => {
  const place = event.detail?.ctx?.sourceElement;
  if (place?.dataset?.failed) place.textContent = place.dataset.failed;
});

// One box ticks all of a list.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.picks;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
});
