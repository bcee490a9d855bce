package headless

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"html/template"
	"net"
	"net/http"
	"time"

	"isitme/assets"
	"isitme/checks/target"
	"isitme/checks/words"
)

const (
	// askPatience is how long the page waits for somebody to fill it in: nothing of the program is to be seen meanwhile
	// but that page, so it must not wait for ever.
	askPatience = 10 * time.Minute
	// farewell is how long the browser may take to fetch the rest of the last page.
	farewell = 2 * time.Second
	// maxForm caps what the browser sends: far more than an address can be long.
	maxForm = 64 << 10
)

// errNobody says that the page was not filled in.
var errNobody = errors.New("nobody gave an address")

//go:embed ask.css
var askCSS string

//go:embed ask.html.tmpl
var askSource string

var askPage = template.Must(template.New("ask").Parse(askSource))

// Ask asks for the address of a page by a page of its own, served on loopback and opened in the browser, which is there
// where people meet pages that do not open. It returns the address once target.Parse accepts it; the error is the
// network's, the browser's, that of ctx, or says that nobody answered.
func Ask(ctx context.Context) (string, error) { return ask(ctx, words.For(words.Detect()), show) }

// ask is Ask with the words and the way to open a page.
func ask(ctx context.Context, c *words.Catalog, open func(ctx context.Context, where string) error) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	q := question{
		words: c, host: listener.Addr().String(), path: "/" + rand.Text(), given: make(chan string, 1),
	}
	server := &http.Server{Handler: q, ReadTimeout: time.Minute, WriteTimeout: time.Minute}
	served, opened := make(chan error, 1), make(chan error, 1)
	ctx, cancel := context.WithTimeoutCause(ctx, askPatience, errNobody)
	go func() { served <- server.Serve(listener) }()
	go func() { opened <- open(ctx, "http://"+q.host+q.path) }()

	var address string
	browser := opened
	for address == "" && err == nil {
		select {
		case address = <-q.given:
		case err = <-served:
		case err = <-browser:
			browser = nil // it may end at once, having told a browser that runs already
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
	}
	last, end := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer end()
	if server.Shutdown(last) != nil {
		_ = server.Close() // what a browser keeps open is not waited for
	}
	cancel()
	if browser != nil {
		<-browser
	}
	return address, err
}

// question is the page that asks. Only who knows its path, a secret, is answered.
type question struct {
	words      *words.Catalog
	host, path string
	given      chan string // the first address that was accepted
}

func (q question) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// The host is compared because a foreign page could have its own name point here (DNS rebinding).
	if r.Host != q.host || r.URL.Path != q.path {
		http.NotFound(w, r)
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		q.page(w, http.StatusOK, "", "", "")
	case http.MethodPost:
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		text := r.PostFormValue("address")
		to, err := target.Parse(text)
		if err != nil {
			q.page(w, http.StatusUnprocessableEntity, text, q.words.Target(err), "")
			return
		}
		q.page(w, http.StatusOK, "", "", to.DisplayHost)
		select {
		case q.given <- text:
		default: // the button was pressed twice
		}
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	}
}

// page writes the page: what was typed with its problem, or, once host is known, that it is being checked.
func (q question) page(w http.ResponseWriter, status int, typed, problem, host string) {
	c := q.words
	mark, err := assets.Icons.ReadFile("icons/mark.svg")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256([]byte(askCSS))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+
		"'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	view := map[string]any{
		"Lang": c.Lang(), "CSS": template.CSS(askCSS), "Mark": template.HTML(mark), "Name": c.T("app.name"), "Says": c.T("app.no_window"),
		"Question": c.T("screen.start.question"), "Field": c.T("screen.start.field"), "Check": c.T("button.check"),
		"Typed": typed, "Problem": problem,
	}
	if host != "" {
		view["Checking"] = c.T("screen.run.title", words.A{"Host": host})
	}
	_ = askPage.Execute(w, view) // the browser may have gone
}
