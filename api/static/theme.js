// Light or dark as the device wishes. Loaded before the page is drawn; without JavaScript pages are light.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
dark.addEventListener("change", follow);
follow();

// What only those without JavaScript need is marked 'no-js'.
document.documentElement.classList.add("js");
document.documentElement.classList.add("has-js");
