#!/bin/sh
# A direct upload with curl, in the three steps that the API's documentation gives.
set -eu
file=$1
size=$(wc -c <"$file")

api() {
    curl --silent --show-error --fail \
        --header "X-Api-Key: $HEYGEN_API_KEY" --header "Content-Type: application/json" \
        --data "$2" "$HEYGEN_API_BASE$1"
}
field() {
    sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

slot=$(api /v3/assets/direct-uploads \
    "{\"filename\":\"clip.mp4\",\"content_type\":\"video/mp4\",\"size_bytes\":$size}")
asset_id=$(echo "$slot" | field asset_id)
upload_url=$(echo "$slot" | field upload_url)

curl --silent --show-error --fail --header "Content-Type: video/mp4" \
    --upload-file "$file" "$upload_url"

api "/v3/assets/$asset_id/complete" "{}"
