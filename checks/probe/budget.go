package probe

import "sync"

// Budget counts what reaches the site in one run and says when it is enough. A nil Budget counts nothing and always
// allows. It is safe for concurrent use.
type Budget struct {
	mu                          sync.Mutex
	requests, connections       int
	maxRequests, maxConnections int
}

// NewBudget allows so many requests and connections.
func NewBudget(requests, connections int) *Budget {
	return &Budget{maxRequests: requests, maxConnections: connections}
}

// Request takes one request and reports whether there was one left.
func (b *Budget) Request() bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.requests >= b.maxRequests {
		return false
	}
	b.requests++
	return true
}

// Connection takes one connection and reports whether there was one left.
func (b *Budget) Connection() bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.connections >= b.maxConnections {
		return false
	}
	b.connections++
	return true
}

// Counts returns how many requests and connections were taken.
func (b *Budget) Counts() (requests, connections int) {
	if b == nil {
		return 0, 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.requests, b.connections
}

// hasRequest reports whether a request is left, so that no connection is opened which could carry none.
func (b *Budget) hasRequest() bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.requests < b.maxRequests
}
