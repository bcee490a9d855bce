package signature_test

import (
	"testing"

	"isitme/checks/signature"
)

func TestInterceptor(t *testing.T) {
	for issuer, want := range map[string]string{
		"Zscaler Intermediate Root CA (zscalertwo.net), Zscaler Inc.":          "Zscaler",
		"ca.office.eu.goskope.com, Netskope":                                   "Netskope",
		"FG200FT921900000, Fortinet":                                           "Fortinet",
		"Fortinet_CA_SSL":                                                      "Fortinet",
		"Palo Alto Networks Decryption CA":                                     "Palo Alto Networks",
		"Blue Coat ProxySG CA":                                                 "Blue Coat",
		"Forcepoint Cloud CA":                                                  "Forcepoint",
		"McAfee Web Gateway Root":                                              "McAfee",
		"Sophos SSL CA_C01001":                                                 "Sophos",
		"Check Point Firewall Gateway CA":                                      "Check Point",
		"Menlo Security Intermediate CA":                                       "Menlo Security",
		"iboss Network Security":                                               "iboss",
		"Gateway CA - Cloudflare Managed G1 0a1b2c, Cloudflare, Inc.":          "Cloudflare Gateway",
		"Cisco Umbrella Secondary SubCA fra-SG, Cisco":                         "Cisco Umbrella",
		"Kaspersky Anti-Virus Personal Root Certificate, AO Kaspersky Lab":     "Kaspersky",
		"ESET SSL Filter CA, ESET, spol. s r. o.":                              "ESET",
		"Avast Web/Mail Shield Root, Avast Web/Mail Shield":                    "Avast",
		"AVG Web/Mail Shield Root":                                             "AVG",
		"Bitdefender Personal CA.Net-Defender, Bitdefender":                    "Bitdefender",
		"Norton Web/Mail Shield Root":                                          "Norton",
		"Dr.Web for Windows Root":                                              "Dr.Web",
		"AdGuard Personal CA":                                                  "AdGuard",
		"mitmproxy":                                                            "mitmproxy",
		"Charles Proxy CA (17 Nov 2026, desk), XK72 Ltd":                       "Charles",
		"DO_NOT_TRUST_FiddlerRoot":                                             "Fiddler",
		"PortSwigger CA, PortSwigger":                                          "Burp Suite",
		"Squid Proxy CA":                                                       "Squid",
		"Superfish, Inc.":                                                      "Superfish",
		"R11, Let's Encrypt":                                                   "",
		"DigiCert Global G2 TLS RSA SHA256 2020 CA1, DigiCert Inc":             "",
		"Cloudflare Inc ECC CA-3, Cloudflare, Inc.":                            "",
		"WE1, Google Trust Services":                                           "",
		"Microsoft Azure RSA TLS Issuing CA 03, Microsoft Corporation":         "",
		"Symantec Class 3 Secure Server CA - G4, Symantec Corporation":         "",
		"Cisco Validated Secure Root, HydrantID (Avalanche Cloud Corporation)": "",
		"Trend Micro Gold CA":                                                  "",
		"AffirmTrust Commercial":                                               "",
		"Sectigo RSA Domain Validation Secure Server CA, Sectigo Limited":      "",
		"GEANT OV RSA CA 4, GEANT Vereniging":                                  "",
		"Hellenic Academic and Research Institutions CA":                       "",
		"Squid River School District":                                          "",
		"":                                                                     "",
	} {
		name, ok := signature.Interceptor(issuer)
		if name != want || ok != (want != "") {
			t.Errorf("Interceptor(%q) = %q, %v; want %q", issuer, name, ok, want)
		}
	}
}
