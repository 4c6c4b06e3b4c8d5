// A direct upload with fetch, in the three steps that the API's documentation gives.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

const path = process.argv[2];
const base = process.env.HEYGEN_API_BASE;
const headers = { "X-Api-Key": process.env.HEYGEN_API_KEY, "Content-Type": "application/json" };

const data = async (response) => {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()).data;
};

const bytes = await readFile(path);
const slot = await data(
  await fetch(`${base}/v3/assets/direct-uploads`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      filename: basename(path),
      content_type: "video/mp4",
      size_bytes: bytes.length,
    }),
  }),
);

const stored = await fetch(slot.upload_url, {
  method: "PUT",
  headers: slot.upload_headers,
  body: bytes,
});
if (!stored.ok) throw new Error(`storage: ${stored.status}`);

console.log(
  await data(
    await fetch(`${base}/v3/assets/${slot.asset_id}/complete`, {
      method: "POST",
      headers,
      body: "{}",
    }),
  ),
);
