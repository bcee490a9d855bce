package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

func TestPictures(t *testing.T) {
	dir := t.TempDir()
	if err := run([]string{dir}); err != nil {
		t.Fatal(err)
	}
	for _, size := range sizes {
		data, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%d.png", size)))
		if err != nil {
			t.Fatal(err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width != size || config.Height != size {
			t.Errorf("%d: %d × %d (%v)", size, config.Width, config.Height, err)
		}
	}
	icon, err := os.ReadFile(filepath.Join(dir, "mark.ico"))
	if err != nil {
		t.Fatal(err)
	}
	if n := int(binary.LittleEndian.Uint16(icon[4:])); n != len(icoSizes) {
		t.Fatalf("%d pictures in the icon", n)
	}
	for i, size := range icoSizes {
		entry := icon[6+16*i:]
		length, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		config, err := png.DecodeConfig(bytes.NewReader(icon[at : at+length]))
		if err != nil || config.Width != size {
			t.Errorf("picture %d is %d wide, want %d (%v)", i, config.Width, size, err)
		}
	}
}

func TestUsage(t *testing.T) {
	if run(nil) == nil {
		t.Error("no folder was given and none was missed")
	}
}
