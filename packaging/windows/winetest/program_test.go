package winetest

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"debug/pe"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"
)

// Subsystems of winnt.h: whether Windows gives the program a console.
const (
	windowProgram  = 2
	consoleProgram = 3
)

// TestProgramFiles: the window program opens no console, and both say what they are: icon, version and manifest.
func TestProgramFiles(t *testing.T) {
	b := newBench(t)
	for file, subsystem := range map[string]uint16{b.window: windowProgram, b.terminal: consoleProgram} {
		program, err := pe.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer program.Close()
		head, ok := program.OptionalHeader.(*pe.OptionalHeader64)
		if !ok || head.Subsystem != subsystem {
			t.Errorf("%s: %+v", file, program.OptionalHeader)
		}
		section := program.Section(".rsrc")
		if section == nil {
			t.Errorf("%s has no resources", file)
			continue
		}
		resources, err := section.Data()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"permonitorv2", "asInvoker", "\x89PNG"} {
			if !bytes.Contains(bytes.ToLower(resources), bytes.ToLower([]byte(text))) {
				t.Errorf("%s: no %q among the resources", file, text)
			}
		}
		for _, text := range []string{"FileDescription", "Is It Me?", "ProductVersion"} {
			if !bytes.Contains(resources, wide(text)) {
				t.Errorf("%s: no %q among the version's texts", file, text)
			}
		}
	}
}

func wide(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

// TestSigning: with a certificate from the environment the packages are signed, and still run.
func TestSigning(t *testing.T) {
	b := newBench(t)
	dir := t.TempDir()
	certificate, bundle, password := codeSigner(t, dir)
	program := filepath.Join(dir, "signed.exe")
	data, err := os.ReadFile(b.terminal)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	sign := exec.CommandContext(t.Context(), "../sign.sh", program)
	sign.Env = append(os.Environ(), "SIGN_CERTIFICATE="+bundle, "SIGN_PASSWORD_FILE="+password)
	if out, err := sign.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), "osslsigncode", "verify", "-CAfile", certificate, "-in", program).CombinedOutput(); err != nil {
		t.Errorf("the signature: %v\n%s", err, out)
	}
	if _, status := b.run(t, program, "version"); status != 0 {
		t.Errorf("the signed program: status %d", status)
	}
}

// TestUnsigned: without a certificate nothing is changed and the person who packages is told.
func TestUnsigned(t *testing.T) {
	newBench(t)
	file := filepath.Join(t.TempDir(), "program.exe")
	if err := os.WriteFile(file, []byte("MZ"), 0o644); err != nil {
		t.Fatal(err)
	}
	sign := exec.CommandContext(t.Context(), "../sign.sh", file)
	sign.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := sign.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("Not signed")) {
		t.Errorf("%v: %s", err, out)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "MZ" {
		t.Errorf("%q %v", data, err)
	}
}

// codeSigner makes a throw-away certificate that signs itself and returns it as PEM, as PKCS #12, and the file with the
// password of the latter.
func codeSigner(t *testing.T, dir string) (certificate, bundle, password string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Nobody"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	keyFile := filepath.Join(dir, "key.pem")
	certificate, bundle, password = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "signer.p12"), filepath.Join(dir, "password")
	for file, data := range map[string][]byte{
		keyFile:     pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}),
		certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		password:    []byte("throw-away"),
	} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	join := exec.CommandContext(t.Context(), "openssl", "pkcs12", "-export", "-inkey", keyFile, "-in", certificate,
		"-out", bundle, "-passout", "file:"+password)
	if out, err := join.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return certificate, bundle, password
}
