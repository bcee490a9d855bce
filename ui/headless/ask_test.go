package headless

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"isitme/checks/leaktest"
	"isitme/checks/words"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// browser plays the visitor's browser on one page.
type browser struct {
	t      *testing.T
	client http.Client
	where  string
}

func newBrowser(t *testing.T, where string) browser {
	return browser{t, http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, where}
}

// ask sends a request and returns the answer's status and body. Errors are the test's, which goes on: this runs beside it.
func (b browser) ask(request *http.Request, err error) (int, string) {
	if err != nil {
		b.t.Error(err)
		return 0, ""
	}
	reply, err := b.client.Do(request)
	if err != nil {
		b.t.Error(err)
		return 0, ""
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		b.t.Error(err)
	}
	return reply.StatusCode, string(body)
}

func (b browser) get() (int, string) { return b.ask(http.NewRequest(http.MethodGet, b.where, nil)) }

func (b browser) submit(address string) (int, string) {
	request, err := http.NewRequest(http.MethodPost, b.where, strings.NewReader(url.Values{"address": {address}}.Encode()))
	if err == nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.ask(request, err)
}

// asked asks while visit uses the page.
func asked(t *testing.T, visit func(browser)) string {
	t.Helper()
	address, err := ask(t.Context(), words.For("en"), func(_ context.Context, where string) error {
		visit(newBrowser(t, where))
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return address
}

// TestAsk: what is no address is explained beside what was typed; the first address ends the page.
func TestAsk(t *testing.T) {
	c := words.For("en")
	got := asked(t, func(b browser) {
		status, page := b.get()
		if status != http.StatusOK || !strings.Contains(page, c.T("screen.start.question")) || !strings.Contains(page, c.T("button.check")) {
			t.Errorf("%d %s", status, page)
		}
		status, page = b.submit(`two "words`)
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, `value="two &#34;words"`) || !strings.Contains(page, `role="alert"`) {
			t.Errorf("%d %s", status, page)
		}
		if status, page = b.submit(strings.Repeat("a", 2*maxForm)); status != http.StatusUnprocessableEntity {
			t.Errorf("%d %s", status, page)
		}
		status, page = b.submit("shop.example/basket")
		if status != http.StatusOK || !strings.Contains(page, c.T("screen.run.title", words.A{"Host": "shop.example"})) {
			t.Errorf("%d %s", status, page)
		}
	})
	if got != "shop.example/basket" {
		t.Errorf("%q", got)
	}
}

// TestAskAnswersOnlyItsVisitor: neither another path, nor a name that was made to point here, nor another method.
func TestAskAnswersOnlyItsVisitor(t *testing.T) {
	asked(t, func(b browser) {
		if status, _ := b.ask(http.NewRequest(http.MethodGet, b.where+"x", nil)); status != http.StatusNotFound {
			t.Errorf("another path: %d", status)
		}
		request, err := http.NewRequest(http.MethodGet, b.where, nil)
		if err == nil {
			request.Host = "foreign.example"
		}
		if status, _ := b.ask(request, err); status != http.StatusNotFound {
			t.Errorf("another name: %d", status)
		}
		if status, _ := b.ask(http.NewRequest(http.MethodDelete, b.where, nil)); status != http.StatusMethodNotAllowed {
			t.Errorf("another method: %d", status)
		}
		b.submit("shop.example")
	})
}

// TestAskEnds: without a browser, and when the program is told to end.
func TestAskEnds(t *testing.T) {
	c := words.For("en")
	broken := errors.New("no browser")
	if address, err := ask(t.Context(), c, func(context.Context, string) error { return broken }); !errors.Is(err, broken) || address != "" {
		t.Errorf("%q %v", address, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	address, err := ask(ctx, c, func(ctx context.Context, _ string) error {
		cancel()
		<-ctx.Done()
		return nil
	})
	if !errors.Is(err, context.Canceled) || address != "" {
		t.Errorf("%q %v", address, err)
	}
}

// TestAskInEveryLanguage: the page says what it is for in each.
func TestAskInEveryLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		c := words.For(language.Code)
		_, err := ask(t.Context(), c, func(_ context.Context, where string) error {
			b := newBrowser(t, where)
			if _, page := b.get(); !strings.Contains(page, `lang="`+language.Code+`"`) {
				t.Errorf("%s: %s", language.Code, page)
			}
			b.submit("shop.example")
			return nil
		})
		if err != nil {
			t.Error(language.Code, err)
		}
	}
}
