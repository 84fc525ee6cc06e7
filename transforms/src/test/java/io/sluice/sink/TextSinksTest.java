/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.SourcedItem;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSinksTest {
  private static final TableSchema KEY_ONLY = schema("");

  @TempDir Path folder;

  private static TableSchema schema(String more) {
    String fields = "{'type':'record','name':'r','fields':[{'name':'pk','type':'string'}%s]}";
    return TableSchema.parse(fields.formatted(more).replace('\'', '"'));
  }

  private String write(FileFormat format, TableSchema schema, List<SourcedItem> items)
      throws IOException {
    Path file = folder.resolve("a");
    Sinks.write(file, format, schema, items);
    return Sinks.unzipped(Files.readAllBytes(file));
  }

  @Test
  void dynamoDbJson() throws IOException {
    assertThat(
        write(FileFormat.DYNAMODB_JSON, KEY_ONLY, Sinks.everyType().subList(2, 3)),
        is(
            "{\"Item\":{\"big\":{\"N\":\"-0.00001\"},\"n\":{\"N\":\"-1\"},\"pk\":{\"S\":\"3\"}}}\n"));
  }

  @Test
  void json() throws IOException {
    assertThat(
        write(FileFormat.JSON, KEY_ONLY, Sinks.everyType()),
        is(
            """
            {"b":"AP8=","big":12345678901234567890123456789012345678,"empty":"","n":12.50,\
            "nothing":null,"pk":"1","s":"a \\"b\\", é\\uD83D\\uDE00\\n","yes":true}
            {"bs":["Bw=="],"l":[1,"q",null,[]],"m":{"dots.and-more":false,"inner":{}},\
            "ns":[-2.5,1],"pk":"2","ss":["","x"]}
            {"big":-0.00001,"n":-1,"pk":"3"}
            """));
  }

  @Test
  void numbersThatJsonDoesNotWriteSo() throws IOException {
    SourcedItem item =
        Sinks.item("1", Map.of("n", fromNs(List.of("+1", ".5", "007", "5.", "1E+2", "-0.0"))));
    assertThat(
        write(FileFormat.JSON, KEY_ONLY, List.of(item)),
        is("{\"n\":[1,-0.0,0.5,7,1E+2,5],\"pk\":\"1\"}\n"));
  }

  /** Returns the non-empty fields. */
  private static List<Map<String, String>> rows(String csv) {
    List<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv).stream().toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (CsvRecord record : records.subList(1, records.size())) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < record.getFieldCount(); i++) {
        if (!record.getField(i).isEmpty()) {
          row.put(records.get(0).getField(i), record.getField(i));
        }
      }
      rows.add(row);
    }
    return rows;
  }

  @Test
  void csv() throws IOException {
    List<SourcedItem> items = Sinks.everyType();
    String text = write(FileFormat.CSV, Sinks.schemaOf(items), items);
    assertThat(
        rows(text),
        is(
            List.of(
                Map.of(
                    "pk", "1",
                    "s", "a \"b\", é😀\n",
                    "n", "12.50",
                    "big", "12345678901234567890123456789012345678",
                    "b", "AP8=",
                    "yes", "true"),
                Map.of(
                    "pk", "2",
                    "ss", "[\"\",\"x\"]",
                    "ns", "[-2.5,1]",
                    "bs", "[\"Bw==\"]",
                    "l", "[1,\"q\",null,[]]",
                    "m", "{\"dots.and-more\":false,\"inner\":{}}"),
                Map.of("pk", "3", "n", "-1", "big", "-0.00001"))));
    assertThat("the empty string", text, containsString(",\"\","));
    assertThat(text, not(containsString("\r")));
  }

  @Test
  void attributesWithoutAColumnAreTogetherInOne() throws IOException {
    TableSchema schema = schema(",{'name':'more','type':['null','string'],'dynamodb.role':'MORE'}");
    List<SourcedItem> items = List.of(Sinks.everyType().get(2), Sinks.item("4", Map.of()));
    assertThat(
        write(FileFormat.CSV, schema, items),
        is("pk,more\n3,\"{\"\"big\"\":-0.00001,\"\"n\"\":-1}\"\n4,\n"));
  }

  @Test
  void anAttributeThatHasNoPlaceIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> write(FileFormat.CSV, KEY_ONLY, Sinks.everyType()));
    assertThat(
        e.getMessage(),
        is("attribute 'b' has no column in the schema, nor is there one for the rest"));
  }

  @Test
  void whatListsTheNullsIsNoColumnOfCsv() throws IOException {
    TableSchema schema =
        schema(
            ",{'name':'x','type':['null',{'type':'array','items':'string'}],'dynamodb.role':'NULLS'}");
    assertThat(write(FileFormat.CSV, schema, List.of(Sinks.item("1", Map.of()))), is("pk\n1\n"));
  }
}
