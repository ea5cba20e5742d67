// Makes the files that the command line asks for, and hands them back one by one.

const send = (name, body) => fetch(name, {method: "POST", body})

async function file({format, size, figure, chart, pixels}) {
  if (format === "png") return asPng(Plotly, figure, chart, TEMPLATE, size, pixels)
  if (format === "svg") return asSvg(Plotly, figure, chart, TEMPLATE, size)
  return asHtml(Plotly, figure, chart, TEMPLATE, EMBED)
}

try {
  for (const job of await (await fetch("jobs")).json()) await send("file", await file(job))
} catch (error) {
  await send("failed", String(error))
}
