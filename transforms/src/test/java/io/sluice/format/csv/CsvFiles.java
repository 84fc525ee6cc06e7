/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.FileRecords;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.source.Records;
import io.sluice.testing.ShortReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads CSV files through the format. */
final class CsvFiles {
  static final CsvFormat FORMAT = format(QuotedNewlines.ALLOWED);

  private CsvFiles() {}

  static CsvFormat format(QuotedNewlines quotedNewlines) {
    return new CsvFormat(null, ',', quotedNewlines, CsvValues.STRINGS);
  }

  static CsvFormat typed(
      Map<String, ColumnText.Type> columns, EmptyAs emptyAs, @Nullable String nullValue) {
    return new CsvFormat(
        null, ',', QuotedNewlines.ALLOWED, new CsvValues(columns, Map.of(), emptyAs, nullValue));
  }

  /** Returns the records, which are the same however few bytes a read returns. */
  static List<Records.Result> read(CsvFormat format, String file) throws IOException {
    List<Records.Result> results = Records.of(format, file);
    for (int most : new int[] {1, 2, 3, 7}) {
      assertThat(Records.of(format, new ShortReads(file.getBytes(UTF_8), most)), equalTo(results));
    }
    return results;
  }

  static List<Records.Result> read(String file) throws IOException {
    return read(FORMAT, file);
  }

  static Map<String, AttributeValue> ab(String a, String b) {
    return Map.of("a", fromS(a), "b", fromS(b));
  }

  static Map<String, AttributeValue> only(CsvFormat format, String file) throws IOException {
    List<Records.Result> results = read(format, file);
    assertThat(results.size(), is(1));
    assertThat(results.get(0).reason(), is((Reason) null));
    return results.get(0).item();
  }

  static Reason reason(CsvFormat format, String file) throws IOException {
    List<Records.Result> results = read(format, file);
    assertThat(results.size(), is(1));
    return results.get(0).reason();
  }

  static String message(CsvFormat format, String file) throws IOException {
    FileRecords records = format.open(new ByteArrayInputStream(file.getBytes(UTF_8)));
    assertThat(records.splitter().next(), is(true));
    return assertThrows(
            InvalidItemException.class, () -> records.parser().parse(records.splitter().record()))
        .getMessage();
  }
}
