#!/usr/bin/env python3
"""Uploads a file to HeyGen with Python, once in a single request and once directly to storage,
and gives it to a video agent.

    HEYGEN_API_KEY=... python3 python.py FILE

Needs Python 3.8 or newer and requests (pip install requests).
FILE is of an accepted type and small enough for a single request (32 MB).
HEYGEN_API_BASE names another server than https://api.heygen.com.

Prints one JSON object per asset and one for the session; everything else goes to stderr.
"""

import hashlib
import json
import os
import sys
import time
import uuid

import requests

BASE = os.environ.get("HEYGEN_API_BASE", "https://api.heygen.com").rstrip("/")
CONTENT_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".pdf": "application/pdf",
    ".srt": "application/x-subrip",
}
# Seconds to connect, and to wait for the next bytes of an answer; a long upload is no timeout.
TIMEOUT = (30, 120)


class Failure(Exception):
    """What went wrong, in words for the user."""


def call(method, path, **arguments):
    """Calls the API and returns the response, whatever its status."""
    headers = {"X-Api-Key": os.environ["HEYGEN_API_KEY"], **arguments.pop("headers", {})}
    return requests.request(method, BASE + path, headers=headers, timeout=TIMEOUT, **arguments)


def data(response, step):
    """Returns the `data` of a successful answer."""
    if not response.ok:
        try:
            error = response.json()["error"]
            reason = f"{error['code']}: {error['message']}"
        except (ValueError, KeyError, TypeError):
            reason = "no error object"
        raise Failure(f"{step} answered {response.status_code}: {reason}")
    try:
        return response.json()["data"]
    except (ValueError, KeyError, TypeError):
        raise Failure(f"{step}: the answer has no data") from None


def idempotency_key():
    """Makes a request safe to repeat: the server answers the repetition as it did the first."""
    return {"Idempotency-Key": str(uuid.uuid4())}


def check(condition, message):
    if not condition:
        raise Failure(message)


def upload_in_one_request(path):
    with open(path, "rb") as file:
        response = call("POST", "/v3/assets", headers=idempotency_key(), files={"file": file})
    return data(response, "POST /v3/assets")


def complete(asset_id, checksum):
    return call("POST", f"/v3/assets/{asset_id}/complete", json={"checksum_sha256": checksum})


def upload_directly(path, content_type):
    size = os.path.getsize(path)
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    checksum = digest.hexdigest()

    # Step 1: announce the file.
    request = {
        "filename": os.path.basename(path),
        "content_type": content_type,
        "size_bytes": size,
        "checksum_sha256": checksum,
    }
    response = call("POST", "/v3/assets/direct-uploads", headers=idempotency_key(), json=request)
    slot = data(response, "POST /v3/assets/direct-uploads")
    asset_id = slot["asset_id"]
    check(size <= slot["max_bytes"], f"{size} bytes are more than {slot['max_bytes']}")

    # An asset cannot be completed before its bytes are there.
    early = complete(asset_id, checksum).status_code
    check(early == 409, f"complete before the upload answered {early}, not 409")

    # Step 2: send the bytes. The URL is the permission: no API key, and no header beyond those
    # that were given.
    with open(path, "rb") as file:
        response = requests.put(
            slot["upload_url"], data=file, headers=slot["upload_headers"], timeout=TIMEOUT
        )
    check(response.ok, f"PUT to storage answered {response.status_code}: {response.text}")

    # Step 3: complete. Storage may need a moment to show the object.
    for attempt in range(1, 11):
        response = complete(asset_id, checksum)
        if response.status_code != 409:
            break
        time.sleep(min(0.5 * attempt, 4))
    asset = data(response, "complete")
    check(asset["asset_id"] == asset_id, "complete: the answer is about another asset")

    # Completing again is harmless.
    again = data(complete(asset_id, checksum), "complete, again")
    check(again["asset_id"] == asset_id, "complete: the second answer is about another asset")
    return asset


def start_video_agent(asset_id):
    request = {
        "prompt": "Make a short video that shows the attached file.",
        "files": [{"type": "asset_id", "asset_id": asset_id}],
    }
    created = data(call("POST", "/v3/video-agents", json=request), "POST /v3/video-agents")
    session_id = created["session_id"]
    session = data(call("GET", f"/v3/video-agents/{session_id}"), "GET /v3/video-agents")
    check(session["session_id"] == session_id, "the answer is about another session")
    return session


def run(path):
    content_type = CONTENT_TYPES.get(os.path.splitext(path)[1].lower())
    check(content_type, f"{os.path.basename(path)} has no extension of an accepted type")
    check(os.environ.get("HEYGEN_API_KEY"), "HEYGEN_API_KEY is not set")

    uploads = {
        "single": lambda: upload_in_one_request(path),
        "direct": lambda: upload_directly(path, content_type),
    }
    for route, upload in uploads.items():
        asset = upload()
        check(asset["size_bytes"] == os.path.getsize(path), f"{route}: another size was stored")
        check(asset["mime_type"] == content_type, f"{route}: the type is {asset['mime_type']}")
        print(json.dumps({"route": route, "asset_id": asset["asset_id"]}), flush=True)
    session = start_video_agent(asset["asset_id"])
    print(json.dumps({"session_id": session["session_id"], "status": session["status"]}))


def main():
    if len(sys.argv) != 2:
        sys.exit("python.py: usage: python.py FILE")
    try:
        run(sys.argv[1])
    except KeyError as error:
        sys.exit(f"python.py: an answer has no {error}")
    except (Failure, OSError) as error:  # The exceptions of requests are OSErrors.
        sys.exit(f"python.py: {error}")


if __name__ == "__main__":
    main()
