// The board of a calibration session. The forms of the members are what counts; the board moves their ratings, and every change
// is kept at once for all heads. Everything works without this file, by the forms alone.

const form = document.querySelector("form[data-session]");
const board = form?.querySelector("[data-board]");
if (board) {
  const ORDER = ["DI_BAWAH", "SESUAI", "DI_ATAS"];
  const say = board.querySelector("[data-say]");
  const cells = [...board.querySelectorAll(".session-cell")];
  let picked = null; // {card, from}: who is in the hand, and the cell that it came from

  const field = (letter, who) => form.elements.namedItem(`${letter}_${who}`);
  const nameOf = (card) => card.textContent.trim();
  const cellAt = (results, behaviour) =>
    cells.find((cell) => cell.dataset.results === results && cell.dataset.behaviour === behaviour);
  const tell = (text, card, cell) => {
    const place = cell?.querySelector("h3").innerText.replaceAll("\n", ", ") ?? "";
    say.textContent = text.replace("{name}", nameOf(card)).replace("{place}", place);
  };

  // Every change waits for the answer to the one before: each carries the revision that it has seen.
  let waiting = new Map();
  let busy = false;
  const later = {};

  const fieldsOf = (who) => {
    const sent = new URLSearchParams({ revision: form.elements.namedItem("revision").value });
    const names = who ? ["r", "b", "w", "d"].map((letter) => `${letter}_${who}`) : ["justification"];
    for (const name of names) {
      const one = form.elements.namedItem(name);
      if (one && (one.type !== "checkbox" || one.checked)) sent.set(name, one.value);
    }
    return sent;
  };

  const save = async (who) => {
    waiting.set(who, true);
    if (busy) return;
    busy = true;
    while (waiting.size) {
      const [next] = waiting.keys();
      waiting.delete(next);
      try {
        const answer = await fetch(form.dataset.session, {
          method: "POST",
          body: fieldsOf(next),
          headers: { "hx-request": "true" },
        });
        take(await answer.text(), next);
      } catch {
        note(board.dataset.failed);
      }
    }
    busy = false;
  };

  const note = (text) => {
    form.querySelector("[data-note]").textContent = text;
  };

  const take = (text, who) => {
    const said = new DOMParser().parseFromString(text, "text/html").querySelector("[data-answer]");
    if (!said) return note(board.dataset.failed);
    if (said.dataset.revision) form.elements.namedItem("revision").value = said.dataset.revision;
    const panel = said.querySelector("[data-panel]");
    if (panel) form.querySelector("[data-panel]").innerHTML = panel.innerHTML;
    note(said.querySelector("[data-note]").textContent.trim());
    for (const article of said.querySelectorAll("article.member")) {
      const old = document.getElementById(article.id);
      const other = article.id.slice("card-".length);
      // What is being typed here and is not sent yet is not thrown away; it will be told apart when it is sent.
      if (!old || (other !== who && (waiting.has(other) || later[other]))) continue;
      old.replaceWith(document.importNode(article, true));
      put(other);
    }
  };

  // The card stands where the form says, and shows what the form says of it.
  const put = (who) => {
    const card = board.querySelector(`[data-card="${CSS.escape(who)}"]`);
    const results = field("r", who)?.value ?? card.closest(".session-cell").dataset.results;
    const cell = cellAt(results, field("b", who).value);
    if (card.closest(".session-cell") !== cell) cell.querySelector("ul").append(card);
    const article = document.getElementById(`card-${who}`);
    const asReviewed = [...article.querySelectorAll("select")].every((one) => one.value === one.dataset.reviewed);
    card.classList.toggle("is-changed", !asReviewed);
    article.classList.toggle("is-changed", !asReviewed);
    card.classList.toggle("is-discussed", field("d", who).checked);
  };

  const fits = (card, cell) =>
    !("fixedResults" in card.dataset) || card.closest(".session-cell").dataset.results === cell.dataset.results;

  const move = (card, cell) => {
    if (!fits(card, cell)) {
      tell(board.dataset.fixed, card);
      return false;
    }
    const who = card.dataset.card;
    if (field("r", who)) field("r", who).value = cell.dataset.results;
    field("b", who).value = cell.dataset.behaviour;
    put(who);
    tell(board.dataset.moved, card, cell);
    return true;
  };

  const pick = (card) => {
    picked = { card, from: card.closest(".session-cell") };
    card.firstElementChild.setAttribute("aria-pressed", "true");
    tell(board.dataset.picked, card);
  };

  const drop = () => {
    const { card, from } = picked;
    picked = null;
    card.firstElementChild.setAttribute("aria-pressed", "false");
    if (card.closest(".session-cell") !== from) save(card.dataset.card);
    tell(board.dataset.moved, card, card.closest(".session-cell"));
  };

  const cancel = () => {
    const { card, from } = picked;
    move(card, from);
    picked = null;
    card.firstElementChild.setAttribute("aria-pressed", "false");
    tell(board.dataset.back, card);
    card.firstElementChild.focus();
  };

  for (const card of board.querySelectorAll("[data-card]")) {
    const button = document.createElement("span"); // a real button would keep the mouse to itself, and could not be dragged
    button.role = "button";
    button.tabIndex = 0;
    button.textContent = nameOf(card);
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-describedby", "board-help");
    card.replaceChildren(button);
    card.draggable = true;
  }

  const choose = (target) => {
    const card = target.closest("[data-card]");
    const cell = target.closest(".session-cell");
    if (picked && card === picked.card) drop();
    else if (picked && cell) {
      if (move(picked.card, cell)) drop();
    } else if (card) pick(card);
  };
  board.addEventListener("click", (event) => choose(event.target));

  const STEPS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  board.addEventListener("keydown", (event) => {
    if ([" ", "Enter"].includes(event.key) && event.target.role === "button") {
      event.preventDefault();
      choose(event.target);
    } else if (!picked) return;
    else if (event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (STEPS[event.key]) {
      event.preventDefault();
      const { results, behaviour } = picked.card.closest(".session-cell").dataset;
      const [up, right] = STEPS[event.key];
      const next = cellAt(ORDER[ORDER.indexOf(results) + up], ORDER[ORDER.indexOf(behaviour) + right]);
      if (next) move(picked.card, next);
      picked.card.firstElementChild.focus();
    }
  });

  board.addEventListener("dragstart", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card) return;
    if (picked) cancel();
    pick(card);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
  });
  board.addEventListener("dragover", (event) => {
    const cell = event.target.closest(".session-cell");
    for (const one of cells) one.classList.toggle("is-target", one === cell);
    if (picked && cell) event.preventDefault();
  });
  board.addEventListener("drop", (event) => {
    const cell = event.target.closest(".session-cell");
    if (!picked || !cell) return;
    event.preventDefault();
    if (move(picked.card, cell)) drop();
  });
  board.addEventListener("dragend", () => {
    for (const one of cells) one.classList.remove("is-target");
    if (picked) cancel();
  });

  form.addEventListener("change", (event) => {
    const [letter, who] = event.target.name.split(/_(.*)/);
    if (!["r", "b", "d"].includes(letter)) return;
    put(who);
    save(who);
  });
  form.addEventListener("input", (event) => {
    const who = event.target.name === "justification" ? "" : event.target.name.match(/^w_(.+)$/)?.[1];
    if (who === undefined) return;
    clearTimeout(later[who]);
    later[who] = setTimeout(() => {
      delete later[who];
      save(who);
    }, 600);
  });
}
