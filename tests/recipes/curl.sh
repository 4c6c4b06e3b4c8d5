#!/bin/bash
# Uploads a file to HeyGen with curl, once in a single request and once directly to storage, and
# gives it to a video agent.
#
#   HEYGEN_API_KEY=... ./curl.sh FILE
#
# Needs bash, curl 7.55 or newer, jq, and sha256sum (or shasum, as on macOS).
# FILE is of an accepted type and small enough for a single request (32 MB).
# HEYGEN_API_BASE names another server than https://api.heygen.com.
#
# Prints one JSON object per asset and one for the session; everything else goes to stderr.
set -euo pipefail

fail() {
  echo "curl.sh: $1" >&2
  exit 1
}

[ $# -eq 1 ] || fail "usage: curl.sh FILE"
[ -n "${HEYGEN_API_KEY:-}" ] || fail "HEYGEN_API_KEY is not set"
[ -f "$1" ] && [ -r "$1" ] || fail "cannot read $1"

base=${HEYGEN_API_BASE:-https://api.heygen.com}
base=${base%/}
file=$1
filename=$(basename -- "$file")
size=$(($(wc -c < "$file")))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $(printf %s "${filename##*.}" | tr '[:upper:]' '[:lower:]') in
  png) content_type=image/png ;;
  jpg | jpeg) content_type=image/jpeg ;;
  mp4) content_type=video/mp4 ;;
  webm) content_type=video/webm ;;
  mp3) content_type=audio/mpeg ;;
  wav) content_type=audio/wav ;;
  pdf) content_type=application/pdf ;;
  srt) content_type=application/x-subrip ;;
  *) fail "$filename has no extension of an accepted type" ;;
esac

if command -v sha256sum > /dev/null; then
  checksum=$(sha256sum < "$file" | cut -d ' ' -f 1)
else
  checksum=$(shasum -a 256 < "$file" | cut -d ' ' -f 1)
fi

# Calls the API: `call METHOD PATH [CURL ARGUMENT]...`. Leaves the status in $status and the body
# in $work/answer.
call() {
  local method=$1 path=$2
  shift 2
  called="$method $path"
  status=$(curl --silent --show-error --connect-timeout 30 \
    --request "$method" "$base$path" \
    --header "X-Api-Key: $HEYGEN_API_KEY" \
    --output "$work/answer" --write-out '%{http_code}' "$@") \
    || fail "$called: no answer"
}

# Fails unless the last call succeeded.
expect_success() {
  case $status in
    2??) ;;
    *) fail "$called answered $status: $(jq -r '.error | "\(.code): \(.message)"' "$work/answer" \
      2> /dev/null || echo "no error object")" ;;
  esac
}

# Prints a field of the last answer; the field must be there.
field() {
  jq -er ".data.$1" "$work/answer" || fail "$called: the answer has no $1"
}

# A key makes a request safe to repeat: the server answers the repetition as it did the first.
new_key() {
  od -An -N 16 -tx1 /dev/urandom | tr -d ' \n'
}

# Checks that the server stored what was sent.
expect_stored() {
  local stored
  stored=$(field size_bytes)
  [ "$stored" = "$size" ] || fail "$called: $stored bytes were stored, not $size"
  stored=$(field mime_type)
  [ "$stored" = "$content_type" ] || fail "$called: the type is $stored, not $content_type"
}

# --- Single request ---------------------------------------------------------------------------

# curl wants a file name in quotes when it holds a comma or a semicolon.
quoted=${file//\\/\\\\}
quoted=${quoted//\"/\\\"}
call POST /v3/assets --header "Idempotency-Key: $(new_key)" --form "file=@\"$quoted\""
expect_success
expect_stored
single_id=$(field asset_id)
jq -cn --arg id "$single_id" '{route: "single", asset_id: $id}'

# --- Direct upload, step 1: announce the file --------------------------------------------------

jq -n --arg filename "$filename" --arg type "$content_type" --argjson size "$size" \
  --arg checksum "$checksum" \
  '{filename: $filename, content_type: $type, size_bytes: $size, checksum_sha256: $checksum}' \
  > "$work/request"
call POST /v3/assets/direct-uploads --header "Idempotency-Key: $(new_key)" \
  --header "Content-Type: application/json" --data-binary "@$work/request"
expect_success
asset_id=$(field asset_id)
upload_url=$(field upload_url)
max_bytes=$(field max_bytes)
[ "$size" -le "$max_bytes" ] || fail "$filename has $size bytes, at most $max_bytes are taken"
jq -r '.data.upload_headers | to_entries[] | "\(.key): \(.value)"' "$work/answer" \
  > "$work/upload_headers"

# An asset cannot be completed before its bytes are there.
complete() {
  call POST "/v3/assets/$asset_id/complete" --header "Content-Type: application/json" \
    --data-binary "{\"checksum_sha256\": \"$checksum\"}"
}
complete
[ "$status" = 409 ] || fail "$called before the upload answered $status, not 409"

# --- Direct upload, step 2: send the bytes -----------------------------------------------------

# The URL is the permission: no API key here, and no header beyond those that were given.
status=$(curl --silent --show-error --connect-timeout 30 --globoff \
  --upload-file "$file" --header "@$work/upload_headers" \
  --output "$work/answer" --write-out '%{http_code}' "$upload_url") \
  || fail "PUT to storage: no answer"
case $status in
  2??) ;;
  *) fail "PUT to storage answered $status: $(sed -n 's:.*<Code>\(.*\)</Code>.*:\1:p' \
    "$work/answer")" ;;
esac

# --- Direct upload, step 3: complete -----------------------------------------------------------

# Storage may need a moment to show the object.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  complete
  [ "$status" = 409 ] || break
  sleep "$((attempt < 4 ? attempt : 4))"
done
expect_success
expect_stored
[ "$(field asset_id)" = "$asset_id" ] || fail "$called: the answer is about another asset"

# Completing again is harmless.
complete
expect_success
[ "$(field asset_id)" = "$asset_id" ] || fail "$called: the second answer is about another asset"
jq -cn --arg id "$asset_id" '{route: "direct", asset_id: $id}'

# --- Use the asset -----------------------------------------------------------------------------

jq -n --arg id "$asset_id" '{
  prompt: "Make a short video that shows the attached file.",
  files: [{type: "asset_id", asset_id: $id}]
}' > "$work/request"
call POST /v3/video-agents --header "Content-Type: application/json" \
  --data-binary "@$work/request"
expect_success
session_id=$(field session_id)

call GET "/v3/video-agents/$session_id"
expect_success
[ "$(field session_id)" = "$session_id" ] || fail "$called: the answer is about another session"
jq -c '{session_id: .data.session_id, status: .data.status}' "$work/answer"
