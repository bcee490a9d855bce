package probe

import (
	"crypto/tls"
	"errors"
	"net"
	"reflect"
	"strconv"
)

// alertNames are the names of RFC 8446, 6 and of the older protocols, by number.
var alertNames = map[uint64]string{
	0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 21: "decryption_failed", 22: "record_overflow",
	30: "decompression_failure", 40: "handshake_failure", 41: "no_certificate", 42: "bad_certificate",
	43: "unsupported_certificate", 44: "certificate_revoked", 45: "certificate_expired", 46: "certificate_unknown",
	47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error", 51: "decrypt_error",
	60: "export_restriction", 70: "protocol_version", 71: "insufficient_security", 80: "internal_error",
	86: "inappropriate_fallback", 90: "user_canceled", 100: "no_renegotiation", 109: "missing_extension",
	110: "unsupported_extension", 111: "certificate_unobtainable", 112: "unrecognized_name",
	113: "bad_certificate_status_response", 114: "bad_certificate_hash_value", 115: "unknown_psk_identity",
	116: "certificate_required", 120: "no_application_protocol", 121: "ech_required",
}

// alertOf is the name of the TLS alert that the other side sent, and whether err is one. Over TCP crypto/tls wraps
// its own unexported alert number in a "remote error"; tls.AlertError is only used for QUIC so far. The number is
// read rather than the text.
func alertOf(err error) (string, bool) {
	if alert, ok := errors.AsType[tls.AlertError](err); ok {
		return alertName(uint64(alert)), true
	}
	op, ok := errors.AsType[*net.OpError](err)
	if !ok || op.Op != "remote error" {
		return "", false
	}
	if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
		return alertName(v.Uint()), true
	}
	return "", false
}

func alertName(number uint64) string {
	if name, ok := alertNames[number]; ok {
		return name
	}
	return "alert_" + strconv.FormatUint(number, 10)
}
