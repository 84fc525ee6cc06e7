/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.UnreadableFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of forms, and files that have another or none. */
class ChangeFormatTest {
  @TempDir Path folder;

  private ChangeFolder changes() {
    return new ChangeFolder(folder);
  }

  @Test
  void otherFilesAreRefusedByName() throws IOException {
    Path file = changes().write("a.json", "{\"pk\":\"x\"}\n");
    assertThat(
        changes().refusal(null),
        is(
            file
                + " holds no changes of a form that is known by its beginning: give --changeFormat"));
    assertThat(changes().refusal(ChangeFormat.DMS), containsString("neither CSV nor Parquet"));
    assertThat(changes().refusal(ChangeFormat.FEED), containsString("is no folder of a feed"));
    assertThat(
        changes().refusal(ChangeFormat.INCREMENTAL_EXPORT),
        containsString("is no folder of an export"));
    changes().write("a.json", ChangeFolder.STEPS.get(0).ofStream());
    assertThat(
        changes().refusal(ChangeFormat.KINESIS),
        is(file + " has changes of the form STREAM, and not KINESIS"));
    Files.delete(file);
    changes().write("a.csv", "eventName,pk\nINSERT,x\n");
    assertThat(
        changes().refusal(null),
        containsString("holds changes that are not read: rows whose column"));
    assertThrows(
        FileNotFoundException.class, () -> ReadNow.find(null, folder.resolve("none").toString()));
    Path feed = changes().write("changes_trips/change_hour=2026-01-31T23/1.json.gz", "x");
    assertThat(
        assertThrows(UnreadableFileException.class, () -> ReadNow.find(null, feed.toString()))
            .getMessage(),
        containsString("give its folder, " + folder + "/changes_trips/"));
  }

  /** It begins as Parquet does. */
  @Test
  void aFileOfAGivenFormIsNotReadInAnother() throws IOException {
    changes().write("a", "PAR1\n" + ChangeFolder.STEPS.get(0).ofStream());
    ReadNow read = changes().read(ChangeFormat.STREAM);
    assertThat(read.changes.size(), is(1));
    assertThat(read.rejections.size(), is(1));
    assertThat(changes().refusal(null), containsString("is cut short"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "KINESIS", "Incremental_Export", "dms", "SIMPLE", "feed"})
  void formsHaveNames(String name) {
    assertThat(ChangeFormat.parse(name).name().equalsIgnoreCase(name), is(true));
  }

  @Test
  void anUnknownFormIsRefused() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ChangeFormat.parse("x")).getMessage(),
        is(
            "the form of changes is x, must be one of [STREAM, KINESIS, INCREMENTAL_EXPORT, DMS,"
                + " SIMPLE, FEED]"));
  }
}
