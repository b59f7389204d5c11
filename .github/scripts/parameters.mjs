// Fills infra/main.parameters.json in, as azd does it, for az, which does not: node parameters.mjs [where to write it]
// What is left out is said here, with its remedy, before Azure is asked anything.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @returns what main.bicep takes: its parameters' types, and whether they may be left out */
export function declared(bicep) {
  const found = [...bicep.matchAll(/^param[ \t]+(\w+)[ \t]+([^=\r\n]*?)[ \t]*(=|\r?$)/gm)];
  return new Map(found.map(([, name, type, end]) => [name, { type, optional: end === "=" || type.endsWith("?") }]));
}

/**
 * @param parameters main.parameters.json, parsed
 * @param variables what `${NAME}` in it stands for; `${NAME=default}` has its own answer
 * @returns {{values: object, leftOut: string[], problems: string[]}} what az takes by --parameters; which variables are not
 * set, and all else that is wrong, each with its remedy
 */
export function fill(parameters, bicep, variables) {
  const values = {};
  const leftOut = [];
  const problems = [];
  const known = declared(bicep);
  const given = parameters.parameters ?? {};
  for (const [name, { optional }] of known) {
    if (!optional && !(name in given)) problems.push(`infra/main.bicep needs '${name}': give it a value or a \${VARIABLE} in infra/main.parameters.json.`);
  }

  for (const [name, { value }] of Object.entries(given)) {
    const parameter = known.get(name);
    if (!parameter) {
      problems.push(`infra/main.parameters.json has '${name}', which infra/main.bicep does not take: delete or rename it.`);
      continue;
    }

    const missing = new Set();
    const filled = replace(value, variables, missing);
    if (missing.size > 0 && parameter.optional) continue; // as if it were not there: main.bicep's own value
    if (missing.size > 0) {
      for (const variable of missing) leftOut.push(`${variable} is not set, which '${name}' is made from: ${howToSet(variable)}`);
      continue;
    }

    try {
      values[name] = { value: typed(filled, parameter.type) };
    } catch {
      problems.push(`'${name}' is to be ${parameter.type}, not '${filled}': correct the variable that infra/main.parameters.json names.`);
    }
  }
  return { values, leftOut, problems };
}

function replace(value, variables, missing) {
  if (Array.isArray(value)) return value.map((item) => replace(item, variables, missing));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, variables, missing)]));
  if (typeof value !== "string") return value;

  return value.replace(/\$\{(\w+)(?::?[-=]([^}]*))?\}/g, (_, name, otherwise) => {
    if (variables[name]) return variables[name];
    if (otherwise === undefined) missing.add(name);
    return otherwise ?? "";
  });
}

// Variables are text; ARM takes no text for a number.
function typed(value, type) {
  if (typeof value !== "string") return value;

  const plain = type.replace(/\?$/, "");
  if (plain === "int" && /^-?\d+$/.test(value)) return Number(value);
  if (plain === "bool" && /^(true|false)$/.test(value)) return value === "true";
  if (plain === "int" || plain === "bool") throw new TypeError(value);
  return /^(array|object)$|\[\]$/.test(plain) ? JSON.parse(value) : value;
}

export function howToSet(variable) {
  return `gh variable set ${variable} --body VALUE (a pipeline), azd env set ${variable} VALUE (azd).`;
}

/** What the pipeline knows: its environment, and GitHub's variables, which VARIABLES holds as JSON. */
export function variables(environment = process.env) {
  const set = Object.entries(environment).filter(([, value]) => value);
  return { ...JSON.parse(environment.VARIABLES || "{}"), ...Object.fromEntries(set) };
}

export function fillFromFiles(infra, environment) {
  const parameters = JSON.parse(readFileSync(join(infra, "main.parameters.json"), "utf8"));
  return fill(parameters, readFileSync(join(infra, "main.bicep"), "utf8"), variables(environment));
}

if (process.argv[1] === import.meta.filename) {
  const { values, leftOut, problems } = fillFromFiles(process.env.INFRA ?? "infra");
  for (const problem of [...leftOut, ...problems]) console.log(`::error title=Parameters::${problem}`);
  if (leftOut.length + problems.length > 0) process.exit(1);

  const file = process.argv[2] ?? "artifacts/parameters.json";
  mkdirSync(dirname(file), { recursive: true });
  const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#";
  writeFileSync(file, JSON.stringify({ $schema: schema, contentVersion: "1.0.0.0", parameters: values }, null, 2));
  console.log(`${file}: ${Object.keys(values).join(", ")}`);
}
