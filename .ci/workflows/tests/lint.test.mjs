import { strict as assert } from "node:assert";
import { test } from "node:test";
import { lint } from "../lint.mjs";
import { folder, write } from "./helpers.mjs";

const workflow = `on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo fine
        env:
          WHERE: \${{ vars.WHERE }}
`;
const azd = "name: site\nservices:\n  app: { project: ., host: function, language: custom, dist: publish }\n";

async function findings(context, files) {
  const directory = folder(context);
  write(directory, { ".github/workflows/a.yml": workflow, "azure.yaml": azd, ...files });
  return (await lint(directory)).map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n");
}

for (const [what, files, expected] of [
  ["Nothing wrong", {}, /^$/],
  ["A key that GitHub does not know", { ".github/workflows/a.yml": workflow.replace("timeout-minutes: 5", "timeout-minutes: 5\n    need: b") }, /a\.yml:7: Unexpected value 'need'/],
  ["A permission misspelt", { ".github/workflows/a.yml": workflow.replace("permissions: {}", "permissions: { id-tokn: write }") }, /a\.yml:2: Unexpected value 'id-tokn'/],
  ["A context that is none", { ".github/workflows/a.yml": workflow.replace("vars.WHERE", "varz.WHERE") }, /a\.yml:10: .*varz/],
  ["A step that is not there", { ".github/workflows/a.yml": workflow.replace("- run", "- if: steps.x.outcome == 'failure'\n        run") }, /a\.yml:8: .*"x" is not defined/],
  ["A job that is not there", { ".github/workflows/a.yml": workflow.replace("    runs-on", "    needs: gone\n    runs-on") }, /a\.yml:4: job "test" needs job "gone" which does not exist/],
  ["An expression in a command", { ".github/workflows/a.yml": workflow.replace("echo fine", "echo ${{ github.actor }}") }, /a\.yml:8: an expression inside run/],
  ["An action by its tag", { ".github/workflows/a.yml": workflow.replace("- run: echo fine", "- uses: actions/checkout@v5") }, /a\.yml:8: actions\/checkout@v5 is not pinned/],
  ["A job without a time limit", { ".github/workflows/a.yml": workflow.replace("    timeout-minutes: 5\n", "") }, /job 'test' has no timeout-minutes/],
  ["Permissions that are GitHub's choice", { ".github/workflows/a.yml": workflow.replace("permissions: {}\n", "") }, /a\.yml:1: no permissions/],
  ["A step's shell", { ".github/workflows/a.yml": workflow.replace("run: echo fine", "run: |\n          true\n          echo $1") }, /a\.yml:10: SC2086/],
  ["A script", { ".github/scripts/x.sh": "#!/usr/bin/env bash\ncd $1\n" }, /x\.sh:2: SC2164/],
  ["A key that azd does not know", { "azure.yaml": azd.replace("dist", "dits") }, /azure\.yaml:3: app: 'dits'.*\n.*'app' has no dist/],
  ["A hook's shell", { "azure.yaml": `${azd}hooks:\n  postdeploy:\n    shell: sh\n    run: echo $URL\n` }, /azure\.yaml:7: SC2086/],
  ["A hook that azd does not know", { "azure.yaml": `${azd}hooks:\n  afterdeploy: { shell: sh, run: "true" }\n` }, /azure\.yaml:5: hooks: 'afterdeploy'/],
]) {
  test(`${what}: ${expected.source === "^$" ? "no finding" : "found, with its line"}`, async (context) => {
    assert.match(await findings(context, files), expected);
  });
}
