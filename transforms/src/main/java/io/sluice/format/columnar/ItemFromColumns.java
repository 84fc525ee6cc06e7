/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.sluice.format.columnar.ColumnCell.Form;
import io.sluice.format.columnar.ColumnCell.Spelling;
import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import io.sluice.schema.TableSchema.Absence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts {@link ColumnarValue} values to items. */
public final class ItemFromColumns {
  private static final int MAX_ZERO_SCALE = 125;

  private final AttributePath path = new AttributePath();

  private ItemFromColumns() {}

  /**
   * Converts a record to an item.
   *
   * @param keys the key attributes of the table and its indexes; their values are converted to
   *     these types where that loses nothing
   * @throws InvalidItemException NOT_AN_ITEM when the record is not a map of attributes; otherwise
   *     with the reason why a value is refused
   */
  public static Map<String, AttributeValue> of(@Nullable Object record, List<KeyAttribute> keys)
      throws InvalidItemException {
    if (record instanceof Unusable unusable) {
      throw new InvalidItemException(unusable.reason(), unusable.message());
    }
    if (!(record instanceof Map<?, ?> fields)) {
      throw new InvalidItemException(Reason.NOT_AN_ITEM, "the record has no named fields");
    }
    Map<String, AttributeValue> item = new ItemFromColumns().attributes(fields);
    for (KeyAttribute key : keys) {
      item.computeIfPresent(key.name(), (name, value) -> keyed(key, fields.get(name), value));
    }
    return item;
  }

  /**
   * Returns what drafts the items of a file.
   *
   * @param keys as for {@link #of}
   */
  public static DraftedColumns drafted(List<? extends ColumnCell> cells, List<KeyAttribute> keys) {
    return new DraftedColumns(cells.stream().map(cell -> drafted(cell, keys)).toList(), cells);
  }

  private static DraftedColumn drafted(ColumnCell cell, List<KeyAttribute> keys) {
    List<KeyAttribute> own = keys.stream().filter(key -> key.name().equals(cell.name())).toList();
    boolean isAsStored = own.stream().allMatch(key -> isOf(cell.form(), key.type()));
    return DraftedColumn.of(
        cell.name(),
        cell,
        Absence.MISSING,
        isAsStored ? cell.form() : Form.OBJECT,
        Spelling.STORED,
        field -> {
          AttributeValue value = new ItemFromColumns().value(field);
          for (KeyAttribute key : own) {
            value = keyed(key, field, value);
          }
          return value;
        });
  }

  /** Whether values of a column need no conversion for a key of this type. */
  private static boolean isOf(Form form, KeyAttribute.Type type) {
    return switch (type) {
      case S -> form == Form.TEXT;
      case N -> form == Form.NUMBER;
      case B -> true;
    };
  }

  private static AttributeValue keyed(
      KeyAttribute key, @Nullable Object field, AttributeValue value) {
    return switch (key.type()) {
      case S -> isWhole(field) ? AttributeValue.fromS(value.n()) : value;
      case N -> field instanceof String text && isNumber(text) ? number(text) : value;
      case B -> value;
    };
  }

  private static boolean isWhole(@Nullable Object field) {
    return field instanceof Long || field instanceof BigInteger;
  }

  private static boolean isNumber(String text) {
    try {
      ItemNumber.check(text);
      return true;
    } catch (InvalidItemException e) {
      return false;
    }
  }

  /** Normalises the spelling to one that DynamoDB takes: 0.50 for .50, 5 for +5. */
  private static AttributeValue number(String text) {
    // A zero may have an exponent that no BigDecimal has, or that DynamoDB refuses.
    String canonical = ItemNumber.canonical(text);
    return AttributeValue.fromN(
        canonical.equals("0") ? canonical : new BigDecimal(text).toString());
  }

  private Map<String, AttributeValue> attributes(Map<?, ?> fields) throws InvalidItemException {
    Map<String, AttributeValue> attributes = new HashMap<>(fields.size() * 2);
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = (String) field.getKey();
      path.push(name);
      attributes.put(name, value(field.getValue()));
      path.pop();
    }
    return attributes;
  }

  private AttributeValue value(@Nullable Object value) throws InvalidItemException {
    if (value == null) {
      return AttributeValue.fromNul(true);
    } else if (value instanceof String s) {
      return AttributeValue.fromS(s);
    } else if (value instanceof Number n) {
      return AttributeValue.fromN(number(n));
    } else if (value instanceof Boolean b) {
      return AttributeValue.fromBool(b);
    } else if (value instanceof byte[] bytes) {
      return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
    } else if (value instanceof List<?> list) {
      return AttributeValue.fromL(elements(list));
    } else if (value instanceof Map<?, ?> map) {
      return AttributeValue.fromM(attributes(map));
    } else if (value instanceof Unusable unusable) {
      throw path.invalid(unusable.reason(), unusable.message());
    }
    throw new IllegalStateException("no decoder makes a " + value.getClass());
  }

  private List<AttributeValue> elements(List<?> list) throws InvalidItemException {
    List<AttributeValue> elements = new ArrayList<>(list.size());
    for (Object element : list) {
      path.push(elements.size());
      elements.add(value(element));
      path.pop();
    }
    return elements;
  }

  private String number(Number number) throws InvalidItemException {
    if (!isFinite(number)) {
      throw path.invalid(Reason.NOT_OF_TYPE, "not a number, or infinite");
    }
    return text(number);
  }

  static boolean isFinite(Number number) {
    return !(number instanceof Double d && !Double.isFinite(d))
        && !(number instanceof Float f && !Float.isFinite(f));
  }

  /**
   * Formats a finite number: its digits, and for floating point the fewest that read back as equal.
   */
  static String text(Number number) {
    // Uses Jackson's writer, since before JDK 19 Double.toString sometimes has a digit too many.
    if (number instanceof Double d) {
      return ItemNumber.canonical(NumberOutput.toString(d, true));
    }
    if (number instanceof Float f) {
      return ItemNumber.canonical(NumberOutput.toString(f, true));
    }
    // DynamoDB refuses a zero of a large scale, whose exponent it holds against its range.
    return number instanceof BigDecimal d && d.signum() == 0 && Math.abs(d.scale()) > MAX_ZERO_SCALE
        ? "0"
        : number.toString();
  }
}
