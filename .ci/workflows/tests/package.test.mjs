import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run, scripts, write } from "./helpers.mjs";

const published = {
  "publish/host.json": { customHandler: { description: { defaultExecutablePath: "App" } } },
  "publish/App": "ELF GLIBC_2.17 GLIBC_2.27",
  "publish/App.pdb": "",
  "publish/Site/function.json": {},
};

async function pack(context, { files = {}, mode = 0o700 } = {}) {
  const directory = folder(context);
  write(directory, { ...published, ...files });
  // As JSON.stringify wrote it, host.json has no blanks; as the repository has it, it does.
  write(directory, { "publish/host.json": '{\n  "customHandler": { "description": { "defaultExecutablePath": "App" } }\n}' });
  chmodSync(join(directory, "publish/App"), mode);
  return { directory, ...(await run(directory, ["bash", join(scripts, "package.sh")])) };
}

test("The package keeps the run bit, lets everybody read, and leaves symbols out", async (context) => {
  const { directory, code, out } = await pack(context);
  assert.equal(code, 0, out);
  const listing = execFileSync("unzip", ["-Z", join(directory, "artifacts/package.zip")], { encoding: "utf8" });
  assert.match(listing, /^-rwxr-xr-x .* App$/m);
  assert.match(listing, /^-rw-r--r-- .* host\.json$/m);
  assert.doesNotMatch(listing, /pdb/);
});

for (const [what, options, remedy] of [
  ["An executable without its run bit", { mode: 0o644 }, /publish on Linux/],
  ["Settings beside the app", { files: { "publish/local.settings.json": "{}" } }, /may be secrets: delete them/],
  ["A library built on a newer Linux", { files: { "publish/App": "GLIBC_2.38" } }, /asks for GLIBC_2\.38/],
]) {
  test(`${what} makes no package`, async (context) => {
    const { code, out } = await pack(context, options);
    assert.equal(code, 1);
    assert.match(out, remedy);
  });
}

test("Without anything published the command to publish is named", async (context) => {
  const { code, out } = await run(folder(context), ["bash", join(scripts, "package.sh")]);
  assert.equal(code, 1);
  assert.match(out, /run 'dotnet publish/);
});
