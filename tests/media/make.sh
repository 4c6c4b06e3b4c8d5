#!/bin/bash
# Makes the media files of this folder anew; README.md tells what they are.
#
# Needs ffmpeg (with libx264, libvpx, libmp3lame and libaom), Ghostscript and Python 3; on Debian:
#   apt-get install ffmpeg ghostscript python3
# The same versions of the encoders give the same bytes: clocks, versions and random ids are
# left out (-bitexact, one thread, dates and ids of the PDF fixed).
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p odd

# Encodes with what makes the result the same every time; takes ffmpeg's own arguments.
encode() {
  ffmpeg -hide_banner -loglevel error -nostdin -y -threads 1 "$@"
}

# The options belong to the output, so they stand right before its name.
exact=(-threads 1 -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact)
picture=(-f lavfi -i "testsrc=size=320x240:rate=12")
sound=(-f lavfi -i "sine=frequency=440:sample_rate=22050")
h264=(-c:v libx264 -preset slow -crf 30 -pix_fmt yuv420p -x264-params threads=1)

# The usual files.
encode "${picture[@]}" "${sound[@]}" -t 2 "${h264[@]}" -c:a aac -b:a 32k \
  -movflags +faststart "${exact[@]}" clip.mp4
encode "${picture[@]}" -t 1 -c:v libvpx -crf 40 -b:v 100k "${exact[@]}" clip.webm
encode "${sound[@]}" -t 3 -c:a libmp3lame -b:a 48k "${exact[@]}" tone.mp3
encode "${sound[@]}" -t 1 -c:a pcm_s16le "${exact[@]}" tone.wav
encode "${picture[@]}" -frames:v 1 -q:v 5 -update 1 "${exact[@]}" photo.jpg
encode "${picture[@]}" -frames:v 1 -update 1 "${exact[@]}" image.png
gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite \
  -sDocumentUUID=00000000-0000-0000-0000-000000000001 -o report.pdf -f report.ps
# Ghostscript has no option for the id in the trailer; the length stays, so all offsets do.
id=00000000000000000000000000000001
LC_ALL=C sed -i -E "s|^/ID \\[<[0-9A-F]{32}><[0-9A-F]{32}>\\]|/ID [<$id><$id>]|" report.pdf
python3 - <<'PYTHON'
import zipfile

page = "<!doctype html>\n<title>Test project</title>\n<p>A page made to be rendered.</p>\n"
with zipfile.ZipFile("project.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    # An entry made by hand carries the archive's first possible date, not today's.
    archive.writestr(zipfile.ZipInfo("index.html"), page)
PYTHON

# captions.srt is written by hand; Windows editors save subtitles like this.
iconv -f UTF-8 -t UTF-16LE captions.srt | { printf '\377\376'; cat; } > odd/utf16.srt

# Rare forms of the same types, most of which plain signature tables miss.
encode "${sound[@]}" -t 0.2 -c:a pcm_s16le -rf64 always "${exact[@]}" odd/rf64.wav
encode "${picture[@]}" -t 0.5 "${h264[@]}" -movflags +cmaf -brand cmfc "${exact[@]}" odd/cmaf.mp4
encode "${picture[@]}" -t 0.5 "${h264[@]}" -brand iso8 "${exact[@]}" odd/iso8.mp4
encode "${picture[@]}" -t 0.5 -c:v libaom-av1 -cpu-used 8 -crf 50 -brand av01 "${exact[@]}" odd/av1.mp4
encode "${picture[@]}" -t 0.5 "${h264[@]}" -brand 3gp4 "${exact[@]}" odd/android.mp4
encode "${sound[@]}" -t 1 -c:a libmp3lame -b:a 32k -id3v2_version 0 -write_xing 0 \
  "${exact[@]}" odd/bare.mp3
encode -f lavfi -i "sine=frequency=440:sample_rate=8000" -t 1 -c:a libmp3lame -b:a 16k \
  -id3v2_version 0 -write_xing 0 "${exact[@]}" odd/mpeg25.mp3
{ head -c 700 /dev/zero; cat odd/bare.mp3; } > odd/padded.mp3
{ printf '\357\273\277'; cat report.pdf; } > odd/marked.pdf

# Close relatives of the accepted types, which must not be taken for them.
encode "${picture[@]}" -t 0.5 "${h264[@]}" "${exact[@]}" odd/quicktime.mov
encode "${sound[@]}" -t 0.5 -c:a aac -b:a 32k "${exact[@]}" odd/sound.m4a
encode "${picture[@]}" -t 0.5 "${h264[@]}" "${exact[@]}" odd/matroska.mkv
encode "${picture[@]}" -frames:v 1 -c:v libaom-av1 -still-picture 1 -cpu-used 8 -crf 50 "${exact[@]}" odd/still.avif
encode -i captions.srt -c:s webvtt "${exact[@]}" odd/captions.vtt
