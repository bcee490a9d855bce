// Command icons draws the program's mark in the sizes and formats that packages want: `icons FOLDER` writes SIZE.png for
// every size and mark.ico, which holds those that Windows shows.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/image/draw"

	"isitme/assets"
)

// sizes are those of the hicolor theme and of a macOS iconset, in pixels.
var sizes = []int{16, 32, 48, 64, 128, 256, 512, 1024}

// icoSizes are those that Windows chooses from, from a window's corner to large tiles.
var icoSizes = []int{16, 32, 48, 64, 256}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "icons:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: icons FOLDER")
	}
	mark, err := assets.Icons.ReadFile("icons/mark-1024.png")
	if err != nil {
		return err
	}
	full, err := png.Decode(bytes.NewReader(mark))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return err
	}
	drawn := map[int][]byte{}
	for _, size := range sizes {
		if drawn[size], err = scaled(full, size); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(args[0], fmt.Sprintf("%d.png", size)), drawn[size], 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(args[0], "mark.ico"), ico(drawn), 0o644)
}

// scaled is the picture at a size in pixels, as a PNG file.
func scaled(full image.Image, size int) ([]byte, error) {
	small := image.NewNRGBA(image.Rect(0, 0, size, size))
	draw.CatmullRom.Scale(small, small.Bounds(), full, full.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err := png.Encode(&out, small)
	return out.Bytes(), err
}

// ico joins PNG files to an icon file: a head of 6 bytes, an entry of 16 bytes each, then the files. Windows Vista and
// later read PNG there (ICONDIR and ICONDIRENTRY of the Windows documentation).
func ico(drawn map[int][]byte) []byte {
	const head, entry = 6, 16
	out := binary.LittleEndian.AppendUint16(nil, 0)
	out = binary.LittleEndian.AppendUint16(out, 1) // an icon, not a cursor
	out = binary.LittleEndian.AppendUint16(out, uint16(len(icoSizes)))
	at := head + entry*len(icoSizes)
	var files [][]byte
	for _, size := range icoSizes {
		file := drawn[size]
		side := byte(size) // 0 stands for 256
		out = append(out, side, side, 0, 0)
		out = binary.LittleEndian.AppendUint16(out, 1)  // planes
		out = binary.LittleEndian.AppendUint16(out, 32) // bits per pixel
		out = binary.LittleEndian.AppendUint32(out, uint32(len(file)))
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
		at += len(file)
		files = append(files, file)
	}
	return slices.Concat(append([][]byte{out}, files...)...)
}
