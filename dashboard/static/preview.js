// A document of ours in a frame as high as its text; it can run no script and ask nothing.

export default function ({data, parentElement}) {
  let frame = parentElement.querySelector("iframe")
  if (!frame) {
    frame = document.createElement("iframe")
    frame.sandbox = "allow-same-origin"
    frame.style = "display: block; width: 100%; height: 60rem; border: 1px solid #86909a"
    parentElement.append(frame)
    const fit = () => {
      const text = frame.contentDocument?.body
      if (text) frame.style.height = `${text.offsetHeight + 2}px`
    }
    frame.onload = fit
    new ResizeObserver(fit).observe(frame.parentElement ?? frame)
  }
  frame.title = data.title
  if (frame.srcdoc !== data.html) frame.srcdoc = data.html
}
