#!/bin/bash
# Makes the media files of this folder anew. The emulator serves them where jobs have results.
#
# Needs ffmpeg with libx264, libvpx and libmp3lame; on Debian: apt-get install ffmpeg
# The same versions of the encoders give the same bytes: the committed files come from ffmpeg 5.1.
set -euo pipefail
cd "$(dirname "$0")"

# Encodes with what makes the result the same every time; takes ffmpeg's own arguments.
encode() {
  ffmpeg -hide_banner -loglevel error -nostdin -y -threads 1 "$@"
}

# The options belong to the output, so they stand right before its name.
exact=(-threads 1 -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact)
picture=(-f lavfi -i "smptebars=size=160x90:rate=10")
sound=(-f lavfi -i "sine=frequency=440:sample_rate=16000")

encode "${picture[@]}" "${sound[@]}" -t 2 \
  -c:v libx264 -preset slow -crf 34 -pix_fmt yuv420p -x264-params threads=1 \
  -c:a aac -b:a 16k -movflags +faststart "${exact[@]}" video.mp4
encode "${picture[@]}" -t 2 -c:v libvpx -crf 40 -b:v 50k "${exact[@]}" video.webm
encode "${picture[@]}" -t 2 -c:v libx264 -preset slow -crf 34 -pix_fmt yuv420p \
  -x264-params threads=1 "${exact[@]}" video.mov
encode "${sound[@]}" -t 2 -ac 1 -c:a libmp3lame -b:a 16k "${exact[@]}" audio.mp3
encode "${picture[@]}" -frames:v 1 -update 1 "${exact[@]}" image.png
encode "${picture[@]}" -t 1 "${exact[@]}" video.gif
