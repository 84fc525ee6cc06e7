/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A folder of files of changes. */
final class ChangeFolder {
  static final List<History.Step> STEPS = History.of(new Random(7), 9);

  private final Path folder;

  ChangeFolder(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  static String all(Function<History.Step, String> record, String between) {
    return String.join(between, STEPS.stream().map(record).toList());
  }

  ReadNow read() throws IOException {
    return ReadNow.of(ReadNow.find(null, folder.toString()));
  }

  ReadNow read(ChangeFormat format) throws IOException {
    return ReadNow.of(ReadNow.find(format, folder.toString()));
  }

  String refusal(ChangeFormat format) {
    return assertThrows(
            UnreadableFileException.class, () -> ReadNow.find(format, folder.toString()))
        .getMessage();
  }
}
