/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.columnar.ColumnCell.Form;
import io.sluice.format.columnar.ColumnCell.Spelling;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.schema.TableSchema.Absence;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes the attribute of a column to the drafts of items. */
final class DraftedColumn {
  private final String attribute;
  private final byte[] utf8;
  private final @Nullable ColumnCell cell;
  private final Absence absence;
  private final @Nullable Spelling spelling;
  private final Maker maker;

  /** Makes the attribute's value of an object, as it is made when items are parsed. */
  interface Maker {
    AttributeValue of(@Nullable Object value) throws InvalidItemException;
  }

  private DraftedColumn(
      String attribute,
      @Nullable ColumnCell cell,
      Absence absence,
      @Nullable Spelling spelling,
      Maker maker) {
    this.attribute = attribute;
    this.utf8 = attribute.getBytes(UTF_8);
    this.cell = cell;
    this.absence = absence;
    this.spelling = spelling;
    this.maker = maker;
  }

  /**
   * Creates the writer of an attribute.
   *
   * @param cell of its column; null if the file has none
   * @param absence the meaning of null
   * @param form which the cell must have so that it is written without an object
   */
  static DraftedColumn of(
      String attribute,
      @Nullable ColumnCell cell,
      Absence absence,
      Form form,
      Spelling spelling,
      Maker maker) {
    boolean isWritten = cell != null && form != Form.OBJECT && cell.form() == form;
    return new DraftedColumn(attribute, cell, absence, isWritten ? spelling : null, maker);
  }

  String attribute() {
    return attribute;
  }

  @Nullable ColumnCell cell() {
    return cell;
  }

  /** Writes the attribute, if there is one; returns false when the record has to be parsed. */
  boolean put(ItemDraft item) {
    if (cell == null || cell.isNull()) {
      if (absence == Absence.NULL) {
        item.name(attribute, utf8);
        item.nothing();
      }
      // A NULL that a record lists is found where records are parsed.
      return absence != Absence.NONE;
    }
    item.name(attribute, utf8);
    return (spelling != null && cell.write(item, spelling)) || made(item, cell.value());
  }

  private boolean made(ItemDraft item, @Nullable Object value) {
    try {
      item.onlyValue(maker.of(value));
      return true;
    } catch (InvalidItemException | IllegalArgumentException e) {
      // The parser finds the words for it.
      return false;
    }
  }
}
