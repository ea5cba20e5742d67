// From the release of a slider to the paint of the last text or drawing in the main part of the page.
window.move = { released: 0, message: 0, painted: 0 };
addEventListener("pointerup", () => Object.assign(window.move, { released: performance.now(), message: 0, painted: 0 }), true);

window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    this.addEventListener("message", () => (window.move.message = performance.now()));
  }
};

const drawn = ["d", "transform", "x", "y", "width", "height", "points", "src", "href"];
new MutationObserver((changes) => {
  const main = document.querySelector("[data-testid=stMain]");
  if (main && changes.some((change) => main.contains(change.target)))
    requestAnimationFrame(() => setTimeout(() => (window.move.painted = performance.now())));
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: drawn });
