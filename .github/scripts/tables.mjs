// Tables out to JSON Lines and in again, with the types that az storage entity loses; by whoever az is signed in as:
//   node tables.mjs export ACCOUNT TABLE > file
//   node tables.mjs add ACCOUNT TABLE < file        rows that are missing
//   node tables.mjs replace ACCOUNT TABLE < file    every row
// TABLES_ENDPOINT: where the tables are, if not in Azure's public cloud.
import { execFileSync } from "node:child_process";
import { createInterface } from "node:readline";
const [what, account, table] = process.argv.slice(2);
if (!["export", "add", "replace"].includes(what) || !table) {
  console.error("node tables.mjs export|add|replace ACCOUNT TABLE");
  process.exit(2);
}

const endpoint = process.env.TABLES_ENDPOINT ?? `https://${account}.table.core.windows.net`;
const login = ["account", "get-access-token", "--resource", "https://storage.azure.com", "--query", "accessToken", "-o", "tsv"];
let [token, until] = ["", 0];
async function call(method, path, body) {
  for (let attempt = 1; ; attempt++) {
    if (Date.now() > until) [token, until] = [execFileSync("az", login, { encoding: "utf8" }).trim(), Date.now() + 240_000];
    const headers = { authorization: `Bearer ${token}`, "x-ms-version": "2019-02-02", "x-ms-date": new Date().toUTCString(), dataserviceversion: "3.0", accept: "application/json;odata=fullmetadata", "content-type": "application/json", prefer: "return-no-content" };
    const answer = await fetch(`${endpoint}/${path}`, { method, headers, body });
    if (answer.ok || (what === "add" && answer.status === 409)) return answer;
    if (answer.status < 500 || attempt === 6) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 1000 * attempt));
  }
}
if (what === "export") {
  for (let next = ""; next !== undefined; ) {
    const answer = await call("GET", `${table}()?$top=1000${next}`);
    for (const row of (await answer.json()).value) {
      const kept = Object.entries(row).filter(([name]) => !/^(odata\.|Timestamp)|^(PartitionKey|RowKey)@/.test(name));
      process.stdout.write(JSON.stringify(Object.fromEntries(kept)) + "\n");
    }
    const keys = ["NextPartitionKey", "NextRowKey"].map((name) => [name, answer.headers.get(`x-ms-continuation-${name}`)]).filter(([, value]) => value);
    next = keys.length ? keys.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("") : undefined;
  }
} else {
  const quoted = (key) => encodeURIComponent(key.replaceAll("'", "''"));
  const put = (line, { PartitionKey, RowKey } = JSON.parse(line)) =>
    what === "add" ? call("POST", table, line) : call("PUT", `${table}(PartitionKey='${quoted(PartitionKey)}',RowKey='${quoted(RowKey)}')`, line);
  const running = new Set();
  for await (const line of createInterface({ input: process.stdin })) {
    const one = put(line).finally(() => running.delete(one));
    running.add(one);
    if (running.size >= 32) await Promise.race(running);
  }
  await Promise.all(running);
}
