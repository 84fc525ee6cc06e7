/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Lists what users do wrong. */
final class Mistakes {
  private Mistakes() {}

  /**
   * Gives the exit code, what the line has, and the arguments; F is the folder, T a table that is
   * there.
   */
  static Stream<Arguments> all() {
    return Stream.of(
        arguments(2, "--input is missing", "import T"),
        arguments(2, "--table is missing", "import --input=F/ok.csv"),
        arguments(
            2,
            "--tabel is no option; the nearest is --table",
            "import --input=F/ok.csv T --tabel=x"),
        arguments(2, "trips is no option", "import --input=F/ok.csv T trips"),
        arguments(2, "--table needs a value", "import --input=F/ok.csv --table trips"),
        arguments(2, "--table is given twice", "import --input=F/ok.csv T --table=other"),
        arguments(2, "--table=a b must be", "import --input=F/ok.csv --table=a_b"),
        arguments(
            2, "--shards=many must be a whole number", "import --input=F/ok.csv T --shards=many"),
        arguments(2, "--shards=0 must be 1 or more", "import --input=F/ok.csv T --shards=0"),
        arguments(
            2, "--maxRejects=-1 must be 0 or more", "import --input=F/ok.csv T --maxRejects=-1"),
        arguments(2, "--maxRejects=9 needs --rejects", "import --input=F/ok.csv T --maxRejects=9"),
        arguments(
            2,
            "--dedupe=LAST must be NONE, DISTINCT, FAIL, LATEST",
            "import --input=F/ok.csv T --dedupe=LAST"),
        arguments(2, "--orderBy goes with", "import --input=F/ok.csv T --orderBy=n"),
        arguments(2, "--format=XML must be", "import --input=F/ok.csv T --format=XML"),
        arguments(
            2,
            "--csvDelimiter: the delimiter must be 1 to 8",
            "import --input=F/ok.csv T --csvDelimiter=abcdefghi"),
        arguments(2, "--columns=n:NUMBER must be", "import --input=F/ok.csv T --columns=n:NUMBER"),
        arguments(
            2, "--columns goes with", "import --input=F/ok.csv T --format=TEXT --columns=n:N"),
        arguments(2, "--keyFrom", "import --input=F/ok.csv T --keyFrom=a,,b"),
        arguments(2, "--minLength", "import --input=F/ok.csv T --minLength=-1"),
        arguments(2, "--writeEngine", "import --input=F/ok.csv T --writeEngine=fast"),
        arguments(
            2,
            "--writeEngine: 'foo' must be async, dynamodbio, importTable or bulk",
            "import --input=F/ok.csv T --writeEngine=foo"),
        arguments(
            2, "--writeRatio=2.0 must be 0.1 to 1.5", "import --input=F/ok.csv T --writeRatio=2"),
        arguments(
            2, "--writeRatio=half must be a number", "import --input=F/ok.csv T --writeRatio=half"),
        arguments(
            2,
            "--onDemandWriteUnits=0.0 must be 1 or more",
            "import --input=F/ok.csv T --onDemandWriteUnits=0"),
        arguments(2, "--workers=0 must be 1 or more", "import --input=F/ok.csv T --workers=0"),
        arguments(
            2,
            "--deadline: 'soon' must be a time such as 90s, 20m or 1h30m",
            "import --input=F/ok.csv T --deadline=soon"),
        arguments(
            2,
            "--deadline: '99999999999999999999h' must be",
            "import --input=F/ok.csv T --deadline=99999999999999999999h"),
        arguments(
            2,
            "--terminateAfter: '20' must be a time",
            "import --input=F/ok.csv T --terminateAfter=20"),
        arguments(
            2,
            "--terminateAfter: '0m' must be more than no time",
            "import --input=F/ok.csv T --terminateAfter=0m"),
        arguments(
            2,
            "--terminateAfter: '9223372036854775807s' must be",
            "import --input=F/ok.csv T --terminateAfter=9223372036854775807s"),
        arguments(
            2,
            "--writeUnitHourPrice=-1.0 must be dollars, 0 or more",
            "import --input=F/ok.csv T --writeUnitHourPrice=-1"),
        arguments(
            2,
            "--millionWritesPrice=NaN must be dollars, 0 or more",
            "import --input=F/ok.csv T --millionWritesPrice=NaN"),
        arguments(
            2,
            "--workers is missing: on a cluster the rate is divided over the worker slots",
            "import --input=F/ok.csv T --runner=FlinkRunner --flinkMaster=localhost:1"),
        arguments(
            2,
            "--workers is missing: on a cluster the rate is divided over the worker slots",
            "import --input=F/ok.csv T --runner=SparkRunner --sparkMaster=spark://localhost:1"),
        arguments(
            2,
            "--createTable needs --partitionKey",
            "import --input=F/ok.csv T --createTable=ON_DEMAND"),
        arguments(
            2,
            "--createTable: 'free'",
            "import --input=F/ok.csv T --createTable=free --partitionKey=id:S"),
        arguments(
            2,
            "--partitionKey: 'id'",
            "import --input=F/ok.csv T --createTable=1,1 --partitionKey=id"),
        arguments(
            2,
            "--onSuccess=DELETE does not go with --dryRun",
            "import --input=F/ok.csv T --dryRun --onSuccess=DELETE"),
        arguments(2, "--runner=Sparky must be", "import --input=F/ok.csv T --runner=Sparky"),
        arguments(
            2,
            "--dynamodbEndpoint=here must be a URL",
            "import --input=F/ok.csv T --dynamodbEndpoint=here"),
        arguments(1, "would replace a file", "import --input=F/ok.csv T --report=F/ok.csv"),
        arguments(
            1,
            "must name something in the bucket",
            "import --input=F/ok.csv T --rejects=s3://sluice"),
        arguments(
            2,
            "--dynamodbEndpoint=http:8000 must be a URL",
            "import --input=F/ok.csv T --dynamodbEndpoint=http:8000"),
        arguments(
            2,
            "--columns goes with --format=CSV or JSON",
            "import --input=F/typed.jsonl T --columns=n:N"),
        arguments(
            2, "--orderBy=n needs a type", "import --input=F/ok.csv T --dedupe=LATEST --orderBy=n"),
        arguments(3, "columns 2 and 3 have the same name", "import --input=F/headerless.csv T"),
        arguments(3, "column 'n': ", "import --input=F/secret.csv --table=indexed"),
        arguments(1, "no file matches", "import --input=F/nothing*.csv T"),
        arguments(1, "no file matches", "import --input=s3://sluice/nothing/*.csv T"),
        arguments(
            1,
            "--input=s3://nobucket/*.csv cannot be listed: S3, bucket nobucket: the bucket does not exist",
            "import --input=s3://nobucket/*.csv T"),
        arguments(1, "the table missing does not exist", "import --input=F/ok.csv --table=missing"),
        arguments(
            1,
            "has the key id:S, not id:N",
            "import --input=F/ok.csv T --createTable=1,1 --partitionKey=id:N"),
        arguments(
            1,
            "makes a string, but the partition key of numbers is id:N",
            "import --input=F/ok.csv --table=numbers --keyFrom=md5"),
        arguments(
            1,
            "connection refused",
            "import --input=F/ok.csv T --dynamodbEndpoint=http://localhost:1"),
        arguments(1, "no answer in time", "import --input=F/ok.csv T --dynamodbEndpoint=SILENT"),
        arguments(
            1,
            "no such host: nohost.invalid",
            "import --input=F/ok.csv T --dynamodbEndpoint=http://nohost.invalid"),
        arguments(1, "unknown.dat", "import --input=F/unknown.dat T"),
        arguments(
            1,
            "is CSV: import them one after the other",
            "import --input=F/ok.csv,F/lines.jsonl T"),
        arguments(1, "bad.parquet", "import --input=F/bad.parquet T"),
        arguments(1, "bad.avro", "import --input=F/bad.avro T"),
        arguments(1, "short.csv.gz", "import --input=F/short.csv.gz T --dedupe=NONE"),
        arguments(1, "data.csv.lzo", "import --input=F/data.csv.lzo T --format=CSV"),
        arguments(
            1,
            "--rejects=s3://nobucket/x cannot be written",
            "import --input=F/ok.csv T --rejects=s3://nobucket/x"),
        arguments(3, "key attribute 'id': missing", "import --input=F/nokey.csv T"),
        arguments(3, "column 'n': not a number", "import --input=F/secret.csv T --columns=n:N"),
        arguments(3, "no column 'm'", "import --input=F/ok.csv T --columns=m:N"),
        arguments(3, "same primary key as the record", "import --input=F/doubles.csv T"),
        arguments(
            2, "--readRatio=0.05 must be 0.1 to 1.5", "verify --input=F/ok.csv T --readRatio=0.05"),
        arguments(1, "the table missing does not exist", "verify --input=F/ok.csv --table=missing"),
        arguments(
            4, "the table has no item of this key", "verify --input=F/ok.csv --table=mistakes"),
        arguments(2, "--output is missing", "export T"),
        arguments(
            2, "--readRatio=0.01 must be 0.1 to 1.5", "export T --output=F/x --readRatio=0.01"),
        arguments(2, "--catalog=hive must be glue", "export T --output=F/x --catalog=hive"),
        arguments(
            2, "--catalog=glue needs an --output in S3", "export T --output=F/x --catalog=glue"),
        arguments(2, "'12' must be a size such as", "export T --output=F/x --fileSize=12"),
        arguments(
            2,
            "--expressionValues: must be DynamoDB JSON",
            "export T --output=F/x --filter=a=:a --expressionValues={"),
        arguments(1, "the table missing does not exist", "export --table=missing --output=F/x"),
        arguments(
            1,
            "has no index by_m; it has by_n",
            "export --table=indexed --output=F/x --index=by_m"),
        arguments(
            1,
            "by_n takes no --consistentRead",
            "export --table=indexed --output=F/x --index=by_n --consistentRead"),
        arguments(1, "the bucket does not exist", "export T --output=s3://nobucket/x"),
        arguments(1, "cannot be read", "export T --output=F/x --schema=F/missing.avsc"),
        arguments(1, "not an Avro schema", "export T --output=F/x --schema=F/lines.jsonl"),
        arguments(
            1,
            "field n is of Avro type NULL, which Parquet has no type for",
            "export T --output=F/x --schema=F/null.avsc"),
        arguments(
            1,
            "the record r contains itself, which neither Parquet nor a catalog has a type for",
            "export T --output=F/x --schema=F/recursive.avsc --outputFormat=AVRO"),
        arguments(
            1,
            "the schema has no field for the key attribute id:S",
            "export T --output=F/x --schema=F/keyless.avsc"),
        arguments(
            1,
            "field 'id' of the schema does not take the key attribute id:N",
            "export --table=numbers --output=F/x --schema=F/null.avsc --outputFormat=AVRO"),
        arguments(
            2,
            "--describeSchema writes nothing, so it takes no --overwrite",
            "export T --describeSchema --overwrite"),
        arguments(
            2,
            "--describeSchema writes nothing, so it takes no --outputFormat",
            "export T --describeSchema --outputFormat=CSV"),
        arguments(
            2, "--dryRun scans nothing, so it takes no --report", "export T --dryRun --report=F/r"),
        arguments(
            2,
            "--millionReadsPrice=-1.0 must be dollars, 0 or more",
            "export T --output=F/x --millionReadsPrice=-1"),
        arguments(2, "the query is missing", "query --output=F/x"),
        arguments(1, "no snapshot is published under", "query --output=F/none --sql=select"));
  }
}
