package real

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"isitme/checks/system/pac"
)

func TestEnvironmentIsComplete(t *testing.T) {
	env, err := Environment("test")
	if err != nil {
		t.Fatal(err)
	}
	operators := map[string]bool{}
	for _, s := range env.Sites {
		operators[s.Operator] = true
	}
	if len(operators) < 3 || len(env.Portals) < 3 || len(env.Resolvers) < 3 {
		t.Errorf("%d operators of sites, %d detectors, %d resolvers; at least three of each are needed",
			len(operators), len(env.Portals), len(env.Resolvers))
	}
	for _, r := range env.Resolvers {
		if r.Address == "" || r.Address6 == "" || len(r.DoH) == 0 {
			t.Errorf("%+v is incomplete", r)
		}
	}
	if env.Dial == nil || env.Now == nil || env.LookupHost == nil || env.System == nil || env.Flush == nil {
		t.Error("a function is missing")
	}
}

// TestFetchPAC: a proxy auto-config file that is too large must not be run as far as it was read.
func TestFetchPAC(t *testing.T) {
	mux := http.NewServeMux()
	for path, size := range map[string]int{"/fits": pac.MaxScript, "/large": pac.MaxScript + 1, "/huge": 3 * pac.MaxScript} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(strings.Repeat(" ", size))) })
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	for path, want := range map[string]int{"/fits": pac.MaxScript, "/large": pac.MaxScript + 1, "/huge": pac.MaxScript + 1} {
		if body, err := fetchPAC(context.Background(), server.URL+path); err != nil || len(body) != want {
			t.Errorf("%s: %d bytes, %v", path, len(body), err)
		}
	}
	if _, err := fetchPAC(context.Background(), server.URL+"/missing"); err == nil || !strings.HasPrefix(err.Error(), "404") {
		t.Errorf("missing: %v", err)
	}
}
