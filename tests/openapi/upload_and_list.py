"""Uploads a file with the client that openapi-python-client generated, and finds it in the list.

    HEYGEN_API_BASE=... HEYGEN_API_KEY=... python3 upload_and_list.py FILE

The package `generated` is the client.
"""

import os
import pathlib
import sys

from generated import AuthenticatedClient
from generated.api.assets import assets_get, assets_list, assets_upload
from generated.models import AssetsUploadBody, ErrorBody
from generated.types import File

path = pathlib.Path(sys.argv[1])
client = AuthenticatedClient(
    base_url=os.environ["HEYGEN_API_BASE"],
    token=os.environ["HEYGEN_API_KEY"],
    auth_header_name="X-Api-Key",
    prefix="",
    raise_on_unexpected_status=True,
)
with client, path.open("rb") as file:
    body = AssetsUploadBody(file=File(payload=file, file_name=path.name))
    uploaded = assets_upload.sync(client=client, body=body, idempotency_key="upload-and-list").data
    assert uploaded.size_bytes == path.stat().st_size, uploaded
    record = assets_get.sync(client=client, asset_id=uploaded.asset_id).data
    page = assets_list.sync(client=client, username=record.owner)
    assert uploaded.asset_id in [asset.id for asset in page.data], page
    refused = assets_get.sync(client=client, asset_id="asset_unknown")
    assert isinstance(refused, ErrorBody), refused
    assert refused.error.code == "asset_not_found", refused
print(f"{uploaded.asset_id} was uploaded and listed")
