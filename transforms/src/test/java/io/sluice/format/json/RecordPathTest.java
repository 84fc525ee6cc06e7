/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.item.Reason;
import io.sluice.source.Reads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The records of a list inside a JSON document. */
class RecordPathTest {
  private static final JsonFormat JSON = JsonFormat.withColumns(Map.of());

  private static List<Reads.Read> read(String path, String file) {
    return Reads.all(
        new RecordPathFormat(JSON, RecordPath.parse(path).names()), file.replace('`', '"'));
  }

  /** `1` is an item, `!` a rejection. */
  private static String outcomes(String path, String file) {
    StringBuilder outcomes = new StringBuilder();
    read(path, file).forEach(read -> outcomes.append(read.item() != null ? "1" : "!"));
    return outcomes.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "data; {`data`:[{`id`:1},{`id`:2}]}; 11",
        "data.rows; {`v`:[1,{`rows`:[3]}],`data`:{`n`:{`rows`:1},`rows`:[{`id`:1}],`m`:2},`x`:[]}; 1",
        "a.1.b; {`a`:[{`b`:[{`id`:9},{`id`:9}]},{`b`:[{`id`:1}]}]}; 1",
        "0; [[{`id`:1}],[{`id`:9},{`id`:9}]]; 1",
        "data; { `s` : `}]\\\"data` , `data` : [ ] }; ''",
        "data; ''; ''",
        "data; {`data`:[{`id`:1},,{`id`:2}]}; 1!1",
        "data; {`data`:[{`id`:1}; 1!",
        "data; {`data`:[{`id`:1}]; 1!",
        "data; {`data`:[{`id`:1}],}; 1!",
        "data; {`data`:[{`id`:1}],`data`:[{`id`:2}]}; 1!",
        "data; {`data`:[{`id`:1}]}{`data`:[{`id`:2}]}; 1!",
        "data; {`a` 1,`data`:[{`id`:1}]}; 1!",
      })
  void theElementsOfTheListAreTheRecords(String path, String file, String expected) {
    assertThat(outcomes(path, file), equalTo(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "rows; {`data`:[1],`meta`:2}; the document has no member 'rows', but data, meta",
        "data.rows; {`data`:{`items`:[]}}; data has no member 'rows', but items",
        "data; {}; the document has no member 'data', but none",
        "data; [{`data`:[]}]; the document is a list, and 'data' is not a position in it",
        "2.a; [{},{}]; the document is a list without position 2",
        "data; {`data`:{}}; data is no list",
        "data.a; {`data`:7}; data is neither an object nor a list",
      })
  void aListThatIsNotThereIsOneRejectionThatNamesWhatIs(String path, String file, String message) {
    List<Reads.Read> read = read(path, file);
    assertThat(read.size(), is(1));
    assertThat(read.get(0).reason(), is(Reason.NOT_AN_ITEM));
    assertThat(read.get(0).message(), equalTo("--recordPath=" + path + ": " + message));
  }

  @Test
  void anElementHasItsBytesAndItsOffset() {
    Reads.Read bad = read("d", "{`d`:[{`id`:1}, {`id`:}]}").get(1);
    assertThat(bad.record(), equalTo("{\"id\":}"));
    assertThat(bad.offset(), is(16L));
  }

  /** Like a data model of NoSQL Workbench. */
  @Test
  void elementsMayBeTyped() {
    String file = "{`DataModel`:[{`TableName`:`t`,`TableData`:[{`id`:{`S`:`x`}}]}]}";
    RecordPathFormat format =
        new RecordPathFormat(
            new DynamoDbJsonFormat(), RecordPath.parse("DataModel.0.TableData").names());
    List<Reads.Read> read = Reads.all(format, file.replace('`', '"'));
    assertThat(read.get(0).item(), equalTo(Map.of("id", AttributeValue.fromS("x"))));
    assertThat(read.size(), is(1));
  }

  @Test
  void aPathHasNoEmptyName() {
    assertThrows(IllegalArgumentException.class, () -> RecordPath.parse("a..b"));
    assertThrows(IllegalArgumentException.class, () -> RecordPath.parse(""));
  }
}
