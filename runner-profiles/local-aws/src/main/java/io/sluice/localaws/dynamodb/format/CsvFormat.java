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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads CSV as imports do: each column that is part of a key of the table or of an index has the
 * type of that key, and all others are strings. A field that is missing or empty is no attribute.
 */
public final class CsvFormat {

  private static final int BYTE_ORDER_MARK = '\uFEFF';

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
    // A decoder of its own reports what is not UTF-8.
    BufferedReader text = new BufferedReader(new InputStreamReader(in, UTF_8.newDecoder()));
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text);
    return new Lines(text, csv);
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

    private final BufferedReader text;
    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> lines;
    private List<String> names = headers;
    private boolean begun;

    Lines(BufferedReader text, CsvReader<CsvRecord> csv) {
      this.text = text;
      this.csv = csv;
      this.lines = csv.iterator();
    }

    @Override
    public Optional<InputRecord> next() throws IOException {
      try {
        if (!begun) {
          begin();
        }
        return lines.hasNext() ? Optional.of(record(names, lines.next())) : Optional.empty();
      } catch (CsvParseException e) {
        throw new MalformedObjectException("The object is not CSV");
      } catch (UncheckedIOException e) {
        throw readable(e.getCause());
      } catch (IOException e) {
        throw readable(e);
      }
    }

    private void begin() throws IOException {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      begun = true;
      if (names.isEmpty() && lines.hasNext()) {
        names = lines.next().getFields();
      }
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        // One column would take the place of the other, or have no place.
        if (name.isEmpty() || !seen.add(name)) {
          throw new MalformedObjectException(
              name.isEmpty() ? "A header is empty" : "Two headers have the same name");
        }
      }
    }

    private IOException readable(IOException e) {
      return e instanceof CharacterCodingException
          ? new MalformedObjectException("The object is not in UTF-8")
          : e;
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}
