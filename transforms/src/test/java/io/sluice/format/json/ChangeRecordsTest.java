/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.avro.AvroFormat;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.format.registry.FileFormat;
import io.sluice.source.FormatDetector;
import io.sluice.source.KeyFrom;
import io.sluice.source.OpColumn;
import io.sluice.source.SliceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of change records are refused by name; files of items that resemble them are not. */
class ChangeRecordsTest {
  private static final String EXPORTED =
      "{'Metadata':{'WriteTimestampMicros':{'N':'1680109764000000'}},'Keys':{'pk':{'S':'a'}},'NewImage':{'pk':{'S':'a'}}}";
  private static final String STREAMED =
      "{'eventID':'1','eventName':'REMOVE','eventVersion':'1.1','eventSource':'aws:dynamodb','awsRegion':'eu-west-1',"
          + "'dynamodb':{'ApproximateCreationDateTime':1693997155.0,'Keys':{'pk':{'S':'a'}},'SequenceNumber':'1','SizeBytes':3,'StreamViewType':'KEYS_ONLY'}}";
  private static final String KINESIS =
      "{'awsRegion':'eu-west-1','eventID':'1','eventName':'INSERT','userIdentity':null,'recordFormat':'application/json','tableName':'t',"
          + "'dynamodb':{'ApproximateCreationDateTime':1693997155000,'Keys':{'pk':{'S':'a'}},'NewImage':{'pk':{'S':'a'}},'SizeBytes':3},'eventSource':'aws:dynamodb'}";
  private static final String DELTA =
      "{'action':'MODIFY','sequenceNumber':'12','object':{'pk':'a'}}";

  private static final String KINESIS_EVENT =
      "{'kinesis':{'partitionKey':'k','sequenceNumber':'49','data':'%s'},'eventSource':'aws:kinesis','eventName':'aws:kinesis:record'}"
          .formatted(base64(KINESIS));
  private static final String KINESIS_PIPED =
      "{'partitionKey':'k','sequenceNumber':'49','data':'%s','eventSource':'aws:kinesis','eventName':'aws:kinesis:record'}"
          .formatted(base64(KINESIS));
  private static final String BUS_EVENT =
      "{'version':'0','detail-type':'Event from aws:dynamodb','source':'Pipe x','detail':"
          + STREAMED
          + "}";

  private static final JsonFormat JSON = JsonFormat.withColumns(Map.of());

  @TempDir Path folder;

  private static String base64(String json) {
    return Base64.getEncoder().encodeToString(json.replace('\'', '"').getBytes(UTF_8));
  }

  private static String shape(String shape) {
    return shape
        .replace("KINESIS_EVENT", KINESIS_EVENT)
        .replace("KINESIS_PIPED", KINESIS_PIPED)
        .replace("BUS_EVENT", BUS_EVENT)
        .replace("EXPORTED", EXPORTED)
        .replace("STREAMED", STREAMED)
        .replace("KINESIS", KINESIS)
        .replace("DELTA", DELTA)
        .replace('\'', '"')
        .replace("\\n", "\n");
  }

