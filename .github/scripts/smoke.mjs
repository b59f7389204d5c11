// Whether the site that was just deployed does its work: node smoke.mjs https://example.org
// /health has to be good several times running (an instance that is going down may still answer), then the home page has
// to be ours, not the platform's. By the environment: EXPECTED_VERSION (a commit), SMOKE_SECONDS, SMOKE_PAUSE_MS.
import { appendFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const needed = 5; // good answers, one after the other

/** @returns {Promise<string | undefined>} what is wrong; nothing where the answer is good */
export async function look(site, expectedVersion, milliseconds) {
  const health = await get("/health", milliseconds);
  let answer;
  try {
    answer = JSON.parse(health.text);
  } catch {
    return `/health answers ${health.status} and no JSON: is ${site} this app's address?`;
  }

  const ill = Object.entries(answer.dependencies ?? {}).filter(([, status]) => status === "unhealthy").map(([name]) => name);
  if (ill.length > 0) return `/health answers ${health.status}: ${ill.join(", ")} unhealthy`;
  if (health.status !== 200 || !["healthy", "degraded"].includes(answer.status)) return `/health answers ${health.status}, status ${answer.status}`;
  // Only a release that tells its version can be held to it.
  if (expectedVersion && answer.version && !answer.version.includes(expectedVersion)) return `/health is that of ${answer.version}`;

  const home = await get("/", milliseconds);
  if (home.status !== 200 || !home.text.includes('href="/webinars')) return `/ answers ${home.status} with a page that is not ours`;

  async function get(path, limit) {
    const response = await fetch(new URL(path, site), { redirect: "manual", signal: AbortSignal.timeout(limit) });
    return { status: response.status, text: await response.text() };
  }
}

/** @returns {Promise<boolean>} whether it got well in time */
export async function smoke(site, { version, seconds = 300, interval = 3000, write = console.log }) {
  const end = Date.now() + seconds * 1000;
  for (let good = 0, last; ; await pause(interval)) {
    const left = end - Date.now();
    // A cold start takes seconds; one request must not take all the time there is, nor the last one have none.
    const limit = Math.min(Math.max(left, 1000), 30_000);
    const seen = left <= 0 ? last ?? "no good answer in time" : await look(site, version, limit).catch((fault) => reason(fault));
    if (left <= 0) {
      write(`::error title=Smoke test::${site} is not well after ${seconds} s: ${seen}. ${remedy(seen)}`);
      return false;
    }

    good = seen ? 0 : good + 1;
    if (seen && seen !== last) write(seen);
    last = seen ?? last;
    if (good === needed) {
      write(`${site} is well.`);
      return true;
    }
  }
}

function reason(fault) {
  return fault.name === "TimeoutError" ? "no answer in time" : `no answer (${fault.cause?.code ?? fault.message})`;
}

function remedy(seen) {
  if (/unhealthy/.test(seen)) return "Its identity needs its roles on the storage account, and the account what infra/ declares; new roles take minutes.";
  if (/is that of/.test(seen)) return "The package was not taken over: see the deployments in the portal, then run this again.";
  if (/ENOTFOUND|EAI_AGAIN/.test(seen)) return "The name is not in DNS: set the records that the deployment printed.";
  if (/not ours|no JSON/.test(seen)) return "See AzureWebJobsDisableHomepage in the app settings, and what the domain points at.";
  return "Why is in the log: az webapp log tail --name APP --resource-group GROUP; a setting left out is named there, with its remedy.";
}

if (process.argv[1] === import.meta.filename) {
  const { EXPECTED_VERSION: version, SMOKE_SECONDS = "300", SMOKE_PAUSE_MS = "3000", GITHUB_STEP_SUMMARY } = process.env;
  const lines = [];
  const site = process.argv[2];
  if (!URL.canParse(site ?? "")) {
    console.log("::error title=Smoke test::Name the site: node smoke.mjs https://example.org");
    process.exit(1);
  }

  const well = await smoke(site, {
    version,
    seconds: Number(SMOKE_SECONDS),
    interval: Number(SMOKE_PAUSE_MS),
    write: (line) => (lines.push(line), console.log(line)),
  });
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, `Smoke test: ${lines.at(-1).replace(/^::.*?::/, "")}\n\n`);
  process.exitCode = well ? 0 : 1;
}
