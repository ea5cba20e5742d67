// From the release of a slider to the paint of the last text or drawing in the main part of the page, also of
// what stands in a shadow root there: `painted` anywhere, `seen` in what the window shows. What is only spoken,
// after a pause, is not waited for.
window.rest = { released: 0, painted: 0, seen: 0 };
addEventListener("pointerup", () => Object.assign(window.rest, { released: performance.now(), painted: 0, seen: 0 }), true);

const drawn = ["d", "transform", "x", "y", "x1", "x2", "width", "height", "points", "cx", "src", "href"];

function within(node, main) {
  for (let one = node; one; one = one.getRootNode().host) {
    const element = one.nodeType === Node.ELEMENT_NODE ? one : one.parentElement;
    if (element?.closest(".sim-spoken")) return false;
    if (main.contains(one)) return true;
  }
  return false;
}

function inWindow(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const { top, bottom, width } = element?.getBoundingClientRect() ?? { width: 0 };
  return width > 0 && top < innerHeight && bottom > 0;
}

const changed = ({ type, target, addedNodes }) => (type === "childList" ? [...addedNodes] : [target]);

const eye = new MutationObserver((changes) => {
  const main = document.querySelector("[data-testid=stMain]");
  const mine = main ? changes.filter((change) => within(change.target, main)) : [];
  if (!mine.length) return;
  const visible = mine.flatMap(changed).some(inWindow);
  requestAnimationFrame(() => setTimeout(() => {
    window.rest.painted = performance.now();
    if (visible) window.rest.seen = window.rest.painted;
  }));
});
const watch = (root) => eye.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: drawn });
watch(document);

const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (...how) {
  const root = attach.apply(this, how);
  watch(root);
  return root;
};
