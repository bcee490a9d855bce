#!/bin/sh
# Makes the PDF's fonts in assets/fonts from the toolkit's own: the same outlines for the signs that Noto Sans has, and
# arrows and shapes in the typewriter face, without what a PDF does not use (hints for screens, layout rules, glyph
# names), and packed. That is a quarter of their size. Run it after an update of Fyne; it needs Debian's fonttools and fontconfig.
set -eu
cd "$(dirname "$0")/.."
fonts=$(go list -m -f '{{.Dir}}' fyne.io/fyne/v2)/theme/font
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# make FILE NAME SIGNS
make() {
	pyftsubset "$fonts/$1.ttf" --unicodes="$3" --output-file="$work/$2.ttf" --no-hinting --layout-features='' \
		--drop-tables+=GDEF,GPOS,GSUB,FFTM,TTFA --no-glyph-names --notdef-outline
	gzip --best --no-name --stdout "$work/$2.ttf" >"assets/fonts/$2.ttf.gz"
}
signs=$(fc-query --format='%{charset}' "$fonts/NotoSans-Regular.ttf" | tr ' ' ',')
make NotoSans-Regular NotoSans-Regular "$signs"
make NotoSans-Bold NotoSans-Bold "$signs"
make DejaVuSansMono-Powerline DejaVuSansMono "$signs,2190-21ff,2500-25ff"
