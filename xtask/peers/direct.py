"""A direct upload with requests, in the three steps that the API's documentation gives."""

import os
import sys

import requests

path = sys.argv[1]
base = os.environ["HEYGEN_API_BASE"]
headers = {"X-Api-Key": os.environ["HEYGEN_API_KEY"]}

answer = requests.post(
    f"{base}/v3/assets/direct-uploads",
    headers=headers,
    json={
        "filename": os.path.basename(path),
        "content_type": "video/mp4",
        "size_bytes": os.path.getsize(path),
    },
)
answer.raise_for_status()
slot = answer.json()["data"]

with open(path, "rb") as file:
    requests.put(slot["upload_url"], data=file, headers=slot["upload_headers"]).raise_for_status()

answer = requests.post(f"{base}/v3/assets/{slot['asset_id']}/complete", headers=headers, json={})
answer.raise_for_status()
print(answer.text)
