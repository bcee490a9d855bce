package report

import (
	"reflect"
	"strings"
)

// clone copies a value with everything it points to. Slices that the format always writes are made empty where they
// are nil, so that a reader never meets null for a list.
func clone[T any](v T) T {
	out := reflect.New(reflect.TypeOf(&v).Elem()).Elem()
	copyValue(out, reflect.ValueOf(&v).Elem())
	return out.Interface().(T)
}

func copyValue(dst, src reflect.Value) {
	switch src.Kind() {
	case reflect.Pointer:
		if !src.IsNil() {
			dst.Set(reflect.New(src.Type().Elem()))
			copyValue(dst.Elem(), src.Elem())
		}
	case reflect.Interface:
		if !src.IsNil() {
			inner := reflect.New(src.Elem().Type()).Elem()
			copyValue(inner, src.Elem())
			dst.Set(inner)
		}
	case reflect.Slice:
		if !src.IsNil() {
			dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
			for i := range src.Len() {
				copyValue(dst.Index(i), src.Index(i))
			}
		}
	case reflect.Map:
		if !src.IsNil() {
			dst.Set(reflect.MakeMapWithSize(src.Type(), src.Len()))
			for _, k := range src.MapKeys() {
				val := reflect.New(src.Type().Elem()).Elem()
				copyValue(val, src.MapIndex(k))
				dst.SetMapIndex(k, val)
			}
		}
	case reflect.Struct:
		dst.Set(src)
		for i := range src.NumField() {
			f := src.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			copyValue(dst.Field(i), src.Field(i))
			if f.Type.Kind() == reflect.Slice && src.Field(i).IsNil() && !strings.Contains(f.Tag.Get("json"), ",omit") {
				dst.Field(i).Set(reflect.MakeSlice(f.Type, 0, 0))
			}
		}
	default:
		dst.Set(src)
	}
}

// eachString calls edit with every string below v, map values and the contents of interfaces included, and stores what
// it returns. field is the struct type and field name it stands in, such as "Facts.Issuer"; an argument of a finding is
// "Finding.Args.Issuer", and a string of a named type, which is a code of a closed vocabulary, is codeField.
func eachString(v reflect.Value, field string, edit func(field, s string) string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[string]() {
			field = codeField
		}
		v.SetString(edit(field, v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			eachString(v.Elem(), field, edit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), field, edit)
		}
	case reflect.Interface:
		if !v.IsNil() {
			inner := reflect.New(v.Elem().Type()).Elem()
			inner.Set(v.Elem())
			eachString(inner, field, edit)
			v.Set(inner)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			val := reflect.New(v.Type().Elem()).Elem()
			val.Set(v.MapIndex(k))
			eachString(val, field+"."+k.String(), edit)
			v.SetMapIndex(k, val)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				eachString(v.Field(i), v.Type().Name()+"."+f.Name, edit)
			}
		}
	}
}

// each calls edit with every T below v, which is a pointer to a struct.
func each[T any](v any, edit func(*T)) {
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if t, ok := v.Addr().Interface().(*T); ok {
				edit(t)
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(v))
}

// codeField is what eachString calls the place of every string of a named type.
const codeField = "code"
