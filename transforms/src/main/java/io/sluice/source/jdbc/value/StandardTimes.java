/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.Reason;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Takes times from drivers without the zone of this JVM, and spells them. */
public final class StandardTimes {
  private StandardTimes() {}

  /**
   * Returns what the driver makes of a value, but a time of {@code java.time} where it has one: the
   * classes of {@code java.sql} are moved by the zone of this JVM, which may not have that time.
   */
  public static @Nullable Object object(ResultSet row, int column, int type) throws SQLException {
    Object value = row.getObject(column);
    if (!(value instanceof java.util.Date)) {
      return value;
    }
    Class<?> as =
        switch (type) {
          case Types.TIMESTAMP_WITH_TIMEZONE -> OffsetDateTime.class;
          case Types.TIME_WITH_TIMEZONE -> OffsetTime.class;
          default ->
              value instanceof Date
                  ? LocalDate.class
                  : value instanceof Time ? LocalTime.class : LocalDateTime.class;
        };
    try {
      return row.getObject(column, as);
    } catch (SQLException e) {
      // A driver from before JDBC 4.2.
      return type == Types.TIMESTAMP_WITH_TIMEZONE && value instanceof Timestamp timestamp
          ? timestamp.toInstant().atOffset(ZoneOffset.UTC)
          : value;
    }
  }

  /**
   * Spells what a driver returns for a time; null for what is of another class, {@link Unusable}
   * for what the driver may have moved.
   */
  static @Nullable Object spelt(Object value) {
    if (value instanceof Timestamp timestamp) {
      return mayBeMoved(timestamp)
          ? new Unusable(
              Reason.NOT_OF_TYPE,
              "a time that the driver may have moved by the zone of this program, which"
                  + " -Duser.timezone=UTC prevents",
              timestamp.toString())
          : local(timestamp.toLocalDateTime());
    } else if (value instanceof LocalDateTime local) {
      return local(local);
    } else if (value instanceof OffsetDateTime time) {
      return local(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    } else if (value instanceof ZonedDateTime time) {
      return local(time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    } else if (value instanceof Date date) {
      return date.toLocalDate().toString();
    } else if (value instanceof LocalDate date) {
      return date.toString();
    }
    return null;
  }

  /**
   * Whether a time may stand for an earlier one: the zone of this JVM does not have the times that
   * clocks pass over when they are put forward, and those after them are made of either.
   */
  private static boolean mayBeMoved(Timestamp timestamp) {
    ZoneOffsetTransition last =
        ZoneId.systemDefault().getRules().previousTransition(timestamp.toInstant().plusNanos(1));
    return last != null
        && last.isGap()
        && timestamp.toLocalDateTime().isBefore(last.getDateTimeAfter().plus(last.getDuration()));
  }

  private static String local(LocalDateTime time) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }
}
