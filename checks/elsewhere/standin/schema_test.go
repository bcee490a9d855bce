package standin

import (
	"strings"
	"testing"
)

const good = `{"type":"http","target":"shop.example","inProgressUpdates":false,"timeout":10,"locations":[{"country":"DE","tags":["eyeball-network"],"limit":2},{"continent":"NA"}],"measurementOptions":{"protocol":"HTTPS","port":443,"request":{"method":"GET","path":"/"}}}`

func TestRead(t *testing.T) {
	if _, err := Read([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{`"http"`, `"ping"`},
		{`"target"`, `"url"`},
		{`shop.example`, `https://shop.example/`},
		{`shop.example`, `router`},
		{`shop.example`, `10.0.0.1`},
		{`"timeout":10`, `"timeout":60`},
		{`"timeout":10`, `"limit":3`},
		{`"timeout":10`, `"timeout":10,"path":"/x"`},
		{`"DE"`, `"de"`},
		{`"NA"`, `"XX"`},
		{`{"continent":"NA"}`, `{"limit":1}`},
		{`"limit":2`, `"limit":201`},
		{`"limit":2`, `"limit":60`},
		{`"HTTPS"`, `"https"`},
		{`"GET"`, `"POST"`},
		{`443`, `70000`},
		{`"path":"/"`, `"path":"x"`},
		{`"path":"/"`, `"url":"/"`},
		{`"port":443`, `"ipVersion":5`},
	} {
		if bad := strings.Replace(good, change[0], change[1], 1); bad == good {
			t.Errorf("%q is not in the request", change[0])
		} else if _, err := Read([]byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
}
