// Package words is the only place where the product's text comes from. The text itself is data,
// assets/translations/<language>.json, one flat object of go-i18n messages per language; this package looks it up by
// cause, finding, step or key, fills in the particulars and formats times and counts the way each language does.
//
// It knows codes and words. It measures nothing and judges nothing: which answer it is was settled in checks/verdict.
package words
