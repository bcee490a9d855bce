package real

import "testing"

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
