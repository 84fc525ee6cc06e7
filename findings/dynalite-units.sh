#!/usr/bin/env bash
# dynalite 4.0.0, a DynamoDB-compatible server in JavaScript, reports fewer capacity units than DynamoDB does. A Scan
# with ConsistentRead counts like one without, half of what DynamoDB documents, though Query and GetItem are right; and
# a write to a table with a global index counts the table alone. So a load or an export that was sized on dynalite, by
# the units that it reports, takes up to twice the time or the capacity on DynamoDB.
# (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html: one unit for each 4 KB
# of a strongly consistent read; "Provisioned throughput considerations for Global Secondary Indexes": the cost of a
# write includes the write to each index.)
# Sluice paces itself by the units that the server reports, and says what its own forecast was: src/docs/local-aws.md,
# "The contract", names what dynalite lacks, and DynaliteIT fails when that is no longer so.
# Needs Node.js 18 or later, npm and curl.
set -euo pipefail

scratch=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$scratch"' EXIT
cd "$scratch"
npm install --silent --no-fund --no-audit --prefix "$scratch" dynalite@4.0.0 >/dev/null

cat >start.js <<'JS'
const server = require('dynalite')({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
JS
node start.js >port & server=$!
await() { # TEXT COMMAND...: until the command succeeds, for 20 s
  local what=$1 i
  shift
  for ((i = 0; i < 200; i++)); do
    "$@" && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  echo "dynalite $what" >&2
  exit 1
}
await 'does not listen' test -s port

call() {
  curl -s "http://127.0.0.1:$(cat port)/" -H 'Content-Type: application/x-amz-json-1.0' \
    -H "X-Amz-Target: DynamoDB_20120810.$1" \
    -H 'Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' \
    -H 'X-Amz-Date: 20260101T000000Z' -d "$2"
}

units() {
  call "$1" "$2" | sed -E 's/.*"CapacityUnits":([0-9.]+).*/\1/'
}

call CreateTable '{"TableName":"trips","BillingMode":"PAY_PER_REQUEST",
  "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"zone","AttributeType":"S"}],
  "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
  "GlobalSecondaryIndexes":[{"IndexName":"by-zone","KeySchema":[{"AttributeName":"zone","KeyType":"HASH"}],
    "Projection":{"ProjectionType":"ALL"}}]}' >/dev/null
active() { call DescribeTable '{"TableName":"trips"}' | grep -q '"TableStatus":"ACTIVE"'; }
await 'does not make the table active' active

# Between 7 and 8 KB: 8 write units of the table and 8 of the index, 2 read units when consistent, else 1.
text=$(printf 'x%.0s' $(seq 7500))
put=$(units PutItem '{"TableName":"trips","ReturnConsumedCapacity":"TOTAL",
  "Item":{"id":{"S":"1"},"zone":{"S":"north"},"text":{"S":"'"$text"'"}}}')
get=$(units GetItem '{"TableName":"trips","ReturnConsumedCapacity":"TOTAL","ConsistentRead":true,"Key":{"id":{"S":"1"}}}')
query=$(units Query '{"TableName":"trips","ReturnConsumedCapacity":"TOTAL","ConsistentRead":true,
  "KeyConditionExpression":"id = :i","ExpressionAttributeValues":{":i":{"S":"1"}}}')
scan=$(units Scan '{"TableName":"trips","ReturnConsumedCapacity":"TOTAL","ConsistentRead":true}')

echo "dynalite 4.0.0, an item of 7,500 bytes in a table with a global index"
echo "  put:              $put units (DynamoDB: 16, 8 of them for the index)"
echo "  consistent get:   $get units (DynamoDB: 2)"
echo "  consistent query: $query units (DynamoDB: 2)"
echo "  consistent scan:  $scan units (DynamoDB: 2)"
[ "$put $get $query $scan" = "8 2 2 1" ] || { echo "dynalite counts otherwise now" >&2; exit 1; }
