// Nodemailer's SMTP server, in several forms at once: node smtp-server.mjs FOLDER KEY CERTIFICATE. Prints its ports as one
// line of JSON, then a line for each recipient that it lets hang. The envelope and the octets of what it took lie in FOLDER.
// What it does is told by the left part of an address: see behave().
import { SMTPServer } from "smtp-server";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const [folder, keyFile, certificateFile] = process.argv.slice(2);
const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
const say = line => process.stdout.write(JSON.stringify(line) + "\n");

let kept = 0;

const base = {
  ...tls,
  logger: false,
  closeTimeout: 100,
  size: 30 * 1024 * 1024,
  onAuth(auth, session, done) {
    if (auth.username === "busy") return done(refusal(454, "4.7.0 Temporary authentication failure"));
    if (auth.username === "anna" && auth.password === "s3cret-of-anna") return done(null, { user: auth.username });
    done(refusal(535, "5.7.8 Authentication credentials invalid for " + auth.username));
  },
  onMailFrom: (address, session, done) => behave("from", address.address, session, done),
  onRcptTo: (address, session, done) => behave("rcpt", address.address, session, done),
  onData,
};

const servers = {
  starttls: new SMTPServer(base),
  tls: new SMTPServer({ ...base, secure: true }),
  plain: new SMTPServer({ ...base, authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] }),
  small: new SMTPServer({ ...base, size: 10_000 }),
  busy: new SMTPServer({ ...base, onConnect: (session, done) => done(refusal(421, "4.3.2 Too many connections")) }),
  closed: new SMTPServer({ ...base, onConnect: (session, done) => done(refusal(554, "5.7.1 We do not talk to you")) }),
};
const ports = {};
for (const [name, server] of Object.entries(servers)) {
  server.on("error", () => {}); // A client that hangs up, or does not trust us, is no reason to stop.
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  ports[name] = server.server.address().port;
}
say(ports);

// It lives as long as the test that started it.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));

/** rcpt-550-5.1.1: an answer; cut-rcpt: hangs up; hang-rcpt: never answers. Alike for from, data (instead of asking for it), middle, end, kept. */
function behave(stage, address, session, done) {
  const [verb, ...words] = address.split("@")[0].split("-");
  if (verb === stage) return done(refusal(Number(words[0]), `${words[1]} No, <${address}> does not please us`));
  if (verb === "cut" && words[0] === stage) return cut(session);
  if (verb === "hang" && words[0] === stage) return say({ hangs: address });
  done();
}

function onData(stream, session, done) {
  const to = session.envelope.rcptTo[0].address;
  behave("data", to, session, error => {
    if (error) {
      stream.resume();
      return stream.on("end", () => done(error));
    }
    const chunks = [];
    stream.on("data", chunk => {
      chunks.push(chunk);
      if (chunks.length === 1) behave("middle", to, session, () => {});
    });
    stream.on("end", () => behave("end", to, session, error => {
      if (error) return done(error);
      keep(session, Buffer.concat(chunks));
      behave("kept", to, session, done);
    }));
  });
}

/** Whole or not at all, since the test reads while we write; by name in the order in which it came. */
function keep(session, octets) {
  const file = join(folder, String(++kept).padStart(6, "0"));
  writeFileSync(file, JSON.stringify({
    from: session.envelope.mailFrom.address,
    to: session.envelope.rcptTo.map(each => each.address),
    user: session.user ?? null,
    secure: session.secure,
    greeting: session.hostNameAppearsAs,
    connection: session.id,
    octets: octets.toString("base64"),
  }));
  renameSync(file, file + ".json");
}

function cut(session) {
  for (const server of Object.values(servers)) {
    for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
  }
}

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}
