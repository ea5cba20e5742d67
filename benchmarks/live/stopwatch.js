// From an input event to the frame after it; and when an answer first stood there. In every frame of a page.
const stopwatch = { drags: [], shift: 0 };
window.stopwatch = stopwatch;

function afterPaint(then) {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  });
}

addEventListener("input", (event) => afterPaint((now) => stopwatch.drags.push(now - event.timeStamp)), true);

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) stopwatch.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });

const waiting = setInterval(() => {
  const still = document.querySelector(".sim-still .sim-lead");
  if (still && !stopwatch.still) afterPaint((now) => (stopwatch.still ??= now));
  if (!document.querySelector(".sim:not(.sim-still) .sim-lead")?.textContent) return;
  clearInterval(waiting);
  afterPaint((now) => (stopwatch.answer = now));
}, 4);