  private FileSlice write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    MatchResult.Metadata match = FileSystems.matchSingleFileSpec(file.toString());
    return FileSlice.whole(match.resourceId(), match.sizeBytes());
  }

  private static int records(Format format, FileSlice slice, OpColumn op) throws IOException {
    SliceReader.Recipe recipe =
        new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of()).withOpColumn(op);
    int records = 0;
    try (SliceReader reader = SliceReader.open(recipe, slice)) {
      while (reader.next() != null) {
        records++;
      }
    }
    return records;
  }

  private static String refusal(Format format, FileSlice slice) {
    return assertThrows(
            UnreadableFileException.class, () -> records(format, slice, OpColumn.CHANGES))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "EXPORTED; an incremental export of DynamoDB",
        "EXPORTED\\nEXPORTED\\n; an incremental export of DynamoDB",
        "\\n\\nEXPORTED; an incremental export of DynamoDB",
        "STREAMED; records of DynamoDB Streams",
        "STREAMED\\nSTREAMED; records of DynamoDB Streams",
        "[STREAMED,STREAMED]; records of DynamoDB Streams",
        "{\"Records\":[STREAMED,STREAMED]}; records of DynamoDB Streams",
        "{\"Records\":[\\n STREAMED\\n]\\n}; records of DynamoDB Streams",
        "KINESISKINESIS; records of Kinesis Data Streams for DynamoDB",
        "KINESIS; records of Kinesis Data Streams for DynamoDB",
        "{\"Records\":[KINESIS]}; records of Kinesis Data Streams for DynamoDB",
        "{\"Records\":[KINESIS_EVENT]}; records of Kinesis Data Streams for DynamoDB",
        "[KINESIS_PIPED,KINESIS_PIPED]; records of Kinesis Data Streams for DynamoDB",
        "BUS_EVENT; records of DynamoDB Streams",
        "STREAMEDSTREAMED; records of DynamoDB Streams",
        "[STREAMED][STREAMED]; records of DynamoDB Streams",
        "{\"action\":\"PUT\",\"sequenceNumber\":1,\"object\":{}}; 'records of action,"
            + " sequenceNumber and object'",
        "DELTA; 'records of action, sequenceNumber and object'",
        "[DELTA]; 'records of action, sequenceNumber and object'",
        "{\"action\":\"REMOVE\",\"sequenceNumber\":1}; 'records of action, sequenceNumber and"
            + " object'",
      })
  void changesInJsonAreRefusedByName(String shape, String kind) throws IOException {
    String file = shape(shape);
    FormatDetector.Detection detection = FormatDetector.detect("x.json", file.getBytes(UTF_8));
    assertThat(detection, instanceOf(FormatDetector.Refused.class));
    String reason =
        "holds change records and no items: " + kind + "; import --changes=APPLY applies them";
    assertThat(((FormatDetector.Refused) detection).reason(), is("x.json " + reason));

    FileSlice slice = write("x.json", file);
    for (Format format : List.of(JSON, new DynamoDbJsonFormat())) {
      assertThat(refusal(format, slice), equalTo(slice.file() + " " + reason));
    }
  }

  /** Perhaps only their beginning is visible, or valid. */
  @Test
  void theBeginningIsEnough() throws IOException {
    String event = shape("{'Records':[STREAMED," + "STREAMED,".repeat(1_000));
    assertThat(event.length() > Format.HEAD_BYTES, is(true));
    assertThat(refusal(JSON, write("x", event)), containsString("records of DynamoDB Streams"));
    assertThat(
        FormatDetector.detect("x", event.substring(0, Format.HEAD_BYTES).getBytes(UTF_8)),
        instanceOf(FormatDetector.Refused.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Records':[]}",
        "{'Records':[{'id':1}]}",
        "{'Records':5}",
        "{'eventName':'INSERT','dynamodb':'yes'}",
        "{'eventName':'created','dynamodb':{'Keys':{}}}",
        "{'eventName':'INSERT','dynamodb':{}}",
        "{'Metadata':{'WriteTimestampMicros':{'N':'1'}},'Keys':{},'id':'x'}",
        "{'Metadata':{'author':'x'},'Keys':{'a':1}}",
        "{'action':'MODIFY','sequenceNumber':'1','object':{},'id':'x'}",
        "{'action':'click','sequenceNumber':'1','object':{}}",
        "{'action':'MODIFY','object':{}}",
        "{'Op':'I','id':'x'}",
        "{'Records':[{'kinesis':{'data':'eA=='},'eventSource':'aws:kinesis'}]}",
        "{'Records':[{'kinesis':{'data':'no Base64'}}]}",
        "{'data':'eA==','eventSource':'aws:kinesis'}",
        "{'detail-type':'x','detail':{'id':'x'}}",
      })
  void itemsThatLookALittleLikeChangesAreRead(String record) throws IOException {
    String file = record.replace('\'', '"');
    assertThat(
        FormatDetector.detect("x.json", file.getBytes(UTF_8)),
        equalTo(new FormatDetector.Found(FileFormat.JSON)));
    assertThat(records(JSON, write("x.json", file), OpColumn.CHANGES), is(1));
  }

  private static CsvFormat csv() {
    return new CsvFormat(
        null,
        ',',
        CsvFormat.QuotedNewlines.ALLOWED,
        new CsvValues(Map.of(), Map.of(), CsvValues.EmptyAs.OMIT, null));
  }

  @Test
  void changesOfDmsAreRefusedByName() throws IOException {
    FileSlice slice = write("x.csv", "Op,id,a\nI,1,x\nU,1,y\nD,1,y\n");
    assertThat(
        refusal(csv(), slice),
        equalTo(
            slice.file()
                + " holds change records and no items: changes of AWS DMS, whose first column Op has"
                + " only I, U and D; import --changes=APPLY applies them; --opColumn=ATTRIBUTE reads"
                + " it as a column like any other"));
    assertThat(records(csv(), slice, OpColumn.ATTRIBUTE), is(3));
    assertThat(
        "a damaged row says nothing",
        refusal(csv(), write("y.csv", "Op,id\nI\nD,2\n")),
        containsString("changes of AWS DMS"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Op,id\nI,1\nX,2\n",
        "Op,id\nBUY,1\n",
        "Op,id\nI,1\n,2\n",
        "Op,id\ni,1\n",
        "Op,id\n",
        "id,Op\n1,I\n2,D\n",
        "op,id\nI,1\n",
        "OP,id\nI,1\n",
        "Operation,id\nI,1\n"
      })
  void anotherColumnOfThatNameIsAnAttribute(String file) throws IOException {
    int rows = (int) file.lines().count() - 1;
    assertThat(records(csv(), write("x.csv", file), OpColumn.CHANGES), is(rows));
  }

  @Test
  void rowsOfEventsAreRefusedByName() throws IOException {
    FileSlice slice = write("x.csv", "id,eventName,a\n1,INSERT,x\n1,MODIFY,y\n1,REMOVE,\n");
    assertThat(
        refusal(csv(), slice),
        containsString(
            "rows whose column eventName has only INSERT, MODIFY and REMOVE;"
                + " --opColumn=ATTRIBUTE reads it as a column like any other"));
    assertThat(records(csv(), slice, OpColumn.ATTRIBUTE), is(3));
    for (String rows : List.of("1,INSERT,x\n2,click,y\n", "1,,x\n", "", "1,insert,x\n")) {
      FileSlice other = write("y.csv", "id,eventName,a\n" + rows);
      assertThat(records(csv(), other, OpColumn.CHANGES), is((int) rows.lines().count()));
    }
    assertThat(
        refusal(new ParquetFormat(), parquet("e.parquet", "id", "eventName", "INSERT", "REMOVE")),
        containsString("rows whose column eventName"));
  }

  private FileSlice parquet(String name, String first, String second, String... ops)
      throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary %s (STRING); required binary %s (STRING); }"
                .formatted(first, second));
    SimpleGroupFactory rows = new SimpleGroupFactory(schema);
    Group[] groups = new Group[ops.length];
    for (int i = 0; i < ops.length; i++) {
      groups[i] =
          rows.newGroup().append("id", "x").append(first.equals("id") ? second : first, ops[i]);
    }
    Path file = ColumnarFiles.writeParquet(folder.resolve(name), schema, groups);
    MatchResult.Metadata match = FileSystems.matchSingleFileSpec(file.toString());
    return FileSlice.whole(match.resourceId(), match.sizeBytes());
  }

  @Test
  void changesOfDmsInParquetAreRefusedByName() throws IOException {
    ParquetFormat format = new ParquetFormat();
    FileSlice slice = parquet("a.parquet", "Op", "id", "I", "U", "D");
    assertThat(refusal(format, slice), containsString("changes of AWS DMS"));
    assertThat(records(format, slice, OpColumn.ATTRIBUTE), is(3));
    assertThat(
        records(format, parquet("b.parquet", "id", "Op", "I", "D"), OpColumn.CHANGES), is(2));
    assertThat(
        records(format, parquet("c.parquet", "Op", "id", "I", "buy"), OpColumn.CHANGES), is(2));
  }

  /** None of the readers of changes takes it. */
  @Test
  void changesOfDmsInAvroAreRefusedWithoutAHintAtTheirApplication() throws IOException {
    Schema schema =
        ColumnarFiles.schema(
            """
            {"type":"record","name":"r","fields":[
              {"name":"Op","type":"string"},{"name":"id","type":"string"}]}""");
    GenericData.Record row = new GenericData.Record(schema);
    row.put("Op", "I");
    row.put("id", "x");
    Path file = ColumnarFiles.writeAvro(folder.resolve("a.avro"), schema, row);
    MatchResult.Metadata match = FileSystems.matchSingleFileSpec(file.toString());
    FileSlice slice = FileSlice.whole(match.resourceId(), match.sizeBytes());
    assertThat(
        refusal(new AvroFormat(), slice),
        containsString("only I, U and D; --opColumn=ATTRIBUTE reads it"));
  }

  @Test
  void aMessageHoldsNoContents() throws IOException {
    FileSlice slice = write("x.json", shape("STREAMED").replace("\"a\"", "\"secret\""));
    assertThat(
        refusal(JSON, slice), allOf(not(containsString("secret")), not(containsString("\n"))));
  }
}
