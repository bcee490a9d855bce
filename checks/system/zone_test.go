package system

import "testing"

func TestTimeZone(t *testing.T) {
	for value, want := range map[string]string{"Europe/Berlin": "Europe/Berlin", ":Asia/Tokyo": "Asia/Tokyo", "": ""} {
		t.Setenv("TZ", value)
		if got := TimeZone(); got != want {
			t.Errorf("TZ=%s: %q, want %q", value, got, want)
		}
	}
}
