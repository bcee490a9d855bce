package reporttest

import (
	"reflect"
	"strings"

	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Hostile is what a stranger could put into every text that comes from the network. Pwned stands in whatever a script
// would do.
const Hostile = "\x1b[31m\x1b]0;pwned\x07</style></title><script>document.title='pwned'</script>\"'><img src=x onerror=document.title='pwned'>" +
	"<svg/onload=document.title='pwned'> \u202egnp.exe\u202c \u2066x\u2069 \u200b\ufeff\x00\x07\r\n| `code` ``x`` [a](javascript:alert(1)) ![b](https://evil.example/i.png) " +
	"@everyone #1 www.evil.example https://evil.example/?q=1 &lt;b&gt; <!-- --> {{.}} $(id) \xff\xfe\xc3( \U000e0041\U0001f4a9 漢字 e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 ]]> %s%n </script>"

// HostileReport is a redacted report all of whose texts are Hostile, the page's title of 10 MB included. Codes, dates and
// numbers are left alone, since they are ours.
func HostileReport() report.Report {
	r := Site()
	r.Verdict.Reasons = append(r.Verdict.Reasons, verdict.Finding{Code: verdict.ReasonBlockPage, Args: map[string]any{"Name": Hostile}})
	r.Verdict.Facts.Gateway, r.Verdict.Facts.StatusLine = Hostile, "502 "+Hostile
	r.Verdict.Facts.RequestID, r.Verdict.Facts.RequestName = Hostile, Hostile
	r.Verdict.Facts.Issuer, r.Verdict.Facts.Detail, r.Verdict.Facts.Program = Hostile, Hostile, Hostile
	r.Tool.OS = Hostile
	poison(reflect.ValueOf(&r.Evidence.Tries).Elem())
	poison(reflect.ValueOf(&r.Evidence.Resolvers).Elem())
	poison(reflect.ValueOf(&r.Evidence.Addresses).Elem())
	poison(reflect.ValueOf(&r.Evidence.Portals).Elem())
	poison(reflect.ValueOf(r.Evidence.System).Elem())
	r.Evidence.Target.DisplayHost = Hostile
	r.Evidence.Tries[3].Hops[0].Response.Title = strings.Repeat(Hostile, 10<<20/len(Hostile))
	return r.Redact(false)
}

// poison appends Hostile to every string below v.
func poison(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.CanSet() {
			v.SetString(v.String() + Hostile)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if s, ok := v.MapIndex(k).Interface().(string); ok {
				v.SetMapIndex(k, reflect.ValueOf(s+Hostile))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				poison(v.Field(i))
			}
		}
	}
}
