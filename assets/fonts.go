package assets

import _ "embed"

// The faces of the PDF, packed with gzip: Noto Sans for text, DejaVu Sans Mono for codes. They are the ones the window is
// set in, so that both look alike; the toolkit does not hand its own out to the engine. packaging/fonts.sh makes them.
// Licences lie beside the files.
var (
	//go:embed fonts/NotoSans-Regular.ttf.gz
	FontRegular []byte
	//go:embed fonts/NotoSans-Bold.ttf.gz
	FontBold []byte
	//go:embed fonts/DejaVuSansMono.ttf.gz
	FontMono []byte
)
