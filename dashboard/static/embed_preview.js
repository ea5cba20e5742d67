// The simulator in one file as another page would show it: in a frame that may run scripts and nothing else, and
// that follows the height it tells.

export default function ({ data, parentElement }) {
  let frame = parentElement.querySelector("iframe")
  if (!frame) {
    frame = document.createElement("iframe")
    frame.sandbox = "allow-scripts"
    frame.style = "display: block; width: 100%; height: 60rem; border: 1px solid #86909a"
    parentElement.append(frame)
    const fit = ({ source, data: told }) => {
      if (source === frame.contentWindow && told?.type === "rugpijn-height" && told.height > 0)
        frame.style.height = `${Math.min(10000, Math.ceil(told.height) + 2)}px`
    }
    addEventListener("message", fit)
  }
  frame.title = data.title
  if (frame.srcdoc !== data.html) frame.srcdoc = data.html
}
