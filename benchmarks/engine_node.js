// node engine_node.js FOLDER < jobs.json: one JSON list of answers on stdout
import { readFile } from "node:fs/promises"
import { pathToFileURL } from "node:url"
import { answers } from "./engine_answers.js"

const base = process.argv[2]
const read = async (folder) => {
  const columns = await readFile(`${base}/${folder}/columns.bin`)
  return [
    await import(pathToFileURL(`${base}/${folder}/engine.js`)),
    columns.buffer.slice(columns.byteOffset, columns.byteOffset + columns.byteLength),
    JSON.parse(await readFile(`${base}/${folder}/engine.json`, "utf8")),
  ]
}
let text = ""
for await (const part of process.stdin) text += part
process.stdout.write(JSON.stringify(await answers(read, JSON.parse(text))))
