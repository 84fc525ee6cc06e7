/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.UnreadableFileException;
import io.sluice.item.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An Error that a format's library throws while a file is read. */
class ReaderErrorsTest {
  private static final ResourceId FILE = FileSystems.matchNewResource("/data/trips.x", false);

  private enum Moment {
    OPEN,
    NEXT,
    PARSE
  }

  /** A format whose library fails at a given moment. */
  private record FailingFormat(Moment moment, Error error) implements Format {
    @Override
    public boolean splittable(byte[] head) {
      return false;
    }

    @Override
    public String name() {
      return "FAILING";
    }

    void at(Moment now) {
      if (moment == now) {
        throw error;
      }
    }

    @Override
    public RecordReader open(FileSlice slice) {
      at(Moment.OPEN);
      return new RecordReader() {
        @Override
        public boolean next() {
          at(Moment.NEXT);
          return true;
        }

        @Override
        public Origin origin() {
          return Origin.UNKNOWN;
        }

        @Override
        public byte[] record() {
          return new byte[0];
        }

        @Override
        public PayloadFormat recordFormat() {
          return PayloadFormat.ITEM;
        }

        @Override
        public Map<String, AttributeValue> parse() {
          at(Moment.PARSE);
          return null;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static IOException read(Moment moment, Error error) {
    return assertThrows(
        UnreadableFileException.class,
        () ->
            SliceReader.open(
                    new SliceReader.Recipe(
                        new FailingFormat(moment, error), KeyFrom.RECORD, null, List.of()),
                    FileSlice.whole(FILE, 1))
                .next());
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void namesTheFileAndKeepsTheError(Moment moment) {
    Error missing = new NoClassDefFoundError("org/example/Gone");
    IOException told = read(moment, missing);
    assertThat(
        told.getMessage(), startsWith("/data/trips.x cannot be read: a class is missing or of"));
    assertThat(told.getMessage(), containsString("org/example/Gone"));
    assertThat(told.getCause(), is(missing));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void saysHowToGiveMoreMemory(Moment moment) {
    assertThat(
        read(moment, new OutOfMemoryError("Java heap space")).getMessage(),
        containsString("is used up: give more (SLUICE_JAVA_OPTS=-Xmx"));
    assertThat(
        read(moment, new StackOverflowError()).getMessage(),
        startsWith("/data/trips.x cannot be read: something is nested too deeply"));
  }
}
