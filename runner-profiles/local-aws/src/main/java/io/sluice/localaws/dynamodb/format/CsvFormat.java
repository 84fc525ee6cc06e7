/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Numbers;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads CSV as imports do: each column that is part of a key of the table or of an index has the
 * type of that key, and all others are strings. A field that is missing or empty is no attribute.
 */
public final class CsvFormat {

  private final char delimiter;
  private final List<String> headers;
  private final Map<String, KeyAttribute.Type> types = new HashMap<>();

  /**
   * Reads CSV with these options.
   *
   * @param delimiter between fields
   * @param headers the names of the columns; none if the first line has them
   * @param keys the attributes that are part of keys
   */
  public CsvFormat(char delimiter, List<String> headers, List<KeyAttribute> keys) {
    this.delimiter = delimiter;
    this.headers = List.copyOf(headers);
    keys.forEach(key -> types.put(key.name(), key.type()));
  }

  /** Reads records from {@code in}, which is closed with the reader. */
  public RecordReader reader(InputStream in) {
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .detectBomHeader(true)
            .ofCsvRecord(in, UTF_8);
    return new Lines(csv);
  }

  private InputRecord record(List<String> names, CsvRecord line) {
    if (line.getFieldCount() > names.size()) {
      return InputRecord.invalid(
          DynamoDbException.validation(
              "The line has "
                  + line.getFieldCount()
                  + " fields, and there are "
                  + names.size()
                  + " headers"));
    }
    Map<String, Value> item = new LinkedHashMap<>();
    for (int i = 0; i < line.getFieldCount(); i++) {
      String field = line.getField(i);
      if (!field.isEmpty()) {
        try {
          item.put(names.get(i), value(types.get(names.get(i)), field));
        } catch (DynamoDbException e) {
          return InputRecord.invalid(e);
        }
      }
    }
    return InputRecord.of(item);
  }

  private static Value value(KeyAttribute.Type type, String field) {
    if (type == KeyAttribute.Type.N) {
      return new Value.N(Numbers.parse(field));
    }
    if (type == KeyAttribute.Type.B) {
      try {
        return new Value.B(Bytes.of(Base64.getDecoder().decode(field)));
      } catch (IllegalArgumentException e) {
        throw DynamoDbException.validation("A key of the type B is not in base 64");
      }
    }
    return new Value.S(field);
  }

  /** Reads the lines of one object. */
  private final class Lines implements RecordReader {

    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> lines;
    private Optional<List<String>> names;

    Lines(CsvReader<CsvRecord> csv) {
      this.csv = csv;
      this.lines = csv.iterator();
      this.names = headers.isEmpty() ? Optional.empty() : Optional.of(headers);
    }

    @Override
    public Optional<InputRecord> next() throws IOException {
      try {
        if (names.isEmpty() && lines.hasNext()) {
          names = Optional.of(lines.next().getFields());
        }
        return lines.hasNext()
            ? Optional.of(record(names.orElseThrow(), lines.next()))
            : Optional.empty();
      } catch (CsvParseException e) {
        throw new MalformedObjectException("The object is not CSV");
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}
