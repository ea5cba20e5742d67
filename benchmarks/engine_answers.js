// The figures of an engine for a list of scenarios, in Node or in a browser; used by engine.py.
import { Engine } from "./runtime.js"

function figures(run) {
  return Object.fromEntries(
    run.names.map((name) => {
      const three = ({ mean, p2_5, p97_5 }) => [mean, p2_5, p97_5]
      return [name, { after: three(run.after(name)), change: three(run.change(name)), saving: run.saving(name) }]
    }),
  )
}

export async function answers(read, jobs) {
  const found = []
  for (const { folder, scenarios } of jobs) {
    const [engine, columns, description] = await read(folder)
    const made = new Engine({ engine, columns, description })
    for (const { levels, years } of scenarios) {
      const before = performance.now()
      const run = made.run(levels)
      const ms = performance.now() - before
      const found_ = { figures: figures(run), ms }
      if (years) found_.years = figures(made.run(levels, "byYear"))
      found.push(found_)
    }
  }
  return found
}
