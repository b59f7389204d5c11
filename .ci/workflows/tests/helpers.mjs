// What the scripts of the pipeline meet in a test: a folder of their own, and an az that answers what it is told.
import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "../../..");
export const scripts = join(root, ".github/scripts");

/** An empty folder that goes when the test does. */
export function folder(test) {
  const path = mkdtempSync(join(tmpdir(), "workflows-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function write(directory, files) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, ".."), { recursive: true });
    writeFileSync(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/**
 * Runs a script with stand-ins for az, gh and sleep.
 * @param answers for az: [what its arguments match, { out, error, code, times }], the first that matches counts
 * @returns {Promise<{code: number, out: string, calls: string[]}>}
 */
export async function run(directory, command, { environment = {}, answers = [], withoutAz = false } = {}) {
  const bin = join(directory, "bin");
  const log = join(directory, "calls");
  rmSync(log, { force: true });
  mkdirSync(bin, { recursive: true });
  for (const name of ["az", "gh", "sleep"]) {
    rmSync(join(bin, name), { force: true });
    if (withoutAz && name === "az") continue;
    cpSync(join(import.meta.dirname, "stub.sh"), join(bin, name));
    chmodSync(join(bin, name), 0o755);
  }
  rmSync(join(directory, "answers"), { recursive: true, force: true });
  for (const [index, [match, { out = "", error = "", code = 0, times }]] of answers.entries()) {
    const answer = { match: match.source.replaceAll("\\/", "/"), out, error, code: `${code}`, ...(times && { times: `${times}` }) };
    write(join(directory, "answers", String(index).padStart(2, "0")), answer);
  }

  const path = withoutAz ? [bin, join(process.execPath, ".."), "/usr/bin", "/bin"] : [bin, process.env.PATH];
  const child = spawn(command[0], command.slice(1), {
    cwd: directory,
    env: { HOME: directory, STUB: directory, ...environment, PATH: path.join(delimiter) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (out += text));
  const code = await new Promise((fulfil) => child.on("close", fulfil));
  return { code, out, calls: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [] };
}

/** A site on a free port of this machine; `answer` may take its time. */
export async function site(test, answer) {
  const server = createServer(async (request, response) => {
    const { status = 200, body = "", type = "text/html" } = (await answer(request.url)) ?? {};
    response.writeHead(status, { "content-type": type }).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((fulfil) => server.listen(0, "127.0.0.1", fulfil));
  test.after(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${server.address().port}`;
}

export const well = (version) => (path) =>
  path === "/health" ? { body: { status: "healthy", version, dependencies: { tables: "healthy" } } } : { body: '<a href="/webinars">Webinars</a>' };

/**
 * A name server on this machine that knows these records: "TXT example.org": ["value"]. Of UDP and DNS (RFC 1035) only what
 * a resolver needs to be answered.
 */
export async function nameServer(test, records) {
  const { createSocket } = await import("node:dgram");
  const socket = createSocket("udp4");
  const types = { A: 1, CNAME: 5, TXT: 16 };
  socket.on("message", (query, { port, address }) => {
    const labels = [];
    let at = 12;
    for (; query[at] > 0; at += query[at] + 1) labels.push(query.toString("ascii", at + 1, at + 1 + query[at]));
    const type = Object.keys(types).find((name) => types[name] === query.readUInt16BE(at + 1));
    const values = records[`${type} ${labels.join(".")}`] ?? [];
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(values.length, 6);
    header.fill(0, 8);
    socket.send(Buffer.concat([header, query.subarray(12, at + 5), ...values.map(answer)]), port, address);

    function answer(value) {
      const data = {
        A: () => Buffer.from(value.split(".").map(Number)),
        CNAME: () => Buffer.concat([...value.split(".").map(text), Buffer.from([0])]),
        TXT: () => text(value),
      }[type]();
      const head = Buffer.from([0xc0, 12, 0, types[type], 0, 1, 0, 0, 0, 60, 0, 0]); // the name of the question, class IN, a minute
      head.writeUInt16BE(data.length, 10);
      return Buffer.concat([head, data]);
    }
  });
  await new Promise((fulfil) => socket.bind(0, "127.0.0.1", fulfil));
  test.after(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;

  function text(value) {
    return Buffer.concat([Buffer.from([value.length]), Buffer.from(value, "ascii")]);
  }
}
