// GitHub's parser is made for bundlers: it imports its schema as Node.js does not allow. Registered as a loader.
import { readFile } from "node:fs/promises";

export async function load(url, context, next) {
  return url.endsWith(".json")
    ? { format: "module", shortCircuit: true, source: `export default ${await readFile(new URL(url), "utf8")}` }
    : next(url, context);
}
