#!/bin/sh
# Signs Windows programs in place (Authenticode), with the certificate that the environment gives:
#   SIGN_CERTIFICATE    a PKCS #12 file (.p12, .pfx)
#   SIGN_PASSWORD_FILE  a file with its password
#   SIGN_TIMESTAMP_URL  a time stamp server (RFC 3161); without one the signature ends with the certificate
# Usage: packaging/windows/sign.sh FILE...
set -eu
if [ -z "${SIGN_CERTIFICATE-}" ]; then
	echo "Not signed, for want of a certificate (SIGN_CERTIFICATE): $*" >&2
	echo "Windows will warn people who open it." >&2
	exit 0
fi
for file; do
	osslsigncode sign -pkcs12 "$SIGN_CERTIFICATE" -readpass "${SIGN_PASSWORD_FILE:?}" -h sha256 -n "Is It Me?" \
		${SIGN_TIMESTAMP_URL:+-ts "$SIGN_TIMESTAMP_URL"} -in "$file" -out "$file.signed"
	mv "$file.signed" "$file"
done
