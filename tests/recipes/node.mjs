#!/usr/bin/env node
// Uploads a file to HeyGen with Node.js, once in a single request and once directly to storage,
// and gives it to a video agent.
//
//   HEYGEN_API_KEY=... node node.mjs FILE
//
// Needs Node.js 18 or newer and no packages.
// FILE is of an accepted type and small enough for a single request (32 MB).
// HEYGEN_API_BASE names another server than https://api.heygen.com.
//
// Prints one JSON object per asset and one for the session; everything else goes to stderr.

import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const base = (process.env.HEYGEN_API_BASE ?? "https://api.heygen.com").replace(/\/+$/, "");
const contentTypes = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
  ".mp3": "audio/mpeg",
  ".wav": "audio/wav",
  ".pdf": "application/pdf",
  ".srt": "application/x-subrip",
};

function check(condition, message) {
  if (!condition) throw new Error(message);
}

// Calls the API and returns the response, whatever its status.
function call(method, path, { headers = {}, json, body } = {}) {
  const typed = json === undefined ? {} : { "Content-Type": "application/json" };
  return fetch(base + path, {
    method,
    headers: { "X-Api-Key": process.env.HEYGEN_API_KEY, ...typed, ...headers },
    body: json === undefined ? body : JSON.stringify(json),
  });
}

// Returns the `data` of a successful answer.
async function data(response, step) {
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    const error = answer?.error;
    const reason = error ? `${error.code}: ${error.message}` : "no error object";
    throw new Error(`${step} answered ${response.status}: ${reason}`);
  }
  check(answer?.data, `${step}: the answer has no data`);
  return answer.data;
}

// Makes a request safe to repeat: the server answers the repetition as it did the first.
function idempotencyKey() {
  return { "Idempotency-Key": randomUUID() };
}

async function uploadInOneRequest(file) {
  const body = new FormData();
  body.append("file", new Blob([file.bytes], { type: file.contentType }), file.name);
  const response = await call("POST", "/v3/assets", { headers: idempotencyKey(), body });
  return data(response, "POST /v3/assets");
}

async function uploadDirectly(file) {
  const checksum = createHash("sha256").update(file.bytes).digest("hex");

  // Step 1: announce the file.
  const response = await call("POST", "/v3/assets/direct-uploads", {
    headers: idempotencyKey(),
    json: {
      filename: file.name,
      content_type: file.contentType,
      size_bytes: file.bytes.length,
      checksum_sha256: checksum,
    },
  });
  const slot = await data(response, "POST /v3/assets/direct-uploads");
  check(
    file.bytes.length <= slot.max_bytes,
    `${file.bytes.length} bytes are more than ${slot.max_bytes}`,
  );

  // An asset cannot be completed before its bytes are there.
  const complete = () =>
    call("POST", `/v3/assets/${slot.asset_id}/complete`, { json: { checksum_sha256: checksum } });
  const early = await complete();
  await early.body?.cancel();
  check(early.status === 409, `complete before the upload answered ${early.status}, not 409`);

  // Step 2: send the bytes. The URL is the permission: no API key, and no header beyond those
  // that were given.
  const stored = await fetch(slot.upload_url, {
    method: "PUT",
    headers: slot.upload_headers,
    body: file.bytes,
  });
  const reason = await stored.text();
  check(stored.ok, `PUT to storage answered ${stored.status}: ${reason}`);

  // Step 3: complete. Storage may need a moment to show the object.
  let completed = await complete();
  for (let attempt = 1; completed.status === 409 && attempt < 10; attempt += 1) {
    await completed.body?.cancel();
    await sleep(Math.min(500 * attempt, 4000));
    completed = await complete();
  }
  const asset = await data(completed, "complete");
  check(asset.asset_id === slot.asset_id, "complete: the answer is about another asset");

  // Completing again is harmless.
  const again = await data(await complete(), "complete, again");
  check(again.asset_id === slot.asset_id, "complete: the second answer is about another asset");
  return asset;
}

async function startVideoAgent(assetId) {
  const json = {
    prompt: "Make a short video that shows the attached file.",
    files: [{ type: "asset_id", asset_id: assetId }],
  };
  const created = await call("POST", "/v3/video-agents", { json });
  const { session_id: id } = await data(created, "POST /v3/video-agents");
  const session = await data(await call("GET", `/v3/video-agents/${id}`), "GET /v3/video-agents");
  check(session.session_id === id, "the answer is about another session");
  return session;
}

async function run(paths) {
  check(paths.length === 1, "usage: node.mjs FILE");
  const [path] = paths;
  const contentType = contentTypes[extname(path).toLowerCase()];
  check(contentType, `${basename(path)} has no extension of an accepted type`);
  check(process.env.HEYGEN_API_KEY, "HEYGEN_API_KEY is not set");
  const file = { name: basename(path), contentType, bytes: await readFile(path) };

  let asset;
  for (const [route, upload] of [["single", uploadInOneRequest], ["direct", uploadDirectly]]) {
    asset = await upload(file);
    check(asset.size_bytes === file.bytes.length, `${route}: another size was stored`);
    check(asset.mime_type === contentType, `${route}: the type is ${asset.mime_type}`);
    console.log(JSON.stringify({ route, asset_id: asset.asset_id }));
  }
  const session = await startVideoAgent(asset.asset_id);
  console.log(JSON.stringify({ session_id: session.session_id, status: session.status }));
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  // fetch says only "fetch failed"; its cause says why.
  const cause = error.cause ? ` (${error.cause.message || error.cause.code})` : "";
  console.error(`node.mjs: ${error.message}${cause}`);
  process.exitCode = 1;
}
