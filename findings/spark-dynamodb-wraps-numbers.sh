#!/usr/bin/env bash
# spark-dynamodb 1.1.2 reads other numbers than a table has. The type of a column is that of the first item of the
# scan: a short whole number makes it an INT, whatever the items behind it have. A number that is too large for an INT
# then wraps, and a fraction is cut off, without an error or a warning: 5000000000 comes as 705032704, and 2.75 as 2.
# With the two items in the other order the same table is read right, so it depends on the hashes of the keys.
# Sluice's exports look at all numbers of a column and keep their values (src/docs/formats.md), and its imports restore
# the identical items; a property test holds it.
# Needs Node.js 18 or later, npm and curl, besides a JDK 17.
source "$(dirname "$0")/common.sh"

npm install --silent --no-fund --no-audit --prefix "$scratch" dynalite@4.0.0 >/dev/null
cat >"$scratch/start.js" <<'JS'
const server = require('dynalite')({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
JS
node "$scratch/start.js" >"$scratch/port" & server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT
for _ in $(seq 200); do
  [ -s "$scratch/port" ] && break
  sleep 0.1
done

call() {
  curl -s "http://127.0.0.1:$(cat "$scratch/port")/" -H 'Content-Type: application/x-amz-json-1.0' \
    -H "X-Amz-Target: DynamoDB_20120810.$1" \
    -H 'Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' \
    -H 'X-Amz-Date: 20260101T000000Z' -d "$2" >/dev/null
}
call CreateTable '{"TableName":"orders","BillingMode":"PAY_PER_REQUEST",
  "AttributeDefinitions":[{"AttributeName":"shop","AttributeType":"S"},{"AttributeName":"place","AttributeType":"N"}],
  "KeySchema":[{"AttributeName":"shop","KeyType":"HASH"},{"AttributeName":"place","KeyType":"RANGE"}]}'
for _ in $(seq 100); do
  call DescribeTable '{"TableName":"orders"}' && break
  sleep 0.1
done
sleep 1
# Items of one partition key are scanned in the order of the sort key.
call PutItem '{"TableName":"orders","Item":{"shop":{"S":"a"},"place":{"N":"2"},"number":{"N":"5000000000"},"price":{"N":"2.75"}}}'
call PutItem '{"TableName":"orders","Item":{"shop":{"S":"a"},"place":{"N":"1"},"number":{"N":"7"},"price":{"N":"3"}}}'

# As Spark's own start script opens them, and the endpoint as spark-dynamodb takes it.
for name in lang lang.invoke io net nio util util.concurrent util.concurrent.atomic; do
  java_args+=("--add-opens=java.base/java.$name=ALL-UNNAMED")
done
java_args+=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED "-Dfinding.port=$(cat "$scratch/port")")
run_java org.apache.spark:spark-core_2.12:3.5.6 org.apache.spark:spark-sql_2.12:3.5.6 \
  com.audienceproject:spark-dynamodb_2.12:1.1.2 <<'JAVA'
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

public class Main {
  public static void main(String[] args) {
    System.setProperty("aws.dynamodb.endpoint", "http://127.0.0.1:" + System.getProperty("finding.port"));
    System.setProperty("aws.dynamodb.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "a");
    System.setProperty("aws.secretKey", "b");
    SparkSession spark =
        SparkSession.builder().appName("finding").master("local[1]").config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate();
    Dataset<Row> orders = spark.read().format("dynamodb").option("tableName", "orders").load();
    String number = orders.schema().apply("number").dataType().typeName();
    String price = orders.schema().apply("price").dataType().typeName();
    List<Row> rows = orders.select("place", "number", "price").orderBy("place").collectAsList();
    System.out.println("spark-dynamodb 1.1.2 on Spark " + spark.version() + ", an order with the number 5000000000 and the price 2.75");
    System.out.println("  number, an " + number + ": " + rows.get(1).get(1));
    System.out.println("  price, an " + price + ": " + rows.get(1).get(2));
    spark.stop();
    boolean same = rows.get(1).get(1).equals(705032704) && rows.get(1).get(2).equals(2);
    System.out.println(same ? "As described: numbers wrap, and fractions are cut off." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
