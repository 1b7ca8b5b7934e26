// The board listens for changes. htmx looks through the page as soon as it can, perhaps before its extension for streams is
// there; so the address of the stream is named only now, after both (timers of equal length come in the order they were set).
setTimeout(() => {
  const live = document.querySelector("[data-live]");
  live.setAttribute("hx-sse:connect", live.dataset.live);
  htmx.process(live);
});
