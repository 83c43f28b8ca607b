# Posts a signed ping, as Rollcall does, to try a receiver with.
id="msg_$(openssl rand -hex 16)"
timestamp="$(date +%s)"
body='{"type":"rollcall.ping","data":{}}'
key="$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')"
signature="$(printf %s "$id.$timestamp.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)"
curl --fail-with-body "$RECEIVER" -d "$body" -H 'content-type: application/json' \
  -H "webhook-id: $id" -H "webhook-timestamp: $timestamp" -H "webhook-signature: v1,$signature"
