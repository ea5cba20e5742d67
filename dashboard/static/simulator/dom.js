// Small builders of HTML and SVG; texts go in as text, never as markup.
const SVG = "http://www.w3.org/2000/svg"

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return element
}

export const h = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children)

export const s = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children)

// put a text only where it differs, so that nothing is drawn that did not change; no other hand writes in the element
export function put(element, text) {
  if (element.put === text) return
  element.put = text
  if (element.firstChild) element.firstChild.data = text
  else element.textContent = text
}

// set attributes only where they differ from what was set before
export function set(element, attributes) {
  const before = (element.set ??= {})
  for (const [name, value] of Object.entries(attributes)) {
    if (before[name] !== value) element.setAttribute(name, (before[name] = value))
  }
}
