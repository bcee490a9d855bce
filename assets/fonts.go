package assets

import _ "embed"

// The faces of the PDF: Noto Sans for text, DejaVu Sans Mono for codes. They are the ones the window is set in, so that
// both look alike; the toolkit does not hand its own out to the engine. Licences lie beside the files.
var (
	//go:embed fonts/NotoSans-Regular.ttf
	FontRegular []byte
	//go:embed fonts/NotoSans-Bold.ttf
	FontBold []byte
	//go:embed fonts/DejaVuSansMono.ttf
	FontMono []byte
)
