import { strict as assert } from "node:assert";
import { test } from "node:test";
import { join } from "node:path";
import { declared, fill } from "../../../.github/scripts/parameters.mjs";
import { folder, run, scripts, write } from "./helpers.mjs";

const bicep = `
targetScope = 'subscription'
@description('Who gets alarms')
param alertEmail string
param location string
param capacity int = 40
param isPublic bool = false
param settings { *: string } = {}
param domain string?
`;
const given = (parameters) => ({ parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }])) });
const all = { alertEmail: "${ALERT_EMAIL}", location: "${AZURE_LOCATION}", capacity: "${CAPACITY=20}", isPublic: "${IS_PUBLIC}", domain: "${DOMAIN}" };

test("Declared parameters are known with their types", () => {
  assert.deepEqual([...declared(bicep).entries()].map(([name, { optional }]) => `${name}${optional ? "?" : ""}`), ["alertEmail", "location", "capacity?", "isPublic?", "settings?", "domain?"]);
});

test("Variables are filled in with the types that Azure wants, and defaults are main.bicep's", () => {
  const { values, leftOut, problems } = fill(given(all), bicep, { ALERT_EMAIL: "a@b.example", AZURE_LOCATION: "northeurope", IS_PUBLIC: "true" });
  assert.deepEqual([leftOut, problems], [[], []]);
  assert.deepEqual(values, { alertEmail: { value: "a@b.example" }, location: { value: "northeurope" }, capacity: { value: 20 }, isPublic: { value: true } });
});

test("Every parameter that is left out is named with the variable to set", () => {
  const { leftOut } = fill(given(all), bicep, { AZURE_LOCATION: "" });
  assert.equal(leftOut.length, 2);
  assert.match(leftOut[0], /^ALERT_EMAIL is not set.*gh variable set ALERT_EMAIL.*azd env set ALERT_EMAIL/);
  assert.match(leftOut[1], /^AZURE_LOCATION is not set/);
});

test("Parameters that the two files do not share are named", () => {
  const { problems } = fill(given({ location: "x", colour: "red" }), bicep, {});
  assert.match(problems[0], /^infra\/main\.bicep needs 'alertEmail'/);
  assert.match(problems[1], /has 'colour', which infra\/main\.bicep does not take/);
});

test("A number that is none is named", () => {
  const { problems } = fill(given({ ...all, capacity: "many" }), bicep, { ALERT_EMAIL: "a", AZURE_LOCATION: "b" });
  assert.match(problems[0], /^'capacity' is to be int, not 'many'/);
});

test("What az gets is written to a file; GitHub's variables count", async (context) => {
  const directory = folder(context);
  write(directory, { "infra/main.bicep": bicep, "infra/main.parameters.json": given(all) });
  const command = [process.execPath, join(scripts, "parameters.mjs"), "out/parameters.json"];
  const good = await run(directory, command, { environment: { VARIABLES: '{"ALERT_EMAIL":"a@b.example"}', AZURE_LOCATION: "northeurope" } });
  assert.equal(good.code, 0, good.out);
  const bad = await run(directory, command, { environment: { VARIABLES: "{}", AZURE_LOCATION: "northeurope" } });
  assert.equal(bad.code, 1);
  assert.match(bad.out, /::error title=Parameters::ALERT_EMAIL is not set/);
});
